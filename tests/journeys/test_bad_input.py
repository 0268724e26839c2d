"""What should not be typed: each gets one clear sentence, and nothing that was typed before is lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services.case_lists import list_head
from postal_desk.services.cases import show_case
from postal_desk.ui.entry.entry_work import EntryWork
from postal_desk.ui.rescue.rescue_page import RescuePage

from .conftest import Start
from .keyboard import CTRL, Key, Keyboard
from .test_every_day import STORIES, cases_page, entry_page, in_desk, log

pytestmark = pytest.mark.journey

BEFORE = "周先生来问一封挂号信。"


@pytest.fixture
def work(keyboard: Keyboard) -> EntryWork:
    """A case begun."""
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(BEFORE)
    made = entry_page(keyboard).work
    assert made is not None
    return made


def paste(keyboard: Keyboard, text: str) -> None:
    QApplication.clipboard().setText(text)
    keyboard.press(Key.Key_V, CTRL)


@pytest.mark.parametrize("pasted", ["\x07响铃", "邮\x00件", "甲" * 1_000_000])
def test_story_that_cannot_be_kept_is_refused_whole(keyboard: Keyboard, work: EntryWork, pasted: str) -> None:
    said: list[object] = []
    work.view.story.edit.said.connect(said.append)
    paste(keyboard, pasted)
    assert work.view.story.edit.text() == BEFORE
    assert len(said) == 1
    assert len(str(said[0])) < 300


def test_rare_characters_are_kept(keyboard: Keyboard) -> None:
    number = log(keyboard, STORIES[0] + "转交𬱖䶮·𠮷😀。")
    desk = keyboard.program.ctx.desk
    assert in_desk(keyboard, lambda: show_case(desk, number).case.narrative).endswith("𬱖䶮·𠮷😀。")
    keyboard.press(Key.Key_F, CTRL)
    keyboard.type("𬱖䶮")
    keyboard.press(Key.Key_Down)
    keyboard.until(lambda: cases_page(keyboard).model.rowCount() == 1)


@pytest.mark.parametrize("typed", ["2019-02-30", "13-45", "明年某天", "99999-01-01", "\N{PILE OF POO}"])
def test_day_that_cannot_be_is_refused_and_stays_to_be_put_right(
    keyboard: Keyboard, branch_desk: Path, typed: str
) -> None:
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(STORIES[0])
    keyboard.press(Key.Key_Return, CTRL)
    work = entry_page(keyboard).work
    assert work is not None
    assert not work.form.missing()  # the day alone keeps the case from being saved
    opened = work.view.fields.fields["opened_on"]
    keyboard.tab_to(opened.widget.accessibleName())
    keyboard.press(Key.Key_A, CTRL)
    keyboard.type(typed)
    keyboard.press(Key.Key_S, CTRL)
    assert entry_page(keyboard).work is work
    assert work.view.story.edit.text() == STORIES[0]
    assert work.view.problem.isVisible()
    assert keyboard.focus is opened.widget
    desk = keyboard.program.ctx.desk
    assert in_desk(keyboard, lambda: list_head(desk, CaseFilter()).total) == 0


def test_day_to_come_is_saved_with_a_warning_and_undo(keyboard: Keyboard) -> None:
    keyboard.press(Key.Key_N, CTRL)
    keyboard.type(STORIES[0])
    keyboard.press(Key.Key_Return, CTRL)
    work = entry_page(keyboard).work
    assert work is not None
    keyboard.tab_to(work.view.fields.fields["opened_on"].widget.accessibleName())
    keyboard.press(Key.Key_A, CTRL)
    keyboard.type("2019-07-18")
    keyboard.press(Key.Key_S, CTRL)
    toast = keyboard.program.window.toast
    assert "220204-2019-07-0001" in toast.label.text()
    assert "晚于今天" in toast.label.text()
    keyboard.press(Key.Key_Z, CTRL)
    desk = keyboard.program.ctx.desk
    assert in_desk(keyboard, lambda: list_head(desk, CaseFilter()).total) == 0


def test_desk_that_cannot_be_written_says_so(branch_desk: Path, start: Start) -> None:
    if os.geteuid() == 0 if hasattr(os, "geteuid") else True:
        pytest.skip("the administrator may write everywhere")
    branch_desk.chmod(0o500)
    try:
        page = cases_page(start())
        assert page.empty.isVisible()
    finally:
        branch_desk.chmod(0o700)


def test_damaged_desk_says_so(branch_desk: Path, start: Start) -> None:
    database = max(branch_desk.iterdir(), key=lambda file: file.stat().st_size)
    shutil.copy(database, branch_desk.with_name("kept"))
    database.write_bytes(b"\x00" * 8192)
    keyboard = start()
    page = keyboard.program.window.page
    assert isinstance(page, RescuePage)
    assert "损坏" in page.note.label.text()
    assert not keyboard.program.ctx.has_desk
