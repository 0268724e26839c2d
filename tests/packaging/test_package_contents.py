"""Everything that the code names is collected, and nothing that it needs is left out."""

from __future__ import annotations

import ast
import gettext
import io
import re
import struct
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage

from postal_desk.cli.main import COMMANDS
from postal_desk.ui.pages import PAGES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "postal_desk"
Script = Callable[[str], ModuleType]


@cache
def imports() -> tuple[tuple[str, str], ...]:
    """What :func:`_imports` finds, looked up once."""
    return tuple(_imports())


def _imports() -> Iterator[tuple[str, str]]:
    """File below the package, and each module it may import, with the names taken from it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                yield path.relative_to(PACKAGE).as_posix(), name


def test_code_imports_nothing_that_is_left_out(script: Script) -> None:
    contents = script("contents")

    def left_out(name: str) -> bool:
        return any(name == module or name.startswith(module + ".") for module in contents.EXCLUDED)

    wrong = {
        (file, name)
        for file, name in imports()
        if left_out(name) and name.split(".")[0] not in contents.OWN_USE.get(file, ())
    }
    assert not wrong


def test_what_code_imports_of_qt_is_kept_on_both_systems(script: Script) -> None:
    is_kept = script("contents").is_kept
    modules = {name.split(".")[1] for _file, name in imports() if name.startswith("PySide6.")}
    assert "QtWidgets" in modules
    for module in modules:
        assert is_kept(f"PySide6\\Qt6{module.removeprefix('Qt')}.dll", "C:\\wheel", "win32"), module
        assert is_kept(f"PySide6/Qt/lib/libQt6{module.removeprefix('Qt')}.so.6", "/venv/x", "linux"), module


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6\\plugins\\platforms\\qdirect2d.dll", False),
        ("PySide6\\plugins\\imageformats\\qsvg.dll", True),
        ("PySide6\\plugins\\imageformats\\qwebp.dll", False),
        ("PySide6\\translations\\qtbase_zh_CN.qm", True),
        ("PySide6\\translations\\qtbase_de.qm", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6\\Qt6Svg.dll", True),
        ("PySide6\\Qt6Network.dll", False),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        ("PySide6\\Qt6Qml.dll", False),
        ("libcrypto-3.dll", False),
        ("libffi-8.dll", True),
        ("sqlcipher3\\_sqlite3.cp311-win_amd64.pyd", True),
    ],
)
def test_what_windows_gets(script: Script, target: str, kept: bool) -> None:
    assert script("contents").is_kept(target, "C:\\wheel", "win32") is kept


@pytest.mark.parametrize(
    ("target", "source", "kept"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "/venv/PySide6/x", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", "/venv/PySide6/x", True),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", "/venv/x", True),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "/venv/x", False),
        ("libQt6Svg.so.6", "PySide6/Qt/lib/libQt6Svg.so.6", True),
        ("libQt6Network.so.6", "PySide6/Qt/lib/libQt6Network.so.6", False),
        ("libQt6Qml.so.6", "PySide6/Qt/lib/libQt6Qml.so.6", False),
        ("libxcb.so.1", "/usr/lib/x86_64-linux-gnu/libxcb.so.1", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("libicudata.so.73", "PySide6/Qt/lib/libicudata.so.73", True),
    ],
)
def test_what_debian_gets(script: Script, target: str, source: str, kept: bool) -> None:
    assert script("contents").is_kept(target, source, "linux") is kept


def test_modules_named_in_text_are_collected(script: Script) -> None:
    """Commands and pages are imported by name, which PyInstaller does not see."""
    modules = set(script("contents").own_modules())
    assert {f"postal_desk.cli.{module}" for module, _name in COMMANDS.values()} <= modules
    for entry in PAGES:
        assert entry.factory.split(":")[0] in modules


def test_what_compiled_modules_import_is_collected(script: Script) -> None:
    """No analysis sees it: without this one, no password could be set in a package."""
    from nacl import _sodium

    assert "_cffi_backend" in script("contents").FOR_COMPILED
    assert b"_cffi_backend" in Path(_sodium.__file__).read_bytes()


def test_modules_are_packed_without_what_nobody_reads(script: Script, tmp_path: Path) -> None:
    names = (
        "postal_desk.cli.desks",
        "click.core",
        "sqlalchemy.dialects.mysql.base",
        "sqlalchemy.ext.hybrid",
        "sqlalchemy.dialects.sqlite.base",
        "sqlalchemy.ext.compiler",
    )
    modules = [(name, "x.py", "PYMODULE") for name in (*names, "alembic.ddl.mysql", "alembic.ddl.base")]
    assert script("contents").packed_modules(modules, tmp_path / "empty.py") == [
        ("postal_desk.cli.desks", "x.py", "PYMODULE"),
        ("click.core", "x.py", "PYMODULE-2"),
        ("sqlalchemy.dialects.sqlite.base", "x.py", "PYMODULE-2"),
        ("sqlalchemy.ext.compiler", "x.py", "PYMODULE-2"),
        ("alembic.ddl.mysql", str(tmp_path / "empty.py"), "PYMODULE-2"),
        ("alembic.ddl.base", "x.py", "PYMODULE-2"),
    ]


def test_every_file_the_program_reads_is_collected(script: Script) -> None:
    contents = script("contents")
    collected = {target for _source, target in contents.data_files()}
    catalogs = {folder.relative_to(ROOT).as_posix() for folder in contents.catalog_folders()}
    for folder in ("seeds", "resources", "postal_desk/store/migrations"):
        for path in (ROOT / folder).rglob("*"):
            name = path.relative_to(ROOT)
            if path.suffix == ".po":
                assert name.parent.as_posix() in catalogs
            elif path.is_file() and "__pycache__" not in name.parts:
                assert (name.as_posix() in collected) != (path in contents.NOT_SHIPPED)
    assert "seeds/clocks.toml" in collected
    assert "postal_desk/store/migrations/env.py" in collected


def test_what_help_shows_is_collected(script: Script) -> None:
    folder = ROOT / "resources/help"
    shown = {
        (page.parent / name).resolve()
        for page in folder.rglob("*.md")
        for name in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    assert len(shown) >= 6
    assert shown <= {source for source, _target in script("contents").data_files()}


def test_catalogs_go_in_compiled(script: Script, tmp_path: Path) -> None:
    made = {target: file for file, target in script("generated").catalogs(tmp_path)}
    chinese = gettext.GNUTranslations(
        io.BytesIO(made["resources/translations/zh_CN/messages.mo"].read_bytes())
    )
    assert chinese.gettext("Postal Desk") != "Postal Desk"


def test_icon_holds_every_size(script: Script, tmp_path: Path) -> None:
    generated = script("generated")
    content = generated.write_ico(tmp_path / "icon.ico").read_bytes()
    _zero, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, len(generated.ICON_SIZES))
    sizes = []
    for index in range(count):
        width, _h, _c, _r, _planes, bits, length, offset = struct.unpack_from(
            "<BBBBHHII", content, 6 + 16 * index
        )
        sizes.append(width or 256)
        assert bits == 32
        assert offset + length <= len(content)
    assert tuple(sizes) == generated.ICON_SIZES
    assert offset + length == len(content)


def test_welcome_picture_has_the_size_that_the_installer_wants(script: Script, tmp_path: Path) -> None:
    image = QImage(str(script("generated").write_welcome(tmp_path / "welcome.bmp")))
    assert (image.width(), image.height()) == (164, 314)


def test_every_part_names_its_licence(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    generated = script("generated")
    monkeypatch.setattr(
        generated, "_bootloader", lambda: generated.Part("PyInstaller", "6", "GPL-2.0-or-later")
    )
    parts = generated.parts_of(
        [
            "PySide6.QtCore",
            "sqlalchemy.sql",
            "lxml.etree",
            "sqlcipher3",
            "docx",
            "pypdfium2",
            "_cffi_backend.x",
        ]
    )
    names = {part.name for part in parts}
    assert {"Python", "Qt", "SQLAlchemy", "SQLCipher", "lxml", "Lucide (icons)", "sqlcipher3"} <= names
    assert {"PDFium", "pypdfium2", "cffi"} <= names
    assert "Babel" not in names
    (pdf,) = (part for part in parts if part.name == "pypdfium2")
    assert "The FreeType Project LICENSE" in pdf.text
    assert all(part.licence for part in parts)
    (qt,) = (part for part in parts if part.name == "Qt")
    assert qt.version
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.text
    assert "GNU GENERAL PUBLIC LICENSE" in qt.text
    page = generated.licence_text(parts)
    assert page.index("SQLCipher") > page.index("lxml")


def test_installer_says_everything_in_both_languages() -> None:
    folder = ROOT / "packaging/windows"
    scripts = "".join((folder / name).read_text("utf-8") for name in ("installer.nsi", "running.nsh"))
    texts = (folder / "texts.nsh").read_text("utf-8").replace('$\\"', "'")
    defined = re.findall(r'^\$\{TEXT\} (\w+) "(?:[^"]|\\\n)+"\s+(?:\\\n\s*)?"[^"]+"$', texts, re.M)
    assert set(re.findall(r"\$\((\w+)\)", scripts)) == set(defined)
