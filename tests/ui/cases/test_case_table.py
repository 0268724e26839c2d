"""Drawing the list: in pieces where all of it at once would hold the window, but never less than all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.periods import Month
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.settings import Settings
from postal_desk.ui.cases import row_delegate
from postal_desk.ui.cases.case_model import CaseModel
from postal_desk.ui.cases.case_table import CaseTable
from postal_desk.ui.context import Context

SCREEN = 15  # rows


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("long") / "desk"
    make_demo(path, cases=60, months=1, until=Month(2026, 10))
    with open_desk(path) as desk:
        yield desk


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first column of every row that is drawn, in this order."""
    seen: list[str] = []
    draw = row_delegate.LineCache.draw

    def watched(
        self: row_delegate.LineCache, painter: object, room: object, text: str, option: QStyleOptionViewItem
    ) -> bool:
        drawn = draw(self, painter, room, text, option)  # type: ignore[arg-type]
        if drawn and text.count("-") == 2:
            seen.append(text)
        return drawn

    monkeypatch.setattr(row_delegate.LineCache, "draw", watched)
    return seen


@pytest.fixture
def table(ctx: Context, long_desk: Desk, qtbot: QtBot, tmp_path: Path) -> CaseTable:
    ctx.desk = long_desk
    model = CaseModel(ctx)
    made = CaseTable(model, Settings(tmp_path / "settings.json"))
    qtbot.addWidget(made)
    made.resize(470, 34 * SCREEN + 31)
    made.show()
    model.show(CaseFilter())
    return made


def test_the_first_rows_are_drawn_at_once(table: CaseTable, painted: list[str]) -> None:
    table.viewport().repaint()
    assert len(set(painted)) >= SCREEN


def test_other_rows_come_in_pieces_and_all_of_them(
    table: CaseTable, painted: list[str], qtbot: QtBot
) -> None:
    table.viewport().repaint()
    painted.clear()
    table.scrollToBottom()
    table.viewport().repaint()
    assert 0 < len(set(painted)) < SCREEN
    qtbot.waitUntil(lambda: len(set(painted)) >= SCREEN)


def test_what_is_known_already_is_drawn_at_once(table: CaseTable, painted: list[str], qtbot: QtBot) -> None:
    table.viewport().repaint()
    table.scrollToBottom()
    qtbot.waitUntil(lambda: len(set(painted)) >= 2 * SCREEN)
    table.scrollToTop()
    painted.clear()
    table.viewport().repaint()
    assert len(set(painted)) >= SCREEN
