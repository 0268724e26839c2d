"""What a superior's form can ask for: each placeholder with its two names, and its value from a month's figures.

A placeholder is ``{{received}}`` or ``{{受理}}``; one with a dot belongs to a list (``{{outlet.name}}``,
``{{网点.名称}}``) and repeats the table row, or the paragraph, that it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from postal_desk.domain.month_ranges import first_month, last_month
from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import Part, Rate, Summary, change, ranks
from postal_desk.reports.monthly import HandIn, unit_name
from postal_desk.reports.monthly_parts import recorded
from postal_desk.reports.words import NONE, Words, words_for

Value: TypeAlias = str | int | float | Decimal | Rate | date | None


@dataclass(frozen=True, slots=True)
class Source:
    """What values are taken from."""

    summary: Summary
    hand_in: HandIn
    words: Words


@dataclass(frozen=True, slots=True)
class Filling:
    """The values of one month: single ones and lists, by their English names."""

    single: Mapping[str, Value]
    lists: Mapping[str, Sequence[Mapping[str, Value]]]


def _growth(now: int, before: int, known: bool) -> float | None:
    return change(now, before).share if known else None


_Get: TypeAlias = Callable[[Source], Value]
#: English name → (Chinese name, value)
SINGLE: dict[str, tuple[str, _Get]] = {
    "branch": ("单位", lambda of: unit_name(of.summary.branch, of.words)),
    "month": ("月份", lambda of: of.words.month(of.summary.month)),
    "year": ("年", lambda of: last_month(of.summary.month).year),
    "month_number": ("月", lambda of: last_month(of.summary.month).month),
    "first_day": ("起始日期", lambda of: first_month(of.summary.month).first),
    "as_of": ("截至日期", lambda of: of.summary.as_of),
    "received": ("受理", lambda of: of.summary.now.received),
    "closed": ("办结", lambda of: of.summary.now.closed),
    "in_progress": ("在办", lambda of: of.summary.in_progress),
    "overdue": ("逾期", lambda of: of.summary.overdue),
    "due": ("应答复", lambda of: of.summary.now.in_time.whole),
    "due_in_time": ("按期答复", lambda of: of.summary.now.in_time.part),
    "due_closed": ("应答复已办结", lambda of: of.summary.now.closing.part),
    "closing_rate": ("办结率", lambda of: of.summary.now.closing),
    "in_time_rate": ("按期率", lambda of: of.summary.now.in_time),
    "mean_days": ("平均天数", lambda of: of.summary.now.mean_days),
    "asked": ("回访", lambda of: of.summary.now.satisfaction.whole),
    "satisfied": ("满意", lambda of: of.summary.now.satisfaction.part),
    "satisfaction_rate": ("满意率", lambda of: of.summary.now.satisfaction),
    "accepted_same_day_rate": ("当日受理率", lambda of: of.summary.acknowledged),
    "closed_first_time_rate": ("一次办结率", lambda of: of.summary.closed_first_time),
    "repeated": ("重复", lambda of: of.summary.repeated),
    "praise": ("表扬", lambda of: of.summary.praise),
    "fraud_prevented": ("防诈", lambda of: of.summary.fraud_prevented),
    "compensated": ("赔偿件数", lambda of: of.summary.compensated),
    "compensation": ("赔偿金额", lambda of: of.summary.compensation),
    "previous_received": ("上期受理", lambda of: of.summary.previous.received),
    "previous_closed": ("上期办结", lambda of: of.summary.previous.closed),
    "last_year_received": ("同期受理", lambda of: of.summary.last_year.received),
    "last_year_closed": ("同期办结", lambda of: of.summary.last_year.closed),
    "received_change": (
        "受理环比",
        lambda of: _growth(
            of.summary.now.received, of.summary.previous.received, recorded(of.summary.previous)
        ),
    ),
    "received_change_year": (
        "受理同比",
        lambda of: _growth(
            of.summary.now.received, of.summary.last_year.received, recorded(of.summary.last_year)
        ),
    ),
    "year_received": ("累计受理", lambda of: of.summary.year_to_date.received),
    "year_closed": ("累计办结", lambda of: of.summary.year_to_date.closed),
    "measures_new": ("新增措施", lambda of: of.summary.measures.new),
    "measures_due": ("到期措施", lambda of: of.summary.measures.due),
    "measures_finished": ("完成措施", lambda of: of.summary.measures.finished),
    "measures_overdue": ("逾期措施", lambda of: of.summary.measures.overdue),
    "typed": ("录入说明", lambda of: of.words.t("typed") if of.summary.typed else ""),
    "unit": ("填报单位", lambda of: of.hand_in.unit or unit_name(of.summary.branch, of.words)),
    "prepared_by": ("填报人", lambda of: of.hand_in.prepared_by),
    "approved_by": ("审核人", lambda of: of.hand_in.approved_by),
    "telephone": ("联系电话", lambda of: of.hand_in.telephone),
    "serial_number": ("编号", lambda of: of.hand_in.serial_number),
    "submitted_to": ("报送单位", lambda of: of.hand_in.submitted_to),
    "reported_on": ("报送日期", lambda of: of.hand_in.reported_on),
}

_COMMON = {"number": "序号", "name": "名称", "received": "受理", "closed": "办结", "overdue": "逾期"}
#: English name → (Chinese name, its fields: English → Chinese)
LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "category": (
        "类别",
        {
            **_COMMON,
            "code": "代码",
            "previous": "上期",
            "last_year": "同期",
            "responsible": "有责",
            "share": "占比",
        },
    ),
    "kind": ("性质", _COMMON),
    "channel": ("渠道", _COMMON),
    "business": ("业务", _COMMON),
    "outlet": (
        "网点",
        {**_COMMON, "in_time": "按期率", "satisfaction": "满意率", "rank": "名次", "praise": "表扬"},
    ),
    "late": (
        "逾期件",
        {
            "number": "序号",
            "case": "编号",
            "category": "类别",
            "outlet": "网点",
            "handler": "承办人",
            "due": "到期日期",
            "days": "逾期天数",
        },
    ),
    "typical": ("典型案例", {"number": "序号", "case": "编号", "subject": "事由", "narrative": "经过"}),
    "trend": ("走势", {"number": "序号", "month": "月份", "received": "受理", "closed": "办结"}),
}

#: Every name as it may be written → (list or "", field), English.
NAMES: dict[str, tuple[str, str]] = {
    **{written: ("", name) for name, (chinese, _get) in SINGLE.items() for written in (name, chinese)},
    **{
        f"{list_name}.{field_name}": (group, field)
        for group, (chinese, fields) in LISTS.items()
        for list_name in (group, chinese)
        for field, field_chinese in fields.items()
        for field_name in (field, field_chinese)
    },
}


def names_in(language: str) -> list[tuple[str, str]]:
    """Every placeholder as it is written in one language, with the same one in the other, in order."""
    pairs = [(name, chinese) for name, (chinese, _get) in SINGLE.items()]
    for group, (chinese, fields) in LISTS.items():
        pairs += [(f"{group}.{field}", f"{chinese}.{name}") for field, name in fields.items()]
    return [(chinese, name) if language == "zh_CN" else (name, chinese) for name, chinese in pairs]


def filling(summary: Summary, hand_in: HandIn, language: str) -> Filling:
    """The values of a month, in the language of the document. Nothing in them names a customer."""
    source = Source(summary, hand_in, words_for(summary.month, language))
    single = {name: get(source) for name, (_chinese, get) in SINGLE.items()}
    return Filling(single, _lists(source))


def _lists(source: Source) -> dict[str, list[dict[str, Value]]]:
    summary, words = source.summary, source.words
    places = ranks(summary.by_outlet)
    lists: dict[str, list[dict[str, Value]]] = {
        "category": [
            {
                **_part(part, words),
                "code": part.code,
                "previous": part.previous,
                "last_year": part.last_year,
                "responsible": part.responsible,
                "share": Rate(part.received, summary.now.received),
            }
            for part in summary.by_category
            if not part.empty
        ],
        "kind": _parts(summary.by_kind, words),
        "channel": _parts(summary.by_channel, words),
        "business": _parts(summary.by_business, words),
        "outlet": [
            {
                "name": row.outlet or words.t("(no outlet)"),
                "received": row.received,
                "closed": row.closed,
                "overdue": row.overdue,
                "in_time": row.in_time,
                "satisfaction": row.satisfaction,
                "rank": places.get(row.outlet),
                "praise": row.praise,
            }
            for row in summary.by_outlet
        ],
        "late": [
            {
                "case": case.number,
                "category": _name(case.name, words),
                "outlet": case.outlet or NONE,
                "handler": case.handler or NONE,
                "due": case.due,
                "days": case.days,
            }
            for case in summary.overdue_cases
        ],
        "typical": [
            {"case": case.number, "subject": case.subject, "narrative": case.narrative}
            for case in summary.typical
        ],
        "trend": [
            {"month": _name(row.month.label, words), "received": row.received, "closed": row.closed}
            for row in summary.trend
        ],
    }
    return {name: [{"number": at, **row} for at, row in enumerate(rows, 1)] for name, rows in lists.items()}


def _name(label: Label, words: Words) -> str:
    return words.name(label)


def _part(part: Part, words: Words) -> dict[str, Value]:
    return {
        "name": words.name(part.name),
        "received": part.received,
        "closed": part.closed,
        "overdue": part.overdue,
    }


def _parts(parts: Sequence[Part], words: Words) -> list[dict[str, Value]]:
    return [_part(part, words) for part in parts if not part.empty]


def as_text(value: Value, words: Words, *, share: bool = False) -> str:
    """A value inside a text; ``share`` says that a fraction is a percentage."""
    if value is None:
        return NONE
    if isinstance(value, Rate):
        return words.percent(value.value)
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, float):
        return words.percent(value) if share else f"{value:.1f}"
    return str(value)


#: Single values that are a fraction, to be shown as a percentage.
SHARES = frozenset({"received_change", "received_change_year"})
