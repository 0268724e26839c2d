"""The desk is tidied when nobody works at it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton

from postal_desk import i18n
from postal_desk.services import drafts
from postal_desk.services.copies import list_copies
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.services.drafts import save_draft
from postal_desk.services.organisation import add_outlet
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.housekeeping import Housekeeping
from postal_desk.ui.loss_banner import LossBanner
from postal_desk.ui.sidebar import Sidebar


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


def test_a_changed_desk_is_copied_and_the_time_told(qtbot: Any, tmp_path: Path) -> None:
    with create_desk(tmp_path / "desk", "", "220204", now=lambda: datetime(2026, 11, 2, 9)) as desk:
        add_outlet(desk, "船营投递部")
        ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
        ctx.desk = desk
        keeper = Housekeeping(ctx)
        assert ctx.last_copy is None
        keeper.copy()
        assert ctx.last_copy == datetime(2026, 11, 2, 9)
        keeper.copy()
        assert len(list_copies(desk)) == 1, "nothing was changed since"


def test_a_changed_desk_is_copied_when_it_is_closed(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "desk", "", "220204")
    add_outlet(desk, "船营投递部")
    ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
    ctx.desk = desk
    Housekeeping(ctx).leave(desk)
    assert len(list_copies(desk)) == 1
    open_desk(desk.path).close()  # the lock was given back


def test_missing_work_stands_over_the_window_until_it_is_seen(qtbot: Any, tmp_path: Path) -> None:
    i18n.use("en")
    create_desk(tmp_path / "desk", "", "220204").close()
    (tmp_path / "desk" / "high-water").unlink()
    with open_desk(tmp_path / "desk") as desk:
        ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
        ctx.desk = desk
        banner = LossBanner(ctx)
        qtbot.addWidget(banner)
        assert "compare the newest cases" in banner.accessibleName()
        banner.findChild(QPushButton).click()
        assert desk.notices == ()


def test_the_line_of_truth_names_the_last_copy(qtbot: Any) -> None:
    i18n.use("en")
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.tell_copied(datetime(2026, 11, 2, 9, 5))
    assert sidebar.truth.text() == "● All saved · offline\nLast copy 11-02 09:05"
    sidebar.tell_saved(False)
    assert sidebar.truth.text() == "● Saving… · offline\nLast copy 11-02 09:05"
