"""What the check under Wine presses in the window leads to where it should: the script can't see, this test can."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from postal_desk.ui import pages

from .conftest import Clock
from .keyboard import CTRL, Key, Keyboard
from .test_registered_letter import case_in_front

pytestmark = pytest.mark.journey

SCRIPT = (Path(__file__).parents[2] / "packaging/windows/wine/main_job.sh").read_text("utf-8")


def said(name: str) -> str:
    """What the script gives this name."""
    found = re.search(rf"^{name}='?(.*?)'?(?: #.*)?$", SCRIPT, re.M)
    assert found, name
    return found[1]


def test_keys_of_the_check_log_a_case_in_july(keyboard: Keyboard, clock: Clock) -> None:
    clock.time = datetime(2026, 11, 26, 10, 30)
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(said("STORY"))
    keyboard.press(Key.Key_Return, CTRL)
    for _press in range(int(said("TABS_TO_THE_DAY"))):
        keyboard.press(Key.Key_Tab)
    keyboard.press(Key.Key_A, CTRL)
    keyboard.type("2026-07-17")
    keyboard.press(Key.Key_Tab)
    keyboard.press(Key.Key_S, CTRL)
    case = case_in_front(keyboard)
    assert case.narrative == said("STORY")
    assert case.opened_on == date(2026, 7, 17)
    assert [item.number for item in case.items] == ["XA22010000322", "XA22010001722"]


def test_key_of_the_check_leads_to_the_summary() -> None:
    assert pages.entry("summary").shortcut.lower() == said("KEY_OF_THE_SUMMARY")
