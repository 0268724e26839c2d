#!/usr/bin/env bash
# Renews the lock files from the ranges in pyproject.toml (needs uv). Arguments go to uv: packaging/dev/lock.sh --upgrade
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$ROOT"
command -v uv >/dev/null || die "uv is not installed."

compile() { # FILE OPTION…: a lock that names no place to download from
    local file="$1"
    shift
    uv pip compile "$@" --generate-hashes --quiet --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        --output-file "$file"
    if grep -n '://' "$file"; then die "$file names a place to download from"; fi
}

lock() { # FILE [OPTION…]: one lock for every system and Python version
    local file="$1"
    shift
    compile "$file" pyproject.toml --group build --universal "$@"
}

lock requirements.lock "$@"
lock requirements-dev.lock --group dev --constraint requirements.lock "$@"
lock packaging/requirements-package.lock --group package --constraint requirements.lock "$@"
compile packaging/windows/wine/python.lock --group pyproject.toml:windows-python --no-deps --only-binary :all: \
    --python-version 3.11 --python-platform x86_64-pc-windows-msvc "$@"

for version in 3.11 3.12 3.13; do
    for platform in x86_64-pc-windows-msvc x86_64-manylinux_2_34; do
        say "A wheel of every package for Python $version on $platform?"
        uv pip compile pyproject.toml --group build --group dev --group package --quiet --output-file /dev/null \
            --constraint requirements-dev.lock --constraint packaging/requirements-package.lock --only-binary :all: --python-version "$version" --python-platform "$platform"
    done
done
say "The locks are renewed. Now: packaging/test.sh"
