# shellcheck shell=bash
# Sourced by check.sh: a Wine of its own, apart from anybody's, with the few functions that Wine 8 lacks and Qt asks for.

# No menu entries, no debugger window that waits for somebody.
WINE_QUIET="winemenubuilder.exe,winedbg.exe=d"
# The compiler's run-time: for building, Wine's own will do; for the program, only what its package brings counts, as on a
# bare Windows. Otherwise a DLL missing from the package would not be noticed.
VC_RUNTIME="vcruntime140,vcruntime140_1,msvcp140,msvcp140_1,msvcp140_2"

use_wine_runtime() { export WINEDLLOVERRIDES="$WINE_QUIET;$VC_RUNTIME=n,b"; }
use_packaged_runtime() { export WINEDLLOVERRIDES="$WINE_QUIET;$VC_RUNTIME=n"; }

w() { # PROGRAM [ARGUMENT…]: runs it under Wine, for at most LIMIT (600) seconds, and passes its output and exit code on
    "$PYTHON3" "$WINE/run.py" "${LIMIT:-600}" "$@"
}

wine_path() { # UNIX_PATH: the same as Windows sees it
    printf 'Z:%s' "${1//\//\\}"
}

start_display() { # FOLDER: a screen for the windows; sets DISPLAY and XVFB
    rm -f "$1/display"
    Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$1/display" >/dev/null 2>&1 &
    XVFB=$!
    until_so test -s "$1/display" || die "there is no screen"
    DISPLAY=":$(<"$1/display")"
    export DISPLAY
}

make_prefix() { # FOLDER: HOME, WINEPREFIX and the Windows in it
    export HOME="$1/home" WINEPREFIX="$1/prefix" WINEDEBUG=-all LANG=C.UTF-8
    unset LC_ALL LANGUAGE XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
    use_wine_runtime
    if ! begin_prefix "$1"; then
        say "Wine itself did not start; a second time, as it is not Wine that is tried here"
        wineserver -k 2>/dev/null || true
        begin_prefix "$1" || die "Wine does not start"
    fi
    local system="$WINEPREFIX/drive_c/windows/system32" name link
    # Desktop, documents and so on are links to the home folder; here they are folders, as in Windows.
    while read -r link; do
        rm "$link"
        mkdir "$link"
    done < <(find "$WINEPREFIX/drive_c/users/$(id -un)" -maxdepth 1 -type l)
    for name in icuuc mscms uisettings; do make_library "$system/$name.dll" "$WINE/stand_ins/$name.c"; done
    make_library "$system/bcryptprimitives.dll" "$WINE/stand_ins/bcryptprimitives.c" -ladvapi32
    cp "$WINE/overrides.reg" "$WINEPREFIX/drive_c/"
    w regedit /S 'C:\overrides.reg' >/dev/null
}

begin_prefix() { # FOLDER
    rm -rf "$HOME" "$WINEPREFIX" "$1/silence"
    mkdir -p "$HOME"
    w wineboot -i >/dev/null && w winecfg -v win10 >/dev/null
}

keep_wine_running() { # FOLDER: until stop_wine, so that not every program has to start Wine's services anew
    mkfifo "$1/silence"
    wine cmd.exe /c 'set /p word=' <>"$1/silence" >/dev/null 2>&1 & # waits for a word that never comes
}

stop_wine() {
    if [[ -n ${WINEPREFIX:-} && -d $WINEPREFIX ]]; then
        timeout 20 wineserver -k 2>/dev/null || timeout 20 /usr/lib/wine/wineserver64 -k 2>/dev/null || true
    fi
    if [[ -n ${XVFB:-} ]]; then kill "$XVFB" 2>/dev/null || true; fi
}
