"""A measure that answers a problem: what it is, how it moves, what finishing it needs (domain: problems and measures).

A measure is proved or it is not finished: finishing needs evidence and a judged effect, and brings re-checks by which
it is seen later whether the effect has lasted.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from postal_desk.domain.periods import Month
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal, Sentence, say
from postal_desk.domain.text_rule import excerpt

PLANNED, RUNNING, FINISHED, WITHDRAWN = "planned", "running", "finished", "withdrawn"
#: Months after finishing at which a measure is looked at again.
RECHECK_MONTHS = (3, 12)

#: State → states that an edit may lead to. ``finished`` is reached by finishing only.
MOVES: Mapping[str, tuple[str, ...]] = {
    PLANNED: (RUNNING, WITHDRAWN),
    RUNNING: (PLANNED, WITHDRAWN),
    FINISHED: (RUNNING, WITHDRAWN),
    WITHDRAWN: (PLANNED, RUNNING),
}

_NUMBER = re.compile(r"(?:(?P<prefix>[0-9]{6}[A-Z]?)-)?(?P<tail>M-[0-9]{4}-(?:[0-9]{4}|[1-9][0-9]{4,6}))")
_EXAMPLE = "220204-M-2019-0003"


@dataclass(frozen=True, slots=True)
class Problem:
    """What the measure answers. ``unit`` is where it was found; ``source`` and ``area`` are codes."""

    text: str
    source: str = ""
    area: str = ""
    cause: str = ""
    found_on: date | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """When the measure is to be done: one of a day, an event, or at once."""

    on: date | None = None
    event: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """One entry of the log: the day, the value reached (in the measure's unit, as text), what was done."""

    on: date
    value: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of it, as somebody judged it: the verdict in a few words, and the figures or reasons behind it."""

    verdict: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Recheck:
    """A day on which it is looked at again; ``done_on`` and ``result`` once that has happened."""

    due: date
    done_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. ``number``, ``revision``, ``created_at`` and ``changed_at`` are given by the desk.

    ``baseline``, ``target`` and the values of ``progress`` are texts that share ``unit`` (3 → 1.5 hours). ``cases``
    are case numbers, ``outlets`` names from the desk's list, ``evidence`` texts that say what proves it.
    ``problem_number`` names the problem's own record, of which ``problem`` then is the content. ``in_force_on`` is the
    day from which its effect is counted, where that is not the day of the first progress.
    """

    title: str
    problem: Problem
    kind: str
    owner_unit: str = ""
    owner: str = ""
    co_owners: tuple[str, ...] = ()
    baseline: str = ""
    target: str = ""
    unit: str = ""
    due: Due | None = None
    term: str = ""
    progress: tuple[Progress, ...] = ()
    evidence: tuple[str, ...] = ()
    effect: Effect = Effect()
    rechecks: tuple[Recheck, ...] = ()
    cases: tuple[str, ...] = ()
    category: str = ""
    outlets: tuple[str, ...] = ()
    clause: str = ""
    status: str = ""
    finished_on: date | None = None
    problem_number: str = ""
    in_force_on: date | None = None
    number: str = ""
    revision: int = 0
    created_at: str = ""
    changed_at: str = ""

    @property
    def begun_on(self) -> date:
        """The day it counts from: that of the problem's finding, else of the recording."""
        return self.problem.found_on or date.fromisoformat(self.created_at[:10])

    @property
    def effective_on(self) -> date | None:
        """The day from which an effect can be expected: the one given, else that of the first progress, else that of
        finishing; ``None`` while nothing of the kind is known.
        """
        return self.in_force_on or min((entry.on for entry in self.progress), default=self.finished_on)

    def overdue(self, on: date) -> bool:
        """True if its day had passed by ``on`` and it was not finished by then. An event or "at once" has no day."""
        if self.due is None or self.due.on is None or self.status == WITHDRAWN or self.begun_on > on:
            return False
        return self.due.on < on and (self.finished_on is None or self.finished_on > on)


def as_number(text: str) -> float | None:
    """A baseline, target or value as a number; ``None`` for words."""
    try:
        found = float(unicodedata.normalize("NFKC", text).replace(",", "").strip())
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def share_reached(measure: Measure) -> float | None:
    """How far the last value has come from the baseline (0) to the target (1), at most 1 and at least 0; ``None`` where
    any of them is no number, or there is nothing to go.
    """
    values = [entry.value for entry in measure.progress if entry.value]
    start, end = as_number(measure.baseline), as_number(measure.target)
    now = as_number(values[-1]) if values else start
    if start is None or end is None or now is None or start == end:
        return None
    return min(1.0, max(0.0, (now - start) / (end - start)))


def format_number(prefix: str, year: int, sequence: int) -> str:
    """The readable number; ``prefix`` is the branch code with the desk's letter, ``sequence`` counts from 1."""
    return f"{prefix}-M-{year:04d}-{sequence:04d}"


def full_number(text: str, own_prefix: str) -> str:
    """The whole number of what somebody typed (``M-2019-0003`` will do), or :class:`Refusal`."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if found is None:
        raise Refusal(
            say(
                "“{text}” is not a measure's number; one looks like {example}",
                text=excerpt(text),
                example=_EXAMPLE,
            )
        )
    return f"{found['prefix'] or own_prefix}-{found['tail']}"


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.days))


def status_of_new(measure: Measure) -> str:
    """The status of a new measure that doesn't say: running once there is progress."""
    return measure.status or (RUNNING if measure.progress else PLANNED)


def check_move(old: str, new: str, rules: Rules | None = None) -> None:
    """Refuse a move from one state to another, naming the allowed ones; staying is no move.

    ``finished`` is always refused: a measure is finished by finishing it. With ``rules`` the refusal speaks names.
    """
    if new == old or new in MOVES.get(old, ()):
        return
    if new == FINISHED:
        raise Refusal(
            say("A measure is not finished by an edit; finish it, with its evidence and its effect")
        )
    raise Refusal(
        say(
            "A measure can't go from “{old}” to “{new}”; it can go to: {allowed}",
            old=_named(old, rules),
            new=_named(new, rules),
            allowed=tuple(_named(status, rules) for status in MOVES.get(old, ())),
        )
    )


def _named(status: str, rules: Rules | None) -> str | Label:
    return status if rules is None else rules.name("measure_statuses", status)


def missing_for_finishing(measure: Measure) -> tuple[Sentence, ...]:
    """What the measure still lacks to be finished, each as a short noun phrase; empty when it can be finished."""
    missing: list[Sentence] = []
    if not measure.evidence:
        missing.append(say("evidence that it was carried out"))
    if not measure.effect.verdict:
        missing.append(say("a verdict on the effect"))
    return tuple(missing)


def check_finishable(measure: Measure) -> None:
    """Refuse a measure that lacks something for finishing, with everything that is missing in one sentence."""
    missing = missing_for_finishing(measure)
    if missing:
        raise Refusal(say("The measure can't be finished yet; still missing: {missing}", missing=missing))


def finished(measure: Measure, on: date, rechecks: tuple[Recheck, ...] | None = None) -> Measure:
    """The measure, finished on a day. Re-checks that are done stay; those still open were planned before anybody knew
    this day and give way to ``rechecks``, by default 3 and 12 months from it.
    """
    check_finishable(measure)
    if rechecks is None:
        done = tuple(check for check in measure.rechecks if check.done_on is not None)
        rechecks = (*done, *(Recheck(months_later(on, months)) for months in RECHECK_MONTHS))
    return replace(measure, status=FINISHED, finished_on=on, rechecks=rechecks)


def rechecked(measure: Measure, done_on: date, result: str, due: date | None = None) -> Measure:
    """The measure with one open re-check done: the one due on ``due``, by default the earliest."""
    if measure.status == WITHDRAWN:
        raise Refusal(say("{number} was withdrawn; there is nothing to check again", number=measure.number))
    if measure.finished_on is not None and done_on < measure.finished_on:
        reason = say(
            "{day} is before the day of finishing {finished}", day=done_on, finished=measure.finished_on
        )
        raise FieldRefusal("done_on", reason)
    open_at = [at for at, check in enumerate(measure.rechecks) if check.done_on is None]
    if not open_at:
        raise Refusal(
            say("{number} has no open re-check; they appear when it is finished", number=measure.number)
        )
    if due is not None and due not in {measure.rechecks[at].due for at in open_at}:
        days = tuple(sorted(measure.rechecks[at].due for at in open_at))
        raise FieldRefusal("due", say("no re-check is open for {day}; open are: {days}", day=due, days=days))
    wanted = min(
        (at for at in open_at if due is None or measure.rechecks[at].due == due),
        key=lambda at: measure.rechecks[at].due,
    )
    done = replace(measure.rechecks[wanted], done_on=done_on, result=result)
    return replace(measure, rechecks=(*measure.rechecks[:wanted], done, *measure.rechecks[wanted + 1 :]))
