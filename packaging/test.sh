#!/usr/bin/env bash
# Installs what is missing and runs the tests, which need no display. Arguments go to pytest: packaging/test.sh -k masking
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
set_up dev

cd "$ROOT"
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
exec "$VENV/bin/python" -m pytest "$@"
