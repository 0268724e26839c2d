"""Totals of past months, typed in where the desk holds no cases, so that comparisons work from the first month on.

A typed total counts only in a month without any case received or closed; it is marked as typed wherever it appears.
Rates are kept as the two counts they are made of: a bare percentage could not be added up over a quarter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, cast

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Sentence, say
from postal_desk.domain.summaries import Period, Rate
from postal_desk.domain.text_rule import excerpt

MOST = 9_999_999
LONGEST_SOURCE = 100

#: The counts of a typed month, in the order of forms and tables.
COUNTS: dict[str, Sentence] = {
    "received": say("Received"),
    "closed": say("Closed"),
    "due": say("Replies due"),
    "due_closed": say("Of those due, closed"),
    "due_in_time": say("Of those due, in time"),
    "mean_days": say("Mean days"),
    "asked": say("Customers asked"),
    "satisfied": say("Of those asked, satisfied"),
}


@dataclass(frozen=True, slots=True)
class TypedTotal:
    """One typed month. The counts that rates are made of may be unknown (``None``): the rate is then unknown too, not
    nought. ``days`` is the sum over the closed cases; ``categories`` are received by level-1 code."""

    month: Month
    received: int = 0
    closed: int = 0
    due: int = 0
    due_closed: int | None = None
    due_in_time: int | None = None
    days: int = 0
    asked: int = 0
    satisfied: int | None = None
    categories: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    @property
    def mean_days(self) -> float | None:
        """Mean days from opening to closing."""
        return self.days / self.closed if self.closed and self.days else None

    @property
    def period(self) -> Period:
        """The figures that are compared."""
        return Period(
            received=self.received,
            closed=self.closed,
            days=self.days,
            closing=_rate(self.due_closed, self.due),
            in_time=_rate(self.due_in_time, self.due),
            satisfaction=_rate(self.satisfied, self.asked),
            typed=True,
            timed=self.closed if self.days else 0,
        )


#: Counts that may be unknown.
_OPTIONAL = ("due_closed", "due_in_time", "satisfied")


def _rate(part: int | None, whole: int) -> Rate:
    return Rate() if part is None else Rate(part, whole)


def make_total(month: Month, values: Mapping[str, object], codes: Iterable[str] = ()) -> TypedTotal:
    """A checked total of what was typed: names of :data:`COUNTS`, ``source``, and ``categories`` by code.

    Values may be numbers or texts (``41``, ``1,234``, ``41件``); an empty one is nought. Raises
    :class:`FieldRefusal` naming the field.
    """
    known = set(codes)
    given = dict(values)
    source = str(given.pop("source", "") or "").strip()
    if len(source) > LONGEST_SOURCE:
        raise FieldRefusal("source", say("the text is longer than {most} characters", most=LONGEST_SOURCE))
    categories = given.pop("categories", None) or {}
    if not isinstance(categories, Mapping):
        raise FieldRefusal("categories", say("an object of category codes and numbers is needed"))
    mean = _decimal("mean_days", given.pop("mean_days", None))
    unknown = sorted(set(given) - set(COUNTS))
    if unknown:
        raise FieldRefusal(
            unknown[0],
            say("this key is not known; known are: {keys}", keys=(*COUNTS, "categories", "source")),
        )
    counts = {name: _count(name, value) for name, value in given.items()}
    for name in _OPTIONAL:
        if name in given and _decimal(name, given[name]) is None:
            del counts[name]  # left empty: not known
    made = replace(TypedTotal(month, source=source), **cast(Any, counts))
    if mean is not None:
        if mean and not made.closed:
            raise FieldRefusal("mean_days", say("mean days need the number of closed cases"))
        days = (mean * made.closed).quantize(Decimal(1), ROUND_HALF_UP)
        made = replace(made, days=_count("mean_days", int(days)))
    parts: dict[str, int] = {}
    for code, value in sorted(categories.items()):
        if code not in known:
            raise FieldRefusal(
                f"categories.{excerpt(str(code))}", say("there is no such category of level 1")
            )
        if count := _count(f"categories.{code}", value):
            parts[code] = count
    return _checked(replace(made, categories=parts))


def _checked(total: TypedTotal) -> TypedTotal:
    for part, whole in (("due_closed", "due"), ("due_in_time", "due"), ("satisfied", "asked")):
        if (getattr(total, part) or 0) > getattr(total, whole):
            raise FieldRefusal(
                part,
                say(
                    "{part} is more than {whole}; correct one of them", part=COUNTS[part], whole=COUNTS[whole]
                ),
            )
    together = sum(total.categories.values())
    if together > total.received:
        raise FieldRefusal(
            "categories",
            say(
                "the categories together are {n}, more than the {whole} received",
                n=together,
                whole=total.received,
            ),
        )
    if total.asked > total.closed:
        raise FieldRefusal("asked", say("more customers were asked than cases closed; correct one of them"))
    return total


def _count(name: str, value: object) -> int:
    number = _decimal(name, value)
    if number is None:
        return 0
    if number != number.to_integral_value() or not 0 <= number <= MOST:
        raise FieldRefusal(name, say("“{text}” is not a whole number of cases", text=excerpt(str(value))))
    return int(number)


def _decimal(name: str, value: object) -> Decimal | None:
    """A number the way tables write it; ``None`` for an empty cell."""
    if isinstance(value, bool):
        raise FieldRefusal(name, say("“{text}” is not a number", text=excerpt(str(value))))
    text = str(value if value is not None else "").strip().replace(",", "").replace("，", "")
    for unit in ("件", "天", "日", "人", "户"):
        text = text.removesuffix(unit).strip()
    if text in ("", "-", "—", "–", "/", "无"):
        return None
    if text.endswith(("%", "％")):
        raise FieldRefusal(name, say("a percentage can't be added up; give the two counts it is made of"))
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise FieldRefusal(name, say("“{text}” is not a number", text=excerpt(str(value))))
    return number


def total_to_json(total: TypedTotal) -> dict[str, Any]:
    """The total as plain JSON values; :func:`make_total` reads them back."""
    return {
        "month": str(total.month),
        "received": total.received,
        "closed": total.closed,
        "due": total.due,
        "due_closed": total.due_closed,
        "due_in_time": total.due_in_time,
        "mean_days": None if total.mean_days is None else round(total.mean_days, 2),
        "asked": total.asked,
        "satisfied": total.satisfied,
        "categories": dict(total.categories),
        "source": total.source,
    }
