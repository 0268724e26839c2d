"""Rates, changes and ranks: the arithmetic of a month, without a desk."""

from __future__ import annotations

from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import OutletFigures, Part, Rate, change, largest, ranks, rises
from postal_desk.reports.words import Words


def part(code: str, received: int, previous: int = 0) -> Part:
    return Part(code, Label(code, code), received, previous=previous)


def test_rate_over_nothing_has_no_value() -> None:
    assert Rate(0, 0).value is None
    assert Rate(1, 3).value == 1 / 3


def test_state_post_bureau_quarter_gives_the_printed_percentages() -> None:
    """Universal service, third quarter of 2023: of 2,155 complaints 171 with responsibility, by category."""
    words = Words("zh_CN")
    printed = {803: "37.26%", 551: "25.57%", 425: "19.72%", 152: "7.05%", 93: "4.32%", 131: "6.08%"}
    assert sum(printed) == 2155
    assert {count: words.percent(Rate(count, 2155).value, 2) for count in printed} == printed
    assert words.percent(Rate(171, 2155).value, 2) == "7.94%"
    assert 34 + 48 + 63 + 14 + 8 + 4 == 171


def test_change_from_nothing_has_no_share() -> None:
    assert change(4, 0).share is None
    assert change(46, 50).difference == -4
    assert change(46, 50).share == -0.08


def test_equal_merits_share_a_rank_and_outlets_without_due_cases_have_none() -> None:
    rows = (
        OutletFigures("A", in_time=Rate(8, 8), satisfaction=Rate(5, 5)),
        OutletFigures("B", in_time=Rate(3, 3), satisfaction=Rate(2, 2)),
        OutletFigures("C", in_time=Rate(7, 8), overdue=1),
        OutletFigures("D"),
    )
    assert ranks(rows) == {"A": 1, "B": 1, "C": 3}


def test_fewer_overdue_cases_rank_before_satisfaction() -> None:
    rows = (
        OutletFigures("A", overdue=1, in_time=Rate(9, 10), satisfaction=Rate(1, 1)),
        OutletFigures("B", overdue=0, in_time=Rate(9, 10), satisfaction=Rate(1, 2)),
    )
    assert ranks(rows) == {"B": 1, "A": 2}


def test_rises_need_two_cases_and_come_largest_first() -> None:
    found = rises([part("01", 5, 4), part("02", 9, 4), part("03", 6, 4), part("04", 1, 8)])
    assert [each.code for each in found] == ["02", "03"]


def test_largest_leaves_out_what_received_nothing() -> None:
    assert [each.code for each in largest([part("01", 0), part("02", 2), part("03", 7)])] == ["03", "02"]
