"""The move to a new PC and the head-office forms, from the settings; and F1 there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from PySide6.QtGui import QGuiApplication

from postal_desk.services.moving import mark_of
from postal_desk.services.templates import list_templates
from postal_desk.ui.help_window import HelpWindow


def form(path: Path, text: str) -> Path:
    made = docx.Document()
    made.add_paragraph(text)
    made.save(str(path))
    return path


def test_the_desk_is_copied_and_marked(window: Any, tmp_path: Path) -> None:
    section = window.section("moving")
    stick = tmp_path / "stick"
    stick.mkdir()
    section.move_to(stick)
    assert len(list(stick.iterdir())) == 1
    mark = mark_of(window.ctx.desk.path)
    assert mark is not None
    assert mark.kind == "moved"


def test_a_folder_that_will_not_do_is_told_in_place(window: Any, tmp_path: Path) -> None:
    section = window.section("moving")
    section.move_to(tmp_path / "absent")
    assert "no folder" in section.note.label.text()
    assert section.move_button.isEnabled()


def test_a_form_is_kept_and_a_bad_one_told_by_place(window: Any, tmp_path: Path) -> None:
    section = window.section("templates")
    section.add(form(tmp_path / "bad.docx", "{{received}} {{recieved}}"))
    assert "paragraph 1" in section.note.label.text()
    assert list_templates(window.ctx.desk) == []
    section.add(form(tmp_path / "good.docx", "{{received}}"))
    assert [kept.name for kept in list_templates(window.ctx.desk)] == ["good"]
    section.remove()
    assert list_templates(window.ctx.desk) == []


def test_a_placeholder_is_found_and_copied(window: Any) -> None:
    section = window.section("templates")
    section.search.setText("outlet.name")
    section.copy()
    assert QGuiApplication.clipboard().text() == "{{outlet.name}}"


def test_f1_opens_the_page_of_where_one_is(window: Any) -> None:
    window.section("moving")
    window.main.command("help")
    help_window = window.main.findChild(HelpWindow)
    assert help_window.name == "moving"
    window.main.go("summary")
    window.main.command("help")
    assert help_window.name == "month-end"
