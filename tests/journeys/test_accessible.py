"""Whoever can't see the window can use it: every control has a name, and Tab reaches each of them and comes round."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from postal_desk import i18n
from postal_desk.domain.case_json import parse_case
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import open_desk
from postal_desk.ui.settings.section import Section
from postal_desk.ui.settings.sections import SECTIONS
from postal_desk.ui.settings.settings_page import SettingsPage

from .conftest import CARRIER, UNIT, Start
from .keyboard import CTRL, SHIFT, Key, Keyboard
from .test_every_day import STORIES, log, number_in_front

pytestmark = pytest.mark.journey

CASE = {
    "kind": "inquiry",
    "category": "07",
    "business": "letter",
    "channel": "counter",
    "opened_on": "2019-07-17",
    "subject": "挂号信没有收到",
    "narrative": STORIES[0],
    "outlet": UNIT,
    "handler": CARRIER,
    "customer": {"name": "王女士", "phone": "13604320001"},
    "items": [{"number": "XA22010000322", "class": "registered_letter", "posted_on": "2019-07-10"}],
}


def summary(keyboard: Keyboard) -> None:
    keyboard.program.window.go("summary")


def entry(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(STORIES[0])


def closing(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_Return, CTRL)


def printing(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_P, CTRL)


def exporting(keyboard: Keyboard) -> None:
    summary(keyboard)
    keyboard.press(Key.Key_E, CTRL | SHIFT)


def why(keyboard: Keyboard) -> None:
    entry(keyboard)
    keyboard.press(Key.Key_Return, CTRL)
    keyboard.tab_to(i18n.translate("Why this day?"))
    keyboard.press(Key.Key_Space)


def leaving(keyboard: Keyboard) -> None:
    entry(keyboard)
    keyboard.press(Key.Key_Escape)


def saved(keyboard: Keyboard) -> None:
    log(keyboard, STORIES[1])  # the message about it has a button


def going(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_K, CTRL)


PLACES: dict[str, Callable[[Keyboard], None]] = {
    "cases": lambda _keyboard: None,
    "entry": entry,
    "summary": summary,
    "closing": closing,
    "printing": printing,
    "exporting": exporting,
    "why": why,
    "leaving": leaving,
    "going": going,
    "saved": saved,
}
DIALOGS = ("closing", "printing", "exporting", "why", "leaving", "going")


@pytest.fixture
def with_a_case(branch_desk: Path, start: Start) -> Keyboard:
    """The program with a case of the story in front."""
    with open_desk(branch_desk, actor=CARRIER) as desk:
        add_cases(desk, [parse_case(CASE, desk.rules)])
    keyboard = start()
    keyboard.program.window.go("cases")
    number_in_front(keyboard)
    return keyboard


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_and_tab_reaches_it(with_a_case: Keyboard, place: str) -> None:
    PLACES[place](with_a_case)
    assert not missed_by_keyboard(with_a_case, is_dialog=place in DIALOGS)


def test_every_control_of_the_settings_has_a_name_and_tab_reaches_it(with_a_case: Keyboard) -> None:
    missed = {}
    for section in SECTIONS:
        assert with_a_case.program.window.go("settings", section=section.name)
        with_a_case.until(partial(section_is_in_front, with_a_case, section.name))
        missed[section.name] = missed_by_keyboard(with_a_case)
    assert not {name: controls for name, controls in missed.items() if controls}


def section_is_in_front(keyboard: Keyboard, name: str) -> bool:
    page = keyboard.program.window.page
    assert isinstance(page, SettingsPage)
    shown = page.stack.currentWidget()
    return isinstance(shown, Section) and shown.name == name


def missed_by_keyboard(keyboard: Keyboard, is_dialog: bool = False) -> list[str]:
    """The controls in front that have no name or that Tab does not reach."""
    keyboard.settle()
    front = QApplication.activeModalWidget() or QApplication.activePopupWidget() or keyboard.program.window
    assert isinstance(front, QDialog) == is_dialog
    controls = [widget for widget in front.findChildren(QWidget) if is_control(widget)]
    assert controls
    nameless = [f"no name: {describe(widget)}" for widget in controls if not name_of(widget)]
    reached = walk(keyboard)
    return nameless + [
        f"not reached by Tab: {describe(widget)}"
        for widget in controls
        if stops_tab(widget) and not reaches(reached, widget)
    ]


def is_control(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    )


def stops_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def reaches(reached: set[QWidget], widget: QWidget) -> bool:
    """True if Tab stopped at the widget or at a part of it (the field inside an editable list)."""
    return widget in reached or any(widget.isAncestorOf(one) for one in reached)


def walk(keyboard: Keyboard) -> set[QWidget]:
    """Press Tab until it comes round."""
    first, reached = None, set()
    for _press in range(150):
        keyboard.press(Key.Key_Tab)
        if keyboard.focus is first:
            return reached
        first = first or keyboard.focus
        reached.add(keyboard.focus)
    raise AssertionError(f"Tab does not come round; it is at {describe(keyboard.focus)}")


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def describe(widget: QWidget) -> str:
    parents = []
    at: QWidget | None = widget
    while at is not None and len(parents) < 4:
        parents.append(type(at).__name__)
        at = at.parentWidget()
    return f"{' in '.join(parents)} “{name_of(widget)}”"
