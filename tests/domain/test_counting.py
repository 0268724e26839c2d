"""Counting a limit to its last day, and the reasons given for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.counting import count, due
from postal_desk.domain.rules import CalendarYear, ClockRule, Rules
from postal_desk.domain.sentences import Label, Refusal
from postal_desk.domain.workdays import is_working_day

NAME = Label("时限", "clock")
STARTS = st.dates(date(2009, 10, 1), date(2090, 1, 1))


def rule(limit: int, unit: str, **more: object) -> ClockRule:
    return replace(ClockRule("clock", NAME, limit, unit, "inquiry", NAME, "law"), **more)


@pytest.mark.parametrize(
    ("clock", "start", "variant", "end"),
    [
        ("inquiry_window", date(2018, 7, 2), "", date(2019, 7, 2)),
        ("inquiry_window", date(2019, 2, 28), "", date(2020, 2, 28)),
        ("inquiry_window", date(2020, 2, 29), "", date(2021, 3, 1)),  # ends 2021-02-28, a Sunday
        ("inquiry_window", date(2019, 7, 2), "international", date(2019, 12, 30)),  # 180th day is a Sunday
        ("inquiry_window", date(2018, 7, 2), "remote", date(2019, 7, 2)),
        ("inquiry_reply", date(2019, 7, 2), "", date(2019, 8, 1)),
        ("inquiry_reply", date(2019, 7, 2), "international", date(2019, 9, 2)),  # 60th day is a Saturday
        ("inquiry_reply", date(2019, 7, 2), "remote", date(2019, 9, 2)),
        ("inquiry_reply", date(2019, 9, 1), "", date(2019, 10, 8)),  # ends in the National Day holiday
        ("remittance_inquiry_reply", date(2019, 7, 2), "", date(2019, 7, 22)),
        ("express_complaint", date(2019, 7, 2), "", date(2019, 7, 9)),
        ("postal_complaint", date(2019, 7, 2), "", date(2019, 7, 11)),
        ("postal_complaint", date(2019, 9, 27), "", date(2019, 10, 12)),  # a Sunday and a Saturday made up
        ("appeal_possible", date(2019, 7, 2), "", date(2019, 7, 9)),
        ("appeal_report", date(2019, 12, 2), "", date(2019, 12, 17)),
        ("appeal_report", date(2020, 1, 2), "", date(2020, 1, 13)),  # the 10th day is a Sunday
        ("dead_letter", date(2018, 8, 31), "", date(2019, 2, 28)),  # no 31 February
    ],
)
def test_shipped_clocks(seed_rules: Rules, clock: str, start: date, variant: str, end: date) -> None:
    assert due(seed_rules, clock, start, variant).due == end


def test_provinces_count_their_own_working_days(seed_rules: Rules) -> None:
    days = {
        code: due(seed_rules, "postal_complaint", date(2019, 7, 2), division=code).rule.limit
        for code in ("220204", "410102", "500101", "")
    }
    assert days == {"220204": 7, "410102": 5, "500101": 30, "": 7}


@given(start=STARTS, limit=st.integers(1, 400))
def test_days_end_that_many_days_on_or_on_the_next_working_day(
    seed_rules: Rules, start: date, limit: int
) -> None:
    counted = count(rule(limit, "days"), start, seed_rules.calendar)
    assert counted.period_end == start + timedelta(days=limit)
    between = [
        counted.period_end + timedelta(days=n) for n in range((counted.end.day - counted.period_end).days)
    ]
    assert not any(is_working_day(day, seed_rules.calendar) for day in between)
    assert is_working_day(counted.end.day, seed_rules.calendar)


@given(start=STARTS, limit=st.integers(1, 40))
def test_months_end_on_the_corresponding_day_or_at_the_months_end(
    seed_rules: Rules, start: date, limit: int
) -> None:
    end = count(rule(limit, "months"), start, seed_rules.calendar).period_end
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == limit
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(start=STARTS, limit=st.integers(1, 5))
def test_a_year_is_twelve_months(seed_rules: Rules, start: date, limit: int) -> None:
    years = count(rule(limit, "years"), start, seed_rules.calendar)
    assert years == count(rule(12 * limit, "months"), start, seed_rules.calendar)


@given(
    start=STARTS, later=st.integers(0, 30), unit=st.sampled_from(["days", "working_days", "months", "years"])
)
def test_a_later_start_never_ends_earlier(seed_rules: Rules, start: date, later: int, unit: str) -> None:
    ends = [count(rule(2, unit), start + timedelta(days=n), seed_rules.calendar).end.day for n in (0, later)]
    assert ends[0] <= ends[1]


def sentences(rules: Rules, clock: str, start: date) -> list[str]:
    return [str(sentence) for sentence in due(rules, clock, start).why]


def test_why_names_rule_start_count_rest_days_law_and_source(seed_rules: Rules) -> None:
    assert sentences(seed_rules, "postal_complaint", date(2019, 9, 27)) == [
        "Postal complaint: 7 working days, from the day of the complaint.",
        "Start: 2019-09-27. It is not counted; counting begins on 2019-09-28.",
        "7 working days counted; the last is 2019-10-12.",
        "Skipped, weekend: 2019-09-28.",
        "Skipped, National Day: 2019-10-01, 2019-10-02, 2019-10-03, 2019-10-04, 2019-10-05, 2019-10-06, 2019-10-07.",
        "Weekend days that are working days by the notice: 2019-09-29, 2019-10-12.",
        "Counted by: General Provisions of the Civil Law (2017), articles 201–203.",
        "Source: a city postal bureau's notice of 2015; provinces differ (official notice).",
    ]


def test_why_tells_of_a_moved_end(seed_rules: Rules) -> None:
    told = sentences(seed_rules, "inquiry_reply", date(2019, 9, 1))
    assert "2019-10-01 is a rest day, so the end moves to the next working day, 2019-10-08." in told


def test_why_tells_of_a_month_without_the_day(seed_rules: Rules) -> None:
    told = sentences(seed_rules, "dead_letter", date(2018, 8, 31))
    assert "The last month has no corresponding day; the period ends at the month's end, 2019-02-28." in told


@pytest.mark.parametrize(
    ("start", "law"), [(date(2020, 12, 31), "General Provisions"), (date(2021, 1, 1), "Civil Code")]
)
def test_the_counting_law_is_that_of_the_start(seed_rules: Rules, start: date, law: str) -> None:
    assert any(law in sentence for sentence in sentences(seed_rules, "inquiry_reply", start))


def test_a_year_without_calendar_is_told(seed_rules: Rules) -> None:
    found = due(seed_rules, "postal_complaint", date(2035, 7, 2))
    assert not found.calendar_complete
    assert any("No holiday calendar on file for 2035" in str(sentence) for sentence in found.why)
    assert due(seed_rules, "postal_complaint", date(2019, 7, 2)).calendar_complete


def test_a_make_up_day_can_end_a_period(seed_rules: Rules) -> None:
    calendar = {2030: CalendarYear(2030, {}, frozenset({date(2030, 6, 1)}), NAME)}  # a Saturday
    assert count(rule(30, "days"), date(2030, 5, 2), calendar).end.day == date(2030, 6, 1)


@pytest.mark.parametrize(
    ("clock", "start", "variant", "reason"),
    [
        ("tea_break", date(2019, 7, 2), "", "no clock “tea_break”.*inquiry_window"),
        ("inquiry_reply", date(2019, 7, 2), "lunar", "no variant “lunar”.*remote"),
        ("inquiry_reply", date(1999, 7, 2), "", "holds on 1999-07-02"),
        ("inquiry_reply", date(9999, 12, 31), "", "too far in the future"),
        ("inquiry_window", date(9999, 1, 1), "", "too far in the future"),
        ("postal_complaint", date(9999, 12, 30), "", "too far in the future"),
    ],
)
def test_what_can_not_be_counted_is_refused(
    seed_rules: Rules, clock: str, start: date, variant: str, reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        due(seed_rules, clock, start, variant)


def test_a_rule_of_the_closest_region_wins(seed_rules: Rules) -> None:
    own = rule(3, "days", clock="c", regions=("2202",))
    rules = replace(
        seed_rules, clocks=(rule(7, "days", clock="c"), rule(5, "days", clock="c", regions=("22",)), own)
    )
    assert due(rules, "c", date(2019, 7, 2), division="220204").rule is own
    assert due(rules, "c", date(2019, 7, 2), division="220381").rule.limit == 5
    assert due(rules, "c", date(2019, 7, 2)).rule.limit == 7


def test_the_rule_is_that_of_the_start_day(seed_rules: Rules) -> None:
    old = rule(7, "days", valid_to=date(2019, 12, 31))
    rules = replace(seed_rules, clocks=(old, rule(10, "days", valid_from=date(2020, 1, 1))))
    assert due(rules, "clock", date(2019, 12, 31)).rule.limit == 7
    assert due(rules, "clock", date(2020, 1, 1)).rule.limit == 10
