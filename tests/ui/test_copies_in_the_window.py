"""Copies in the window: the section of the settings, a desk that does not open, strips, and the first window."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from postal_desk import i18n
from postal_desk.domain.sentences import say
from postal_desk.services.copies import MissingFile, list_copies, make_copy
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.organisation import add_outlet
from postal_desk.settings import Settings
from postal_desk.store import faults, room
from postal_desk.store.room import Room
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.desk_banners import DeskBanners
from postal_desk.ui.first_window import FirstWindow, letter_box, raise_first_window
from postal_desk.ui.missing_files import MissingFilesDialog, tell_missing
from postal_desk.ui.plain_copies_dialog import PlainCopiesDialog
from postal_desk.ui.rescue.rescue_page import RescuePage
from postal_desk.ui.settings.copies_section import CopiesSection
from postal_desk.ui.widgets.banner import Banner

NOW = datetime(2026, 11, 2, 9)
MB = 1 << 20


def fail(error: Exception) -> None:
    raise error


class Moves:
    """A navigator that remembers where it was sent."""

    def __init__(self) -> None:
        self.went: list[Any] = []

    def go(self, name: str, /, **request: object) -> bool:
        self.went.append((name, request))
        return True

    def back(self) -> None:
        self.went.append("back")

    def open_desk(self, path: Path | None) -> None:
        self.went.append(path)


@pytest.fixture
def ctx(qtbot: Any, tmp_path: Path) -> Iterator[Context]:
    i18n.use("en")
    made = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"), Moves())  # type: ignore[arg-type]
    yield made
    shiboken6.delete(made)  # with all that looks at the desk now and then


@pytest.fixture
def desk(tmp_path: Path, ctx: Context) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "船营区分公司", "220204", now=lambda: NOW) as made:
        add_outlet(made, "船营投递部")
        ctx.desk = made
        yield made


def test_the_whole_place_of_a_copy_without_password_can_be_read(
    qtbot: Any, ctx: Context, desk: Desk, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = PlainCopiesDialog(ctx, window)
    dialog.table.show_rows([("2026-11-02 09:00", "a.postal-copy", str(tmp_path / ("a" * 40)))])
    assert str(tmp_path / ("a" * 40)) in dialog.place_label.text()


def whole_section(ctx: Context) -> CopiesSection:
    section = CopiesSection(ctx)
    for _part in section.parts():
        pass
    return section


def test_the_section_makes_verifies_and_tries_copies(qtbot: Any, ctx: Context, desk: Desk) -> None:
    section = whole_section(ctx)
    qtbot.addWidget(section)
    section.load()
    assert section.empty.isVisibleTo(section)
    told: list[str] = []
    ctx.said.connect(lambda sentence, _undo: told.append(str(sentence)))
    section.copy_now()
    assert told[0].startswith("A copy is made and proved: 0 cases")
    section.load()
    (line,) = section.table.records.rows
    assert (line.copy.cases, line.own, line.copy.sound) == (0, True, True)
    section.verify()
    section.drill()
    section.load()
    assert section.table.records.rows[0].proved
    assert "last restore drill: 2026-11-02 09:00" in section.facts.text()
    assert not section.work.busy


def test_a_damaged_copy_is_told_apart(qtbot: Any, ctx: Context, desk: Desk) -> None:
    make_copy(desk).path.write_bytes(b"x")
    section = whole_section(ctx)
    qtbot.addWidget(section)
    section.load()
    assert [column.text(section.table.records.rows[0]) for column in section.table.records.columns][
        3
    ] == "damaged"


def test_a_dead_desk_is_brought_back_from_its_page(qtbot: Any, ctx: Context, desk: Desk) -> None:
    make_copy(desk)
    desk.close()
    ctx.desk = None  # type: ignore[assignment]
    (desk.path / "desk.db").write_bytes(b"damaged")
    with pytest.raises(faults.EnvironmentFault) as caught:
        open_desk(desk.path)
    page = RescuePage(ctx)
    qtbot.addWidget(page)
    page.shown(path=desk.path, error=caught.value)
    assert str(desk.path) in page.note.label.text()
    page.restore()
    dialog = next(
        child for child in page.children() if hasattr(child, "restore") and hasattr(child, "target")
    )
    dialog.restore()
    assert "has to be entered again" in dialog.problem.label.text()
    assert "put-aside" in dialog.problem.label.text()
    dialog.reject()  # nothing is left to give up
    assert ctx.navigator.went == [desk.path]  # type: ignore[attr-defined]
    with open_desk(desk.path) as again:
        assert len(list_copies(again)) == 1


def test_a_full_disk_stands_over_the_pages_with_the_way_out(
    qtbot: Any, ctx: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [Room(10 * MB, 100_000 * MB)]
    monkeypatch.setattr(room, "room_of", lambda _folder: left[0])
    (desk.path / room.RESERVE).write_bytes(b"r")
    shown: list[Banner] = []
    banners = DeskBanners(ctx, shown.append, ctx)
    assert "read only until there is room" in shown[-1].accessibleName()
    shown[-1].findChild(QPushButton).click()
    assert not (desk.path / room.RESERVE).exists()
    left[0] = Room(40 * MB, 100_000 * MB)
    ctx.write_failed.emit()
    assert "save what is open now" in shown[-1].accessibleName()
    left[0] = Room(90_000 * MB, 100_000 * MB)
    ctx.write_failed.emit()
    assert banners._shown == {}, "looked again at once, not within the next minute"


def test_a_medium_for_reading_only_is_not_told_to_be_full(
    ctx: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "room_of", lambda _folder: Room(0, 600 * MB))
    monkeypatch.setattr(Desk, "read_only", property(lambda _desk: say("It can't be written")))
    shown: list[Banner] = []
    DeskBanners(ctx, shown.append, ctx)
    assert shown == []


SECOND = """
import sys
from pathlib import Path
from postal_desk.ui.first_window import raise_first_window
sys.exit(0 if raise_first_window(Path(sys.argv[1])) else 5)
"""


def test_a_second_start_raises_the_first_window(qtbot: Any, tmp_path: Path) -> None:
    came: list[bool] = []
    assert not raise_first_window(tmp_path)
    first = FirstWindow(tmp_path, lambda: came.append(True))
    with subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_path)], env=os.environ) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    first.close()
    assert (second.returncode, came) == (0, [True])
    assert not raise_first_window(tmp_path)


def test_what_did_not_come_back_is_listed_before_the_desk_is_opened(qtbot: Any, tmp_path: Path) -> None:
    i18n.use("en")
    went: list[str] = []
    page = QWidget()
    qtbot.addWidget(page)
    tell_missing((), lambda: went.append("nothing missing"), page)
    assert went == ["nothing missing"]
    tell_missing(
        (MissingFile(3, "letter.pdf", "220204-2026-0001"), MissingFile(4, "a.png", "")), went.clear, page
    )
    (dialog,) = page.findChildren(MissingFilesDialog)
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "220204-2026-0001\tletter.pdf\na draft\ta.png"
    dialog.accept()
    assert went == []


def test_a_second_start_on_another_screen_raises_nothing(qtbot: Any, tmp_path: Path) -> None:
    came: list[bool] = []
    first = FirstWindow(tmp_path, lambda: came.append(True))
    elsewhere = os.environ | {"DISPLAY": ":another"}
    with subprocess.Popen([sys.executable, "-c", SECOND, str(tmp_path)], env=elsewhere) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert (second.returncode, came) == (5, [])
    assert not list(letter_box(tmp_path).glob("*.*"))
    first.close()
