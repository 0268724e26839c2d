"""Dates as clerks type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.sentences import Refusal
from postal_desk.domain.typed_dates import read_date

TODAY = date(2019, 7, 18)  # a Thursday
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "0702",
        "702",
        "7-2",
        "7.2",
        "7/2",
        "07-02",
        "7月2日",
        "7月2号",
        "７月２日",
        " 7 月 2 日 ",
        "2日",
        "2号",
        "2019/7/2",
        "2019-07-02",
        "2019.7.2",
        "2019年7月2日",
        "19-7-2",
        "20190702",
        "16天前",
        "16 days ago",
    ],
)
def test_one_day_in_many_writings(text: str) -> None:
    assert read_date(text, TODAY) == date(2019, 7, 2)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("今天", 0),
        ("昨天", -1),
        ("前天", -2),
        ("大前天", -3),
        ("明天", 1),
        ("后天", 2),
        ("today", 0),
        ("Yesterday", -1),
        ("tomorrow", 1),
        ("周四", 0),
        ("周三", -1),
        ("星期五", -6),
        ("礼拜天", -4),
        ("上周三", -8),
        ("上个星期日", -4),
        ("上上周三", -15),
        ("本周五", 1),
        ("下周一", 4),
        ("wed", -1),
        ("last wednesday", -8),
        ("this friday", 1),
    ],
)
def test_words_count_from_today(text: str, offset: int) -> None:
    assert read_date(text, TODAY) == TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("0718", date(2019, 7, 18), date(2019, 7, 18)),
        ("0719", date(2018, 7, 19), date(2019, 7, 19)),
        ("0717", date(2019, 7, 17), date(2020, 7, 17)),
        ("0229", date(2016, 2, 29), date(2020, 2, 29)),
        ("20日", date(2019, 6, 20), date(2019, 7, 20)),
        ("31日", date(2019, 5, 31), date(2019, 7, 31)),
        ("周三", date(2019, 7, 17), date(2019, 7, 24)),
    ],
)
def test_without_a_year_the_side_decides(text: str, past: date, future: date) -> None:
    assert read_date(text, TODAY) == past
    assert read_date(text, TODAY, future=True) == future


@given(DAYS, DAYS)
def test_a_full_date_means_itself(day: date, today: date) -> None:
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert read_date(text, today) == day


@given(DAYS, st.integers(0, 364))
def test_a_short_date_is_the_latest_such_day(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert read_date(f"{day:%m%d}", today) == day
    assert read_date(f"{day.month}月{day.day}日", today) == day


@given(DAYS, st.integers(0, 364))
def test_a_short_follow_up_date_is_the_next_such_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_date(f"{day.month}-{day.day}", today, future=True) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "0230",
        "1301",
        "2019-02-29",
        "32日",
        "00000000",
        "2019",
        "7",
        "周八",
        "mondayish",
        "1899-12-31",
        "20190702 9:00",
        "下下周一",
        "\ud83d",
    ],
)
def test_what_is_no_date_is_refused_with_the_forms_that_work(text: str) -> None:
    with pytest.raises(Refusal, match="write for example 0702"):
        read_date(text, TODAY)


@given(st.text(alphabet="0123456789-/.年月日号天前周上下一二三今昨 ", max_size=12), DAYS, st.booleans())
def test_no_text_breaks_the_reader(text: str, today: date, future: bool) -> None:
    try:
        found = read_date(text, today, future)
    except Refusal:
        return
    assert isinstance(found, date)
