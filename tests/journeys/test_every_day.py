"""A day by keyboard: first run, practice, search, edit, undo, delete, restore, language, theme, a second program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from postal_desk import i18n, paths
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services.case_lists import list_head
from postal_desk.services.cases import show_case
from postal_desk.services.desk import open_desk
from postal_desk.ui import looks
from postal_desk.ui.cases.cases_page import CasesPage
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.first_run.first_run_page import FirstRunPage

from .conftest import CARRIER, UNIT, Start, end
from .keyboard import ALT, CTRL, Key, Keyboard

pytestmark = pytest.mark.journey

STORIES = (
    "王女士7月10日从船营投递部寄出的挂号信XA22010000322没有收到，电话13604320001，请苏阳查一下。",
    "李大爷来窗口反映报纸两天没有投递，电话13604320002，要求补投。",
)


def cases_page(keyboard: Keyboard) -> CasesPage:
    page = keyboard.program.window.page
    assert isinstance(page, CasesPage)
    return page


def entry_page(keyboard: Keyboard) -> EntryPage:
    page = keyboard.program.window.page
    assert isinstance(page, EntryPage)
    return page


def log(keyboard: Keyboard, story: str) -> str:
    """Log a case as far as the story allows; what is missing then is typed. Returns its number."""
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(story)
    keyboard.press(Key.Key_Return, CTRL)
    work = entry_page(keyboard).work
    assert work is not None
    for name, word in (("subject", "报纸未投"), ("kind", "投诉"), ("category", "报刊"), ("channel", "窗口")):
        field = work.view.fields.fields[name]
        if name in work.form.missing():
            keyboard.tab_to(field.widget.accessibleName())
            keyboard.type(word)
            keyboard.press(Key.Key_Tab)
    keyboard.press(Key.Key_S, CTRL)
    return number_in_front(keyboard)


def number_in_front(keyboard: Keyboard) -> str:
    page = cases_page(keyboard)
    keyboard.until(lambda: page.desk is not None and page.desk.record.view is not None)
    assert page.desk is not None
    record = page.desk.record
    keyboard.until(lambda: record.view is not None and record.view.case.number == record.number)
    return record.number


def listed(keyboard: Keyboard, numbers: list[str]) -> bool:
    """True if the list shows these cases and no others."""
    model = cases_page(keyboard).model
    rows = [model.row(place) for place in range(model.rowCount())]
    return [row.number if row else "" for row in rows] == numbers


@pytest.fixture
def two_cases(keyboard: Keyboard) -> tuple[Keyboard, str, str]:
    return keyboard, log(keyboard, STORIES[0]), log(keyboard, STORIES[1])


def test_search_edit_undo_delete_and_restore(two_cases: tuple[Keyboard, str, str]) -> None:
    keyboard, letter, papers = two_cases
    desk = keyboard.program.ctx.desk
    keyboard.press(Key.Key_F, CTRL)
    keyboard.type("挂号")
    keyboard.press(Key.Key_Down)
    keyboard.until(lambda: listed(keyboard, [letter]))
    assert number_in_front(keyboard) == letter

    keyboard.press(Key.Key_E, ALT)
    keyboard.tab_to("事由")
    keyboard.press(Key.Key_A, CTRL)
    keyboard.type("挂号信未收到")
    keyboard.press(Key.Key_S, CTRL)
    assert in_desk(keyboard, lambda: show_case(desk, letter).case.subject) == "挂号信未收到"
    keyboard.press(Key.Key_Z, CTRL)
    assert in_desk(keyboard, lambda: show_case(desk, letter).case.subject) != "挂号信未收到"

    keyboard.press(Key.Key_Delete)
    keyboard.until(lambda: listed(keyboard, []))
    assert in_desk(keyboard, lambda: list_head(desk, CaseFilter()).total) == 1
    keyboard.program.window.go("cases", filter=CaseFilter(deleted=True))
    keyboard.until(lambda: listed(keyboard, [letter]))
    cases_page(keyboard).table.setFocus()
    keyboard.press(Key.Key_Delete)  # in the bin: takes the case out of it
    keyboard.until(lambda: listed(keyboard, []))
    assert in_desk(keyboard, lambda: list_head(desk, CaseFilter()).total) == 2
    assert papers


def in_desk(keyboard: Keyboard, read):  # type: ignore[no-untyped-def]  # whatever the reading gives
    """Read from the desk on its own thread."""
    found: list[object] = []
    keyboard.program.background.db(read, found.append)
    keyboard.until(lambda: bool(found))
    return found[0]


def test_language_and_theme_change_at_once_and_keep_what_is_typed(keyboard: Keyboard) -> None:
    program = keyboard.program
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type("周先生来问一封挂号")
    program.settings["language"] = "en"
    keyboard.until(lambda: program.window.windowTitle().startswith("Postal Desk"))
    keyboard.settle()
    work = entry_page(keyboard).work
    assert work is not None
    assert work.view.story.edit.text() == "周先生来问一封挂号"
    assert work.view.header.title.text() == "Log a case"
    before = looks.color("ground").name()
    program.settings["theme"] = "dark"
    keyboard.settle()
    assert looks.color("ground").name() != before
    assert work.view.story.edit.text() == "周先生来问一封挂号"
    program.settings["theme"] = "light"
    keyboard.type("信")  # goes on where it was
    assert work.view.story.edit.text().endswith("信")


def test_second_program_says_who_holds_the_desk(branch_desk: Path, start: Start) -> None:
    holder = (
        "import sys; from pathlib import Path; from postal_desk.services.desk import open_desk; "
        "desk = open_desk(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read(); desk.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(branch_desk)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as first:  # fmt: skip
        assert first.stdout is not None
        assert first.stdin is not None
        assert first.stdout.readline() == "open\n"
        keyboard = start()
        page = cases_page(keyboard)
        keyboard.until(page.empty.isVisible)
        said = page.empty.text.text()
        assert all(word in said for word in ("占用", str(branch_desk))) or "打开" in said, said
        first.stdin.close()
        first.wait()
    button = page.empty.findChild(QPushButton)
    button.setFocus()
    keyboard.press(Key.Key_Space)  # try again
    keyboard.until(lambda: keyboard.program.ctx.has_desk)


def test_first_run_to_the_first_case_and_practice_apart(start: Start) -> None:
    keyboard = start()
    program = keyboard.program
    assert isinstance(program.window.page, FirstRunPage)
    with keyboard.counted("First run") as presses:
        keyboard.type("chuanying")
        keyboard.press(Key.Key_Return)
        keyboard.press(Key.Key_Return)
        page = program.window.page
        assert isinstance(page, FirstRunPage)
        page.people.paste_outlets(UNIT)
        page.people.paste_staff(f"{CARRIER} 投递员 {UNIT}")
        page.next_button.setFocus()
        keyboard.press(Key.Key_Return)
        keyboard.press(Key.Key_A, CTRL)
        keyboard.type(CARRIER)
        page.me.open.setChecked(True)  # for learning: the password has tests of its own
        keyboard.press(Key.Key_Return)
        keyboard.press(Key.Key_Return)  # where copies go is left for later
    keyboard.until(lambda: program.ctx.has_desk)
    assert len(presses) <= 12, presses
    keyboard.settle()
    number = log(keyboard, STORIES[0])
    assert number == "220204-2019-07-0001"
    end(program)
    assert not paths.practice_desk().exists()
    with open_desk(paths.default_desk()) as desk:
        assert list_head(desk, CaseFilter()).total == 1


def test_practice_desk_is_apart_from_the_real_one(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postal_desk.ui.first_run.first_run_page._PRACTICE_CASES", 20)
    keyboard = start()
    page = keyboard.program.window.page
    assert isinstance(page, FirstRunPage)
    page.practise_button.setFocus()
    keyboard.press(Key.Key_Space)
    keyboard.until(lambda: keyboard.program.ctx.has_desk)
    keyboard.settle()
    assert keyboard.program.ctx.desk.practice
    assert keyboard.program.ctx.desk.path == paths.practice_desk()
    assert not paths.default_desk().exists()
    assert QApplication.activeWindow() is keyboard.program.window
    assert i18n.language() == "zh_CN"
