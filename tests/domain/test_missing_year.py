"""When the program reminds of a missing holiday notice."""

from __future__ import annotations

from datetime import date

import pytest

from postal_desk.domain.rules import CalendarYear
from postal_desk.domain.sentences import Label
from postal_desk.domain.workdays import missing_year


@pytest.mark.parametrize(
    ("today", "known", "missing"),
    [
        (date(2026, 11, 30), {2026}, None),
        (date(2026, 12, 1), {2026}, 2027),
        (date(2026, 12, 31), {2026, 2027}, None),
        (date(2027, 3, 1), {2026}, 2027),
        (date(2027, 12, 1), {2026}, 2027),
    ],
)
def test_next_year_is_missed_from_the_first_of_december(
    today: date, known: set[int], missing: int | None
) -> None:
    calendar = {year: CalendarYear(year, {}, frozenset(), Label("通知", "notice")) for year in known}
    assert missing_year(today, calendar) == missing
