"""What goes into a package and what stays out of it, by pattern. The spec reads it, ``tests/packaging`` checks it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "postal_desk"
MIGRATIONS = PACKAGE / "store" / "migrations"  # Alembic runs its steps from files, so they go along as such
#: What these files import, where no analysis looks (and Alembic imports SQLAlchemy's dialects of every database).
FOR_MIGRATIONS = ["alembic.context", "alembic.op"]

#: What compiled modules import, where no analysis looks either: libsodium's, for passwords and sealed files.
FOR_COMPILED = ["_cffi_backend"]

#: Databases that no desk is kept in. SQLAlchemy asks for them by name only; Alembic imports its part of each and gets
#: an empty one. Of what SQLAlchemy has for mapped classes, Alembic asks for the compiler alone.
OTHER_DATABASES = ("mssql", "mysql", "oracle", "postgresql")
_FOREIGN = re.compile(rf"sqlalchemy\.(dialects\.({'|'.join(OTHER_DATABASES)})(\.|$)|ext\.(?!compiler$))")
_EMPTY = re.compile(rf"alembic\.ddl\.({'|'.join(OTHER_DATABASES)})$")

#: Packages whose modules are packed for Windows uncompressed, because the installer makes them smaller then. Doing so
#: with all of them would pass the limit for the installed program.
STORED = ("sqlalchemy", "alembic", "docx", "xlsxwriter", "asyncio", "click")

#: Modules that something asks for and the program never reaches → why. Own code may not import them (a test looks),
#: except where OWN_USE says so.
EXCLUDED = {
    "babel": "compiles the catalogs; a package carries them compiled",
    "ssl": "the program talks to no network",
    "_ssl": "the program talks to no network",
    "_hashlib": "the interpreter has the same digests itself; this one would bring all of OpenSSL",
    "sqlite3": "the desk is kept by SQLCipher's own SQLite",
    "_sqlite3": "the desk is kept by SQLCipher's own SQLite",
    "lxml.html": "documents are XML",
    "lxml.isoschematron": "nothing is validated by a schema",
    "lxml.builder": "python-docx uses etree alone",
    "lxml.objectify": "python-docx uses etree alone",
    "lxml.sax": "python-docx uses etree alone",
    "tkinter": "the window is Qt's",
    "curses": "no terminal programs",
    "readline": "no terminal programs",
    "xmlrpc": "the program talks to no network",
    "PySide6.QtNetwork": "the program talks to no network",
    "sqlalchemy.orm": "tables and rows, no mapped classes",
    "sqlalchemy.connectors.aioodbc": "for other databases",
    "sqlalchemy.connectors.pyodbc": "for other databases",
    "multiprocessing": "threads only",
    "_pydecimal": "what the interpreter falls back on without its compiled one",
    "_bz2": "office files are deflated",
    "_lzma": "office files are deflated",
    "lxml.cssselect": "python-docx uses etree alone",
    "lxml.doctestcompare": "for tests",
    "lxml.ElementInclude": "python-docx uses etree alone",
    "lxml.usedoctest": "for tests",
    "ftplib": "the program talks to no network",
    "unittest": "for tests",
    "doctest": "for tests",
    "test": "for tests",
    "pdb": "for development",
    "pydoc": "for development",
    "distutils": "for installation",
    "ensurepip": "for installation",
    "lib2to3": "for development",
    "packaging": "for installation",
    "pip": "for installation",
    "pkg_resources": "for installation",
    "setuptools": "for installation",
    "venv": "for installation",
}
#: module of the program → the excluded modules that it may name, because a package never gets there
OWN_USE = {"i18n.py": {"babel"}}

# Files that PyInstaller's hooks collect and the program has no use for; matched from the start of the path there.
_QT = r"(PySide6/(Qt/)?(lib/|bin/)?)?(lib)?Qt6"  # or a link at the top
_PLUGINS = r"PySide6/(Qt/)?plugins/"
_DROPPED = [
    _QT
    + r"(Pdf|Network|Qml|Quick|VirtualKeyboard|Wayland|WlShell|Egl|Test|Sql|Designer|Help|UiTools|Xml|Concurrent)",
    _PLUGINS
    + r"(tls|networkinformation|generic|egldeviceintegrations|xcbglintegrations|wayland-|sqldrivers|qmltooling)",
    _PLUGINS + r"imageformats/(lib)?q(?!ico\.|jpeg\.|svg\.)",
    _PLUGINS
    + r"platforms/(lib)?q(direct2d|minimal|minimalegl|eglfs|linuxfb|vnc|vkkhrdisplay|wayland|wayland-egl)\.",
    _PLUGINS + r"platformthemes/libqgtk3",
    _PLUGINS + r"platforminputcontexts/(lib)?qtvirtualkeyboard",
    r"PySide6/(Qt/)?translations/(?!qtbase_zh_CN\.)",
    r"PySide6/opengl32sw\.dll",
    r"(PySide6/)?(lib)?(crypto|ssl|sqlite3)[-.\w]*\.(dll|so)",
    r"[^/]*\.dist-info/(?!METADATA$)",  # the licences are in installation.json
    r"docx/templates/default-docx-template/",  # the same as default.docx, unpacked
    r".*/py\.typed$",
]
_WINDOWS_DROPPED = [
    _PLUGINS + r"platforminputcontexts/",  # the platform plugin itself speaks to Windows' input methods
    _PLUGINS + r"styles/",  # the window has a style of its own
]
_DROP = {
    "win32": re.compile("|".join(_DROPPED + _WINDOWS_DROPPED), re.IGNORECASE),
    "linux": re.compile("|".join(_DROPPED)),
}
# On Linux, what Debian has as a package of its own comes from there (the .deb depends on it), so that it gets Debian's
# corrections and fits the machine's fonts and display server. The interpreter's library goes along, whoever built it.
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
_GOES_ALONG = re.compile(r"libpython3")

#: No data of the program: the README's picture
NOT_SHIPPED = {ROOT / "resources/help/pictures/cases-zh.png"}

#: Sources that go along as files, because their package looks for others beside them (docx/parts/../templates)
SOURCES = {"docx": ["parts/__init__.py"]}


def is_kept(target: str, source: str, platform: str = sys.platform) -> bool:
    """Whether a collected file goes into the package: by its path there, and by where it comes from."""
    target = target.replace("\\", "/")
    if _DROP[platform].match(target):
        return False
    from_system = platform == "linux" and source.startswith(_SYSTEM_FOLDERS)
    return not from_system or "/" in target or bool(_GOES_ALONG.match(target))


def own_modules() -> list[str]:
    """Every module of the program: pages and commands are imported by name, which no analysis sees."""
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if MIGRATIONS not in path.parents:
            parts = path.relative_to(ROOT).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def packed_modules(modules: list[tuple[str, str, str]], empty: Path) -> list[tuple[str, str, str]]:
    """PyInstaller's list of modules as they are packed: without other databases and mapped classes, and those of others
    without their docstrings; ours are the help of the commands. ``empty`` is an empty module.
    """
    return [
        (
            name,
            str(empty) if _EMPTY.match(name) else source,
            kind if name.split(".")[0] == PACKAGE.name else "PYMODULE-2",
        )
        for name, source, kind in modules
        if not _FOREIGN.match(name)
    ]


def compression(module: str) -> int:
    """How hard a module is compressed in the archive that both Windows programs share."""
    return 0 if module.split(".")[0] in STORED else 9


def data_files() -> list[tuple[Path, str]]:
    """What the program reads as files: source, and path in the package. Catalogs go in compiled, not as sources."""
    folders = (ROOT / "seeds", ROOT / "resources", MIGRATIONS)
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        (path, path.relative_to(ROOT).as_posix())
        for path in files
        if path.suffix != ".po" and path not in NOT_SHIPPED and _is_clean(path)
    ]


def catalog_folders() -> list[Path]:
    """The folders whose ``.po`` files become one ``messages.mo`` each."""
    return sorted({path.parent for path in (ROOT / "resources/translations").rglob("*.po")})


def _is_clean(path: Path) -> bool:
    return not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
