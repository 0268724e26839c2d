"""Where no list can be shown the next step is a button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from postal_desk import i18n, paths
from postal_desk.domain.sentences import say
from postal_desk.services.desk import Desk, create_desk
from postal_desk.settings import Settings
from postal_desk.store import faults, places
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.cases.list_states import show_none_chosen, show_not_open
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.empty_state import EmptyState


class Opens:
    """A navigator that remembers which desks it was asked to open."""

    def __init__(self) -> None:
        self.asked: list[Path | None] = []

    def open_desk(self, path: Path | None) -> None:
        self.asked.append(path)


def unfit(folder: Path) -> places.UnfitPlace:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "kind_of", lambda _folder: places.NETWORK)
        with pytest.raises(places.UnfitPlace) as caught:
            places.check_fit(folder)
    return caught.value


def test_a_desk_that_may_open_again_is_tried_again_and_one_in_an_unfit_place_is_left(
    qtbot: Any, tmp_path: Path
) -> None:
    i18n.use("en")
    opens = Opens()
    ctx = Context(InlineBackground(lambda error: None), Settings(tmp_path / "s.json"), opens)  # type: ignore[arg-type]
    state = EmptyState("inbox")
    qtbot.addWidget(state)
    show_not_open(state, faults.unreachable(tmp_path), ctx)
    assert state.button.text() == "Try again"
    state.button.click()
    show_not_open(state, unfit(tmp_path), ctx)
    assert "on a network drive" in state.text.text()
    assert state.button.text() == "Open the desk of this PC"
    state.button.click()
    assert opens.asked == [None, paths.usual_desk()]


def test_the_key_for_a_new_case_is_named_where_it_does_something(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    i18n.use("en")
    ctx = Context(InlineBackground(lambda error: None), Settings(tmp_path / "s.json"))
    state = EmptyState("inbox")
    qtbot.addWidget(state)
    with create_desk(tmp_path / "desk", "", "220204") as desk:
        ctx.desk = desk
        show_none_chosen(state, ctx)
        assert "Ctrl+N" in state.text.text()
        monkeypatch.setattr(Desk, "read_only", property(lambda _desk: say("It can't be written")))
        show_none_chosen(state, ctx)
        assert state.text.text() == "Choose one in the list."
