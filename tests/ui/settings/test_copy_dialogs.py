"""The dialogs of moving: a copy with a password is asked for it, a wrong one is told whole, the right one opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from postal_desk import i18n
from postal_desk.domain.sentences import say
from postal_desk.services import copies, users
from postal_desk.services.access import Credential
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.ui.copy_opening import CopyOpening, PasswordDialog
from postal_desk.ui.restore_dialog import RestoreDialog
from postal_desk.ui.widgets.progress import ProgressStrip

PASSWORD = "Stempel-auf-Papier-7"


@pytest.fixture
def copy(quick_keys: None, tmp_path: Path) -> Path:
    """A copy of a desk with a user, made on another PC."""
    owner = users.checked_owner("suyang", PASSWORD)
    with create_desk(tmp_path / "old", "船营区分公司", "220204", owner=owner) as desk:
        return copies.copy_to(desk, tmp_path / "moved.postal-copy").path


def taken(window: Any, copy: Path, make: Any) -> tuple[CopyOpening, list[Path]]:
    """The way from the file on, as after the file was chosen."""
    opened: list[Path] = []
    opening = CopyOpening(window.ctx, window.main, ProgressStrip(), make, opened.append)
    opening.take(copy)
    return opening, opened


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_wrong_password_is_told_whole(qtbot: QtBot, window: Any, language: str) -> None:
    i18n.use(language)
    dialog = PasswordDialog(Path("a.postal-copy"), window.main, lambda _password: None)
    dialog.open()
    before = dialog.height()
    dialog.refuse(say("{file}: the password is wrong; try again", file="/media/stick/postal " * 8))
    label = dialog.note.label
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert dialog.height() > before


def test_a_desk_with_users_is_brought_to_another_folder(window: Any, copy: Path, tmp_path: Path) -> None:
    there = tmp_path / "pc2" / "desk"

    def make(file: Path, credential: Credential | None) -> Path:
        return copies.restore_copy(file, there, credential=credential).path

    opening, opened = taken(window, copy, make)
    asking = window.dialog()
    assert isinstance(asking, PasswordDialog)
    asking.field.setText("wrong-wrong")
    asking.button.click()
    assert not asking.note.isHidden()
    assert opened == []
    asking.field.setText(PASSWORD)
    asking.button.click()
    assert opened == [there]
    assert opening.asking is None
    with open_desk(there, credential=Credential.password(PASSWORD)) as moved:
        assert moved.actor == "suyang"


def test_a_copy_to_look_at_is_asked_for_its_password(
    window: Any, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = window.section("moving")
    opened: list[Path | None] = []
    monkeypatch.setattr(window.main, "open_desk", opened.append)
    monkeypatch.setattr(CopyOpening, "ask_file", lambda self: self.take(copy))
    section.look()
    asking = window.dialog()
    asking.field.setText(PASSWORD)
    asking.button.click()
    assert len(opened) == 1
    assert opened[0] != window.ctx.desk.path


def test_restoring_beside_says_where(window: Any, tmp_path: Path) -> None:
    made = copies.make_copy(window.ctx.desk)
    restored: list[Path] = []
    dialog = RestoreDialog(window.ctx, made, window.ctx.desk.path, restored.append, window.main)
    dialog.open()
    target = tmp_path / "beside"
    dialog.target.setText(str(target))
    dialog.button.click()
    assert restored == [target]
