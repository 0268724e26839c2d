#!/usr/bin/env bash
# Proves on Linux that the Windows package works: builds it under Wine, packs it, installs it, uses it, upgrades it and
# uninstalls it. Takes some minutes and about 2 GB; with a folder as argument, downloads and results stay there.
#
#     packaging/windows/check.sh [--reuse] [FOLDER]
#
# --reuse takes the program collected in FOLDER before, for work on the installer. The pictures of the installer's pages
# are in FOLDER/pages. It is a test build: what users get is built on Windows, see packaging/README.md.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
PACKAGING="$(dirname "$HERE")"
ROOT="$(dirname "$PACKAGING")"
WINE="$HERE/wine"
# shellcheck source=packaging/system_packages.sh
. "$PACKAGING/system_packages.sh"
# shellcheck source=packaging/windows/wine/python.sh
. "$WINE/python.sh"
# shellcheck source=packaging/windows/wine/prefix.sh
. "$WINE/prefix.sh"
# shellcheck source=packaging/windows/wine/screen.sh
. "$WINE/screen.sh"
# shellcheck source=packaging/windows/wine/pages.sh
. "$WINE/pages.sh"
# shellcheck source=packaging/windows/wine/main_job.sh
. "$WINE/main_job.sh"

MOST_INSTALLER=$((32 * 1000 * 1000))
MOST_INSTALLED=$((95 * 1000 * 1000))
OLD=0.0.1

say() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
die() {
    printf 'Failed: %s\n' "$*" >&2
    exit 1
}

REUSE=
if [[ ${1:-} == --reuse ]]; then
    REUSE=yes
    shift
fi
if (($#)); then
    mkdir -p "$1"
    WORK="$(cd "$1" && pwd)"
    trap stop_wine EXIT
else
    WORK="$(mktemp -d)"
    trap 'stop_wine; rm -rf "$WORK"' EXIT
fi
OUT="$WORK/out"
PAGES="$WORK/pages"
rm -rf "$PAGES"
mkdir -p "$PAGES"
unset QT_QPA_PLATFORM PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

collect() { # the program, by PyInstaller for Windows
    say "Wheels"
    download_wheels "$PYTHON3" "$WORK/wheels"
    say "Windows Python"
    make_python "$PYTHON3" "$WORK/wheels" "$WORK/python"
    say "PyInstaller"
    rm -rf "$OUT"
    mkdir -p "$OUT"
    use_wine_runtime
    # Compiled modules go elsewhere, not beside this machine's sources.
    PYTHONUTF8=1 PYTHONPYCACHEPREFIX="$(wine_path "$WORK/compiled")" LIMIT=3000 \
        w "$WORK/python/python.exe" "$PACKAGING/build.py" program --out "$(wine_path "$OUT")" >"$WORK/pyinstaller.log" || {
        tail -30 "$WORK/pyinstaller.log"
        die "PyInstaller"
    }
    # Nothing that belongs to Wine may have been taken for a part of Windows that has to go along.
    if grep -rlE 'Wine (builtin|placeholder) DLL' "$OUT/PostalDesk"; then die "parts of Wine were collected"; fi
}

pack() { # installer and zip, and an installer that calls itself older
    say "Zip and installer"
    "$PYTHON3" "$PACKAGING/build.py" portable --out "$OUT"
    "$PYTHON3" "$PACKAGING/build.py" installer --out "$OUT"
    "$PYTHON3" "$PACKAGING/build.py" sums --out "$OUT"
    (cd "$OUT" && sha256sum --check --quiet SHA256SUMS)
    rm -rf "$WORK/older"
    mkdir -p "$WORK/older/PostalDesk/_internal/gone-since"
    cp -rl "$OUT/PostalDesk/." "$WORK/older/PostalDesk/"
    echo "not in the new version" >"$WORK/older/PostalDesk/_internal/gone-since/file.txt"
    cp "$OUT/postal-desk.ico" "$OUT/welcome.bmp" "$WORK/older/"
    "$PYTHON3" "$PACKAGING/build.py" installer --version "$OLD" --quick --out "$WORK/older"
}

figures() {
    local installer installed files
    installer="$(stat -c %s "$OUT/PostalDesk-Setup.exe")"
    installed="$(find "$OUT/PostalDesk" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')"
    files="$(find "$OUT/PostalDesk" -type f | wc -l)"
    say "Installer $((installer / 100000))e5 bytes, installed $((installed / 100000))e5 bytes in $files files"
    ((installer <= MOST_INSTALLER)) || die "the installer is larger than $MOST_INSTALLER bytes"
    ((installed <= MOST_INSTALLED)) || die "the installed program is larger than $MOST_INSTALLED bytes"
}

# -- what the check asks of the installed program ------------------------------------------------------------------------

desk() { # ARGUMENT…: the installed command line, in Chinese
    w "$PROGRAM/postal-desk.exe" --lang zh_CN "$@"
}

value() { # NAME: of the entry in the list of installed programs; nothing if there is none
    w reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\PostalDesk' /reg:64 /v "$1" 2>/dev/null |
        sed -n "s/^ *$1 *REG_[A-Z]* *//p" || true
}

setup() { # EXPECTED_EXIT_CODE INSTALLER ARGUMENT…
    local expected="$1" code=0
    shift
    w "$@" || code=$?
    ((code == expected)) || die "$* ended with $code, not with $expected"
}

vanishes() { # FOLDER: the uninstaller goes on by itself in a copy, so it has to be waited for
    until_so test ! -e "$1" || die "$1 is still there: $(find "$1" | head -20)"
}

passes_selftest() {
    desk selftest || die "the self-test"
}

cases() { # what the desk holds of each case; only how many days it has been open grows by itself at midnight
    desk case list --json --limit 0 | sed '/^ *"elapsed_days": /d'
}

desk_is_whole() { # after whatever was done to the program
    desk check >/dev/null || die "the desk is not in order"
    cases | cmp - "$WORK/cases.json" || die "the desk has other cases than before"
}

# -- what is tried -------------------------------------------------------------------------------------------------------

install_older() {
    say "Install (silently, as version $OLD)"
    setup 0 "$WORK/older/PostalDesk-Setup.exe" /S /LANG=zh_CN /DesktopIcon
    [[ $(value DisplayVersion) == "$OLD" ]] || die "the list of programs does not name version $OLD"
    find "$WINEPREFIX/drive_c/users" -name '邮政服务案例台.lnk' | grep -c . | grep -qx 2 || die "two shortcuts are expected"
    say "Self-test"
    passes_selftest
    say "A desk is made and used"
    desk demo --cases 200 --months 12 --until 2019-12 >/dev/null
    cases >"$WORK/cases.json"
    [[ $(grep -c '"number": "' "$WORK/cases.json") -ge 200 ]] || die "the sample desk is too small"
}

upgrade() {
    say "Upgrade while the window is open"
    LIMIT=900 w "$PROGRAM/PostalDesk.exe" >"$WORK/window.log" &
    local window=$!
    wait_for_window PostalDesk.exe || die "the window does not open"
    second_start
    setup 0 "$OUT/PostalDesk-Setup.exe" /S
    wait "$window" || die "the window was not closed but killed: $(<"$WORK/window.log")"
    [[ $(value DisplayVersion) == "$VERSION" ]] || die "the list of programs does not name version $VERSION"
    [[ ! -e $PROGRAM/_internal/gone-since ]] || die "files of the older version are left"
    [[ ! -e $PROGRAM/incoming && ! -e $PROGRAM/outgoing ]] || die "the installer left its own folders"
    desk_is_whole
    say "An older installer is refused"
    setup 3 "$WORK/older/PostalDesk-Setup.exe" /S
    [[ $(value DisplayVersion) == "$VERSION" ]] || die "the older version was installed all the same"
}

second_start() { # raises the window of the first and ends
    until_so has_letter_box || die "the first program does not wait for a second start"
    local windows
    windows="$(windows_of PostalDesk.exe)"
    w "$PROGRAM/PostalDesk.exe" || die "a second start does not end by itself"
    [[ $(windows_of PostalDesk.exe) == "$windows" ]] || die "a second start opens a window of its own"
}

has_letter_box() { compgen -G "$DATA/letters/*/held" >/dev/null; }

older_desks() { # those that older versions left
    local stored desk
    for stored in "$ROOT"/tests/store/desks/*/; do
        say "A desk of $(basename "$stored")"
        desk="$WORK/stored"
        rm -rf "$desk"
        cp -r "$stored" "$desk"
        desk --desk "$(wine_path "$desk")" check >/dev/null || die "the desk is not in order after the upgrade"
        desk --desk "$(wine_path "$desk")" case list --json --limit 0 | sed -n 's/^    "number": "\(.*\)",$/\1/p' | sort |
            cmp - "$desk/numbers" || die "the desk has other cases than before"
    done
}

repair() {
    say "Repair"
    rm -r "$PROGRAM/_internal/seeds"
    if desk selftest >/dev/null; then die "the self-test does not notice missing files"; fi
    setup 0 "$OUT/PostalDesk-Setup.exe" /S
    passes_selftest >/dev/null
}

uninstall() {
    say "Uninstall (silently)"
    setup 0 "$PROGRAM/uninstall.exe" /S
    vanishes "$PROGRAM"
    [[ -z $(value DisplayVersion) ]] || die "the list of programs still names it"
    [[ -z $(find "$WINEPREFIX/drive_c/users" -name '邮政服务案例台.lnk') ]] || die "shortcuts are left"
    [[ -d $DATA/desk ]] || die "the desk is gone"
}

everyone() {
    say "For everyone, in a folder of one's own choice, in English; the desk of before is opened by it"
    local folder="$WINEPREFIX/drive_c/Program Files/Post Office"
    PROGRAM="$folder"
    # Words of their own, so that Wine puts no quotation marks around the last option: that is how NSIS wants it …
    setup 0 "$OUT/PostalDesk-Setup.exe" /S /AllUsers /LANG=en '/D=C:\Program' 'Files\Post' Office
    [[ -f $folder/PostalDesk.exe ]] || die "not installed in the folder given"
    find "$WINEPREFIX/drive_c/ProgramData" -name 'Postal Desk.lnk' | grep -q . || die "no shortcut for everyone"
    desk_is_whole
    setup 0 "$folder/uninstall.exe" /S
    vanishes "$folder"
    # … and in quotation marks, as others write it.
    setup 0 "$OUT/PostalDesk-Setup.exe" /S /AllUsers /LANG=en '/D=C:\Program Files\Post Office'
    [[ -f $folder/PostalDesk.exe ]] || die "not installed in the folder given in quotation marks"
    setup 0 "$folder/uninstall.exe" /S /DeleteDesks
    vanishes "$folder"
    [[ ! -e $DATA ]] || die "the desks were to be deleted"
}

portable() {
    say "Portable zip"
    rm -rf "$WORK/portable"
    unzip -q "$OUT"/PostalDesk-*-windows-x64.zip -d "$WORK/portable"
    [[ $(w "$WORK/portable/PostalDesk/postal-desk.exe" --version) == *"$VERSION"* ]] || die "the portable program does not start"
}

signing() {
    say "Signing, with a certificate made for it"
    local folder="$WORK/signing"
    rm -rf "$folder"
    mkdir -p "$folder"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Postal Desk check" -addext extendedKeyUsage=codeSigning \
        -keyout "$folder/key.pem" -out "$folder/certificate.pem" 2>/dev/null
    echo "check" >"$folder/password"
    openssl pkcs12 -export -inkey "$folder/key.pem" -in "$folder/certificate.pem" -passout "file:$folder/password" \
        -out "$folder/certificate.p12"
    cp "$OUT/PostalDesk/PostalDesk.exe" "$folder/"
    POSTAL_DESK_SIGN_PKCS12="$folder/certificate.p12" POSTAL_DESK_SIGN_PASSWORD_FILE="$folder/password" \
        "$PYTHON3" "$PACKAGING/sign.py" "$folder/PostalDesk.exe"
    osslsigncode verify -CAfile "$folder/certificate.pem" -in "$folder/PostalDesk.exe" >"$folder/verify.log" ||
        die "the signature does not verify: $(<"$folder/verify.log")"
}

# ------------------------------------------------------------------------------------------------------------------------

say "What Debian has to bring"
need_packages "${WINDOWS_CHECK[@]}"
PYTHON3="$(find_stdlib_python)" || die "Python 3.11 is needed, whose standard library the Windows Python borrows; set PYTHON to its path."
VERSION="$("$PYTHON3" "$PACKAGING/build.py" version)"

say "Wine"
start_display "$WORK"
make_prefix "$WORK"
LOCAL="$WINEPREFIX/drive_c/users/$(id -un)/AppData/Local"
PROGRAM="$LOCAL/Programs/PostalDesk"
DATA="$LOCAL/PostalDesk"

if [[ -z $REUSE || ! -d $OUT/PostalDesk ]]; then collect; fi
pack
figures
use_packaged_runtime
keep_wine_running "$WORK"
install_older
upgrade
older_desks
repair
main_job
uninstall
pages
everyone
portable
signing
say "The Windows package works."
