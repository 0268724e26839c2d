"""What every test needs: no display, no folder of the person who runs the tests, one language."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.domain.story import Lexicon
from postal_desk.store import places, rule_store, seeding

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_MANY = 50_000  # new objects after which looking for cycles is worth its time
_PATIENCE_MS = 30_000
_EVERYTHING = 8  # so many times only the new objects are looked through; all of them take ten times as long
_rounds = count(1)
_MEMORY, _ENOUGH = Path("/dev/shm"), 4 << 30


def _files_in_memory() -> bool:
    """True where a folder in memory has room for everything that the tests write. There a sync costs nothing; a disk,
    asked for ten thousand of them, takes as long as all the rest. Only a power cut could tell the two apart.
    """
    if not (hasattr(os, "statvfs") and os.access(_MEMORY, os.W_OK | os.X_OK)):
        return False
    found = os.statvfs(_MEMORY)
    return found.f_bavail * found.f_frsize >= _ENOUGH and not found.f_flag & os.ST_NOEXEC


if _files_in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
places._MEMORY_TYPES.clear()  # wherever the tests' files stand: their desks are to be like those on a disk


_parse, _write_out, _digest = seeding.load_rules, rule_store.shipped_rows, rule_store.seeds_digest
_SHIPPED = paths.seeds()


@cache
def _shipped_rules() -> Rules:
    return _parse(_SHIPPED)


@cache
def _shipped_rows() -> list[tuple[object, ...]]:
    return _write_out(_shipped_rules())


@cache
def _shipped_digest() -> str:
    return _digest(_SHIPPED)


def _load_rules(root: Path) -> Rules:
    return _shipped_rules() if root == _SHIPPED else _parse(root)


def _rows_of(rules: Rules) -> list[tuple[object, ...]]:
    return _shipped_rows() if rules is _shipped_rules() else _write_out(rules)


# Each new desk takes its rules from the same files, which no test changes: they have to be read and written out once.
# Here and not in a fixture, so that the modules imported afterwards take these by name.
seeding.load_rules = _load_rules
rule_store.shipped_rows = _rows_of
rule_store.seeds_digest = lambda root: _shipped_digest() if root == _SHIPPED else _digest(root)


class PatientBot(QtBot):
    """Waits for a condition as long as a loaded machine may need; one that never comes is reported all the same."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Takes the place of pytest-qt's own."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def seed_rules() -> Rules:
    """The rules that the program ships with."""
    return _shipped_rules()


@pytest.fixture(scope="session")
def lexicon(seed_rules: Rules) -> Lexicon:
    """The story reader's words, prepared once: that, and compiling the patterns at first use, takes two seconds."""
    return Lexicon.from_seeds(seed_rules.reader, seed_rules)


@pytest.fixture(autouse=True, scope="session")
def no_collector_on_other_threads() -> Iterator[None]:
    """As in the program (``ui/garbage.py``): the database thread would destroy windows of earlier tests, and hang."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """What a test leaves in cycles goes on the window's thread, between two tests, when nothing holds it any more."""
    outcome = yield
    if gc.get_count()[0] > _MANY:
        gc.collect(2 if next(_rounds) % _EVERYTHING == 0 else 1)
    return outcome


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, beside whatever the test itself puts into ``tmp_path``."""
    folder = tmp_path / ".home"
    folder.mkdir()
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)  # Qt warns about any other mode
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    for name in [name for name in os.environ if name.startswith("POSTAL_DESK_")]:
        monkeypatch.delenv(name)
    return folder


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's language is English; a test about Chinese says so itself."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are derived in a millisecond: what a test asks is not how dear guessing is."""
    monkeypatch.setattr("postal_desk.store.key_slots.OPERATIONS", 1)
    monkeypatch.setattr("postal_desk.store.key_slots.MEMORY", 8192)
