"""Typed totals out of a simple table: one row a month, headings in the first row that names a month.

The table comes pasted from Excel or WPS (tabs), or from a file that somebody else has taken apart into cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postal_desk.domain.periods import Month
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.domain.text_rule import excerpt
from postal_desk.domain.typed_months import read_month
from postal_desk.domain.typed_totals import TypedTotal, make_total

MOST_ROWS = 600  # fifty years
_HEADS_WITHIN = 20  # rows above the headings: titles, the unit, blank lines

#: Headings as branches write them, compared without blanks, brackets and units.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "month": ("month", "月份", "月", "年月", "统计月份", "时间", "期间"),
    "received": (
        "received",
        "受理",
        "受理件数",
        "受理量",
        "受理总量",
        "收到",
        "登记",
        "登记件数",
        "来件",
        "总件数",
        "件数",
    ),
    "closed": ("closed", "办结", "办结件数", "办结量", "已办结", "结案"),
    "due": ("due", "repliesdue", "应办结", "应答复", "到期", "到期件数", "应办结件数"),
    "due_closed": ("dueclosed", "ofthosedueclosed", "到期已办结", "其中办结", "应办结中已办结"),
    "due_in_time": (
        "dueintime",
        "ofthosedueintime",
        "intime",
        "按期答复",
        "按时答复",
        "按期",
        "及时",
        "及时答复",
        "其中按期答复",
        "按期办结",
    ),
    "mean_days": ("meandays", "平均天数", "平均办理天数", "平均时长", "平均办结时长", "平均时限"),
    "asked": ("asked", "customersasked", "回访", "回访件数", "回访人数", "回访客户"),
    "satisfied": (
        "satisfied",
        "ofthoseaskedsatisfied",
        "满意",
        "满意件数",
        "满意人数",
        "其中满意",
        "满意及基本满意",
    ),
    "source": ("source", "来源", "依据", "出处", "备注"),
}
_KNOWN = {heading: name for name, headings in _HEADINGS.items() for heading in headings}
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]0?1(?:[T ]0?0:00(?::00)?)?")


@dataclass(frozen=True, slots=True)
class TotalTable:
    """What a table held: totals by month, and the headings that nobody here knows (their columns were left out)."""

    totals: tuple[TypedTotal, ...]
    unknown: tuple[str, ...] = ()


def cells_of(text: str) -> list[list[str]]:
    """The cells of a pasted text: tabs between cells, else commas."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    mark = "\t" if any("\t" in line for line in lines) else ","
    return [[cell.strip() for cell in line.split(mark)] for line in lines]


def read_totals(rows: Sequence[Sequence[str]], rules: Rules, this: Month) -> TotalTable:
    """Read a table. Months after ``this``, a month named twice and anything that is no number are refused by cell."""
    head, columns, unknown = _columns(rows, rules)
    found: dict[Month, TypedTotal] = {}
    for at, row in enumerate(rows[head + 1 :], head + 2):
        cells = {name: row[column].strip() for column, name in columns.items() if column < len(row)}
        written = cells.pop("month", "")
        if not written and not any(cells.values()):
            continue
        if _is_sum(written):
            continue
        if len(found) >= MOST_ROWS:
            raise Refusal(say("the table has more than {most} months; take fewer at a time", most=MOST_ROWS))
        month = _month(written, at, this)
        if month in found:
            raise _in_row(at, say("{month} stands in the table twice", month=month.label))
        found[month] = _total(month, cells, rules, at, rows[head], columns)
    if not found:
        raise Refusal(say("the table has headings but no month below them; add the rows and try again"))
    return TotalTable(tuple(found[month] for month in sorted(found)), unknown)


def _columns(rows: Sequence[Sequence[str]], rules: Rules) -> tuple[int, dict[int, str], tuple[str, ...]]:
    """Which row has the headings, what each column is, and which headings are not known."""
    names = {
        _bare(text): f"categories.{top.code}"
        for top in rules.top_categories()
        for text in (*top.name, top.code)
    }
    for at, row in enumerate(rows[:_HEADS_WITHIN]):
        columns = {
            column: name
            for column, cell in enumerate(row)
            if (name := _KNOWN.get(_bare(cell)) or names.get(_bare(cell)))
        }
        if "month" in columns.values() and len(columns) > 1:
            twice = [name for name in columns.values() if list(columns.values()).count(name) > 1]
            if twice:
                cells = tuple(row[column] for column, name in columns.items() if name == twice[0])
                raise _in_row(at + 1, say("the columns {names} mean the same; keep one", names=cells))
            unknown = tuple(cell for column, cell in enumerate(row) if cell.strip() and column not in columns)
            return at, columns, unknown
    raise Refusal(
        say(
            "no row of headings was found; the first row needs for example {names}",
            names=("月份", "受理", "办结", "应办结", "按期答复", "平均天数", "回访", "满意"),
        )
    )


def _bare(heading: str) -> str:
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", heading)).lower()
    return re.sub(r"[\s_:：、,./-]", "", text)


def _is_sum(written: str) -> bool:
    return _bare(written) in ("合计", "总计", "累计", "小计", "total", "sum")


def _month(written: str, row: int, this: Month) -> Month:
    text = written.removesuffix(".0")
    if found := _DAY.fullmatch(text):
        text = f"{found[1]}-{found[2]}"
    if not re.search(r"[0-9]{4}", text):
        raise _in_row(
            row,
            say(
                "“{text}” has no year; write the month like {example}",
                text=excerpt(written),
                example="2018-07",
            ),
        )
    try:
        return read_month(text, this)
    except Refusal as refusal:
        raise _in_row(row, refusal.sentence) from refusal


def _total(
    month: Month,
    cells: Mapping[str, str],
    rules: Rules,
    row: int,
    heads: Sequence[str],
    columns: Mapping[int, str],
) -> TypedTotal:
    values: dict[str, object] = {}
    categories: dict[str, str] = {}
    for name, cell in cells.items():
        group, _, code = name.partition(".")
        if code:
            categories[code] = cell.removesuffix(".0")
        else:
            values[group] = cell if group in ("mean_days", "source") else cell.removesuffix(".0")
    try:
        return make_total(
            month, {**values, "categories": categories}, [top.code for top in rules.top_categories()]
        )
    except FieldRefusal as refusal:
        column = next((heads[at] for at, name in columns.items() if name == refusal.path), refusal.path)
        raise Refusal(
            say(
                "row {row}, column “{column}”: {reason}",
                row=row,
                column=excerpt(column),
                reason=refusal.reason,
            )
        ) from refusal


def _in_row(row: int, reason: Sentence) -> Refusal:
    return Refusal(say("row {row}: {reason}", row=row, reason=reason))
