"""What is typed reaches the disk by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from postal_desk.domain.sentences import say
from postal_desk.services import drafts
from postal_desk.services.desk import Desk
from postal_desk.services.drafts import list_drafts, save_draft
from postal_desk.services.faults import EnvironmentFault
from postal_desk.ui.context import Context
from postal_desk.ui.entry import draft_keeper
from postal_desk.ui.entry.draft_keeper import FORM, DraftKeeper


class Typed:
    """What stands in the form."""

    def __init__(self) -> None:
        self.content: dict[str, object] | None = {"fields": {"narrative": {"value": "周"}}}


@pytest.fixture
def typed() -> Typed:
    return Typed()


@pytest.fixture
def keeper(ctx: Context, typed: Typed) -> Iterator[DraftKeeper]:
    made = DraftKeeper(ctx, lambda: typed.content, ctx)
    yield made
    made.done()


def stored(desk: Desk) -> dict[str, object]:
    return {draft.key: draft.payload for draft in list_drafts(desk)}


def test_typing_is_on_disk_within_three_seconds(
    qtbot: QtBot, ctx: Context, desk: Desk, keeper: DraftKeeper
) -> None:
    started = time.monotonic()
    keeper.touch()
    assert not ctx.all_saved
    qtbot.waitUntil(lambda: keeper.key in stored(desk), timeout=3000)
    assert time.monotonic() - started < 3
    assert ctx.all_saved


def test_typing_on_and_on_does_not_put_it_off(qtbot: QtBot, desk: Desk, keeper: DraftKeeper) -> None:
    def key_pressed() -> bool:
        keeper.touch()
        return keeper.key in stored(desk)

    qtbot.waitUntil(key_pressed, timeout=3000)


def test_flush_saves_at_once(desk: Desk, keeper: DraftKeeper, typed: Typed) -> None:
    keeper.touch()
    keeper.flush()
    assert stored(desk) == {keeper.key: typed.content}


def test_emptied_form_drops_its_draft(desk: Desk, keeper: DraftKeeper, typed: Typed) -> None:
    keeper.touch()
    keeper.flush()
    typed.content = None
    keeper.touch()
    keeper.flush()
    assert stored(desk) == {}


def test_no_draft_is_written_behind_the_case_that_is_being_saved(desk: Desk, keeper: DraftKeeper) -> None:
    keeper.touch()
    keeper.hold()
    keeper.flush()
    assert stored(desk) == {}
    keeper.touch()  # it was not saved after all
    keeper.flush()
    assert keeper.key in stored(desk)


def test_next_form_leaves_the_draft_of_the_one_before(desk: Desk, keeper: DraftKeeper) -> None:
    keeper.touch()
    keeper.flush()
    first = keeper.key
    keeper.renew()
    keeper.drop()
    assert set(stored(desk)) == {first}


def test_full_disk_is_told_and_tried_again(
    qtbot: QtBot, ctx: Context, desk: Desk, keeper: DraftKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise EnvironmentFault(say("The disk is full"))

    monkeypatch.setattr(drafts, "save_draft", full)
    monkeypatch.setattr(draft_keeper, "RETRY_MS", 50)
    keeper.touch()
    with qtbot.waitSignal(keeper.failed):
        keeper.flush()
    assert not ctx.all_saved
    monkeypatch.setattr(drafts, "save_draft", save_draft)
    with qtbot.waitSignal(keeper.saved):
        pass
    assert [draft.form for draft in list_drafts(desk)] == [FORM]
