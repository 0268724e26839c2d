"""Whoever can't see the window can use it: every control has a name, and Tab reaches each of them and comes round."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from postal_desk import i18n
from postal_desk.ui.settings.sections import SECTIONS

from .keyboard import CTRL, SHIFT, Key, Keyboard
from .test_every_day import STORIES, log

pytestmark = pytest.mark.journey


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


def going(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_K, CTRL)


def settings(name: str) -> Callable[[Keyboard], None]:
    def opened(keyboard: Keyboard) -> None:
        keyboard.program.window.go("settings", section=name)

    return opened


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
    **{f"settings {section.name}": settings(section.name) for section in SECTIONS},
}


@pytest.fixture
def with_a_case(keyboard: Keyboard) -> Keyboard:
    log(keyboard, STORIES[0])
    return keyboard


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_and_tab_reaches_it(with_a_case: Keyboard, place: str) -> None:
    PLACES[place](with_a_case)
    with_a_case.settle()
    front = QApplication.activeModalWidget() or QApplication.activePopupWidget() or with_a_case.program.window
    assert isinstance(front, QDialog) == (
        place in ("closing", "printing", "exporting", "why", "leaving", "going")
    )
    controls = [widget for widget in front.findChildren(QWidget) if is_control(widget)]
    assert controls
    nameless = [describe(widget) for widget in controls if not name_of(widget)]
    assert not nameless, f"{place}: no name for {nameless}"
    reached = walk(with_a_case)
    missed = [describe(widget) for widget in controls if stops_tab(widget) and not reaches(reached, widget)]
    assert not missed, f"{place}: Tab does not reach {missed}"


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
