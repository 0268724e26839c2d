#!/usr/bin/env bash
# Installs what is missing and opens a desk with sample cases, apart from any real desk.
# Without a display: renders the main window to a picture instead and says where it is.
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
set_up run

desk="$("$VENV/bin/python" -c 'from postal_desk import paths; print(paths.default_desk().with_name("demo"))')"
postal_desk=("$VENV/bin/postal-desk" --desk "$desk")
if [[ ! -e $desk ]]; then
    say "Making a desk with sample cases in $desk"
    "${postal_desk[@]}" demo
fi

if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    picture="$ROOT/build/window.png"
    mkdir -p "${picture%/*}"
    rm -f "$picture"
    say "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): rendering the main window to a picture."
    QT_QPA_PLATFORM=offscreen "${postal_desk[@]}" picture --out "$picture"
    [[ -s $picture ]] || die "no picture was written to $picture"
    say "The window as you would see it: $picture"
    exit
fi

say "Opening the sample desk in $desk"
exec "${postal_desk[@]}"
