"""What a figure opens is what it counts: every figure of a sample month against the list behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from postal_desk.domain.periods import Month
from postal_desk.domain.summaries import Summary
from postal_desk.services.case_lists import count_cases
from postal_desk.services.cases import add_cases
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.summaries import summary
from postal_desk.services.summary_cases import FIGURES, Figure, cases_behind

JUNE = Month(2019, 6)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with two years of sample cases."""
    path = tmp_path_factory.mktemp("figures") / "desk"
    make_demo(path, cases=400, months=24, until=Month(2019, 7))
    with open_desk(path) as desk:
        yield desk


@pytest.fixture(scope="module")
def june(sample: Desk) -> Summary:
    return summary(sample, JUNE)


def behind(desk: Desk, figure: Figure, month: Month = JUNE) -> int:
    """How many cases the list behind a figure has."""
    found = cases_behind(desk, month, figure)
    return count_cases(desk, found).total if found is not None else 0


def test_figures_of_the_branch_open_the_cases_they_count(sample: Desk, june: Summary) -> None:
    counted = {
        "received": june.now.received,
        "closed": june.now.closed,
        "due": june.now.in_time.whole,
        "late": june.now.in_time.whole - june.now.in_time.part,
        "asked": june.now.satisfaction.whole,
        "in_progress": june.in_progress,
        "overdue": june.overdue,
        "repeated": june.repeated,
        "praise": june.praise,
        "compensated": june.compensated,
        "fraud_prevented": june.fraud_prevented,
    }
    assert {name: behind(sample, Figure(name)) for name in counted} == counted
    assert counted.keys() == {*FIGURES} - {"recurrence"}
    assert all(counted[name] for name in ("received", "closed", "due", "asked", "in_progress"))


def test_figures_of_an_outlet_open_the_cases_they_count(sample: Desk, june: Summary) -> None:
    for row in june.by_outlet:
        counted = {
            "received": row.received,
            "closed": row.closed,
            "overdue": row.overdue,
            "due": row.in_time.whole,
            "asked": row.satisfaction.whole,
        }
        assert {name: behind(sample, Figure(name, row.outlet)) for name in counted} == counted, row.outlet


def test_recurrences_open_the_cases_that_came_back(sample: Desk, june: Summary) -> None:
    found = [(row.outlet, again) for row in june.by_outlet for again in row.recurrences]
    assert found
    for outlet, again in found:
        assert behind(sample, Figure("recurrence", outlet, again.category)) == again.times


def test_categories_open_the_cases_they_count(sample: Desk, june: Summary) -> None:
    counted = {part.code: part.received for part in june.by_category if part.received}
    assert counted
    assert {code: behind(sample, Figure("received", category=code)) for code in counted} == counted


def test_cases_without_an_outlet_are_a_line_of_their_own(desk: Desk, make_case: Any) -> None:
    add_cases(desk, [make_case(), make_case(outlet="船营投递部")])
    july = Month(2019, 7)
    assert [row.outlet for row in summary(desk, july).by_outlet] == ["船营投递部", ""]
    assert behind(desk, Figure("received", ""), july) == 1
    assert cases_behind(desk, july, Figure("closed", "")) is None


def test_a_running_month_opens_the_list_of_today(desk: Desk, make_case: Any) -> None:
    add_cases(desk, [make_case(opened_on="2019-08-05")])
    found = cases_behind(desk, Month(2019, 8), Figure("in_progress"))
    assert found is not None
    assert not found.numbers
    assert count_cases(desk, found).total == 1
