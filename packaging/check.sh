#!/usr/bin/env bash
# Builds, installs, uses and removes the packages for Windows and Debian on this machine (so does .ci/run --packages).
# Takes about a quarter of an hour and 3 GB; downloads and results stay in the folder given, if one is given.
#
#     packaging/check.sh [FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
linux/check.sh ${1:+"$1/linux"}
windows/check.sh ${1:+"$1/windows"}
