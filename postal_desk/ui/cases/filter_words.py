"""A filter in words, and the parts of it that have no chip of their own."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.i18n import _, enumerate_words, label

if TYPE_CHECKING:
    from postal_desk.domain.periods import Month
    from postal_desk.domain.rules import Rules

OPEN = "open"  # the choice «not closed yet» of the status chip
#: parts of a filter that the chips and the search box show
_CHIPPED = frozenset(
    (
        "opened_from",
        "opened_to",
        "statuses",
        "category",
        "outlet",
        "handler",
        "overdue",
        "fraud",
        "text",
        "deleted",
    )
)


def _open_states() -> tuple[str, ...]:
    from postal_desk.domain.status_groups import OPEN_STATES

    return tuple(sorted(OPEN_STATES))


def month_of(filter: CaseFilter) -> Month | None:
    """The month whose first and last day bound the filter, if it is one."""
    if filter.opened_from is None or filter.opened_to is None:
        return None
    from postal_desk.domain.periods import Month

    month = Month.of(filter.opened_from)
    return month if (month.first, month.last) == (filter.opened_from, filter.opened_to) else None


def period_words(filter: CaseFilter, today: date) -> str:
    """The period in words: «this month», «July 2019», «2019-07-01 – 2019-09-30»; empty for no bound."""
    month = month_of(filter)
    if month is not None:
        from postal_desk.domain.periods import Month

        return _("This month") if month == Month.of(today) else label(month.label)
    if filter.opened_from is None and filter.opened_to is None:
        return ""
    return _span(filter.opened_from, filter.opened_to)


def status_value(filter: CaseFilter) -> str:
    """The status chip's value: a code, :data:`OPEN`, several codes with «+», or empty."""
    if len(filter.statuses) > 1 and tuple(sorted(filter.statuses)) == _open_states():
        return OPEN
    return "+".join(filter.statuses)


def statuses_of(value: str) -> tuple[str, ...]:
    """The statuses behind a value of the status chip."""
    if value == OPEN:
        return _open_states()
    return tuple(value.split("+")) if value else ()


def status_words(value: str, rules: Rules) -> str:
    """A value of the status chip in words."""
    if value == OPEN:
        return _("Not closed")
    return enumerate_words(label(rules.name("statuses", code)) for code in statuses_of(value))


def rest_words(filter: CaseFilter, rules: Rules) -> str:
    """What else the filter demands (a figure's cases, a saved view), in words; empty for nothing."""
    words = []
    if filter.closed_from or filter.closed_to:
        words.append(_("closed {span}").format(span=_span(filter.closed_from, filter.closed_to)))
    if filter.due_from or filter.due_to:
        words.append(_("reply due {span}").format(span=_span(filter.due_from, filter.due_to)))
    for name, list_name in (("kind", "kinds"), ("business", "business"), ("channel", "channels")):
        if code := getattr(filter, name):
            words.append(label(rules.name(list_name, code)))
    words += [label(rules.name("opinions", code)) for code in filter.opinions]
    if filter.praise:
        words.append(_("with praise"))
    if filter.compensated:
        words.append(_("with compensation"))
    if filter.customer_phone:
        words.append(_("the same customer"))
    if filter.numbers:
        words.append(_("chosen cases: {count}").format(count=len(filter.numbers)))
    return enumerate_words(words)


def without_rest(filter: CaseFilter) -> CaseFilter:
    """The filter with only what the chips and the search box show."""
    empty = CaseFilter()
    return replace(
        filter, **{f.name: getattr(empty, f.name) for f in fields(filter) if f.name not in _CHIPPED}
    )


def _span(first: date | None, last: date | None) -> str:
    return f"{first.isoformat() if first else ''} – {last.isoformat() if last else ''}".strip()
