"""The rows of the quiet column."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from postal_desk.ui.widgets.side_rows import RowContent, SideRow, SideSection


def test_a_long_link_goes_on_in_a_second_line(dressed: None, qtbot: QtBot) -> None:
    row = SideRow()
    qtbot.addWidget(row)
    long = "Appeal to 12305 becomes possible"
    row.fill(RowContent(long, "2019-08-01", pressed=lambda: None))
    assert "\n" in row.link.text()
    assert row.link.text().replace("\n", " ") == long
    assert row.link.accessibleName() == long
    two = row.link.sizeHint().height()
    row.fill(RowContent("Inquiry reply", pressed=lambda: None))
    assert row.link.text() == "Inquiry reply"
    assert row.link.sizeHint().height() < two


def test_what_can_only_be_read_goes_on_in_a_second_line_too(dressed: None, qtbot: QtBot) -> None:
    row = SideRow()
    qtbot.addWidget(row)
    long = "Find the stage at which it was delayed"
    row.fill(RowContent(long, spoken=f"{long}: not ticked", mark="square"))
    assert row.plain.text().split("\n") != [long]
    assert row.plain.text().replace("\n", " ") == long
    assert row.plain.accessibleName() == f"{long}: not ticked"


def test_a_long_chinese_link_goes_on_too(dressed: None, qtbot: QtBot) -> None:
    row = SideRow()
    qtbot.addWidget(row)
    long = "当面或电话提醒客户停止联系，不要再付款"
    row.fill(RowContent(long, pressed=lambda: None, mark="square"))
    lines = row.link.text().split("\n")
    assert "".join(lines) == long
    assert not lines[1].startswith("，")


def test_rows_that_come_back_have_their_room(dressed: None, qtbot: QtBot) -> None:
    column = QWidget()
    qtbot.addWidget(column)
    box, section = QVBoxLayout(column), SideSection("Similar cases")
    box.addWidget(section)
    box.addStretch(1)
    column.resize(220, 400)
    column.show()
    for count in (0, 1, 0, 4, 0, 2, 4):
        section.fill(
            [RowContent(f"2026-09-000{n}", "what was done", pressed=lambda: None) for n in range(count)]
        )
        QApplication.processEvents()
        shown = [row for row in section.findChildren(SideRow) if row.isVisible()]
        assert len(shown) == count
        qtbot.waitUntil(partial(have_their_room, shown))


def have_their_room(rows: list[SideRow]) -> bool:
    return all(row.height() == row.sizeHint().height() for row in rows)
