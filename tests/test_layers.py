"""The shape of the code: who may import whom, and how long a file may grow. See the README's map."""

from __future__ import annotations

import ast
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "postal_desk"

# Which layers each layer may import, besides itself.
LAYERS = {
    "domain": set(),
    "store": {"domain"},
    "reports": {"domain"},
    "ledgers": {"domain"},
    "exchange": {"domain"},
    "services": {"store", "reports", "ledgers", "exchange", "domain"},
    "render": {"reports"},
    "cli": {"services", "domain"},
    "ui": {"services", "render", "reports", "domain"},
}
# The modules directly under the package, and who may not use them. No layer uses app, picture and __main__.
SHARED = {
    "paths": {"domain"},
    "settings": {"domain", "store"},
    "logs": {"domain"},
    "i18n": {"domain", "store"},
    "installation": {"domain", "store", "services"},
    "fault_report": {"domain", "store", "services"},
}
# The libraries that one part alone knows.
CONFINED = {
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "sqlcipher3": ("store/",),
    "PySide6": ("ui/", "render/", "app.py"),
    "shiboken6": ("ui/", "render/", "app.py"),
}
OFFSCREEN_QT = {"QtCore", "QtGui", "QtPrintSupport"}
OUTSIDE_WORLD = {
    "asyncio", "glob", "io", "logging", "os", "pathlib", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
CLOCK_CALLS = {"now", "today", "utcnow"}

LONGEST = 400
# Longer files that are one thing all the same: path below the root → why.
LONG_FOR_A_REASON: dict[str, str] = {}


@dataclass(frozen=True)
class Import:
    """One imported name: where it stands, and the full name of the module, or of the thing in it."""

    file: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"postal_desk/{self.file}:{self.line} imports {self.name}"

    @property
    def within(self) -> list[str]:
        """The parts below ``postal_desk``; empty for anything else."""
        parts = self.name.split(".")
        return parts[1:] if parts[0] == PACKAGE.name else []


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    file = path.relative_to(PACKAGE).as_posix()
    package = [PACKAGE.name, *path.relative_to(PACKAGE).parent.parts]
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [Import(file, node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [Import(file, node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return tuple(found)


def all_imports() -> Iterator[Import]:
    for path in sources():
        yield from imports_of(path)


def broken(offences: Iterator[object] | list[object]) -> None:
    listed = [str(offence) for offence in offences]
    assert not listed, "\n" + "\n".join(listed)


def test_imports_point_inwards() -> None:
    def wrong(found: Import) -> bool:
        layer, target = found.file.split("/")[0], found.within[:1]
        if layer not in LAYERS or not target or target[0] in ("__version__", layer):
            return False
        if target[0] in SHARED:
            return layer in SHARED[target[0]]
        return target[0] not in LAYERS[layer]

    broken(found for found in all_imports() if wrong(found))


def test_modules_at_the_top_import_no_layer() -> None:
    broken(
        found
        for found in all_imports()
        if found.file.split(".")[0] in SHARED and found.within and found.within[0] not in SHARED
    )


def test_every_folder_is_a_known_layer() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders <= LAYERS.keys(), (
        "name the new layer and its arrows in LAYERS, pyproject.toml and the README"
    )


@pytest.mark.parametrize("library", CONFINED)
def test_library_stays_where_it_belongs(library: str) -> None:
    broken(
        found
        for found in all_imports()
        if found.name.split(".")[0] == library and not found.file.startswith(CONFINED[library])
    )


def test_render_works_without_widgets() -> None:
    qt = (
        found
        for found in all_imports()
        if found.file.startswith("render/") and found.name.startswith("PySide6")
    )
    broken(found for found in qt if found.name.split(".")[1] not in OFFSCREEN_QT)


def test_domain_imports_the_standard_library_only() -> None:
    def wrong(found: Import) -> bool:
        top = found.name.split(".")[0]
        return not found.within and (top not in sys.stdlib_module_names or top in OUTSIDE_WORLD)

    broken(found for found in all_imports() if found.file.startswith("domain/") and wrong(found))


def test_domain_has_no_clock() -> None:
    """The day is an argument, or a test could not choose it."""
    broken(
        f"{path.relative_to(ROOT)}:{node.lineno} asks for the time"
        for path in sources()
        if path.is_relative_to(PACKAGE / "domain")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCK_CALLS
        and isinstance(node.value, ast.Name | ast.Attribute)
        and ast.unparse(node.value).split(".")[-1] in ("date", "datetime")
    )


def test_migrations_import_nothing_of_ours() -> None:
    """A step must do in five years what it does today, whatever has become of the code."""
    own = ["store", "migrations"]
    steps = (found for found in all_imports() if found.file.startswith("store/migrations/"))
    broken(found for found in steps if found.within and found.within[:2] != own)


def test_one_feature_of_the_window_never_imports_another() -> None:
    features = {path.parent.name for path in PACKAGE.glob("ui/*/__init__.py")} - {"widgets"}

    def feature(parts: list[str]) -> str | None:
        return parts[1] if len(parts) > 1 and parts[0] == "ui" and parts[1] in features else None

    def wrong(found: Import) -> bool:
        home, target = feature(found.file.split("/")), feature(found.within)
        # Modules directly in ui/ put the features together (the main window), so they may; widgets may not.
        within_shared = found.file.startswith("ui/widgets/")
        return target is not None and (within_shared or (home is not None and home != target))

    broken(found for found in all_imports() if wrong(found))


def test_only_services_commit() -> None:
    broken(
        f"{path.relative_to(ROOT)}:{node.lineno} commits"
        for path in sources()
        if path.relative_to(PACKAGE).parts[0] not in ("services", "store")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    )


def test_contracts_of_pyproject_hold(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    loggers = [
        logger for logger in logging.Logger.manager.loggerDict.values() if isinstance(logger, logging.Logger)
    ]
    silent = [(logger, logger.disabled) for logger in loggers]
    broken_ones = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    for logger, was in silent:  # the linter sets logging up for itself and silences everybody else
        logger.disabled = was
    assert broken_ones == 0, capfd.readouterr().out


def test_files_stay_short() -> None:
    """Over the limit, ask what the file hides; a name like ``utils`` is no answer."""
    files = [*sources(), *sorted((ROOT / "tests").rglob("*.py"))]
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in files}
    long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert not {name: length for name, length in long.items() if name not in LONG_FOR_A_REASON}
    assert LONG_FOR_A_REASON.keys() <= long.keys(), "no longer long: take it off the list"
