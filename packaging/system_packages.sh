# shellcheck shell=bash
# Sourced by the checks: Debian packages for what is missing, without which a check can't be made.

need_packages() { # COMMAND_OR_FILE:PACKAGE…
    local entry missing=()
    for entry in "$@"; do
        command -v "${entry%%:*}" >/dev/null || [[ -e ${entry%%:*} ]] || missing+=("${entry#*:}")
    done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        echo "Missing, and only root can install them: ${missing[*]}" >&2
        return 1
    fi
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update || echo "The package lists could not be refreshed; trying with those at hand."
    "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}
