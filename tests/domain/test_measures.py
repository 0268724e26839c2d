"""How a measure moves, what finishing needs, when it is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from postal_desk.domain.measures import (
    Due,
    Effect,
    Measure,
    Problem,
    Recheck,
    check_move,
    finished,
    full_number,
    missing_for_finishing,
    months_later,
    rechecked,
)
from postal_desk.domain.sentences import FieldRefusal, Refusal

PLAIN = Measure(
    "统一检查标准", Problem("检查要求不一", found_on=date(2019, 10, 21)), "corrective", status="running"
)
PROVED = replace(PLAIN, evidence=("标准已印发",), effect=Effect("有效"))
DUE = replace(PLAIN, due=Due(on=date(2019, 11, 10)))


def test_finishing_names_all_that_is_missing() -> None:
    assert [str(sentence) for sentence in missing_for_finishing(PLAIN)] == [
        "evidence that it was carried out",
        "a verdict on the effect",
    ]
    with pytest.raises(Refusal, match=r"evidence.*verdict"):
        finished(PLAIN, date(2019, 11, 30))


def test_rechecks_appear_three_and_twelve_months_after_finishing() -> None:
    done = finished(PROVED, date(2019, 11, 30))
    assert (done.status, done.finished_on) == ("finished", date(2019, 11, 30))
    assert [check.due for check in done.rechecks] == [date(2020, 2, 29), date(2020, 11, 30)]


def test_finishing_replaces_planned_rechecks_and_keeps_those_done() -> None:
    seen = Recheck(date(2019, 11, 1), date(2019, 11, 2), "部分网点已统一")
    done = finished(replace(PROVED, rechecks=(seen, Recheck(date(2020, 1, 28)))), date(2019, 12, 31))
    assert done.rechecks == (seen, Recheck(date(2020, 3, 31)), Recheck(date(2020, 12, 31)))


def test_a_recheck_is_the_earliest_open_one_unless_its_day_is_given() -> None:
    done = finished(PROVED, date(2019, 11, 30))
    first = rechecked(done, date(2020, 3, 1), "仍然有效")
    assert first.rechecks[0] == Recheck(date(2020, 2, 29), date(2020, 3, 1), "仍然有效")
    assert first.rechecks[1].done_on is None
    last = rechecked(done, date(2020, 12, 1), "仍然有效", date(2020, 11, 30))
    assert last.rechecks[0].done_on is None
    with pytest.raises(FieldRefusal, match=r"due: .*2020-02-29, 2020-11-30"):
        rechecked(done, date(2020, 12, 1), "仍然有效", date(2020, 5, 1))


def test_a_recheck_is_not_before_the_finishing() -> None:
    with pytest.raises(FieldRefusal, match="done_on"):
        rechecked(finished(PROVED, date(2019, 11, 30)), date(2019, 11, 29), "有效")


def test_without_an_open_recheck_none_can_be_done() -> None:
    with pytest.raises(Refusal, match="no open re-check"):
        rechecked(PLAIN, date(2019, 12, 1), "有效")


@pytest.mark.parametrize(
    ("old", "new"), [("planned", "running"), ("finished", "running"), ("withdrawn", "planned")]
)
def test_allowed_moves(old: str, new: str) -> None:
    check_move(old, new)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("running", "finished", "finish it"), ("finished", "planned", "running, withdrawn")],
)
def test_refused_moves_say_what_to_do(old: str, new: str, word: str) -> None:
    with pytest.raises(Refusal, match=word):
        check_move(old, new)


@pytest.mark.parametrize(
    ("measure", "on", "overdue"),
    [
        (DUE, date(2019, 11, 10), False),
        (DUE, date(2019, 11, 11), True),
        (DUE, date(2019, 10, 20), False),
        (replace(DUE, status="withdrawn"), date(2019, 12, 1), False),
        (replace(DUE, status="finished", finished_on=date(2019, 12, 5)), date(2019, 12, 1), True),
        (replace(DUE, status="finished", finished_on=date(2019, 12, 5)), date(2019, 12, 5), False),
        (replace(PLAIN, due=Due(at_once=True)), date(2029, 1, 1), False),
    ],
)
def test_overdue_is_a_day_that_passed_unfinished(measure: Measure, on: date, overdue: bool) -> None:
    assert measure.overdue(on) is overdue


def test_months_later_ends_with_a_shorter_month() -> None:
    assert months_later(date(2019, 11, 30), 3) == date(2020, 2, 29)
    assert months_later(date(2020, 2, 29), 12) == date(2021, 2, 28)


def test_numbers_are_understood_short_and_full_width() -> None:
    assert full_number("m-2019-0003", "220204B") == "220204B-M-2019-0003"
    assert full_number("２２０２０４-M-2019-0003", "220100") == "220204-M-2019-0003"
    with pytest.raises(Refusal, match="220204-M-2019-0003"):
        full_number("220204-2019-07-0003", "220204")
