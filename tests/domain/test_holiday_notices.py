"""Reading pasted holiday notices and lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.holiday_notices import parse_notice, parse_pasted_holidays
from postal_desk.domain.rules import CalendarYear, Rules
from postal_desk.domain.sentences import Label, Refusal

WEEKDAYS = "一二三四五六日"


def runs(calendar: CalendarYear) -> list[tuple[date, date, Label]]:
    """The holidays as stretches of days with one name."""
    found: list[tuple[date, date, Label]] = []
    for day, name in calendar.holidays.items():
        if found and found[-1][1] == day - timedelta(days=1) and found[-1][2] == name:
            found[-1] = (found[-1][0], day, name)
        else:
            found.append((day, day, name))
    return found


def as_notice(calendar: CalendarYear) -> str:
    """The calendar in the sentences of a yearly notice."""
    lines = [f"经批准，现将{calendar.year}年元旦、春节等放假调休日期的安排通知如下。"]
    for first, last, name in runs(calendar):
        to = (
            ""
            if first == last
            else f"至{last.day}日"
            if first.month == last.month
            else f"至{last.month}月{last.day}日"
        )
        total = (last - first).days + 1
        lines.append(f"一、{name.zh}：{first.month}月{first.day}日{to}放假，共{total}天。")
    worked = [
        f"{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）" for day in sorted(calendar.working_days)
    ]
    if worked:
        lines.append("、".join(worked) + "上班。")
    return "\n".join([*lines, f"{calendar.year - 1}年11月4日"])


def as_list(calendar: CalendarYear) -> str:
    """The calendar as csv with a heading."""
    rows = [f"{first},{name.zh},放假" for first, last, name in runs(calendar) if first == last]
    rows += [f"{first}至{last},{name.zh},放假" for first, last, name in runs(calendar) if first != last]
    return "\r\n".join(["日期,名称,安排", *rows, *(f"{day},,上班" for day in sorted(calendar.working_days))])


@pytest.mark.parametrize("year", range(2018, 2027))
@pytest.mark.parametrize("written", [as_notice, as_list])
def test_every_shipped_year_reads_back(
    seed_rules: Rules, year: int, written: Callable[[CalendarYear], str]
) -> None:
    calendar = seed_rules.calendar[year]
    read = parse_pasted_holidays(written(calendar), year)
    assert read.working_days == calendar.working_days
    assert read.holidays == calendar.holidays


def holidays(text: str, year: int) -> list[str]:
    return [f"{day:%m%d}" for day in parse_pasted_holidays(text, year).holidays]


@pytest.mark.parametrize(
    ("text", "year", "days"),
    [
        ("元旦：1月1日放假1天。", 2027, ["0101"]),
        ("元旦：1月1日（周三）放假1天，不调休。", 2025, ["0101"]),
        ("一、元旦：\n１月１日放假，与周末连休。", 2018, ["0101"]),
        ("清明节：4 月 4 日（周五）至 6 日（周日）放假，共 3 天。", 2025, ["0404", "0405", "0406"]),
        ("劳动节：4月29日至5月1日放假调休，共3天。", 2018, ["0429", "0430", "0501"]),
        ("劳动节：5月1日、2日、3日放假。", 2027, ["0501", "0502", "0503"]),
        ("端午节 6月9日到10日休息", 2027, ["0609", "0610"]),
        ("2027-01-01 元旦 放假", 2027, ["0101"]),
        ("2027/2/6~2027/2/8 holiday", 2027, ["0206", "0207", "0208"]),
        ("2027-01-01 - 2027-01-03,元旦,休", 2027, ["0101", "0102", "0103"]),
        ("元旦：2026年12月31日至2027年1月2日放假", 2027, ["0101", "0102"]),
        ("元旦：12月31日至1月2日放假，共3天", 2027, ["0101", "0102"]),
    ],
)
def test_wordings_of_holidays(text: str, year: int, days: list[str]) -> None:
    assert holidays(text, year) == days


@pytest.mark.parametrize(
    "text",
    [
        "春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。",
        "春节：2月10日至17日放假，2月4日、18日补班",
        "调休上班日：2月4日和2月18日\n春节 2月10日至17日放假",
        "2024-02-10至2024-02-17 春节 放假\n2024-02-04 星期日 上班\n2024-02-18 make-up",
    ],
)
def test_wordings_of_make_up_days(text: str) -> None:
    read = parse_pasted_holidays(text, 2024)
    assert sorted(read.working_days) == [date(2024, 2, 4), date(2024, 2, 18)]
    assert len(read.holidays) == 8
    assert read.holidays[date(2024, 2, 10)] == Label("春节", "Spring Festival")


def test_two_holidays_in_one_heading_keep_both_names() -> None:
    read = parse_pasted_holidays("六、国庆节、中秋节：10月1日至8日放假调休，共8天。", 2025)
    assert read.holidays[date(2025, 10, 6)] == Label("国庆节、中秋节", "National Day and Mid-Autumn Festival")


def test_days_of_the_old_year_are_kept_apart_for_its_calendar() -> None:
    notice = parse_notice(
        "元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。", 2019
    )
    assert list(notice.calendar.holidays) == [date(2019, 1, 1)]
    before = notice.added_to(CalendarYear(2018, {}, frozenset(), Label("旧", "old")))
    assert list(before.holidays) == [date(2018, 12, 30), date(2018, 12, 31)]
    assert before.working_days == {date(2018, 12, 29)}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("元旦：1月1日放假\n春节：2月30日放假", 2, "there is no day"),
        ("元旦：1月1日放假\n\n春节：农历除夕起放假七天", 3, "can't be read as a day"),
        ("春节放假7天", 1, "can't be read as a day"),
        ("元旦：1月1日", 1, "doesn't say whether"),
        ("2027-01-01", 1, "doesn't say whether"),
        ("2月4日（星期六）上班", 1, "is no 星期六"),
        ("春节：2月10日至17日放假调休，共7天", 1, "says 7 days, but its dates make 8"),
        ("清明节：4月6日放假。4月6日上班", 1, "as a holiday and as a working day"),
        ("2月5日上班", 1, "no weekend day"),
        ("国务院办公厅关于2023年部分节假日安排的通知", 1, "notice of 2023, not of 2024"),
        ("2023-05-01 放假", 1, "is not in 2024"),
        ("17日放假", 1, "without its month"),
        ("春节：2月17日至10日放假", 1, "no holiday's length"),
        ("5月2日不放假", 1, "can't be read as a day"),
        ("2024-02-10,2024-02-17,春节,放假", 1, "write a range"),
    ],
)
def test_what_can_not_be_read_is_refused_by_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(Refusal, match=f"Line {line}, .*{reason}"):
        parse_pasted_holidays(text, 2024)


@pytest.mark.parametrize(
    "text", ["", "今年没有安排", "节假日期间，各单位要做好24小时值班。", "2023年10月25日"]
)
def test_a_text_without_holidays_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="names no holiday of 2024"):
        parse_pasted_holidays(text, 2024)


@given(st.text(alphabet="0123456789年月日至、，。：（）-/ 放假上班休元旦春节周六星期共天\n", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        read = parse_pasted_holidays(text, 2024)
    except Refusal:
        return
    assert all(day.year == 2024 for day in read.holidays)
    assert not read.working_days & read.holidays.keys()
