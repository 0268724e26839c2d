"""Makes the packages: ``python packaging/build.py windows`` or ``linux``, or a single step (see packaging/README.md).

Each step reads what the one before left in the output folder, so that they may run on different systems: the program
is collected by Windows (or under Wine), its installer is packed where NSIS is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = "PostalDesk"
VERSION = re.search(r'__version__ = "([^"]+)"', (ROOT / "postal_desk/__init__.py").read_text("utf-8"))[1]  # type: ignore[index]
PORTABLE = f"PostalDesk-{VERSION}-windows-x64.zip"
INSTALLER = "PostalDesk-Setup.exe"
SUMS = "SHA256SUMS"
PICTURES = ("postal-desk.ico", "welcome.bmp")
PROGRAMS = ("PostalDesk.exe", "postal-desk.exe")


def build_program(out: Path) -> None:
    """Collect the program into ``out/PostalDesk`` for the system this runs on."""
    work = out / "work"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    subprocess.run(
        [*command, "--distpath", str(out), "--workpath", str(work), str(HERE / "postal_desk.spec")],
        check=True,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    for name in PICTURES:
        if (work / "postal_desk" / "generated" / name).is_file():
            shutil.copy(work / "postal_desk" / "generated" / name, out)


def sign(out: Path, names: tuple[str, ...]) -> None:
    """Sign files below ``out``, if the environment holds a certificate (see sign.py)."""
    subprocess.run([sys.executable, str(HERE / "sign.py"), *(str(out / name) for name in names)], check=True)


def build_portable(out: Path) -> None:
    """The program as a zip that needs no installation."""
    sign(out / FOLDER, PROGRAMS)
    with zipfile.ZipFile(out / PORTABLE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted((out / FOLDER).rglob("*")):
            if file.is_file():
                archive.write(file, f"{FOLDER}/{file.relative_to(out / FOLDER).as_posix()}")


def build_installer(out: Path, version: str = VERSION, quick: bool = False) -> None:
    """The program as an installer. Only for trying an upgrade: another ``version``, packed ``quick`` and large."""
    makensis = _makensis()
    sign(out / FOLDER, PROGRAMS)
    size = sum(file.stat().st_size for file in (out / FOLDER).rglob("*") if file.is_file())
    defines = {
        "VERSION": version,
        "NUMBERS": ".".join([*re.findall(r"\d+", version)[:3], "0"]),
        "PROGRAM": str(out / FOLDER),
        "KILOBYTES": str(size // 1024),
        "ICON": str(out / PICTURES[0]),
        "PICTURE": str(out / PICTURES[1]),
        "OUT": str(out / INSTALLER),
        "TARGET": _target(makensis),
        "SIGN": f'"{sys.executable}" "{HERE / "sign.py"}"',
    }
    if quick:
        defines["QUICK"] = "yes"
    options = [f"-D{name}={value}" for name, value in defines.items()]
    subprocess.run(
        [
            str(makensis),
            "-V2",
            # Debian's NSIS is the one tried; what a newer one on Windows warns of may be nothing.
            *([] if os.name == "nt" else ["-WX"]),
            "-INPUTCHARSET",
            "UTF8",
            *options,
            str(HERE / "windows" / "installer.nsi"),
        ],
        check=True,
    )
    sign(out, (INSTALLER,))


def write_sums(out: Path) -> None:
    """What lies in the output folder to be handed on, with its SHA-256, as ``sha256sum --check`` reads it."""
    files = [*out.glob("*.exe"), *out.glob("*.zip"), *out.glob("*.deb")]
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files)]
    (out / SUMS).write_text("".join(lines), "ascii", newline="\n")


def build_windows(out: Path) -> None:
    """Everything for Windows."""
    build_program(out)
    build_portable(out)
    build_installer(out)
    write_sums(out)


def build_debian(out: Path) -> None:
    """The collected program as a Debian package."""
    from deb import build_deb
    from generated import draw_icon

    build_deb(out / FOLDER, out, VERSION, draw_icon(256))


def build_linux(out: Path) -> None:
    """Everything for Debian."""
    build_program(out)
    build_debian(out)
    write_sums(out)


def _makensis() -> Path:
    found = shutil.which("makensis")
    places = [os.environ.get(name, "") for name in ("ProgramFiles(x86)", "ProgramFiles")]
    usual = [Path(place) / "NSIS" / "makensis.exe" for place in places if place]
    for candidate in ([Path(found)] if found else []) + usual:
        if candidate.is_file():
            return candidate.resolve()
    raise SystemExit("NSIS is not installed: its makensis is needed to pack the installer.")


def _target(makensis: Path) -> str:
    """64-bit where this NSIS can (Debian's); the official one makes 32-bit installers, which Windows runs as well."""
    for share in (makensis.parent, makensis.parent.parent / "share" / "nsis"):
        if (share / "Stubs" / "lzma_solid-amd64-unicode").is_file():
            return "amd64-unicode"
    return "x86-unicode"


STEPS = {
    "program": build_program,
    "portable": build_portable,
    "installer": build_installer,
    "sums": write_sums,
    "windows": build_windows,
    "deb": build_debian,
    "linux": build_linux,
    "version": lambda _out: print(VERSION),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the packages of Postal Desk.")
    parser.add_argument("step", choices=STEPS)
    parser.add_argument(
        "--out", type=Path, default=ROOT / "dist", help="where the packages go (default: dist)"
    )
    trial = parser.add_argument_group("for `installer` only, to try an upgrade")
    trial.add_argument("--version", default=VERSION, help="pack it as another version")
    trial.add_argument("--quick", action="store_true", help="pack it large in little time")
    options = parser.parse_args()
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    if options.step == "installer":
        build_installer(out, options.version, options.quick)
    else:
        STEPS[options.step](out)


if __name__ == "__main__":
    main()
