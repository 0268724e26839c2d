#!/usr/bin/env bash
# Proves on Linux that the Windows package works: builds it under Wine, packs it, installs it, uses it, upgrades it and
# uninstalls it. Takes some minutes and about 4 GB; with a folder as argument, downloads and results stay there.
#
#     packaging/windows/check.sh [FOLDER]
#
# It is a test build. What users get is built on Windows, see packaging/README.md.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
PACKAGING="$(dirname "$HERE")"
WINE="$HERE/wine"
# shellcheck source=packaging/system_packages.sh
. "$PACKAGING/system_packages.sh"
# shellcheck source=packaging/windows/wine/python.sh
. "$WINE/python.sh"
# shellcheck source=packaging/windows/wine/prefix.sh
. "$WINE/prefix.sh"

say() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
die() {
    printf 'Failed: %s\n' "$*" >&2
    exit 1
}

if (($#)); then
    mkdir -p "$1"
    WORK="$(cd "$1" && pwd)"
    trap stop_wine EXIT
else
    WORK="$(mktemp -d)"
    trap 'stop_wine; rm -rf "$WORK"' EXIT
fi
OUT="$WORK/out"

say "What Debian has to bring"
need_packages wine:wine wine64:wine64 Xvfb:xvfb xauth:xauth x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 \
    makensis:nsis unzip:unzip openssl:openssl osslsigncode:osslsigncode \
    /usr/share/fonts/truetype/wqy/wqy-microhei.ttc:fonts-wqy-microhei
PYTHON3="$(find_stdlib_python)" || die "Python 3.11 is needed, whose standard library the Windows Python borrows; set PYTHON to its path."

say "Wheels"
download_wheels "$PYTHON3" "$WORK/wheels"
say "Windows Python"
make_python "$PYTHON3" "$WORK/wheels" "$WORK/python"
say "Wine"
start_display "$WORK"
make_prefix "$WORK"

say "PyInstaller"
rm -rf "$OUT"
mkdir -p "$OUT"
export PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
LIMIT=600 w "$WORK/python/python.exe" "$PACKAGING/build.py" program --out "$(wine_path "$OUT")" >"$WORK/pyinstaller.log" || {
    tail -30 "$WORK/pyinstaller.log"
    die "PyInstaller"
}
