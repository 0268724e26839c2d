"""The Debian package: the collected program under ``/opt``, and what menus and manual pages need elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PROGRAM = "opt/postal-desk"
#: What Qt opens at run time without being linked with it. Fonts are recommended only: any Chinese font will do.
OPENED = ("libegl1", "libgl1")
RECOMMENDED = ("fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei", "cups-client", "xdg-utils")
FIELDS = """\
Package: postal-desk
Version: {version}
Section: misc
Priority: optional
Architecture: amd64
Maintainer: Postal Desk contributors <nobody@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: {recommends}
Description: customer-service cases of a postal branch
 Logs inquiries and complaints, follows each to its end, computes the deadlines
 with their reasons, and writes the month's summary as Word, Excel and PDF.
 Works on one PC without a network; the data is encrypted on disk.
"""


def build_deb(program: Path, out: Path, version: str, icon: bytes) -> Path:
    """Pack the collected program; ``icon`` is a PNG of 256 pixels. Needs ``dpkg-deb`` and ``dpkg-shlibdeps``."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(program, tree / PROGRAM, symlinks=True)
        _put_elsewhere(tree, icon)
        for path in [tree, *tree.rglob("*")]:
            if not path.is_symlink():
                is_program = path.is_dir() or os.access(path, os.X_OK)
                path.chmod(0o755 if is_program else 0o644)
        control = tree / "DEBIAN"
        control.mkdir()
        files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
        size = sum(path.stat().st_size for path in files) // 1024
        fields = FIELDS.format(
            version=version,
            kilobytes=size,
            depends=", ".join(sorted({*_libraries(tree), *OPENED})),
            recommends=", ".join(RECOMMENDED),
        )
        (control / "control").write_text(fields, "utf-8")
        sums = (
            f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
            for path in files
        )
        (control / "md5sums").write_text("".join(sums), "utf-8")
        package = out / f"postal-desk_{version}_amd64.deb"
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(package)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return package


def _put_elsewhere(tree: Path, icon: bytes) -> None:
    share = tree / "usr/share"
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/postal-desk").symlink_to(f"/{PROGRAM}/postal-desk")
    for source, target in (
        ("linux/postal-desk.desktop", "applications/postal-desk.desktop"),
        ("linux/mime.xml", "mime/packages/postal-desk.xml"),
        ("../resources/icons/postal-desk.svg", "icons/hicolor/scalable/apps/postal-desk.svg"),
    ):
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / source, share / target)
    drawn = share / "icons/hicolor/256x256/apps/postal-desk.png"
    drawn.parent.mkdir(parents=True)
    drawn.write_bytes(icon)
    for source, target in (
        (HERE / "linux/postal-desk.1", "man/man1/postal-desk.1.gz"),
        (ROOT / "CHANGELOG.md", "doc/postal-desk/changelog.gz"),
    ):
        (share / target).parent.mkdir(parents=True, exist_ok=True)
        (share / target).write_bytes(gzip.compress(source.read_bytes(), mtime=0))
    shutil.copy(tree / PROGRAM / "LICENCES.txt", share / "doc/postal-desk/copyright")


def _libraries(tree: Path) -> list[str]:
    """The Debian packages of the libraries that the program is linked with and does not bring itself."""
    programs = [
        path for path in tree.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)
    ]
    own = sorted({str(path.parent) for path in programs})
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "debian").mkdir()
        (Path(folder) / "debian/control").write_text(
            "Source: postal-desk\n\nPackage: postal-desk\nArchitecture: amd64\n"
        )
        done = subprocess.run(
            [
                "dpkg-shlibdeps",
                "-O",
                "--ignore-missing-info",
                *(f"-l{path}" for path in own),
                *map(str, programs),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"^shlibs:Depends=(.*)$", done.stdout, re.MULTILINE)
    if done.returncode != 0 or found is None:
        raise SystemExit("\n".join(line for line in done.stderr.splitlines() if "error" in line))
    # The interpreter's own library is in the package, wherever it was found.
    return [name for name in found[1].split(", ") if not name.startswith("libpython3")]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"
