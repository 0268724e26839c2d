"""The lines of the mail items: made once, shown with whatever form is in front."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postal_desk.domain.sentences import say
from postal_desk.ui.entry.item_rows import ItemRows
from postal_desk.ui.entry.items_table import ItemsTable
from postal_desk.ui.widgets.choices import Choice

NUMBER, OTHER = "XA22010000322", "XA22010001722"
CLASSES = [Choice("registered_letter", "挂号信"), Choice("express", "特快")]


class Front:
    """The form in front: another one whenever a case is begun."""

    def __init__(self) -> None:
        self.rows = ItemRows()

    def load(self, *items: dict[str, str]) -> None:
        self.rows = ItemRows()
        self.rows.load(items, "")


@pytest.fixture
def front() -> Front:
    return Front()


@pytest.fixture
def table(dressed: None, qtbot: QtBot, front: Front) -> ItemsTable:
    made = ItemsTable(lambda: front.rows, lambda: date(2019, 7, 2))
    qtbot.addWidget(made)
    made.set_classes(CLASSES)
    made.show_rows()
    made.show()
    return made


def shown(table: ItemsTable) -> list[tuple[str, ...]]:
    fields = [(line.number.edit, line.mail_class.combo, line.postage.edit) for line in table.lines]
    return [tuple(edit.text() for edit in line) for line in fields]


def test_a_line_stays_for_the_next_case_with_nothing_of_the_last(table: ItemsTable, front: Front) -> None:
    front.load({"number": NUMBER, "class": "express", "postage": "4.20", "insured": "500.00"})
    table.show_rows()
    line = table.lines[0]
    assert shown(table) == [(NUMBER, "特快", "4.20")]
    assert line.detail.isVisible()
    line.number.set_error(say("Save"))
    front.load()
    table.show_rows()
    assert table.lines == [line]
    assert shown(table) == [("", "", "")]
    assert not line.detail.isVisible()
    assert line.number.error is None
    line.number.typed(OTHER)
    assert [row.number for row in front.rows.rows] == [OTHER]


def test_more_or_fewer_lines_stand_in_the_order_of_the_rows(table: ItemsTable, front: Front) -> None:
    front.load({"number": NUMBER}, {"number": OTHER, "value": "80.00"})
    table.show_rows()
    front.rows.remove(front.rows.rows[0])
    table.show_rows()
    assert shown(table) == [(OTHER, "", "")]
    assert table.lines[0].detail.isVisible()
    assert "1" in table.lines[0].postage.widget.accessibleName()
    front.load({"number": NUMBER}, {"number": OTHER})
    table.show_rows()
    assert shown(table) == [(NUMBER, "", ""), (OTHER, "", "")]
    tops = [line.mapTo(table, line.rect().topLeft()).y() for line in table.lines]
    assert tops == sorted(tops)


def test_what_somebody_is_typing_does_not_land_in_another_row(
    table: ItemsTable, front: Front, qtbot: QtBot
) -> None:
    table.activateWindow()
    line = table.lines[0]
    line.postage.edit.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line.postage.edit)
    line.postage.edit.insert("9.9")
    front.load()
    table.show_rows()
    assert shown(table) == [("", "", "")]
