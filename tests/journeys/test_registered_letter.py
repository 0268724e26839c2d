"""The registered-letter case from its story to the printed month, by keyboard alone, with every press counted."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from postal_desk import paths
from postal_desk.domain.cases import Case
from postal_desk.domain.states import MOVES
from postal_desk.services.cases import show_case
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.cases.close_dialog import CloseDialog

from .conftest import CARRIER, UNIT, Clock
from .keyboard import ALT, CTRL, Key, Keyboard, Presses

pytestmark = pytest.mark.journey

TOLD = tomllib.loads((paths.seeds() / "stories" / "registered_letter.toml").read_text("utf-8"))
STORY = TOLD["story"]
STEPS: list[dict[str, Any]] = TOLD["case"]["steps"]
RESULT_KEYS = {
    "promised": Key.Key_2,
    "not_registered": Key.Key_5,
    "wrong_party": Key.Key_6,
    "delivered": Key.Key_7,
    "returned": Key.Key_8,
    "risk_notice_given": Key.Key_0,
}
MOST_TO_LOG, MOST_FOR_A_STEP, MOST_TO_CLOSE, MOST_TO_PRINT = 12, 4, 15, 3


def log(keyboard: Keyboard) -> Presses:
    """Log the case from its story."""
    with keyboard.counted("Log the case, Ctrl+N to saved") as presses:
        keyboard.press(Key.Key_N, CTRL)
        keyboard.type(STORY)
        keyboard.press(Key.Key_Return, CTRL)
        keyboard.press(Key.Key_S, CTRL)
    return presses


def cases_page(keyboard: Keyboard) -> CasesPage:
    page = keyboard.program.window.page
    assert isinstance(page, CasesPage)
    return page


def case_in_front(keyboard: Keyboard) -> Case:
    """The case of the record, as the desk has it."""
    page = cases_page(keyboard)
    assert page.desk is not None
    record = page.desk.record
    keyboard.until(lambda: record.view is not None and record.view.case.number == record.number != "")
    desk = keyboard.program.ctx.desk
    read: list[Case] = []
    keyboard.program.background.db(lambda: show_case(desk, record.number).case, read.append)
    keyboard.until(lambda: bool(read))
    return read[0]


def write_step(keyboard: Keyboard, clock: Clock, step: dict[str, Any]) -> Presses:
    """Write one step of the story on its day, with the keys that its result and its status need."""
    day, _, hour = step["at"].partition("T")
    happened = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour or "12:00"))
    clock.time = max(clock.time, happened)
    before = len(case_in_front(keyboard).steps)
    with keyboard.counted(f"Step of {step['at']}") as presses:
        if not typing_a_step(keyboard):
            keyboard.press(Key.Key_Return)  # from the list into the line for a step
        keyboard.type(line_of(step, clock))
        set_what_the_line_does_not_say(keyboard, step)
        keyboard.press(Key.Key_Return)
    assert len(case_in_front(keyboard).steps) == before + 1
    return presses


def typing_a_step(keyboard: Keyboard) -> bool:
    page = cases_page(keyboard)
    return page.desk is not None and page.desk.record.composer.text is keyboard.focus


def line_of(step: dict[str, Any], clock: Clock) -> str:
    """The step as one types it: day if it is past, channel, counterpart, text."""
    rules_name = {
        "counter": "窗口", "telephone": "电话", "carrier": "投递员受理", "directory_114": "114 查号",
        "tracking": "给据邮件跟踪", "visit": "上门",
    }  # fmt: skip
    day = date.fromisoformat(step["at"][:10])
    past = f"{day.month}-{day.day} " if day < clock.time.date() else ""
    return f"{past}{rules_name[step['channel']]} {step['counterpart']}：{step['text']}"


def set_what_the_line_does_not_say(keyboard: Keyboard, step: dict[str, Any]) -> None:
    """Result and status by their keys, unless the composer shows the right ones already."""
    page = cases_page(keyboard)
    assert page.desk is not None
    shown = page.desk.record.composer.step()
    assert shown is not None
    if (shown["result"] or "other") != step["result"]:
        keyboard.press(RESULT_KEYS[step["result"]], ALT)
    if status := step.get("status"):
        place = MOVES[case_in_front(keyboard).status].index(status)
        keyboard.press(Key.Key_S, ALT)
        keyboard.press(Key(Key.Key_1.value + place))


@pytest.fixture
def logged(keyboard: Keyboard) -> Keyboard:
    log(keyboard)
    assert case_in_front(keyboard).narrative == STORY
    return keyboard


def close(keyboard: Keyboard) -> Presses:
    """Close the case that is in front."""
    with keyboard.counted("Close the case") as presses:
        keyboard.press(Key.Key_Return, CTRL)
        keyboard.press(Key.Key_2)  # returned to the sender
        keyboard.press(Key.Key_A)  # fraud prevented
        keyboard.press(Key.Key_Return)
        keyboard.press(Key.Key_2)  # not responsible
        keyboard.press(Key.Key_Return)
        keyboard.press(Key.Key_1)  # satisfied
        keyboard.press(Key.Key_Tab)
        keyboard.type("客户当面致谢，并赠诗一首。")
        keyboard.press(Key.Key_Return, CTRL)
    return presses


@pytest.fixture
def closed(logged: Keyboard, clock: Clock) -> Keyboard:
    for step in STEPS:
        write_step(logged, clock, step)
    close(logged)
    assert not case_in_front(logged).is_open
    return logged


def test_case_is_logged_from_its_story(keyboard: Keyboard) -> None:
    presses = log(keyboard)
    assert len(presses) <= MOST_TO_LOG, presses
    case = case_in_front(keyboard)
    assert case.narrative == STORY
    assert case.subject
    assert (case.kind, case.category[:2], case.channel) == ("inquiry", "07", "carrier")
    assert (case.outlet, case.handler) == (UNIT, CARRIER)
    assert (case.customer.name, case.customer.phone) == ("周先生", "13804321176")
    assert (case.customer.age_band, case.customer.vulnerable) == ("80_plus", ("elderly",))
    assert [item.number for item in case.items] == ["XA22010000322", "XA22010001722"]
    assert {item.mail_class for item in case.items} == {"registered_letter"}
    assert {item.posted_on for item in case.items} == {date(2019, 7, 2)}
    assert case.opened_on == date(2019, 7, 17)


def test_each_step_is_written_with_few_presses(logged: Keyboard, clock: Clock) -> None:
    counted = [write_step(logged, clock, step) for step in STEPS]
    assert max(len(presses) for presses in counted) <= MOST_FOR_A_STEP, "\n".join(map(str, counted))
    written = case_in_front(logged)
    assert [
        (step.text, step.result or "other", step.channel, step.counterpart) for step in written.steps
    ] == [(step["text"], step["result"], step["channel"], step["counterpart"]) for step in STEPS]
    assert [step.day.isoformat() for step in written.steps] == [step["at"][:10] for step in STEPS]
    assert written.status == "answered"
    assert written.answered_on == date(2019, 8, 4)


def test_closing_names_what_is_missing_first(logged: Keyboard) -> None:
    logged.press(Key.Key_Return, CTRL)
    dialog = logged.focus.window()
    assert isinstance(dialog, CloseDialog)
    said = dialog.note.label.text()
    assert all(word in said for word in ("步骤", "处理结果", "责任认定", "客户意见")), said
    logged.press(Key.Key_Return)  # nothing is closed as long as something is missing
    assert case_in_front(logged).is_open


def test_case_is_closed_with_few_presses(logged: Keyboard, clock: Clock) -> None:
    write_step(logged, clock, STEPS[-1])
    presses = close(logged)
    assert len(presses) <= MOST_TO_CLOSE, presses
    case = case_in_front(logged)
    assert {one.kind for one in case.dispositions} == {"returned_to_sender", "fraud_prevented"}
    assert (case.responsibility, case.opinion) == ("not_responsible", "satisfied")
    assert case.praise == "客户当面致谢，并赠诗一首。"
    assert case.closed_on == date(2019, 8, 5)


def test_month_is_printed_with_few_presses(
    closed: Keyboard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("postal_desk.ui.printing.open_file", opened.append)
    closed.program.settings["export_folder"] = str(tmp_path)
    with closed.counted("Print July from the cases") as presses:
        closed.press(Key.Key_8, CTRL)
        closed.press(Key.Key_P, CTRL)
        closed.press(Key.Key_Return)
    closed.until(lambda: bool(opened))
    assert len(presses) <= MOST_TO_PRINT, presses
    assert not isinstance(closed.focus.window(), QDialog)
    assert opened[0].read_bytes().startswith(b"%PDF-")
    assert "7月" in opened[0].name
