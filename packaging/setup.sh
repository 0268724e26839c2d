# shellcheck shell=bash
# Shared by run.sh and test.sh: brings a bare Debian-like machine to the point where the program runs from this checkout.
# Sourced, not run. Everything lands in .venv beside pyproject.toml, besides the system libraries that Qt itself opens.
# Set PYTHON to choose the interpreter (3.11 or newer).

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
STAMP="$VENV/.installed"

say() { printf '==> %s\n' "$*"; }
die() {
    printf 'Stopped: %s\n' "$*" >&2
    exit 1
}

# What Qt's plugins open at run time, and the Debian package that has it. Looked for by file, because package names differ between releases.
LIBRARIES=(
    libEGL.so.1:libegl1
    libGL.so.1:libgl1
    libX11.so.6:libx11-6
    libX11-xcb.so.1:libx11-xcb1
    libcups.so.2:libcups2
    libdbus-1.so.3:libdbus-1-3
    libfontconfig.so.1:libfontconfig1
    libfreetype.so.6:libfreetype6
    libglib-2.0.so.0:libglib2.0-0
    libwayland-client.so.0:libwayland-client0
    libwayland-cursor.so.0:libwayland-cursor0
    libwayland-egl.so.1:libwayland-egl1
    libxcb-cursor.so.0:libxcb-cursor0
    libxcb-glx.so.0:libxcb-glx0
    libxcb-icccm.so.4:libxcb-icccm4
    libxcb-image.so.0:libxcb-image0
    libxcb-keysyms.so.1:libxcb-keysyms1
    libxcb-randr.so.0:libxcb-randr0
    libxcb-render-util.so.0:libxcb-render-util0
    libxcb-render.so.0:libxcb-render0
    libxcb-shape.so.0:libxcb-shape0
    libxcb-shm.so.0:libxcb-shm0
    libxcb-sync.so.1:libxcb-sync1
    libxcb-util.so.1:libxcb-util1
    libxcb-xfixes.so.0:libxcb-xfixes0
    libxcb-xkb.so.1:libxcb-xkb1
    libxkbcommon-x11.so.0:libxkbcommon-x11-0
    libxkbcommon.so.0:libxkbcommon0
)

python_is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() { # prints the first interpreter that will do
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if [[ -n $candidate ]] && python_is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

has_chinese_font() {
    if command -v fc-list >/dev/null; then
        [[ -n $(fc-list :lang=zh-cn family 2>/dev/null) ]]
    else
        compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK-*' >/dev/null
    fi
}

missing_packages() { # prints the Debian packages to install, one a line
    local known entry python
    known="$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)"
    for entry in "${LIBRARIES[@]}"; do
        [[ $known == *"${entry%%:*}"* ]] || printf '%s\n' "${entry#*:}"
    done
    has_chinese_font || printf '%s\n' fonts-noto-cjk
    if python="$(find_python)"; then
        # Debian keeps the part of venv that brings pip in a package of its own.
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            "$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
    else
        printf '%s\n' python3 python3-venv
    fi
}

install_system_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null ||
        die "this machine lacks what Debian calls: ${missing[*]}. Install these with its own package manager and run this again."
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "missing packages, and only root can install them. Ask for: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing system packages: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update || say "The package lists could not be refreshed; trying with those at hand."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null ||
        die "apt-get could not install: ${missing[*]}"
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} == 0)) || die "still missing after the installation: ${missing[*]}"
}

# install_project run|dev: nothing to do (and nothing asked of the network) when locks and project file are those of the last time.
install_project() {
    local kind="$1" lock state python
    case "$kind" in
        run) lock="$ROOT/requirements.lock" ;;
        dev) lock="$ROOT/requirements-dev.lock" ;;
    esac
    state="$(cat "$ROOT/pyproject.toml" "$ROOT"/requirements*.lock <(printf '%s' "$ROOT") | sha256sum | cut -d' ' -f1)"
    if python_is_new_enough "$VENV/bin/python" && [[ -f $STAMP ]]; then
        # The dev lock holds the whole of the other one.
        case "$(<"$STAMP")" in
            "dev $state" | "$kind $state") return ;;
        esac
    fi
    if ! python_is_new_enough "$VENV/bin/python" || ! "$VENV/bin/python" -c 'import pip' 2>/dev/null; then
        python="$(find_python)" || die "Python 3.11 or newer is needed; set PYTHON to its path."
        say "Making .venv with $("$python" --version)"
        "$python" -m venv --clear "$VENV"
    fi
    say "Installing the pinned packages of ${lock##*/}"
    local pip=("$VENV/bin/python" -m pip --disable-pip-version-check -q install)
    "${pip[@]}" --require-hashes -r "$lock"
    # The build backend is in the lock, so this asks the network for nothing.
    "${pip[@]}" --no-deps --no-build-isolation --editable "$ROOT"
    printf '%s %s' "$kind" "$state" >"$STAMP"
}

set_up() { # run|dev
    install_system_packages
    install_project "$1"
}
