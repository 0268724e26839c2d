# shellcheck shell=bash
# Sourced by check.sh: goes through the installer and the uninstaller page by page in Chinese, as somebody would, and takes
# pictures of the pages.

windows_of() { # NAME_OF_PROGRAM: the windows on the screen that belong to it
    xdotool search --onlyvisible --class "$1" 2>/dev/null
}

wait_for_window() { # NAME_OF_PROGRAM
    local left
    for ((left = 300; left > 0; left--)); do
        if [[ -n $(windows_of "$1") ]]; then return; fi
        sleep 0.2
    done
    return 1
}

on_page() { # PROGRAM PICTURE KEY…: takes a picture of the page, presses keys, and waits until another page is there
    local program="$1" picture="$PAGES/$2.png" window left
    shift 2
    wait_for_window "$program" || die "$program shows no window"
    settled "$picture"
    window="$(windows_of "$program" | tail -1)"
    xdotool windowfocus "$window"
    xdotool key --delay 150 "$@"
    for ((left = 300; left > 0; left--)); do
        import -window root "$PAGES/now.png"
        if ! same_picture "$picture" "$PAGES/now.png"; then return; fi
        sleep 0.2
    done
    die "$program stays on the page of $picture"
}

settled() { # PICTURE [TIMES]: takes a picture once so many (1) in a row are like the one before
    import -window root "$1"
    local left alike=0
    for ((left = 150; left > 0; left--)); do
        sleep 0.4
        import -window root "$PAGES/now.png"
        if same_picture "$1" "$PAGES/now.png"; then
            alike=$((alike + 1))
            if ((alike >= ${2:-1})); then return; fi
        else
            alike=0
            mv "$PAGES/now.png" "$1"
        fi
    done
    die "the screen never comes to rest"
}

same_picture() { # PICTURE PICTURE
    [[ $(compare -metric AE "$1" "$2" null: 2>&1) == 0 ]]
}

until_installed() { # until the bar has run through
    local left
    for ((left = 300; left > 0; left--)); do
        # shellcheck disable=SC2153 # set by the script that sources this one
        if [[ -f $PROGRAM/uninstall.exe && -n $(value DisplayVersion) ]]; then return; fi
        sleep 0.2
    done
    die "nothing is installed"
}

gone_from_screen() { # NAME_OF_PROGRAM
    local left
    for ((left = 150; left > 0; left--)); do
        if [[ -z $(windows_of "$1") ]]; then return; fi
        sleep 0.2
    done
    die "$1 stays on the screen"
}

pages() {
    say "The pages of installer and uninstaller, in Chinese, by keyboard"
    PAGES="$WORK/pages"
    rm -rf "$PAGES"
    mkdir -p "$PAGES"
    local installer=PostalDesk-Setup.exe uninstaller='^un.exe$' # as NSIS calls the copy that runs
    # The program that the last page starts inherits the installer's output, so that is not waited for here.
    LIMIT=600 w "$OUT/$installer" /LANG=zh_CN >/dev/null &
    local installing=$! uninstalling
    on_page "$installer" 1-welcome Return
    on_page "$installer" 2-options alt+d Return
    on_page "$installer" 3-folder Return
    until_installed
    on_page "$installer" 4-finish Return
    gone_from_screen "$installer"
    wait_for_window PostalDesk.exe || die "the program is not started by the last page"
    settled "$PAGES/5-first-start.png" 8

    LIMIT=300 w "$PROGRAM/uninstall.exe" /LANG=zh_CN >/dev/null &
    uninstalling=$!
    on_page "$uninstaller" 6-desks Return
    gone_from_screen PostalDesk.exe # it was asked to close
    wait "$installing" || die "the installer or the program that it started ended with an error"
    vanishes "$PROGRAM"
    on_page "$uninstaller" 7-done Return
    wait "$uninstalling" || die "the uninstaller ended with an error"
    [[ -d $DATA/desk ]] || die "the desk is gone"
}
