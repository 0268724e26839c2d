"""Sample months from the tests of the reports, laid out here."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

SAMPLE = Path(__file__).parent.parent / "reports" / "sample_summary.py"


@pytest.fixture(scope="session")
def months() -> ModuleType:
    """Sample months as data: ``full()``, ``unfinished()``, ``nil()``."""
    spec = spec_from_file_location("sample_summary", SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
