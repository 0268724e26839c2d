#!/usr/bin/env bash
# Proves that the Debian package works: builds it, installs it in a clean Debian 12 made for it (needs root and a network;
# elsewhere it is unpacked and its libraries are looked for), runs the self-test there, compares its start with the same
# program from source, removes it. With a folder as argument, downloads and results stay there.
#
#     packaging/linux/check.sh [--reuse | --all-but-starts | --starts] [FOLDER]
#
# --reuse takes the package made in FOLDER before; --starts compares the starts of that one and does nothing else, for when the
# machine is quiet.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
PACKAGING="$(dirname "$HERE")"
ROOT="$(dirname "$PACKAGING")"
# shellcheck source=packaging/system_packages.sh
. "$PACKAGING/system_packages.sh"

NEWEST_LIBC=2.36   # Debian 12's
MOST_START=1.5     # × the start from source

say() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
die() {
    printf 'Failed: %s\n' "$*" >&2
    exit 1
}

clean_up() {
    if [[ -n ${CLEAN:-} && -d $CLEAN/proc/1 ]]; then umount "$CLEAN/proc" || true; fi
    if [[ -n ${XVFB:-} ]]; then kill "$XVFB" 2>/dev/null || true; fi
    if [[ -n ${TEMPORARY:-} ]]; then rm -rf "$TEMPORARY"; fi
}
trap clean_up EXIT

DO=all
case "${1:-}" in
    --reuse | --all-but-starts | --starts)
        DO="${1#--}"
        shift
        ;;
esac
if (($#)); then
    mkdir -p "$1"
    WORK="$(cd "$1" && pwd)"
else
    TEMPORARY="$(mktemp -d)"
    WORK="$TEMPORARY"
fi
OUT="$WORK/out"
unset QT_QPA_PLATFORM PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 /usr/bin/python3.11 python3 "$ROOT/.venv/bin/python"; do
        if [[ -n $candidate ]] && "$candidate" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

collect() {
    say "The pinned packages"
    local python
    python="$(find_python)" || die "Python 3.11 or newer with its venv is needed; set PYTHON to its path."
    "$python" -m venv --clear "$WORK/venv"
    "$WORK/venv/bin/python" -m pip --disable-pip-version-check --retries 10 -qq install --require-hashes \
        -r "$PACKAGING/requirements-package.lock" || die "the pinned packages can't be installed: see above what pip says"
    say "PyInstaller"
    rm -rf "$OUT"
    "$WORK/venv/bin/python" "$PACKAGING/build.py" linux --out "$OUT" 2>"$WORK/build.log" || {
        tail -30 "$WORK/build.log"
        die "the build"
    }
}

newest_libc() { # the newest version of the C library that anything in the package asks for
    find "$OUT/PostalDesk" -type f -exec sh -c 'head -c4 "$1" | grep -q ELF && objdump -T "$1"' _ {} \; 2>/dev/null |
        grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1 | cut -d_ -f2
}

install_in_clean_debian() {
    say "A clean Debian 12"
    CLEAN="$WORK/clean"
    make_clean_debian || make_clean_debian || return 1 # a second time, as mirrors have bad moments
    mount -t proc proc "$CLEAN/proc" || return 1
    cp /etc/resolv.conf "$CLEAN/etc/" 2>/dev/null || true
    cp "$DEB" "$CLEAN/tmp/"
    say "Install"
    inside apt-get -qq install -y --no-install-recommends "/tmp/${DEB##*/}" >"$WORK/install.log" 2>&1 || {
        tail -20 "$WORK/install.log"
        die "the package can't be installed"
    }
}

make_clean_debian() {
    rm -rf "$CLEAN"
    debootstrap --variant=minbase --include=fonts-wqy-microhei bookworm "$CLEAN" "$MIRROR" >"$WORK/debootstrap.log" 2>&1
}

inside() { # COMMAND…: in the clean Debian, with nothing of this machine's environment
    chroot "$CLEAN" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

as_somebody() { # COMMAND…: the same as a user there
    chroot --userspec="$SOMEBODY" "$CLEAN" env -i PATH=/usr/bin:/bin "HOME=/home/$SOMEBODY" LANG=C.UTF-8 "$@"
}

use_in_clean_debian() {
    say "Self-test"
    SOMEBODY=somebody
    inside useradd --create-home "$SOMEBODY"
    as_somebody postal-desk --lang zh_CN selftest || die "the self-test"
    local desk
    desk="$(as_somebody postal-desk demo --cases 50)" # says where it is
    [[ -f $CLEAN$desk/desk.db ]] || die "there is no desk in $desk"
    say "Remove; the desk stays"
    inside dpkg --purge postal-desk >/dev/null
    [[ ! -e $CLEAN/opt/postal-desk && ! -e $CLEAN/usr/bin/postal-desk ]] || die "parts of the program are left"
    [[ -f $CLEAN$desk/desk.db ]] || die "the desk is gone"
}

unpack_instead() {
    say "No clean Debian can be made here: unpack, and look for its libraries"
    dpkg-deb -x "$DEB" "$WORK/unpacked"
    local missing
    missing="$(find "$WORK/unpacked/opt" -type f -exec sh -c 'head -c4 "$1" | grep -q ELF && ldd "$1"' _ {} \; 2>/dev/null | grep 'not found' | sort -u)" || true
    [[ -z $missing ]] || die "missing libraries: $missing"
    HOME="$WORK/home" "$WORK/unpacked/opt/postal-desk/postal-desk" --lang zh_CN selftest || die "the self-test"
}

compare_starts() { # warm, and as after switching on, where this machine lets us
    say "Start of the window, packaged and from source"
    rm -f "$WORK/display"
    Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$WORK/display" >/dev/null 2>&1 &
    XVFB=$!
    local end=$((SECONDS + 120))
    until [[ -s $WORK/display ]]; do
        ((SECONDS < end)) || die "there is no screen"
        sleep 0.1
    done
    local home="$WORK/home" command
    rm -rf "$home"
    mkdir -p "$home"
    command=(env "DISPLAY=:$(<"$WORK/display")" "HOME=$home" "XDG_DATA_HOME=$home" "XDG_CONFIG_HOME=$home" "XDG_CACHE_HOME=$home"
        "PYTHONPATH=$ROOT" "$WORK/venv/bin/python" "$HERE/start_times.py" --most "$MOST_START"
        "packaged=$OUT/PostalDesk/postal-desk" "source=$WORK/venv/bin/python -m postal_desk")
    env "HOME=$home" "XDG_DATA_HOME=$home" "$OUT/PostalDesk/postal-desk" demo --cases 300 >/dev/null
    measured "${command[@]}"
    if [[ -w /proc/sys/vm/drop_caches ]]; then
        say "… and with nothing in memory"
        measured "${command[@]}" --cold --rounds 3
    fi
}

measured() { # COMMAND…: something else may be busy on this machine just then, so a bad ratio has to come three times
    local left
    for left in 2 1 0; do
        if "$@"; then return; fi
        say "Measured again, $left more tries"
    done
    die "the packaged program starts too slowly"
}

say "What Debian has to bring"
need_packages "${DEBIAN_CHECK[@]}"
# shellcheck disable=SC2016  # apt-get itself fills in $(SITE)
MIRROR="$(apt-get indextargets --format '$(SITE)' 'Codename: bookworm' 'Created-By: Packages' 2>/dev/null | head -1)"

if [[ $DO == starts ]]; then
    compare_starts
    exit
fi
if [[ $DO != reuse || ! -d $OUT/PostalDesk ]]; then collect; fi
DEB="$(find "$OUT" -name '*.deb')"
say "$(basename "$DEB"): $(($(stat -c %s "$DEB") / 100000))e5 bytes, installed $(($(du -sb "$OUT/PostalDesk" | cut -f1) / 100000))e5 bytes in $(find "$OUT/PostalDesk" -type f | wc -l) files"
libc="$(newest_libc)"
if ! printf '%s\n%s\n' "$libc" "$NEWEST_LIBC" | sort -VC; then
    die "it needs the C library $libc, Debian 12 has $NEWEST_LIBC: build it on Debian 12"
fi
desktop-file-validate "$HERE/postal-desk.desktop"
[[ -z $(man --warnings -l "$HERE/postal-desk.1" 2>&1 >/dev/null) ]] || die "the manual page has mistakes"

if ((EUID == 0)) && [[ -n $MIRROR ]] && install_in_clean_debian; then
    use_in_clean_debian
else
    unpack_instead
fi
if [[ $DO != all-but-starts ]]; then compare_starts; fi
say "The Debian package works."
