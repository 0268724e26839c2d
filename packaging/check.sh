#!/usr/bin/env bash
# Builds, installs, uses and removes the packages for Debian and Windows on this machine, both at the same time (so does .ci/run).
# Takes about ten minutes on two cores, and 4 GB; downloads and results stay in the folder given, if one is given.
#
#     packaging/check.sh [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=packaging/system_packages.sh
. ./system_packages.sh

MOST_MINUTES=60 # for machines several times slower than one would like

# At once and before anything else: apt-get serves one caller at a time.
need_packages "${DEBIAN_CHECK[@]}" "${WINDOWS_CHECK[@]}"

check() { # NAME SCRIPT [FOLDER]: its output line by line behind its name
    local name="$1"
    shift
    # Not a pipe: whatever outlives the check must not keep this waiting.
    timeout --kill-after=60 "${MOST_MINUTES}m" "$@" > >(sed -u "s/^/$name  /") 2>&1 </dev/null
}

declare -A started
check Debian linux/check.sh ${1:+"$1/linux"} &
started[Debian]=$!
check Windows windows/check.sh ${1:+"$1/windows"} &
started[Windows]=$!

failed=()
for name in Debian Windows; do # each goes on to its end, whatever becomes of the other
    wait "${started[$name]}" || failed+=("$name ($?)")
done
if ((${#failed[@]})); then
    echo "Failed: ${failed[*]} (124: not finished within $MOST_MINUTES minutes)" >&2
    exit 1
fi
