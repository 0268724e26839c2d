"""How documents write numbers, days and lists in either language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import Rate
from postal_desk.reports.words import Words, chinese_number

ZH, EN = Words("zh_CN"), Words("en")


def test_days_have_no_leading_zeros() -> None:
    assert ZH.day(date(2019, 7, 2)) == "2019年7月2日"
    assert EN.day(date(2019, 7, 2)) == "2 July 2019"
    assert ZH.short_day(date(2019, 7, 2)) == "7月2日"


def test_nothing_to_divide_by_prints_a_dash() -> None:
    assert ZH.rate(Rate(0, 0)) == EN.cell_rate(Rate(0, 0)) == EN.percent(None) == ZH.mean(None) == "—"


def test_counts_stand_beside_percentages() -> None:
    assert ZH.rate(Rate(41, 42)) == "97.6%（41/42）"
    assert EN.rate(Rate(41, 42)) == "97.6% (41/42)"


def test_one_case_is_singular() -> None:
    assert (EN.cases(1), EN.cases(2), ZH.cases(1)) == ("1 case", "2 cases", "1件")


def test_lists_end_as_the_language_has_it() -> None:
    assert EN.listed(["a", "b", "c"]) == "a, b and c"
    assert ZH.listed(["甲", "乙", "丙"]) == "甲、乙、丙"


def test_names_inside_a_sentence_lose_their_capital_but_abbreviations_do_not() -> None:
    assert EN.kind(Label("延误", "Delay")) == "delay"
    assert EN.kind(Label("投诉电话", "12305 transfer")) == "12305 transfer"
    assert EN.kind(Label("特快", "EMS")) == "EMS"


def test_money_has_two_digits() -> None:
    assert ZH.money(Decimal("25.2")) == "25.20元"


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_chinese_numerals(number: int, written: str) -> None:
    assert chinese_number(number) == written


def test_months() -> None:
    july = Month(2019, 7)
    assert (ZH.month(july), EN.month(july), ZH.month_tick(july), EN.month_tick(july)) == (
        "2019年7月",
        "July 2019",
        "7月",
        "Jul",
    )


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        Words("fr")
