# shellcheck shell=bash disable=SC2034 # the lists are used by those that source this
# Sourced by the checks: Debian packages for what is missing, without which a check can't be made.

# COMMAND_OR_FILE:PACKAGE. What a check itself needs; what the program needs comes with its package.
DEBIAN_CHECK=(dpkg-shlibdeps:dpkg-dev objdump:binutils strip:binutils Xvfb:xvfb /usr/lib/x86_64-linux-gnu/libX11.so.6:libx11-6
    desktop-file-validate:desktop-file-utils man:man-db debootstrap:debootstrap)
WINDOWS_CHECK=(wine:wine /usr/lib/wine/wine64:wine64 Xvfb:xvfb xdotool:xdotool xclip:xclip import:imagemagick
    x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 makensis:nsis unzip:unzip openssl:openssl osslsigncode:osslsigncode
    /usr/share/fonts/truetype/wqy/wqy-microhei.ttc:fonts-wqy-microhei)

need_packages() { # COMMAND_OR_FILE:PACKAGE…
    local as_root=() missing
    mapfile -t missing < <(missing_of "$@")
    ((${#missing[@]})) || return 0
    if ! command -v apt-get >/dev/null; then
        refuse "this check needs what Debian calls: ${missing[*]}"
    fi
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || refuse "only root can install what this check needs. Ask for: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo -n)
    fi
    echo "Installing: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
    "${apt[@]}" update || echo "The package lists could not be refreshed; trying with those at hand."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null || refuse "apt-get could not install: ${missing[*]}"
    mapfile -t missing < <(missing_of "$@")
    ((${#missing[@]} == 0)) || refuse "still missing after the installation: ${missing[*]}"
}

missing_of() { # COMMAND_OR_FILE:PACKAGE…: the packages, one a line
    local entry
    for entry in "$@"; do
        PATH="$PATH:/usr/sbin:/sbin" command -v "${entry%%:*}" >/dev/null || [[ -e ${entry%%:*} ]] || printf '%s\n' "${entry#*:}"
    done | sort -u
}

refuse() {
    printf 'Stopped: %s.\nThe other checks do without: .ci/run --no-packages\n' "$1" >&2
    exit 1
}
