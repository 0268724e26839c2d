"""Names are picked by keyboard: part of one narrows the list, Enter takes it, 、 goes on to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from postal_desk.services.desk import Desk
from postal_desk.services.measures import list_measures
from postal_desk.ui.measures.measure_dialog import MeasureDialog
from postal_desk.ui.measures.measures_page import MeasuresPage
from postal_desk.ui.measures.name_fields import NamesField
from postal_desk.ui.widgets.choices import Choice
from tests.ui.conftest import Hands
from tests.ui.measures.conftest import dialog


@pytest.fixture
def field(qapp: QApplication) -> Iterator[NamesField]:
    made = NamesField("网点", several=True)
    made.set_choices([Choice(name, name) for name in ("船营投递部", "河南街支局", "河南街代办点")])
    made.show()
    made.setFocus()
    yield made
    shiboken6.delete(made)


def test_names_are_added_one_after_another(field: NamesField) -> None:
    QTest.keyClicks(field, "cy")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "船营投递部"
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "船营投递部、河南街代办点"


def test_only_the_name_at_the_cursor_is_replaced(field: NamesField) -> None:
    field.setText("船营投递部、hnj、别处")
    field.setCursorPosition(9)
    field._typed()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "船营投递部、河南街支局、别处"


def test_name_outside_the_list_stays_as_typed(field: NamesField) -> None:
    QTest.keyClicks(field, "HR")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == "HR"


def test_outlet_of_a_measure_is_picked(page: MeasuresPage, desk: Desk, hands: Hands) -> None:
    hands.press(Qt.Key.Key_Insert)
    asked = dialog()
    assert isinstance(asked, MeasureDialog)
    asked.problem_text.setPlainText("错投多")
    asked.title_field.setText("按名址投递")
    asked.outlets.setFocus()
    QTest.keyClicks(asked.outlets, "cytdb")
    QTest.keyClick(asked.outlets, Qt.Key.Key_Return)
    asked.owner.setFocus()
    QTest.keyClick(asked.owner, Qt.Key.Key_Down)
    QTest.keyClick(asked.owner, Qt.Key.Key_Return)
    QTest.keyClick(asked, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    measure = list_measures(desk)[0].measure
    assert (measure.outlets, measure.owner) == (("船营投递部",), "孟庆国")
