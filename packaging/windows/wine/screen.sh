# shellcheck shell=bash
# Sourced by check.sh: looks at the screen and presses keys there, as somebody would. Nothing waits for a time, only for what
# has to come; PATIENCE is when to give up, and long enough for a slow machine.

PATIENCE=300
CARET=100 # pixels

until_so() { # COMMAND…: waits until it is true
    local end=$((SECONDS + PATIENCE))
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.2
    done
}

windows_of() { # NAME_OF_PROGRAM: the windows on the screen that belong to it
    xdotool search --onlyvisible --class "$1" 2>/dev/null
}

has_window() { [[ -n $(windows_of "$1") ]]; }
has_no_window() { ! has_window "$1"; }

wait_for_window() { # NAME_OF_PROGRAM
    until_so has_window "$1"
}

gone_from_screen() { # NAME_OF_PROGRAM
    until_so has_no_window "$1" || die "$1 stays on the screen"
}

settled() { # PICTURE [TIMES]: takes a picture once so many (1) in a row are like the one before
    import -window root "$1"
    local end=$((SECONDS + PATIENCE)) alike=0
    while ((SECONDS < end)); do
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

same_picture() { # PICTURE PICTURE: but for a caret that blinks
    local differ
    differ="$(compare -metric AE "$1" "$2" null: 2>&1)" || true
    [[ $differ =~ ^[0-9]+$ ]] && ((differ <= CARET))
}

shows_something_else() { # PICTURE
    import -window root "$PAGES/now.png"
    ! same_picture "$1" "$PAGES/now.png"
}

press_and_see() { # PICTURE_BEFORE PICTURE TIMES KEY…: presses keys, waits for another picture than before, and takes it at rest
    local before="$PAGES/$1.png" after="$PAGES/$2.png" times="$3"
    shift 3
    press "$@"
    until_so shows_something_else "$before" || die "$* changes nothing of $before"
    settled "$after" "$times"
}

press() { # KEY…: where the focus is; each one is answered before the next
    xdotool key --clearmodifiers --delay 150 "$@"
}
