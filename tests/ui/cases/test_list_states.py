"""Where no list can be shown the next step is a button."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from postal_desk import i18n, paths
from postal_desk.settings import Settings
from postal_desk.store import faults, places
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.cases.list_states import show_not_open
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
