"""A summary as the JSON of the contract: every figure of the documents, rates as fractions, money as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from postal_desk.domain.effects import EffectLine
from postal_desk.domain.month_ranges import MonthRange, Span
from postal_desk.domain.summaries import DEFINITIONS, OutletFigures, Part, Period, Rate, Summary, ranks
from postal_desk.domain.summary_records import CalledLine, ErrorLine, MeasureLine
from postal_desk.reports.words import Words, words_for


def summary_to_json(summary: Summary, language: str) -> dict[str, Any]:
    """The summary as plain JSON values; ``language`` decides that of the definitions and names."""
    words = words_for(summary.month, language)
    now = summary.now
    return {
        "month": str(summary.month),
        **_period_of(summary.month),
        **_closed_within(summary),
        "branch": summary.branch,
        "as_of": summary.as_of.isoformat(),
        "received": now.received,
        "closed": now.closed,
        "in_progress": summary.in_progress,
        "overdue": summary.overdue,
        **_rates(now),
        "mean_days": now.mean_days,
        "mean_days_of": [now.days, now.days_of],
        **({"typed": True} if now.typed else {}),
        **_rate("acknowledged_rate", summary.acknowledged),
        **_rate("closed_first_time_rate", summary.closed_first_time),
        "repeated": summary.repeated,
        "due_next": summary.due_next,
        "previous_month": _period(summary.previous),
        "same_month_last_year": _period(summary.last_year),
        "year_to_date": _period(summary.year_to_date),
        "by_category": [_category(part, words) for part in summary.by_category],
        "by_kind": _parts(summary.by_kind, words),
        "by_channel": _parts(summary.by_channel, words),
        "by_business": _parts(summary.by_business, words),
        "by_outlet": _outlets(summary, words),
        "opinions": {row.code: row.cases for row in summary.opinions},
        "compensation": {"cases": summary.compensated, "amount": f"{summary.compensation:.2f}"},
        "praise": summary.praise,
        "fraud_prevented": summary.fraud_prevented,
        "typical": [case.number for case in summary.typical],
        "typical_cases": _typical(summary),
        "overdue_cases": _overdue(summary),
        "trend": [
            {
                "month": str(row.month),
                "received": row.received,
                "closed": row.closed,
                **({"typed": True} if row.typed else {}),
            }
            for row in summary.trend
        ],
        "measures": {
            "new": summary.measures.new,
            "due": summary.measures.due,
            "finished": summary.measures.finished,
            "overdue": summary.measures.overdue,
        },
        "measure_lines": [_measure(line) for line in summary.measure_lines],
        "errors": [_error(line, words) for line in summary.errors],
        "recurrences_at_limit": [_called(line, words) for line in summary.called],
        "claims": {
            "new": summary.claims.new,
            "paid": summary.claims.paid,
            "amount": f"{summary.claims.amount:.2f}",
            "refused": summary.claims.refused,
            "open": summary.claims.open,
            "oldest_days": summary.claims.oldest_days,
        },
        "praised": [
            {"name": person.name, "outlet": person.outlet, "cases": person.cases}
            for person in summary.praised
        ],
        "closing": _closing(summary),
        "definitions": {name: words.tell(sentence) for name, sentence in DEFINITIONS.items()},
    }


def _measure(line: MeasureLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "owner": line.owner,
        "states": list(line.states),
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "finished_on": line.finished_on.isoformat() if line.finished_on else None,
        "verdict": line.verdict or None,
        "effect": _effect(line.effect) if line.effect else None,
    }


def _effect(effect: EffectLine) -> dict[str, Any]:
    """The figures of an effect, with the months behind them."""
    drawn = effect.drawn
    return {
        **asdict(replace(effect, drawn=None)),
        "drawn": {
            "since": str(drawn.since),
            "months": [{**asdict(one), "month": str(one.month)} for one in drawn.months],
        }
        if drawn
        else None,
    }


def _error(line: ErrorLine, words: Words) -> dict[str, Any]:
    return {
        "number": line.number,
        "staff": line.staff,
        "on": line.on.isoformat(),
        "decision": line.decision,
        "ground": words.name(line.ground) if line.ground else None,
    }


def _called(line: CalledLine, words: Words) -> dict[str, Any]:
    return {
        "outlet": line.outlet,
        "problem": words.name(line.name),
        "times": line.times,
        "person": line.person or None,
        "settled": line.settled,
    }


def _closed_within(summary: Summary) -> dict[str, Any]:
    """The closed months of a longer period; nothing for a month."""
    if not summary.closed_months:
        return {}
    return {
        "closed_months": [
            {
                "month": str(one.month),
                "number": one.number,
                "revision": one.revision,
                "received": one.received,
                "closed": one.closed,
                "received_now": one.received_now,
                "closed_now": one.closed_now,
                "differs": one.differs,
            }
            for one in summary.closed_months
        ]
    }


def _period_of(month: Span) -> dict[str, Any]:
    """Of several months: their kind and days; ``previous_month`` and the like are then periods of that length."""
    if not isinstance(month, MonthRange):
        return {}
    days = {"first": month.first.isoformat(), "last": month.last.isoformat()}
    return {"period": {"kind": month.kind, **days, "months": [str(each) for each in month.months]}}


def _rate(name: str, rate: Rate) -> dict[str, Any]:
    return {name: rate.value, f"{name}_of": list(rate.pair)}


def _rates(period: Period) -> dict[str, Any]:
    return {
        **_rate("closing_rate", period.closing),
        **_rate("in_time_rate", period.in_time),
        **_rate("satisfaction_rate", period.satisfaction),
    }


def _period(period: Period) -> dict[str, Any]:
    return {
        "received": period.received,
        "closed": period.closed,
        **_rates(period),
        "mean_days": period.mean_days,
        "mean_days_of": [period.days, period.days_of],
        **({"typed": True} if period.typed else {}),
    }


def _part(part: Part, words: Words) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": words.name(part.name),
        "received": part.received,
        "closed": part.closed,
        "overdue": part.overdue,
        "responsible": part.responsible,
    }


def _parts(parts: Iterable[Part], words: Words) -> list[dict[str, Any]]:
    return [_part(part, words) for part in parts]


def _category(part: Part, words: Words) -> dict[str, Any]:
    return {
        **_part(part, words),
        "previous_month": part.previous,
        "same_month_last_year": part.last_year,
    }


def _outlets(summary: Summary, words: Words) -> list[dict[str, Any]]:
    places = ranks(summary.by_outlet)
    return [_outlet(row, places, words) for row in summary.by_outlet]


def _outlet(row: OutletFigures, places: Mapping[str, int], words: Words) -> dict[str, Any]:
    return {
        "outlet": row.outlet,
        "received": row.received,
        "closed": row.closed,
        "overdue": row.overdue,
        **_rate("in_time_rate", row.in_time),
        **_rate("satisfaction_rate", row.satisfaction),
        "rank": places.get(row.outlet),
        "recurrences": [
            {"category": found.category, "name": words.name(found.name), "times": found.times}
            for found in row.recurrences
        ],
        "trend": list(row.trend),
        "praise": row.praise,
    }


def _closing(summary: Summary) -> dict[str, Any] | None:
    """Which closing these figures are those of; ``None`` while the month is not closed."""
    mark = summary.closing
    if mark is None:
        return None
    return {
        "number": mark.number,
        "revision": mark.revision,
        "hash": mark.hash,
        "closed_at": mark.closed_at,
    }


def _typical(summary: Summary) -> list[dict[str, Any]]:
    return [
        {
            "number": case.number,
            "subject": case.subject,
            "narrative": case.narrative,
            "category": case.category,
            "outlet": case.outlet,
            "opened_on": case.opened_on.isoformat(),
            "closed_on": case.closed_on.isoformat(),
            "dispositions": list(case.dispositions),
        }
        for case in summary.typical
    ]


def _overdue(summary: Summary) -> list[dict[str, Any]]:
    return [
        {
            "number": case.number,
            "category": case.category,
            "outlet": case.outlet,
            "handler": case.handler,
            "due": case.due.isoformat(),
            "days": case.days,
        }
        for case in summary.overdue_cases
    ]
