"""A branch's hand-in block and the rules of the seeds, for documents."""

from __future__ import annotations

from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.reports.charts import Chart
from postal_desk.reports.monthly import HandIn
from postal_desk.store.seeding import load_rules


@pytest.fixture(scope="session")
def months() -> ModuleType:
    """Sample months as data: ``full()``, ``unfinished()``, ``nil()``."""
    spec = spec_from_file_location("sample_summary", Path(__file__).with_name("sample_summary.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules(paths.seeds())


@pytest.fixture
def hand_in() -> HandIn:
    return HandIn(
        unit="吉林市船营区分公司",
        prepared_by="王敏",
        approved_by="赵建国",
        telephone="0432-62012345",
        serial_number="〔2019〕第7期",
        submitted_to="市分公司服务质量部",
        reported_on=date(2019, 8, 2),
    )


@pytest.fixture
def chart_png() -> object:
    """A painter that needs no Qt: one white dot, whatever the chart."""
    dot = Path(__file__).with_name("dot.png").read_bytes()

    def paint(chart: Chart, width: float, height: float) -> bytes:
        return dot

    return paint
