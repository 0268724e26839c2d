#!/usr/bin/env bash
# Builds, installs, uses and removes the packages for Debian and Windows on this machine, both at the same time (so does .ci/run).
# Takes about ten minutes on two cores, and 4 GB; downloads and results stay in the folder given, if one is given.
#
#     packaging/check.sh [FOLDER]
set -euo pipefail
if (($#)); then
    FOLDER="$(realpath -m -- "$1")" TEMPORARY=
else
    FOLDER="$(mktemp -d)" TEMPORARY=yes
fi
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=packaging/system_packages.sh
. ./system_packages.sh

MOST_MINUTES=60 # for machines several times slower than one would like

# At once and before anything else: apt-get serves one caller at a time.
need_packages "${DEBIAN_CHECK[@]}" "${WINDOWS_CHECK[@]}"

check() { # NAME SCRIPT ARGUMENT…: in a process of its own; its output line by line behind its name
    local name="$1"
    shift
    # Not a pipe: whatever outlives the check must not keep this waiting.
    exec timeout --kill-after=60 "${MOST_MINUTES}m" "$@" > >(sed -u "s/^/$name  /") 2>&1 </dev/null
}

declare -A started
ended() { # whoever is interrupted leaves nothing running
    kill "${started[@]}" 2>/dev/null || true
    wait
    if [[ -n $TEMPORARY ]]; then rm -rf "$FOLDER"; fi
}
trap ended EXIT
check Debian linux/check.sh --all-but-starts "$FOLDER/linux" &
started[Debian]=$!
check Windows windows/check.sh "$FOLDER/windows" &
started[Windows]=$!

failed=()
for name in Debian Windows; do # each goes on to its end, whatever becomes of the other
    wait "${started[$name]}" || failed+=("$name ($?)")
done
if ((${#failed[@]})); then
    echo "Failed: ${failed[*]} (124: not finished within $MOST_MINUTES minutes)" >&2
    exit 1
fi

linux/check.sh --starts "$FOLDER/linux" </dev/null # now that nothing else runs
