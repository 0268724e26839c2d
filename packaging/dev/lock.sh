#!/usr/bin/env bash
# Renews both lock files from the ranges in pyproject.toml (needs uv). Arguments go to uv: packaging/dev/lock.sh --upgrade
set -euo pipefail
# shellcheck source=packaging/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$ROOT"
command -v uv >/dev/null || die "uv is not installed."

lock() { # FILE [OPTION…]: one lock for every system and Python version, naming no place to download from
    local file="$1"
    shift
    uv pip compile pyproject.toml --group build "$@" --universal --generate-hashes --quiet --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --output-file "$file"
    if grep -n '://' "$file"; then die "$file names a place to download from"; fi
}

lock requirements.lock "$@"
lock requirements-dev.lock --group dev --constraint requirements.lock "$@"

for version in 3.11 3.12 3.13; do
    for platform in x86_64-pc-windows-msvc x86_64-manylinux_2_34; do
        say "A wheel of every package for Python $version on $platform?"
        uv pip compile pyproject.toml --group build --group dev --constraint requirements-dev.lock --quiet --output-file /dev/null \
            --only-binary :all: --python-version "$version" --python-platform "$platform"
    done
done
say "Both locks are renewed. Now: packaging/test.sh"
