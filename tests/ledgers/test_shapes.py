# ruff: noqa: E501  # the rows of a ledger are read better in one line each
"""Ledgers of differing shape: what a careful clerk would take over is taken over, and every row is accounted for.

Each shape holds the same two cases in its own way; :data:`_FIRST` and :data:`_SECOND` say what must come of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from tests.ledgers import making
from tests.ledgers.conftest import Ledgers

HEAD = ["序号", "受理日期", "来源", "投诉类型", "网点", "承办人", "用户姓名", "联系电话", "邮件号码", "投诉内容", "处理情况", "处理结果", "赔偿金额", "责任认定", "满意度", "办结日期", "备注"]  # fmt: skip
ONE = [1, date(2019, 7, 2), "电话", "投递延误", "船营投递部", "苏阳", "张建国", "13844445555", "XA24435342142", "挂号信十天未收到。", "7月3日联系投递员；7月5日投交用户", "已投交", None, "无责", "满意", date(2019, 7, 5), "重点客户"]  # fmt: skip
TWO = [2, date(2019, 7, 4), "12345", "内件短少", "松江支局", "赵敏", "欧阳兰", "0432-64501234", "1234567890123", "包裹内件少一双鞋。", "7月8日赔付用户", "赔偿", 50, "有责", "基本满意", date(2019, 7, 9), None]  # fmt: skip

Make = Callable[[Path], Path]


def changed(row: list[Any], **values: Any) -> list[Any]:
    names = dict(zip(["no", "opened", "channel", "category", "outlet", "handler", "name", "phone", "item", "text", "steps", "outcome", "amount", "responsible", "opinion", "closed", "note"], range(17), strict=True))  # fmt: skip
    row = list(row)
    for name, value in values.items():
        row[names[name]] = value
    return row


def dated(opened: Any, closed: Any) -> list[list[Any]]:
    """The two rows with their days written in some other way: functions of the day."""
    return [changed(row, opened=opened(row[1]), closed=closed(row[15])) for row in (ONE, TWO)]


def text_dates(form: str) -> list[list[Any]]:
    def write(day: date) -> str:
        return form.format(y=day.year, yy=day.year % 100, m=day.month, d=day.day)

    return dated(write, write)


def two_row_head(path: Path) -> Path:
    upper = ["序号", "受理日期", "来源", "投诉类型", "网点", "承办人", None, None, "邮件号码", "投诉内容", None, None, None, "责任认定", "满意度", "办结日期", "备注"]  # fmt: skip
    lower = [None] * 6 + ["姓名", "电话"] + [None] * 2 + ["处理情况", "处理结果", "赔偿金额"] + [None] * 4
    merged = [(0, 6, 0, 7, "用户"), (0, 10, 0, 12, "办理"), *((0, at, 1, at, upper[at]) for at in (0, 1, 2, 3, 4, 5, 8, 9, 13, 14, 15, 16))]  # fmt: skip
    blank = [None] * 17
    return making.xlsx(path, [blank, lower, ONE, TWO], merged=merged)


def titled(path: Path) -> Path:
    rows = [
        ["船营区分公司2019年客户投诉台账"],
        ["填报单位：船营区分公司", None, None, "填报人：苏阳"],
        [],
        HEAD,
        ONE,
        TWO,
    ]
    return making.xlsx(path, rows, merged=[(0, 0, 0, 16, "船营区分公司2019年客户投诉台账")])


def merged_dates(path: Path) -> Path:
    second = changed(TWO, opened=None, item="1234567890123")
    first = list(ONE)
    rows = [HEAD, first, second]
    return making.xlsx(path, rows, merged=[(1, 1, 2, 1, "2019-07-02")])


def month_and_day(path: Path) -> Path:
    head = ["序号", "年", "月", "日", *HEAD[2:]]
    rows = [[row[0], row[1].year, row[1].month, row[1].day, *row[2:]] for row in (ONE, TWO)]
    return making.xlsx(path, [head, *rows])


def english(path: Path) -> Path:
    head = ["No", "Date received", "Channel", "Category", "Office", "Handler", "Customer name", "Phone", "Tracking number", "Description", "Action taken", "Outcome", "Compensation", "Responsibility", "Satisfaction", "Closed on", "Remarks"]  # fmt: skip
    first = changed(
        ONE,
        channel="Telephone",
        responsible="Not responsible",
        opinion="Satisfied",
        outcome="Found and delivered",
    )
    second = changed(
        TWO,
        channel="12345 transfer",
        responsible="Responsible",
        opinion="Fairly satisfied",
        outcome="Compensated",
    )
    return making.xlsx(path, [head, first, second])


def reordered(path: Path) -> Path:
    order = [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    return making.xlsx(path, [[row[at] for at in order] for row in (HEAD, ONE, TWO)])


def without_headings(path: Path) -> Path:
    return making.xlsx(path, [ONE[1:], TWO[1:]] + [changed(ONE, no=3 + n)[1:] for n in range(0)])


def notes_below(path: Path) -> Path:
    rows = [HEAD, ONE, [], HEAD, TWO, ["合计", None, None, None, None, None, None, None, None, None, None, None, 50], ["注：本表由客服岗填报"], [None, None, "填表人：苏阳"]]  # fmt: skip
    return making.xlsx(path, rows)


def offset(path: Path) -> Path:
    return making.xlsx(path, [[], [], *([None, None, *row] for row in (HEAD, ONE, TWO))])


def person_in_one(path: Path) -> Path:
    def join(row: list[Any]) -> list[Any]:
        return [*row[:6], f"{row[6]} {row[7]}", *row[8:]]

    return making.xlsx(path, [[*HEAD[:6], "客户姓名及电话", *HEAD[8:]], join(ONE), join(TWO)])


def many_items(path: Path) -> Path:
    return making.xlsx(path, [HEAD, changed(ONE, item="XA24435342142、RA473124829CN"), TWO])


SHAPES: dict[str, tuple[str, Make]] = {
    "plain": ("xlsx", lambda p: making.xlsx(p, [HEAD, ONE, TWO])),
    "title lines": ("xlsx", titled),
    "two-row headings": ("xlsx", two_row_head),
    "table not in the corner": ("xlsx", offset),
    "columns in another order": ("xlsx", reordered),
    "english": ("xlsx", english),
    "notes, sums and repeated headings": ("xlsx", notes_below),
    "phones and items as numbers": ("xlsx", lambda p: making.xlsx(p, [HEAD, changed(ONE, phone=13844445555), changed(TWO, item=1234567890123)])),
    "days with dots": ("xlsx", lambda p: making.xlsx(p, [HEAD, *text_dates("{y}.{m}.{d}")])),
    "days in words": ("xlsx", lambda p: making.xlsx(p, [HEAD, *text_dates("{y}年{m}月{d}日")])),
    "two-digit years": ("xlsx", lambda p: making.xlsx(p, [HEAD, *text_dates("{yy}-{m}-{d}")])),
    "days without a year": ("xlsx", lambda p: making.xlsx(p, [HEAD, *text_dates("{m}月{d}日")], sheet="2019年")),
    "days as digits": ("xlsx", lambda p: making.xlsx(p, [HEAD, *text_dates("{y}{m:02}{d:02}")])),
    "days with the hour": ("csv", lambda p: making.csv(p, [HEAD, *dated(lambda d: d.isoformat(), lambda d: f"{d} 16:30")], "utf-8")),
    "serials of 1900": ("xlsx", lambda p: making.xlsx(p, [HEAD, *dated(lambda d: (d - date(1899, 12, 30)).days, lambda d: (d - date(1899, 12, 30)).days)])),
    "serials of 1904": ("xlsx", lambda p: making.xlsx(p, [HEAD, *dated(lambda d: (d - date(1904, 1, 1)).days, lambda d: d)], date1904=True)),
    "dates of 1904": ("xlsx", lambda p: making.xlsx(p, [HEAD, ONE, TWO], date1904=True)),
    "year, month, day in columns": ("xlsx", month_and_day),
    "american dates": ("csv", lambda p: making.csv(p, [HEAD, *text_dates("{m}/{d}/{y}"), changed(ONE, no=3, opened="7/29/2019", closed="7/30/2019", text="另一件")], "utf-8")),
    "name and phone in one cell": ("xlsx", person_in_one),
    "several items in a cell": ("xlsx", many_items),
    "empty tail": ("xlsx", lambda p: making.with_tail(p, [HEAD, ONE, TWO])),
    "hidden row": ("xlsx", lambda p: making.xlsx(p, [HEAD, ONE, TWO], hidden=[3])),
    "old binary": ("xls", lambda p: making.xls(p, [HEAD, ONE, TWO])),
    "old binary of 1904": ("xls", lambda p: making.xls(p, [HEAD, ONE, TWO], date1904=True)),
    "open document": ("ods", lambda p: making.ods(p, [HEAD, ONE, TWO], hidden=[3])),
    "csv in UTF-8": ("csv", lambda p: making.csv(p, [HEAD, ONE, TWO], "utf-8")),
    "csv with a mark": ("csv", lambda p: making.csv(p, [HEAD, ONE, TWO], "utf-8-sig")),
    "csv in GB 18030": ("csv", lambda p: making.csv(p, [HEAD, ONE, TWO], "gb18030")),
    "csv in UTF-16": ("txt", lambda p: making.csv(p, [HEAD, ONE, TWO], "utf-16", "\t")),
    "csv in UTF-16 without a mark": ("csv", lambda p: making.csv(p, [HEAD, ONE, TWO], "utf-16-le", ";")),
    "a workbook named csv": ("csv", lambda p: making.xlsx(p, [HEAD, ONE, TWO])),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_clerk_would_take_over_the_same(shape: str, tmp_path: Path, book: Ledgers, counted: Any) -> None:
    ending, make = SHAPES[shape]
    read = book.dry(make(tmp_path / f"台账.{ending}"))
    new, same, changed_, refused = counted(read)
    assert (same, changed_, refused) == (0, 0, 0), [
        str(r.reason) for rs in read.run.remarks.values() for r in rs
    ]
    assert new == (3 if shape == "american dates" else 2)
    book_cases(book, tmp_path / f"台账.{ending}", shape)


def book_cases(book: Ledgers, path: Path, shape: str) -> None:
    book.take(path)
    first, second = book.cases()[:2]
    check_first(first, shape)
    check_second(second)
    assert len(first.items) == (2 if shape == "several items in a cell" else 1)


def check_first(case: Case, shape: str) -> None:
    assert case.opened_on == date(2019, 7, 2)
    assert (case.channel, case.category, case.outlet, case.handler) == (
        "telephone",
        "02.delivery",
        "船营投递部",
        "苏阳",
    )
    assert (case.customer.name, case.customer.phone) == ("张建国", "13844445555")
    assert case.items[0].number == "XA24435342142"
    assert case.subject == "挂号信十天未收到"
    assert "挂号信十天未收到。" in case.narrative
    assert "重点客户" in case.narrative
    assert [(step.at, step.text) for step in case.steps] == [
        ("2019-07-03", "联系投递员"),
        ("2019-07-05", "投交用户"),
    ]
    assert [d.kind for d in case.dispositions] == ["found_and_delivered"]
    assert (case.responsibility, case.opinion) == ("not_responsible", "satisfied")
    assert (case.status, case.closed_on) == ("closed", date(2019, 7, 5))


def check_second(case: Case) -> None:
    assert case.opened_on == date(2019, 7, 4)
    assert (case.channel, case.category, case.outlet, case.handler) == (
        "hotline_12345",
        "03.contents_short",
        "松江支局",
        "赵敏",
    )
    assert (case.customer.name, case.customer.phone) == ("欧阳兰", "0432-64501234")
    assert [item.number for item in case.items] == ["1234567890123"]
    assert [(d.kind, d.amount) for d in case.dispositions] == [("compensated", Decimal("50.00"))]
    assert (case.responsibility, case.opinion) == ("responsible", "fairly_satisfied")
    assert case.closed_on == date(2019, 7, 9)
