"""The scripts of ``packaging/`` are no package: they are imported by path, and forgotten after the test."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """``script("windows/wine/pins")`` imports this file of ``packaging/`` and the neighbours it asks for."""
    before, path = set(sys.modules), list(sys.path)

    def load(name: str) -> ModuleType:
        file = ROOT / "packaging" / f"{name}.py"
        monkeypatch.syspath_prepend(str(file.parent))
        return importlib.import_module(file.stem)

    yield load
    sys.path[:] = path
    for name in set(sys.modules) - before:
        found = getattr(sys.modules[name], "__file__", None)
        if found and Path(found).is_relative_to(ROOT / "packaging"):
            del sys.modules[name]
