"""The desk is tidied when nobody works at it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from postal_desk.services import drafts
from postal_desk.services.desk import create_desk
from postal_desk.services.drafts import save_draft
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.housekeeping import Housekeeping


def fail(error: Exception) -> None:
    raise error


def test_the_log_is_folded_in_when_idle(qtbot: Any, tmp_path: Path) -> None:
    with create_desk(tmp_path / "desk", "", "220204", now=lambda: datetime(2026, 11, 2, 9)) as desk:
        ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
        ctx.desk = desk
        keeper = Housekeeping(ctx)
        save_draft(desk, "a", "case", {"subject": "x" * 1000})
        log = tmp_path / "desk" / "desk.db-wal"
        assert log.stat().st_size > 0
        keeper.tidy()
        assert log.stat().st_size == 0
        assert [draft.key for draft in drafts.list_drafts(desk)] == ["a"]
