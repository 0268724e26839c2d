"""What goes into the story, and what is lit in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postal_desk.ui.entry.spans import TAKEN, UNSURE, Span
from postal_desk.ui.entry.story_edit import StoryEdit

LIMIT = 1000


@pytest.fixture
def edit(qtbot: QtBot, qapp: QApplication) -> StoryEdit:
    made = StoryEdit(LIMIT)
    qtbot.addWidget(made)
    return made


def paste(edit: StoryEdit, text: str) -> list[str]:
    """Paste; what was said about it."""
    said: list[str] = []
    edit.said.connect(lambda sentence: said.append(str(sentence)))
    data = QMimeData()
    data.setText(text)
    edit.insertFromMimeData(data)
    return said


def test_paste_is_plain_text(edit: StoryEdit) -> None:
    data = QMimeData()
    data.setHtml("<b>周先生</b>来<i>查询</i>")
    data.setText("周先生来查询")
    edit.insertFromMimeData(data)
    assert edit.text() == "周先生来查询"
    assert "<b>" not in edit.toHtml()
    assert "font-weight:7" not in edit.toHtml()


def test_paste_far_too_long_changes_nothing_and_says_so_once(edit: StoryEdit) -> None:
    edit.setPlainText("before")
    said = paste(edit, "周" * 1_000_000)
    assert edit.text() == "before"
    assert len(said) == 1
    assert "1,000,000 characters" in said[0]
    assert "at most 1,000" in said[0]


def test_paste_over_a_selection_counts_what_it_replaces(edit: StoryEdit) -> None:
    edit.setPlainText("a" * LIMIT)
    edit.selectAll()
    assert paste(edit, "b" * LIMIT) == []
    assert edit.text() == "b" * LIMIT


def test_pasted_control_characters_are_refused(edit: StoryEdit) -> None:
    said = paste(edit, "周先生\x07来查询")
    assert edit.text() == ""
    assert len(said) == 1
    assert "U+0007" in said[0]


def test_pasted_invisible_characters_are_taken_out_and_said(edit: StoryEdit) -> None:
    said = paste(edit, "周\u200b先生\u202e")
    assert edit.text() == "周先生"
    assert len(said) == 1
    assert "invisible" in said[0]


@pytest.mark.parametrize("name", ["𬱖先生", "䶮女士", "阿卜杜拉·买买提"])
def test_rare_characters_are_kept(edit: StoryEdit, name: str) -> None:
    assert paste(edit, name) == []
    assert edit.text() == name


def test_text_set_by_the_program_is_no_edit_and_no_undo_leads_back(qtbot: QtBot, edit: StoryEdit) -> None:
    edit.setPlainText("the case before")
    with qtbot.assertNotEmitted(edit.changed):
        edit.set_text("another case")
    edit.undo()
    assert edit.text() == "another case"


def lit(edit: StoryEdit) -> list[str]:
    return [selection.cursor.selectedText() for selection in edit.extraSelections()]


def test_spans_count_code_points(edit: StoryEdit) -> None:
    edit.set_text("𬱖𠮷先生,电话 138")
    edit.show_spans([Span(0, 4, TAKEN), Span(8, 11, UNSURE)])
    assert lit(edit) == ["𬱖𠮷先生", "138"]


def test_unsure_words_differ_by_more_than_colour(edit: StoryEdit) -> None:
    edit.set_text("半个多月")
    edit.show_spans([Span(0, 4, UNSURE)])
    selection = edit.extraSelections()[0]
    assert selection.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline


def test_light_moves_with_its_words(edit: StoryEdit) -> None:
    edit.set_text("苏阳帮忙")
    edit.show_spans([Span(0, 2, TAKEN)])
    cursor = edit.textCursor()
    cursor.setPosition(0)
    cursor.insertText("请")
    assert lit(edit) == ["苏阳"]
