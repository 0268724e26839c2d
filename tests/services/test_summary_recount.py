"""A sample month counted a second time, case by case in Python, must give what the queries gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.domain.deadlines import ClockTable
from postal_desk.domain.periods import Month
from postal_desk.domain.summaries import Summary
from postal_desk.services.cases import read_cases
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.summaries import summary

JUNE = Month(2019, 6)
Dues = dict[str, tuple[date, date] | None]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("recount") / "desk"
    make_demo(path, cases=1500, months=16, until=Month(2019, 7))
    with open_desk(path, today=lambda: date(2019, 8, 2)) as desk:
        yield desk


@pytest.fixture(scope="module")
def cases(sample: Desk) -> list[Case]:
    return read_cases(sample, CaseFilter())


@pytest.fixture(scope="module")
def dues(sample: Desk, cases: list[Case]) -> Dues:
    table = ClockTable(sample.rules, sample.branch.code)
    return {case.number: table.reply_dues(case) for case in cases}


@pytest.fixture(scope="module")
def june(sample: Desk) -> Summary:
    return summary(sample, JUNE)


def in_june(day: date | None) -> bool:
    return day is not None and day in JUNE


def test_sample_month_is_no_empty_one(june: Summary) -> None:
    assert june.now.received > 20
    assert june.now.closed > 20
    assert june.overdue


def test_received_and_closed_by_category(june: Summary, cases: list[Case]) -> None:
    received = Counter(case.category[:2] for case in cases if case.opened_on in JUNE)
    closed = Counter(case.category[:2] for case in cases if in_june(case.closed_on))
    assert {part.code: part.received for part in june.by_category if part.received} == received
    assert {part.code: part.closed for part in june.by_category if part.closed} == closed
    assert (june.now.received, june.now.closed) == (received.total(), closed.total())


def test_open_and_overdue_at_the_end_of_the_month(june: Summary, cases: list[Case], dues: Dues) -> None:
    still_open = [
        case
        for case in cases
        if case.opened_on <= JUNE.last and (case.closed_on is None or case.closed_on > JUNE.last)
    ]
    overdue = {
        case.number
        for case in still_open
        if (due := dues[case.number])
        and due[0] < JUNE.last
        and (case.replied_on is None or case.replied_on > JUNE.last)
    }
    assert june.in_progress == len(still_open)
    assert {case.number for case in june.overdue_cases} == overdue
    assert june.overdue == len(overdue) == sum(row.overdue for row in june.by_outlet)


def test_rates_of_what_fell_due(june: Summary, cases: list[Case], dues: Dues) -> None:
    due = [(case, last[1]) for case in cases if (last := dues[case.number]) and last[1] in JUNE]
    in_time = sum(1 for case, day in due if case.replied_on and case.replied_on <= day)
    closed = sum(1 for case, _ in due if case.closed_on and case.closed_on <= JUNE.last)
    assert june.now.in_time.pair == (in_time, len(due))
    assert june.now.closing.pair == (closed, len(due))


def test_days_opinions_and_money(june: Summary, cases: list[Case]) -> None:
    closed = [case for case in cases if in_june(case.closed_on)]
    days = sum((case.closed_on - case.opened_on).days for case in closed if case.closed_on)
    asked = [case for case in closed if case.opinion not in ("", "not_asked")]
    positive = [case for case in asked if case.opinion in ("satisfied", "fairly_satisfied")]
    assert june.now.days == days
    assert june.now.satisfaction.pair == (len(positive), len(asked))
    paid = [
        (case.number, disposition.amount)
        for case in cases
        for disposition in case.dispositions
        if disposition.kind == "compensated" and in_june(disposition.on or case.closed_on)
    ]
    assert june.compensated == len({number for number, _ in paid})
    assert june.compensation == sum(amount for _, amount in paid if amount is not None)


def test_periods_beside_it_are_those_months_own_figures(sample: Desk, june: Summary) -> None:
    may = summary(sample, JUNE.previous)
    assert june.previous == may.now
    assert june.by_category[0].previous == may.by_category[0].received
    months = [summary(sample, Month(2019, month)).now for month in range(1, 7)]
    assert june.year_to_date.received == sum(month.received for month in months)
    assert june.year_to_date.closed == sum(month.closed for month in months)


def test_outlets_add_up_to_the_branch(june: Summary) -> None:
    assert sum(row.received for row in june.by_outlet) == june.now.received
    assert sum(row.closed for row in june.by_outlet) == june.now.closed
    assert sum(row.in_time.whole for row in june.by_outlet) == june.now.in_time.whole
    assert sum(row.praise for row in june.by_outlet) == june.praise
    assert all(row.trend[-1] == row.received for row in june.by_outlet)
