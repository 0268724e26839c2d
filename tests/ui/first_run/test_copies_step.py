"""The step that asks where the copies go."""

from __future__ import annotations

from pathlib import Path

import pytest

from postal_desk import paths
from postal_desk.app import Program
from postal_desk.store import copies_elsewhere
from postal_desk.ui.first_run.first_run_page import FirstRunPage
from tests.ui.first_run.conftest import fill


def test_copies_go_from_the_first_day_to_the_folder_that_was_named(
    page: FirstRunPage, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(copies_elsewhere, "same_disk", lambda _one, _other: False)
    fill(page)
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    page.forward()
    assert "no password" in page.copies.note.label.text()
    page.copies.folder.setText(str(stick))
    page.forward()
    assert program.ctx.has_desk
    assert program.settings["copy_folder"] == str(stick)


def test_a_folder_that_would_be_lost_with_the_desk_is_refused_before_anything_is_made(
    page: FirstRunPage, program: Program, tmp_path: Path
) -> None:
    fill(page)
    page.me.user.setEditText("王芳")
    page.me.open.setChecked(True)
    page.forward()
    page.copies.folder.setText(str(tmp_path / "nowhere"))
    page.forward()
    assert "is not there" in page.problem.text()
    page.copies.folder.setText(str(tmp_path))
    page.forward()
    assert "same disk" in page.problem.text()
    assert not paths.default_desk().exists()
    assert program.settings["copy_folder"] == ""
    assert page.window().focusWidget() is page.copies.folder
