"""Writing through the context: every page hears of it, failures are never lost, the line of truth is true."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.settings import Settings
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context


@pytest.fixture
def faults() -> list[Exception]:
    return []


@pytest.fixture
def ctx(qtbot: QtBot, tmp_path: Path, faults: list[Exception]) -> Context:
    made = Context(InlineBackground(faults.append), Settings(tmp_path / "settings.json"))
    made.on_fault = faults.append
    return made


def test_a_write_is_announced_with_its_way_back(ctx: Context) -> None:
    heard: list[object] = []
    said: list[tuple[str, object]] = []
    ctx.changed.connect(heard.append)
    ctx.said.connect(lambda sentence, undo: said.append((str(sentence), undo)))
    changes = Changes(
        cases=("n",), undo=7, said=say("Saved {number}", number="n"), warnings=(say("careful"),)
    )
    done: list[Changes] = []
    ctx.write(lambda: changes, done.append)
    assert heard == done == [changes]
    assert said == [("Saved n · Note: careful", 7)]


def test_a_write_is_announced_even_if_the_asker_is_gone(ctx: Context) -> None:
    heard: list[object] = []
    ctx.changed.connect(heard.append)
    owner, done = QObject(), []
    shiboken6.delete(owner)
    ctx.write(Changes, done.append, owner=owner)
    assert (heard, done) == ([Changes()], [])


def refuse() -> Changes:
    raise Refusal(say("no"))


def test_a_failed_write_goes_to_the_asker_or_to_the_user(ctx: Context, faults: list[Exception]) -> None:
    own: list[Exception] = []
    ctx.write(refuse, failed=own.append)
    ctx.write(refuse)
    gone = QObject()
    shiboken6.delete(gone)
    ctx.write(refuse, failed=own.append, owner=gone)
    assert (len(own), len(faults)) == (1, 2)


def test_saved_is_said_only_when_nothing_waits(ctx: Context) -> None:
    states: list[bool] = []
    ctx.saved_changed.connect(states.append)
    ctx.mark_unsaved("draft", True)
    assert not ctx.all_saved
    ctx.write(Changes)
    assert not ctx.all_saved
    ctx.mark_unsaved("draft", False)
    assert ctx.all_saved
    assert states[-1]


def test_a_fault_nobody_shows_is_raised(qtbot: QtBot, tmp_path: Path) -> None:
    bare = Context(InlineBackground(lambda error: None), Settings(tmp_path / "settings.json"))
    with pytest.raises(ZeroDivisionError):
        bare.tell_fault(ZeroDivisionError())
