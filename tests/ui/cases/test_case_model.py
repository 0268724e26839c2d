"""The list model: windows of rows, keys in the background, the same place after a write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.periods import Month
from postal_desk.services.cases import delete_cases, edit_case
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.ui.cases import case_model
from postal_desk.ui.cases.case_model import KEPT_PAGES, PAGE, ROW_ROLE, CaseModel
from postal_desk.ui.context import Context

CASES = 1500


@pytest.fixture(scope="module")
def big_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("big") / "desk"
    make_demo(folder, cases=CASES, months=24, until=Month.parse("2019-07"), seed=3)
    with open_desk(folder, now=lambda: datetime(2019, 8, 1, 9, 0)) as desk:
        yield desk


@pytest.fixture
def model(ctx: Context, big_desk: Desk, qtbot: QtBot) -> CaseModel:
    ctx.desk = big_desk
    made = CaseModel(ctx)
    with qtbot.waitSignal(made.keys_ready):
        made.show(CaseFilter())
    return made


def test_keeps_the_rules_of_item_models(ctx: Context, desk: Desk, qtbot: QtBot) -> None:
    ctx.desk = desk
    made = CaseModel(ctx)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(made.keys_ready):
        made.show(CaseFilter())
    edit_case(desk, "220204-2019-07-0002", {"subject": "改过的事由"})
    with qtbot.waitSignal(made.dataChanged):
        made.reload()
    delete_cases(desk, ["220204-2019-07-0002"])
    with qtbot.waitSignal(made.modelReset):
        made.reload()
    assert made.rowCount() == 3


def test_shows_the_first_rows_before_the_keys_are_there(ctx: Context, big_desk: Desk, qtbot: QtBot) -> None:
    ctx.desk = big_desk
    made = CaseModel(ctx)
    with qtbot.waitSignal(made.filled):
        made.show(CaseFilter())
    assert not made.has_keys
    assert made.rowCount() == CASES + 1  # the sample case with its story
    assert made.row(0) is not None


def test_finds_rows_by_place_while_the_keys_are_on_their_way(
    ctx: Context, big_desk: Desk, qtbot: QtBot
) -> None:
    ctx.desk = big_desk
    made = CaseModel(ctx)
    made.show(CaseFilter())
    with qtbot.waitSignal(made.dataChanged):
        assert made.row(1000) is None
    early = made.row(1000)
    with qtbot.waitSignal(made.keys_ready):
        pass
    assert early is not None
    assert made.key_at(1000) == early.key


def test_fetches_only_the_page_somebody_looks_at(model: CaseModel, qtbot: QtBot) -> None:
    index = model.index(700, 0)
    assert index.data() == "…"
    with qtbot.waitSignal(model.dataChanged) as arrived:
        assert index.data(ROW_ROLE) is None
    first, last = arrived.args[0].row(), arrived.args[1].row()
    assert (first, last) == (640, 640 + PAGE - 1)
    assert index.data(Qt.ItemDataRole.DisplayRole) != "…"


def test_the_rows_are_in_order_without_gaps(model: CaseModel, qtbot: QtBot) -> None:
    for page in range(0, model.rowCount(), PAGE):
        if model.row(page) is None:
            with qtbot.waitSignal(model.dataChanged):
                pass
    keys = [model.key_at(place) for place in range(model.rowCount())]
    assert keys == sorted(keys, key=lambda key: -(key or 0))
    assert len(set(keys)) == CASES + 1


def test_forgets_pages_not_looked_at_for_long(
    model: CaseModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_model, "KEPT_PAGES", 2)
    for place in (300, 600, 900):
        with qtbot.waitSignal(model.dataChanged):
            assert model.row(place) is None
    assert model.row(900) is not None
    assert model.row(300) is None
    assert KEPT_PAGES * PAGE >= 2000  # in use: a few thousand rows at most, a screen many times over


def test_a_dragged_scroll_bar_asks_for_the_last_pages_only(model: CaseModel, qtbot: QtBot) -> None:
    with qtbot.waitSignals([model.dataChanged] * 3):
        for place in range(200, 1400, PAGE):
            model.row(place)
    assert model.row(1350) is not None
    assert model.row(200) is None


def test_knows_the_place_of_a_case(model: CaseModel) -> None:
    key = model.key_at(1234)
    assert key is not None
    assert model.place_of(key) == 1234
    assert model.place_of(1) is None


def test_an_answer_for_an_older_filter_is_dropped(ctx: Context, big_desk: Desk, qtbot: QtBot) -> None:
    ctx.desk = big_desk
    made = CaseModel(ctx)
    made.show(CaseFilter())
    made.show(CaseFilter(fraud=True))
    qtbot.waitUntil(lambda: made.has_keys)
    assert all(row is not None and row.fraud for row in map(made.row, range(min(5, made.rowCount()))))


def test_a_content_change_resets_nothing(model: CaseModel, big_desk: Desk, qtbot: QtBot) -> None:
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(1))
    row = model.row(0)
    assert row is not None
    edit_case(big_desk, row.number, {"remedy": "尽快答复"})
    with qtbot.waitSignal(model.dataChanged):
        model.reload()
    assert resets == []
