"""What every test needs: no display, no folder of the person who runs the tests, one language."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from postal_desk import paths
from postal_desk.store import seeding

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_MANY = 50_000  # new objects after which looking for cycles is worth its time
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


@pytest.fixture(autouse=True, scope="session")
def seeds_are_parsed_once() -> Iterator[None]:
    """Each new desk takes its rules from the same files, which no test changes: they have to be read once."""
    parse, shipped = seeding.load_rules, paths.seeds()
    parsed = cache(lambda: parse(shipped))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeding, "load_rules", lambda root: parsed() if root == shipped else parse(root))
        yield


@pytest.fixture(autouse=True, scope="session")
def no_collector_on_other_threads() -> Iterator[None]:
    """As in the program (``ui/garbage.py``): the database thread would destroy windows of earlier tests, and hang."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def cycles_end_here() -> Iterator[None]:
    """What a test leaves in cycles goes on the window's thread, between two tests."""
    yield
    if gc.get_count()[0] > _MANY:
        gc.collect()


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
