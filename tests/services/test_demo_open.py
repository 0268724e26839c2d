"""The sample desk's open cases: many of the newest week, few after six, in every open state, some overdue for long."""

from __future__ import annotations

from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month, months_until
from postal_desk.domain.status_groups import OPEN_STATES
from postal_desk.services.demo import make_demo, sample_grammar
from postal_desk.services.demo_cases import CaseMaker, Place
from postal_desk.services.desk import open_desk
from postal_desk.services.month_checks import check_month
from postal_desk.services.today import today

JULY = Month(2019, 7)
DAY = JULY.last


def made(count: int) -> list[Case]:
    places = [Place("船营投递部", 2, 1.0, ("苏阳", "郭立新")), Place("河南街支局", 1, 0.8, ("宋佳",))]
    maker = CaseMaker(sample_grammar(), places, "220204", 1, DAY)
    return list(maker.cases(count, months_until(JULY, 14)))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return made(3000)


@pytest.mark.parametrize(
    ("first", "last", "least", "most"),
    [
        (0, 6, 0.6, 0.9),
        (7, 13, 0.35, 0.65),
        (14, 27, 0.1, 0.35),
        (28, 45, 0.01, 0.12),
        (46, 400, 0.002, 0.03),
    ],
)
def test_the_older_the_fewer_are_open(
    cases: list[Case], first: int, last: int, least: float, most: float
) -> None:
    of_age = [one for one in cases if first <= (DAY - one.opened_on).days <= last]
    assert least <= sum(one.is_open for one in of_age) / len(of_age) <= most


def test_every_open_state_is_there_and_has_what_it_needs(cases: list[Case]) -> None:
    left = [one for one in cases if one.is_open]
    assert {one.status for one in left} == OPEN_STATES
    for one in left:
        assert one.closed_on is None
        assert (one.answered_on is not None) == (one.status in ("answered", "reopened"))
        assert (one.accepted_on is None) == (one.status == "registered")
        assert all(step.day <= DAY for step in one.steps)
        assert [step.at for step in one.steps] == sorted(step.at for step in one.steps)
        if one.status in ("waiting", "escalated", "reopened"):
            assert one.steps[-1].status == one.status
        if one.status == "waiting":
            assert one.steps[-1].follow_up_on is not None


def test_the_same_arguments_leave_the_same_cases_open(cases: list[Case]) -> None:
    assert made(3000) == cases


def test_a_small_desk_has_open_and_overdue_cases_and_no_contradiction(tmp_path: Path) -> None:
    month = JULY.plus(2)  # in which the story is over
    make_demo(tmp_path / "desk", cases=150, months=6, until=month)
    with open_desk(tmp_path / "desk", today=lambda: month.next.first) as desk:
        assert today(desk).counts["overdue"] >= 2
        assert not [one for one in check_month(desk, month) if one.kind in ("case", "claim")]
