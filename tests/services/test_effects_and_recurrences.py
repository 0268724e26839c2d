"""Effects, recurrences, accountability, errors and volumes over a desk with cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.error_records import ERROR_FORM
from postal_desk.domain.measure_json import parse_measure
from postal_desk.domain.measures import Measure
from postal_desk.domain.periods import Month
from postal_desk.domain.record_forms import parse_record
from postal_desk.domain.recurrences import Accountability
from postal_desk.domain.sentences import FieldRefusal
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk
from postal_desk.services.effects import effect_of_measure
from postal_desk.services.error_records import add_errors, edit_error, show_error
from postal_desk.services.measures import add_measures
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.services.problems import edit_problem, list_problems
from postal_desk.services.recurrences import (
    delete_accountability,
    edit_accountability,
    raise_accountability,
    recurrence_board,
    settle_accountability,
)
from postal_desk.services.undo import undo
from postal_desk.services.volumes import list_volumes, set_volume


@pytest.fixture
def counted(desk: Desk, make_case: Callable[..., Case]) -> Desk:
    """Ten complaints a month about delivery from January to March 2019, two a month from May to July."""
    plain = {"kind": "complaint", "category": "01.misdelivery", "outlet": "船营投递部"}
    cases = [
        make_case(**plain, opened_on=f"2019-{month:02d}-{day:02d}")
        for month, count in ((1, 10), (2, 10), (3, 10), (4, 6), (5, 2), (6, 2), (7, 2))
        for day in range(1, count + 1)
    ]
    add_cases(desk, cases)
    return desk


def measure(desk: Desk, **values: Any) -> Measure:
    plain = {
        "title": "按名址投递",
        "kind": "corrective",
        "problem": {"text": "错投", "found_on": "2019-04-01"},
        "category": "01",
        "in_force_on": "2019-04-10",
    }
    return parse_measure({**plain, **values}, desk.rules)


def test_effect_is_counted_from_the_desks_cases(counted: Desk) -> None:
    figures = effect_of_measure(counted, measure(counted, outlets=["船营投递部"]))
    assert figures is not None
    assert figures.verdict == "fell"
    assert [month.cases for month in figures.months] == [10, 10, 10, 6, 2, 2, 2]
    elsewhere = effect_of_measure(counted, measure(counted, category="02"))
    assert elsewhere is not None
    assert elsewhere.verdict == "too_few"
    assert effect_of_measure(counted, measure(counted, category="")) is None
    assert effect_of_measure(counted, measure(counted, in_force_on="2020-01-01")) is None


def test_rates_need_the_volume_of_every_month(counted: Desk) -> None:
    bound = measure(counted)
    for month in range(1, 8):
        set_volume(counted, Month(2019, month), 10_000 if month < 5 else 2_000)
    figures = effect_of_measure(counted, bound)
    assert figures is not None
    assert figures.by_items
    assert figures.verdict != "fell"  # fewer cases, of fewer items
    changed = set_volume(counted, Month(2019, 7), None)
    assert changed.volumes
    figures = effect_of_measure(counted, bound)
    assert figures is not None
    assert not figures.by_items
    assert changed.undo is not None
    undo(counted, changed.undo)
    assert list_volumes(counted)[(Month(2019, 7), "")] == 2_000


def test_board_counts_rolling_months_and_names_who_answers(counted: Desk) -> None:
    add_staff(counted, "孟庆国", position="delivery_head", outlet="船营投递部", joined_on=date(1998, 7, 1))
    against = add_measures(counted, [measure(counted, outlets=["船营投递部"])]).measures[0]
    board = recurrence_board(counted, date(2019, 8, 20))
    (row,) = board.rows
    assert (row.found.times, row.found.category, row.person) == (42, "01.misdelivery", "孟庆国")
    assert row.crossed
    assert row.calls
    assert [one.number for one in row.measures] == [against]
    assert board.since == date(2018, 8, 21)
    later = recurrence_board(counted, date(2020, 6, 1))
    assert later.rows[0].found.times == 3  # what came before June 2019 no longer counts


def test_accountability_answers_a_recurrence_until_it_is_deleted(counted: Desk) -> None:
    item = Accountability("苏阳", "船营投递部", "01.misdelivery", times=42, text="逐件复核")
    raised = raise_accountability(counted, item)
    number = raised.records[0][1]
    (row,) = recurrence_board(counted).rows
    assert (row.crossed, row.calls, row.person) == (True, False, "苏阳")
    settle_accountability(counted, number, "已复核，未再发生")
    with pytest.raises(FieldRefusal, match="result"):
        edit_accountability(counted, number, {"result": None})
    delete_accountability(counted, number)
    (row,) = recurrence_board(counted).rows
    assert row.calls


def test_clauses_recur_by_the_problems_on_record(desk: Desk) -> None:
    for day in (1, 9):
        found = {"text": "退件未登记", "found_on": f"2019-07-{day:02d}"}
        add_measures(desk, [measure(desk, category="", clause="第三十三条", problem=found)])
    assert recurrence_board(desk).rows == ()  # no outlet is named
    for view in list_problems(desk):
        edit_problem(desk, view.record.number, {"outlet": "船营投递部"})
    (row,) = recurrence_board(desk).rows
    assert (row.found.clause, row.found.times, row.crossed) == ("第三十三条", 2, False)
    assert len(row.measures) == 2


def test_only_a_rule_exempts_an_error(desk: Desk) -> None:
    add_outlet(desk, "河南街支局", kind="branch_office")
    add_staff(desk, "宋佳", position="counter_clerk", outlet="河南街支局", joined_on=date(2019, 6, 20))
    error = parse_record(
        ERROR_FORM, {"staff": "宋佳", "on": "2019-08-02", "text": "收寄信息录错"}, desk.rules
    )
    decided = {"decision": "exempted", "decided_by": "赵敏", "decided_on": date(2019, 8, 5)}
    saved = add_errors(desk, [replace(error, **decided)])
    view = show_error(desk, saved.records[0][1])
    assert (view.record.ground, view.exempt) == ("new_staff", True)
    late = replace(
        error, on=date(2019, 10, 1), decision="exempted", decided_by="赵敏", decided_on=date(2019, 10, 2)
    )
    with pytest.raises(FieldRefusal, match=r"decision: no rule exempts"):
        add_errors(desk, [late])
    number = add_errors(desk, [replace(error, staff="苏阳")]).records[0][1]
    with pytest.raises(FieldRefusal, match="苏阳 joined is not on record"):
        edit_error(desk, number, decided)
    with pytest.raises(FieldRefusal, match=r"staff: .*宋佳"):
        add_errors(desk, [replace(error, staff="宋嘉")])
