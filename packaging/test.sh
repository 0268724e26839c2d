#!/usr/bin/env bash
# Installs what is missing and runs the tests, which need no display, on every core. Arguments go to pytest, and single tests
# run one after the other: packaging/test.sh -k masking
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
set_up dev

on_every_core() { # ARGUMENT…: not where single tests are asked for, or where somebody wants to look on
    local argument
    for argument in "$@"; do
        case "$argument" in
            -[knps]* | --pdb | --co | --collect-only | [!-]*) return 1 ;;
        esac
    done
}

cd "$ROOT"
# Many tests start the program in a process of its own: let it find its modules compiled.
unset PYTHONDONTWRITEBYTECODE
if on_every_core "$@"; then
    set -- -n auto --maxprocesses 8 --dist worksteal "$@"
fi
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
exec "$VENV/bin/python" -m pytest "$@"
