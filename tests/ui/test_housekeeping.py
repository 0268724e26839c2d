"""What the program does by itself: after half a minute without work, and after opening."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_case
from postal_desk.services.case_lists import count_cases
from postal_desk.services.cases import add_cases, delete_cases
from postal_desk.services.desk import create_desk
from postal_desk.settings import Settings
from postal_desk.ui import housekeeping
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context


def fail(error: Exception) -> None:
    raise error


def test_writes_are_folded_in_and_the_old_bin_is_emptied(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "IDLE_MS", 10)
    monkeypatch.setattr(housekeeping, "AFTER_OPENING_MS", 10)
    now = [datetime(2019, 6, 1, 9, 0)]
    owner = QObject()
    with create_desk(tmp_path / "desk", "", "220204", now=lambda: now[0]) as desk:
        case = {
            "kind": "inquiry",
            "category": "07",
            "channel": "counter",
            "opened_on": "2019-06-01",
            "subject": "信",
        }
        (number,) = add_cases(desk, [parse_case(case, desk.rules)]).cases
        delete_cases(desk, [number])
        now[0] += timedelta(days=31)
        ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
        ctx.desk = desk
        kept = housekeeping.Housekeeping(ctx, owner)
        log = next(desk.path.glob("*-wal"))
        ctx.write(lambda: add_cases(desk, [parse_case(case, desk.rules)]))
        assert log.stat().st_size > 0
        qtbot.waitUntil(lambda: log.stat().st_size == 0)
        qtbot.waitUntil(lambda: count_cases(desk, CaseFilter(deleted=True)).total == 0)
        assert kept.parent() is owner
