"""Counting a time limit to its last day, and saying why it is that day.

Periods are counted by Civil Code 201–203 (from 2021; General Provisions of Civil Law of 2017 before): the
first day is not counted; a month or year period ends on the corresponding day, at the month's end if there
is none; a last day that is a rest day moves to the next working day. Which law held, is data
(``CountingRule``).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from postal_desk.domain.rules import ClockRule, CountingRule, Rules, current, holds
from postal_desk.domain.sentences import Label, Refusal, Sentence, say
from postal_desk.domain.workdays import Calendar, RestDay, WorkingDay, add_working_days, next_working_day

#: Kinds of limit that postal law gives beside the plain one.
VARIANTS = ("", "international", "remote")


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a clock; ``why`` are the plain sentences that answer "why this date?"."""

    clock: str
    start: date
    due: date
    working_days: bool
    calendar_complete: bool
    why: tuple[Sentence, ...]
    source: Label
    rule: ClockRule


@dataclass(frozen=True, slots=True)
class Count:
    """The bare result of counting: ``period_end`` before, ``end`` after moving off a rest day."""

    period_end: date
    end: WorkingDay


def rules_of_clock(rules: Rules, clock: str, variant: str, division: str) -> tuple[ClockRule, ...]:
    """The rules of a clock that may apply, the best first; which of them holds depends on the day.

    A rule of the variant goes before the plain rule (a clock without such a variant runs plainly), a rule
    for the closer region before one for a wider region or for everywhere.
    """

    def reach(rule: ClockRule) -> int:
        if not rule.regions:
            return 0
        return max((len(region) for region in rule.regions if division.startswith(region)), default=-1)

    fitting = [r for r in rules.clocks if r.clock == clock and r.variant in ("", variant) and reach(r) >= 0]
    return tuple(sorted(fitting, key=lambda r: (r.variant == variant, reach(r)), reverse=True))


def choose_rule(rules: Rules, clock: str, start: date, variant: str = "", division: str = "") -> ClockRule:
    """The rule that a clock runs by when it starts on that day, or :class:`Refusal`."""
    known = tuple(dict.fromkeys(rule.clock for rule in rules.clocks))
    if clock not in known:
        raise Refusal(say("There is no clock “{clock}”; use one of: {clocks}", clock=clock, clocks=known))
    if variant not in VARIANTS:
        raise Refusal(
            say(
                "There is no variant “{variant}”; use one of: {variants}",
                variant=variant,
                variants=VARIANTS[1:],
            )
        )
    for rule in rules_of_clock(rules, clock, variant, division):
        if holds(rule, start):
            return rule
    raise Refusal(
        say(
            "No rule on file for “{clock}” holds on {day}; check the date, or add the rule",
            clock=clock,
            day=start,
        )
    )


def count(rule: ClockRule, start: date, calendar: Calendar) -> Count:
    """Count a rule's limit from a start day; :class:`Refusal` if that leaves the calendar (after 9999)."""
    try:
        if rule.unit == "working_days":
            end = add_working_days(start, rule.limit, calendar)
            return Count(end.day, end)
        period_end = _period_end(rule, start)
        return Count(period_end, next_working_day(period_end, calendar))
    except OverflowError as error:
        raise Refusal(
            say("{day} is too far in the future to count from; check the date", day=start)
        ) from error


def _period_end(rule: ClockRule, start: date) -> date:
    if rule.unit == "days":
        return start + timedelta(days=rule.limit)
    months = rule.limit * (12 if rule.unit == "years" else 1)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError("after the year 9999")
    return date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))


def due(rules: Rules, clock: str, start: date, variant: str = "", division: str = "") -> DueDate:
    """When a clock that starts on ``start`` runs out, by the rules that hold on that day.

    ``variant`` is ``""``, ``international`` or ``remote``; ``division`` the branch's division code, for
    rules of one region. :class:`Refusal` for an unknown clock or variant, or when no rule holds on that
    day.
    """
    return due_by(choose_rule(rules, clock, start, variant, division), start, rules)


def due_by(rule: ClockRule, start: date, rules: Rules) -> DueDate:
    """:func:`due` for a rule already chosen."""
    counted = count(rule, start, rules.calendar)
    return DueDate(
        clock=rule.clock,
        start=start,
        due=counted.end.day,
        working_days=rule.unit == "working_days",
        calendar_complete=counted.end.complete,
        why=_why(rule, start, counted, current(rules.counting, start)),
        source=rule.source,
        rule=rule,
    )


def _why(rule: ClockRule, start: date, counted: Count, laws: Sequence[CountingRule]) -> tuple[Sentence, ...]:
    end = counted.end
    begin = _START.get(rule.start, rule.start)
    next_day = start + timedelta(days=1)
    sentences = [
        say("{clock}: {limit}, {begin}.", clock=rule.name, limit=limit_text(rule), begin=begin),
        say("Start: {day}. It is not counted; counting begins on {next_day}.", day=start, next_day=next_day),
        _counted(rule, start, counted),
    ]
    if end.day != counted.period_end:
        sentences.append(
            say(
                "{day} is a rest day, so the end moves to the next working day, {due}.",
                day=counted.period_end,
                due=end.day,
            )
        )
    sentences += _skipped(end.skipped)
    if end.made_up:
        sentences.append(say("Weekend days that are working days by the notice: {days}.", days=end.made_up))
    if not end.complete:
        years = tuple(str(year) for year in end.unknown_years)
        sentences.append(
            say(
                "No holiday calendar on file for {years}: only weekends were taken as rest days.", years=years
            )
        )
    sentences += [say("Counted by: {law}.", law=law.source) for law in laws]
    sentences.append(
        say("Source: {source} ({mark}).", source=rule.source, mark=_MARK.get(rule.mark, rule.mark))
    )
    return tuple(sentences)


def limit_text(rule: ClockRule) -> Sentence:
    """The limit in words: "7 working days"."""
    match rule.unit, rule.limit:
        case "days", limit:
            return say("1 day") if limit == 1 else say("{limit} days", limit=limit)
        case "working_days", limit:
            return say("1 working day") if limit == 1 else say("{limit} working days", limit=limit)
        case "months", limit:
            return say("1 month") if limit == 1 else say("{limit} months", limit=limit)
        case "years", limit:
            return say("1 year") if limit == 1 else say("{limit} years", limit=limit)
    raise ValueError(f"unit {rule.unit!r} of clock {rule.clock}")


def _counted(rule: ClockRule, start: date, counted: Count) -> Sentence:
    end = counted.period_end
    if rule.unit == "working_days":
        return say("{count} working days counted; the last is {day}.", count=rule.limit, day=end)
    if rule.unit == "days":
        return say("{count} days counted; the last is {day}.", count=rule.limit, day=end)
    if end.day == start.day:
        return say("The period ends on the corresponding day, {day}.", day=end)
    return say("The last month has no corresponding day; the period ends at the month's end, {day}.", day=end)


def _skipped(days: Sequence[RestDay]) -> list[Sentence]:
    """One sentence for the weekends and one a holiday, in the order they were met."""
    groups: dict[Label | None, list[date]] = {}
    for rest in days:
        groups.setdefault(rest.holiday, []).append(rest.day)
    return [
        say("Skipped, weekend: {days}.", days=tuple(dates))
        if holiday is None
        else say("Skipped, {holiday}: {days}.", holiday=holiday, days=tuple(dates))
        for holiday, dates in groups.items()
    ]


_START = {
    "posting": say("from the day of posting"),
    "inquiry": say("from the day of the inquiry"),
    "complaint": say("from the day of the complaint"),
    "forwarding": say("from the day it was forwarded"),
    "undeliverable": say("from the day it was confirmed that the letter can't be returned"),
}

_MARK = {
    "law": say("text of the law"),
    "notice": say("official notice"),
    "practice": say("common practice, unverified"),
    "weak": say("weak source, unverified"),
}
