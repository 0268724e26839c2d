"""The clocks of a case: which run, when they end, and how they stand today.

A case can run several clocks at once. Those marked ``reply`` stop with the answer (else the closing); the
inquiry window is judged on the day of the inquiry; the others show when something becomes possible or may
be disposed of. The counting itself is in :mod:`postal_desk.domain.counting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from postal_desk.domain.cases import Case
from postal_desk.domain.clock_facts import business_of, starts_of, variant_of
from postal_desk.domain.counting import DueDate, count, due, due_by, limit_text, rules_of_clock
from postal_desk.domain.rules import ClockRule, Rules, holds
from postal_desk.domain.sentences import Label, Refusal, Sentence, say
from postal_desk.domain.workdays import Calendar, working_days_until

__all__ = [
    "ClockTable",
    "Deadline",
    "DueDate",
    "State",
    "clocks_for_case",
    "deadline_to_json",
    "due",
    "is_overdue",
    "last_reply_due",
    "reply_dues",
]

State = Literal["running", "due_soon", "overdue", "met", "late", "ended"]

SOON = 3  # working days: the "due in 3 working days" of the Today page


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock of a case as it stands on a day.

    ``liability_ended`` is true for an inquiry window that was over on the day of the inquiry (Postal Law
    art. 49): such a case is still recorded.
    """

    clock: str
    due: date
    rule: ClockRule
    source: Label
    state: State
    reply: bool
    start: date
    item_number: str
    working_days: bool
    calendar_complete: bool
    why: tuple[Sentence, ...]

    @property
    def text(self) -> Sentence:
        """The rule in words ("Inquiry reply: 30 days")."""
        return say("{clock}: {limit}", clock=self.rule.name, limit=self.limit)

    @property
    def limit(self) -> Sentence:
        """The rule's limit in words ("30 days")."""
        return limit_text(self.rule)

    @property
    def liability_ended(self) -> bool:
        """True if the item's inquiry window was over when the customer asked."""
        return self.rule.start == "posting" and self.state == "ended"


class ClockTable:
    """The rules of one desk prepared for many cases: which clocks a case runs, and when its replies are due.

    Rules are selected once for each clock, variant, kind and business, a reply limit is counted once for each
    start day. Nothing in it depends on today.
    """

    def __init__(self, rules: Rules, division: str = "") -> None:
        self.rules = rules
        self.division = division
        self._origins: dict[str, str] = {}
        for rule in rules.clocks:
            self._origins.setdefault(rule.clock, rule.start)
        self._reply_clocks = frozenset(rule.clock for rule in rules.clocks if rule.reply)
        self._selections: dict[tuple[str, str, str], dict[str, tuple[ClockRule, ...]]] = {}
        self._ends: dict[tuple[int, date], date] = {}

    def running(self, case: Case, reply_only: bool = False) -> Iterator[tuple[ClockRule, date, str]]:
        """The clocks that a case runs: rule, start day and item number (``""`` if the clock is the case's)."""
        kind, business = case.kind, business_of(case)
        for clock, candidates in self._select(variant_of(case), kind, business).items():
            if reply_only and clock not in self._reply_clocks:
                continue
            for start, number in starts_of(self._origins[clock], case):
                own = candidates
                if number:
                    own = self._select(variant_of(case, number), kind, business).get(clock, ())
                for rule in own:
                    if holds(rule, start):
                        yield rule, start, number
                        break

    def reply_dues(self, case: Case) -> tuple[date, date] | None:
        """The first and the last day on which a reply clock of the case runs out, if it runs any."""
        ends = [self._end(rule, start) for rule, start, _ in self.running(case, reply_only=True)]
        return (min(ends), max(ends)) if ends else None

    def _select(self, variant: str, kind: str, business: str) -> dict[str, tuple[ClockRule, ...]]:
        """For each clock that such a case may run its rules, the best first."""
        key = (variant, kind, business)
        if key not in self._selections:
            selection = {clock: self._fitting(clock, variant, kind, business) for clock in self._origins}
            self._selections[key] = {clock: fitting for clock, fitting in selection.items() if fitting}
        return self._selections[key]

    def _fitting(self, clock: str, variant: str, kind: str, business: str) -> tuple[ClockRule, ...]:
        return tuple(
            rule
            for rule in rules_of_clock(self.rules, clock, variant, self.division)
            if (not rule.kinds or kind in rule.kinds) and (not rule.business or business in rule.business)
        )

    def _end(self, rule: ClockRule, start: date) -> date:
        key = (id(rule), start)  # the rules live as long as this table
        end = self._ends.get(key)
        if end is None:
            end = self._ends[key] = count(rule, start, self.rules.calendar).end.day
        return end


_latest = ClockTable(Rules({}, {}, (), (), (), {}, {}))


def _table(rules: Rules, division: str) -> ClockTable:
    """The table of the last rules asked for: a desk has one set of rules, so one is enough."""
    global _latest
    table = _latest
    if table.rules is not rules or table.division != division:
        table = _latest = ClockTable(rules, division)
    return table


def last_reply_due(case: Case, rules: Rules, division: str = "") -> date | None:
    """The day on which the last reply clock of a case runs out, if it runs any. Quick after the first."""
    dues = _table(rules, division).reply_dues(case)
    return None if dues is None else dues[1]


def reply_dues(case: Case, rules: Rules, division: str = "") -> tuple[date, date] | None:
    """The first and the last day on which a reply clock of a case runs out, if it runs any."""
    return _table(rules, division).reply_dues(case)


def is_overdue(case: Case, rules: Rules, today: date, division: str = "") -> bool:
    """True if any reply clock of the case still runs and its last day is past."""
    if case.replied_on is not None:
        return False
    dues = _table(rules, division).reply_dues(case)
    return dues is not None and dues[0] < today


def clocks_for_case(case: Case, rules: Rules, today: date, division: str = "") -> tuple[Deadline, ...]:
    """Every clock of a case with its state on ``today``, in the order of the rules.

    ``division`` is the branch's division code. A clock for which no rule holds on its start day does not run.
    """
    deadlines: list[Deadline] = []
    for rule, start, number in _table(rules, division).running(case):
        try:
            counted = due_by(rule, start, rules)
        except Refusal:  # an item said to be posted about the year 9999: its window never ends
            continue
        deadlines.append(
            Deadline(
                clock=rule.clock,
                due=counted.due,
                rule=rule,
                source=counted.source,
                state=_state(rule, counted.due, case, today, rules.calendar),
                reply=rule.reply,
                start=start,
                item_number=number,
                working_days=counted.working_days,
                calendar_complete=counted.calendar_complete,
                why=counted.why + _consequences(rule, counted.due, case),
            )
        )
    return tuple(deadlines)


def deadline_to_json(
    deadline: Deadline, tell: Callable[[Sentence], str], label: Callable[[Label], str]
) -> dict[str, object]:
    """The deadline as the case's JSON gives it, in the language that ``tell`` and ``label`` speak."""
    return {
        "clock": deadline.clock,
        "due": deadline.due.isoformat(),
        "rule": tell(deadline.text),
        "source": label(deadline.source),
        "state": deadline.state,
        "reply": deadline.reply,
        "start": deadline.start.isoformat(),
        "item": deadline.item_number or None,
        "calendar_complete": deadline.calendar_complete,
    }


def _state(rule: ClockRule, due_on: date, case: Case, today: date, calendar: Calendar) -> State:
    if rule.reply:
        if case.replied_on is not None:
            return "met" if case.replied_on <= due_on else "late"
        if today > due_on:
            return "overdue"
    elif rule.start == "posting":
        if case.opened_on > due_on:
            return "ended"
        return "running" if case.is_open else "met"
    elif rule.start == "undeliverable":
        if not case.is_open:
            return "met"
        if today > due_on:
            return "ended"
    else:  # a limit that opens something when no answer came: the appeal
        if case.replied_on is not None:
            return "met" if case.replied_on <= due_on else "ended"
        if today > due_on:
            return "ended"
    return "due_soon" if working_days_until(today, due_on, calendar, SOON) <= SOON else "running"


def _consequences(rule: ClockRule, due_on: date, case: Case) -> tuple[Sentence, ...]:
    """What follows from the date in this case, beside the counting."""
    if rule.start != "posting" or case.opened_on <= due_on:
        return ()
    return (
        say(
            "The inquiry of {day} came after this day: liability ended; the case is still recorded.",
            day=case.opened_on,
        ),
    )
