"""Months as people type them."""

from __future__ import annotations

import pytest

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.typed_months import read_month

AUGUST = Month(2019, 8)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("7", (2019, 7)),
        ("07", (2019, 7)),
        ("７月", (2019, 7)),
        ("9", (2018, 9)),
        ("2019-7", (2019, 7)),
        ("2019/07", (2019, 7)),
        ("19.7", (2019, 7)),
        ("201907", (2019, 7)),
        ("2019年7月", (2019, 7)),
        (" 2018 年 12 月 ", (2018, 12)),
        ("上月", (2019, 7)),
        ("last month", (2019, 7)),
        ("本月", (2019, 8)),
        ("July 2019", (2019, 7)),
        ("jul", (2019, 7)),
        ("Dec", (2018, 12)),
    ],
)
def test_a_month_is_understood(typed: str, month: tuple[int, int]) -> None:
    assert read_month(typed, AUGUST) == Month(*month)


@pytest.mark.parametrize(
    "typed", ["", "13", "0", "2019-13", "1899-7", "July the 4th", "juliet", "七月", "2019"]
)
def test_anything_else_is_refused_with_the_forms_that_work(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_month(typed, AUGUST)
    assert "2019-7" in str(refused.value)


def test_a_month_to_come_is_refused() -> None:
    with pytest.raises(Refusal, match="September 2019 has not begun yet"):
        read_month("2019-9", AUGUST)
