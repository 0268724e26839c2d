"""Closing months: figures are frozen with number, hash and revision; what changes afterwards shows as a difference.

A closed month is not locked: late cases must be recorded truthfully. But what was handed in stays what it was, and a
month is opened again only by closing it once more, as the next revision with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from postal_desk.domain.changes import Changes
from postal_desk.domain.closings import Closing, canonical, hash_of, serial_number
from postal_desk.domain.contradictions import ERROR
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.periods import Month, months_between
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.domain.summaries import ClosingMark, Summary
from postal_desk.reports.month_differences import Difference, differences, told_apart
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.month_checks import check_month
from postal_desk.services.summaries import summary as live_summary
from postal_desk.store import audit, audit_queries, closing_records
from postal_desk.store.work import Work

__all__ = ["MonthState", "Revision", "close_month", "figures", "month_state", "months_to_close"]

_LONGEST_REASON = 500
#: How many unclosed months back are still asked for, once a desk closes months at all.
_BACK = 6


@dataclass(frozen=True, slots=True)
class Revision:
    """One closing, and what it changed against the one before."""

    closing: Closing
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class MonthState:
    """A month as it stands: ``open``, ``closed``, or ``changed`` (closed, and late entries changed its figures by now).

    Figures that only later work moved (``Difference.later``) leave it ``closed``.
    """

    month: Month
    over: bool
    revisions: tuple[Revision, ...]
    differences: tuple[Difference, ...]

    @property
    def state(self) -> str:
        """``open``, ``closed`` or ``changed``."""
        if not self.revisions:
            return "open"
        return "changed" if self.late_entries else "closed"

    @property
    def late_entries(self) -> tuple[Difference, ...]:
        """The differences that ask for a revision."""
        return tuple(one for one in self.differences if not one.later)

    @property
    def closing(self) -> Closing | None:
        """The closing that holds."""
        return self.revisions[-1].closing if self.revisions else None


def month_state(desk: Desk, month: Month) -> MonthState:
    """What is frozen of a month, revision by revision, and how it differs from the figures as they are now."""
    with desk.work() as work:
        closings = closing_records.of_month(work, month)
        reopened = (
            audit_queries.actions_since(work, closings[-1].audit_number, "case.reopen") if closings else 0
        )
    over = month.last < desk.today()
    if not closings:
        return MonthState(month, over, (), ())
    summaries = [closing.summary for closing in closings]
    changed = [(), *(differences(*both) for both in pairwise(summaries))]
    revisions = tuple(map(Revision, closings, changed))
    now = differences(summaries[-1], live_summary(desk, month))
    return MonthState(month, over, revisions, told_apart(now, reopened))


def figures(desk: Desk, month: Span) -> Summary:
    """The figures that documents show: the frozen ones of a closed month, else as they stand today.

    A period of several months is never closed as such: its figures are those of today.
    """
    if not isinstance(month, Month):
        return live_summary(desk, month)
    with desk.work() as work:
        closing = closing_records.newest(work, month)
    if closing is None:
        return live_summary(desk, month)
    return replace(closing.summary, closing=mark_of(closing))


def mark_of(closing: Closing) -> ClosingMark:
    """How papers name a closing."""
    return ClosingMark(closing.number, closing.revision, closing.hash, closing.closed_at)


def close_month(desk: Desk, month: Month, reason: str = "") -> Changes:
    """Freeze a month's figures, or those of a closed month that changed as its next revision.

    ``reason`` is needed for a revision, and where contradictions are open. Refuses a month that is not over, and a
    revision that would change nothing.
    """
    reason = checked_text(reason, "reason", _LONGEST_REASON)
    if month.last >= desk.today():
        raise Refusal(
            say(
                "{month} is not over; it can be closed from {day} on", month=month.label, day=month.next.first
            )
        )
    state = month_state(desk, month)
    if state.closing is not None and not state.differences:
        raise Refusal(
            say(
                "{month} is closed, and no figure has changed since; there is nothing to revise",
                month=month.label,
            )
        )
    if state.closing is not None and not reason:
        raise FieldRefusal(
            "reason", say("{month} was handed in already; say why it is revised", month=month.label)
        )
    errors = sum(one.level == ERROR for one in check_month(desk, month))
    if errors and not reason:
        raise FieldRefusal(
            "reason",
            say(
                "{month} has open contradictions ({count}); put them right, or say why it is closed all the same",
                month=month.label,
                count=errors,
            ),
        )
    frozen = live_summary(desk, month)
    with desk.work(write=True) as work:
        closing = _closing(desk, work, month, frozen, state.closing, reason)
        closing_records.add(work, closing)
        fields = (f"revision {closing.revision}", closing.hash)
        desk.record(work, "month.close", "month", str(month), fields=fields)
        work.commit()
    return Changes(months=(str(month),), said=_said(closing))


def _closing(
    desk: Desk, work: Work, month: Month, frozen: Summary, before: Closing | None, reason: str
) -> Closing:
    end = audit.end(work)
    closing = Closing(
        month=month,
        revision=before.revision + 1 if before else 1,
        number=before.number if before else serial_number(desk.branch.prefix, month),
        closed_at=desk.moment(),
        closed_by=desk.actor,
        reason=reason,
        audit_number=end.number,
        audit_head=end.head.hex(),
        previous=before.hash if before else "",
        figures=canonical(frozen),
        hash="",
    )
    return replace(closing, hash=hash_of(closing))


def _said(closing: Closing) -> Sentence:
    if closing.revision == 1:
        return say(
            "{month} is closed under number {number}", month=closing.month.label, number=closing.number
        )
    return say(
        "{month} is closed again, {number} revision {revision}",
        month=closing.month.label,
        number=closing.number,
        revision=closing.revision,
    )


def months_to_close(desk: Desk, today: date) -> list[Month]:
    """The months that are over and not closed, oldest first: the last one if it has cases, and those before it back to
    the first that was ever closed (at most six).
    """
    last = Month.of(today).previous
    with desk.work() as work:
        closed = closing_records.closed_months(work)
        if not closed:
            return [last] if closing_records.has_cases(work, last) else []
    first = max(Month.parse(min(closed)), last.plus(1 - _BACK))
    return [month for month in months_between(first, last) if str(month) not in closed]
