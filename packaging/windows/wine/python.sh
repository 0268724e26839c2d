# shellcheck shell=bash
# Sourced by check.sh: puts a Windows Python 3.11 together from what package indexes have, to run PyInstaller under Wine.
# The panda3d wheel carries the interpreter's library and its compiled modules; the rest of the standard library is the same
# on every system and is taken from this machine. For the check only: what users get is built with python.org's Python.

STDLIB_LEFT_OUT=(site-packages test tests lib2to3 idlelib tkinter turtledemo ensurepip lib-dynload)

find_stdlib_python() { # prints an interpreter whose standard library can be borrowed
    local candidate
    for candidate in "${PYTHON:-}" python3.11 /usr/bin/python3.11 python3 "$ROOT/.venv/bin/python"; do
        if [[ -n $candidate ]] && "$candidate" -c 'import pip, sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

download_wheels() { # PYTHON FOLDER: all that the locks ask for on Windows; nothing is fetched twice
    local python="$1" wheels="$2" pins="$2/windows.txt" download
    mkdir -p "$wheels"
    "$python" "$WINE/pins.py" "$PACKAGING/requirements-package.lock" >"$pins"
    download=("$python" -m pip --disable-pip-version-check --retries 10 -qq download --no-deps --require-hashes --only-binary :all:
        --platform win_amd64 --python-version 3.11 --find-links "$wheels" --dest "$wheels")
    "${download[@]}" -r "$pins"
    "${download[@]}" -r "$WINE/python.lock"
}

make_python() { # PYTHON WHEELS FOLDER
    local python="$1" wheels="$2" folder="$3" stdlib name wheel
    rm -rf "$folder"
    mkdir -p "$folder/DLLs" "$folder/Lib/site-packages" "$folder/parts"
    unzip -q -o "$wheels"/panda3d-*.whl 'deploy_libs/*' -d "$folder/parts"
    mv "$folder/parts/deploy_libs/python311.dll" "$folder/"
    for name in "$folder"/parts/deploy_libs/{*.pyd,libffi-8.dll,libcrypto-3.dll,libssl-3.dll,sqlite3.dll}; do
        case "${name##*/}" in
            panda3d* | *cp3* | _tkinter.pyd | _msi.pyd | _test*) ;;
            *) mv "$name" "$folder/DLLs/" ;;
        esac
    done

    stdlib="$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"
    local options=(--exclude='__pycache__' --exclude='*.so' --exclude='config-*' --exclude='_sysconfigdata*')
    for name in "${STDLIB_LEFT_OUT[@]}"; do options+=(--exclude="./$name"); done
    tar -C "$stdlib" "${options[@]}" -cf - . | tar -C "$folder/Lib" -xf -

    x86_64-w64-mingw32-gcc -O2 -s -municode -DPYTHON_DLL='L"python311.dll"' -o "$folder/python.exe" "$WINE/launcher.c"
    "$python" "$WINE/forwarder.py" "$folder/python311.dll" "$folder/parts/python3.def"
    make_library "$folder/python3.dll" "$WINE/stand_ins/empty.c" "$folder/parts/python3.def"

    for wheel in "$wheels"/*.whl; do
        [[ ${wheel##*/} == panda3d-* ]] || unzip -q -o "$wheel" -d "$folder/Lib/site-packages"
    done
    cp "$folder"/Lib/site-packages/shiboken6/vcruntime140{,_1}.dll "$folder/"
    rm -rf "$folder/parts"
}

make_library() { # OUT SOURCE [DEFINITIONS|LIBRARY…]: a DLL without any run-time of its own
    local out="$1"
    shift
    x86_64-w64-mingw32-gcc -O2 -s -shared -nostdlib -fno-builtin -w -o "$out" "$@" -Wl,-e,DllMainCRTStartup
}
