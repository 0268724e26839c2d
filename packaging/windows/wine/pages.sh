# shellcheck shell=bash
# Sourced by check.sh: goes through the installer and the uninstaller page by page in Chinese, as somebody would, and takes
# pictures of the pages.

on_page() { # PROGRAM PICTURE KEY…: takes a picture of the page, presses keys, and waits until another page is there
    local program="$1" picture="$PAGES/$2.png" window
    shift 2
    wait_for_window "$program" || die "$program shows no window"
    settled "$picture"
    window="$(windows_of "$program" | tail -1)"
    xdotool windowfocus "$window"
    press "$@"
    until_so shows_something_else "$picture" || die "$program stays on the page of $picture"
}

is_installed() { # the bar has run through
    # shellcheck disable=SC2153 # set by the script that sources this one
    [[ -f $PROGRAM/uninstall.exe && -n $(value DisplayVersion) ]]
}

pages() {
    say "The pages of installer and uninstaller, in Chinese, by keyboard"
    local installer=PostalDesk-Setup.exe uninstaller='^un.exe$' # as NSIS calls the copy that runs
    # The program that the last page starts inherits the installer's output, so that is not waited for here.
    LIMIT=1200 w "$OUT/$installer" /LANG=zh_CN >/dev/null &
    local installing=$! uninstalling
    on_page "$installer" 1-welcome Return
    on_page "$installer" 2-options alt+d Return
    on_page "$installer" 3-folder Return
    until_so is_installed || die "nothing is installed"
    on_page "$installer" 4-finish Return
    gone_from_screen "$installer"
    wait_for_window PostalDesk.exe || die "the program is not started by the last page"
    settled "$PAGES/5-first-start.png" 8

    LIMIT=1200 w "$PROGRAM/uninstall.exe" /LANG=zh_CN >/dev/null &
    uninstalling=$!
    on_page "$uninstaller" 6-desks Return
    gone_from_screen PostalDesk.exe # it was asked to close
    wait "$installing" || die "the installer or the program that it started ended with an error"
    vanishes "$PROGRAM"
    on_page "$uninstaller" 7-done Return
    wait "$uninstalling" || die "the uninstaller ended with an error"
    [[ -d $DATA/desk ]] || die "the desk is gone"
}
