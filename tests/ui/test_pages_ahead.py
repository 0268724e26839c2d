"""Pages are made while nobody does anything, and opened at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from postal_desk.domain.changes import Changes
from postal_desk.services.desk import Desk, create_desk
from postal_desk.ui import pages_ahead
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.main_window import MainWindow
from postal_desk.ui.pages_ahead import IMPORTED, NAMES, PagesAhead
from postal_desk.ui.readying import ready


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create_desk(tmp_path / "desk", "甲支局", "220204")
    yield made
    made.close()


@pytest.fixture
def main(qtbot: QtBot, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(pages_ahead, "FIRST_MS", 0)
    monkeypatch.setattr(pages_ahead, "STEP_MS", 0)
    monkeypatch.setattr(pages_ahead, "QUIET_S", 0.0)
    made = MainWindow(ctx, lambda _path: None)
    made.complete()
    made.go("cases")
    made.show()
    yield made
    made.retire()


def test_every_page_is_made_and_none_is_in_front(main: MainWindow, ctx: Context, qtbot: QtBot) -> None:
    ahead = PagesAhead(ctx, main.stack)
    qtbot.waitUntil(lambda: ahead.done)
    assert all(main.stack.has(name) for name in NAMES)
    assert main.page is not None
    assert main.page.name == "cases"
    assert [name for name, _request in main.places()] == ["cases"]


def test_a_page_made_ahead_opens_like_any_other(main: MainWindow, ctx: Context, qtbot: QtBot) -> None:
    ahead = PagesAhead(ctx, main.stack)
    qtbot.waitUntil(lambda: ahead.done)
    ctx.announce(
        Changes(cases=frozenset({"1"}), rules=True, outlets=True)
    )  # pages nobody has seen hear of it too
    for name in NAMES:
        before = main.stack.made(name)
        assert main.go(name)
        assert main.page is before
        assert before.isVisible()


def test_a_page_opened_half_made_is_whole(main: MainWindow, ctx: Context, qtbot: QtBot) -> None:
    ahead = PagesAhead(ctx, main.stack)
    qtbot.waitUntil(lambda: main.stack.has("entry") or ahead.done)
    assert not ahead.done
    assert main.go("entry")
    qtbot.waitUntil(lambda: ahead.done)
    page = main.page
    assert isinstance(page, EntryPage)
    assert page is main.stack.made("entry")
    assert page.work is not None
    assert page.work.view.fields.isVisible()


def test_nothing_is_made_while_somebody_types(main: MainWindow, ctx: Context, qtbot: QtBot) -> None:
    hours = [0.0]
    ahead = PagesAhead(ctx, main.stack, lambda: hours[0])
    pages_ahead.QUIET_S = 1.0
    tried: list[int] = []
    ahead._timer.timeout.connect(lambda: tried.append(1))
    hours[0] = 5.0
    ahead.eventFilter(QObject(), QEvent(QEvent.Type.KeyPress))
    qtbot.waitUntil(lambda: len(tried) > 3)
    assert not main.stack.has("entry")
    hours[0] = 6.5
    qtbot.waitUntil(lambda: ahead.done)
    QApplication.processEvents()
    assert main.stack.has("entry")


@pytest.mark.parametrize("name", [*NAMES, *IMPORTED])
def test_a_page_can_be_opened_after_any_of_its_parts(
    main: MainWindow, ctx: Context, name: str, qtbot: QtBot
) -> None:
    main.resize(1366, 768)
    total = sum(1 for _part in main.stack.made(name).parts())
    places = range(0, total + 1, max(1, total // 12))
    for made in places:
        main.go("cases")
        old = main.stack._made.pop(name)
        main.stack.removeWidget(old)
        old.deleteLater()
        parts = main.stack.made(name).parts()
        done = sum(1 for _part in zip(range(made), parts, strict=False))
        del parts  # nobody goes on with them
        with qtbot.captureExceptions() as faults:
            assert main.go(name)
            QApplication.processEvents()
        assert not faults, f"after {done} parts"


def test_what_is_ready_is_dressed_and_in_its_place(main: MainWindow, ctx: Context, qtbot: QtBot) -> None:
    main.resize(1366, 768)
    QApplication.processEvents()
    ahead = PagesAhead(ctx, main.stack)
    qtbot.waitUntil(lambda: ahead.done)
    dressed = Qt.WidgetAttribute.WA_WState_Polished
    for name in NAMES:
        page = main.stack.made(name)
        inside = [one for one in page.findChildren(QWidget) if one.isVisibleTo(page) and not one.isWindow()]
        assert all(one.testAttribute(dressed) for one in inside)
        before = {id(one): one.geometry() for one in inside}
        main.stack.bring(name)
        QApplication.processEvents()
        moved = [one for one in inside if one.geometry() != before[id(one)]]
        assert not moved, (name, [(type(one).__name__, before[id(one)], one.geometry()) for one in moved][:5])


def test_readying_what_comes_to_the_front_meanwhile_leaves_it_alone(main: MainWindow) -> None:
    page = main.stack.made("settings")
    for _part in page.parts():
        pass
    steps = ready(page, main.stack.size())
    next(steps)
    main.go("settings")
    assert not list(steps)
    gone = QWidget()
    QWidget(gone)
    steps = ready(gone, main.stack.size())
    next(steps)
    shiboken6.delete(gone)
    assert not list(steps)
