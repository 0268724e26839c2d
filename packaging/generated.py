"""The files that a package holds and the project does not: catalogs, icon, facts about the build, version resource."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from contents import ROOT, catalog_folders

sys.path.insert(0, str(ROOT))

import postal_desk
from postal_desk import i18n, installation
from postal_desk.installation import Build, Part

HERE = Path(__file__).resolve().parent
VERSION = postal_desk.__version__
ICON = ROOT / "resources/icons/postal-desk.svg"
ICON_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
#: smaller ones as plain bitmaps: some of what draws icons in Windows takes PNG at 256 only
_PNG_FROM = 256

GROUND = "#E7F4EE"  # the tint of the window

NAMES = {"en": "Postal Desk", "zh_CN": "邮政服务案例台"}
DESCRIPTIONS = {
    "en": "Inquiries, complaints and monthly summaries of a postal branch",
    "zh_CN": "邮政支局客户服务案例登记与月报",
}
OWNER = "Postal Desk contributors"


def catalogs(folder: Path) -> list[tuple[Path, str]]:
    """Compile each language's catalog below ``folder``; returns the files and their paths in the package."""
    made = []
    for source in catalog_folders():
        target = source.relative_to(ROOT) / "messages.mo"
        file = folder / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(i18n.compile_catalog(sorted(source.glob("*.po"))))
        made.append((file, target.as_posix()))
    return made


def draw_icon(size: int) -> bytes:
    """The program's icon as PNG."""
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    _image(size).save(buffer, "PNG")
    return bytes(buffer.data().data())


def write_ico(file: Path) -> Path:
    """The program's icon in Windows' format, in all sizes that Windows asks for."""
    pictures = [(size, draw_icon(size) if size >= _PNG_FROM else _bitmap(size)) for size in ICON_SIZES]
    offset = 6 + 16 * len(pictures)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, picture in pictures:
        head += struct.pack(
            "<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset + len(body)
        )
        body += picture
    file.write_bytes(head + body)
    return file


def write_welcome(file: Path) -> Path:
    """The picture beside the first and the last page of the installer, in the size that NSIS wants."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(164, 314, QImage.Format.Format_RGB888)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(ICON)).render(painter, QRectF(42, 48, 80, 80))
    painter.end()
    if not image.save(str(file), "BMP"):
        raise OSError(f"{file} can't be written")
    return file


def _image(size: int):  # type: ignore[no-untyped-def]  # a QImage, imported where it is drawn
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(ICON)).render(painter)
    painter.end()
    return image


def _bitmap(size: int) -> bytes:
    """A bitmap as icons hold it: header with the doubled height, rows from the bottom, an empty mask behind."""
    image = _image(size)
    pixels, row = bytes(image.constBits()), size * 4
    rows = b"".join(pixels[y * row : (y + 1) * row] for y in reversed(range(size)))
    mask = bytes((size + 31) // 32 * 4 * size)
    return (
        struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(rows) + len(mask), 0, 0, 0, 0)
        + rows
        + mask
    )


def build_facts() -> Build:
    """This build: its commit and that commit's time, so that the same source gives the same facts."""
    commit, moment = _git("rev-parse", "--short=12", "HEAD"), _git("log", "-1", "--format=%ct")
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or moment
    when = datetime.fromtimestamp(int(seconds), UTC) if seconds else datetime.now(UTC)
    python = ".".join(map(str, sys.version_info[:3]))
    return Build(VERSION, commit, when.isoformat(timespec="seconds"), sys.platform, python)


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""  # built from an archive
    return done.stdout.strip()


def parts_of(modules: Iterable[str]) -> list[Part]:
    """What the collected modules belong to, with their licences, and what comes along with them."""
    by_module = metadata.packages_distributions()
    tops = {name.split(".")[0] for name in modules}
    distributions = {name for top in tops for name in by_module.get(top, ())} - {"postal-desk"}
    table = tomllib.loads((HERE / "parts.toml").read_text("utf-8"))
    collected = {_plain(part.name): part for part in installation.distribution_parts(sorted(distributions))}
    for name, licence in table["licence"].items():
        if part := collected.get(_plain(name)):
            collected[_plain(name)] = Part(part.name, part.version, licence, part.home, part.text)
    extra = [
        _extra(entry, collected)
        for entry in table["part"]
        if entry.get("system", sys.platform) == sys.platform
        and ("with" not in entry or _plain(entry["with"]) in collected)
    ]
    return [*collected.values(), *extra, _bootloader()]


def _extra(entry: dict[str, str], collected: dict[str, Part]) -> Part:
    version = entry["version"]
    if version == "python":
        version = build_facts().python
    elif version:
        version = collected[_plain(version)].version
    files = [ROOT / name[1:] if name.startswith("/") else HERE / "licences" / name for name in entry["texts"]]
    texts = [entry.get("note", "").strip(), *(file.read_text("utf-8").strip() for file in files)]
    return Part(entry["name"], version, entry["licence"], entry["home"], "\n\n".join(filter(None, texts)))


def _bootloader() -> Part:
    (part,) = installation.distribution_parts(["pyinstaller"])
    return Part(
        "PyInstaller (start-up code)",
        part.version,
        "GPL-2.0-or-later WITH Bootloader-exception",
        part.home,
        part.text,
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_text(parts: Iterable[Part]) -> str:
    """All licences as one plain text, to lie beside the program."""
    pages = []
    for part in sorted(parts, key=lambda part: part.name.lower()):
        head = f"{part.name} {part.version}".strip()
        pages.append(
            "\n".join([head, "=" * len(head), f"{part.licence}  {part.home}", "", part.text]).rstrip()
        )
    return "\n\n\n".join(pages) + "\n"


def version_resource(file_name: str):  # type: ignore[no-untyped-def]  # PyInstaller's class, there on Windows only
    """What Windows shows under Properties → Details, in Chinese and English."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*(int(part) for part in re.findall(r"\d+", VERSION)[:3]), 0)
    tables = []
    for language, code in (("zh_CN", 0x0804), ("en", 0x0409)):
        strings = {
            "CompanyName": OWNER,
            "FileDescription": NAMES[language],
            "FileVersion": VERSION,
            "InternalName": Path(file_name).stem,
            "LegalCopyright": f"Apache-2.0, {OWNER}",
            "OriginalFilename": file_name,
            "ProductName": NAMES[language],
            "ProductVersion": VERSION,
            "Comments": DESCRIPTIONS[language],
        }
        structs = [StringStruct(name, value) for name, value in strings.items()]
        tables.append(StringTable(f"{code:04X}04B0", structs))
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers, mask=0x3F, OS=0x40004, fileType=1),
        kids=[
            StringFileInfo(tables),
            VarFileInfo([VarStruct("Translation", [0x0804, 1200, 0x0409, 1200])]),
        ],
    )
