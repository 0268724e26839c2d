"""Sample cases that are not closed: most of the newest week, hardly one after six weeks, a few overdue for long.

How a branch looks on any morning: each open state is there, most of what is older than its deadline was answered and
only waits for its closing, and some cases hang at another office or with the superior.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import exp
from random import Random
from typing import Any

from postal_desk.domain.cases import Case, Step

#: days: the week in which most are open, the pace at which the others end, the last of these
_FRESH, _FADE, _WHOLE = 7, 11, 45
_IN_FRESH = 0.78
_LONG, _OF_LONG, _OF_OLD = 150, 0.022, 0.003
#: what is said in one conversation ends sooner than what has to be looked into
_QUICK: Mapping[str, float] = {"praise": 0.1, "consultation": 0.5, "suggestion": 0.8}
_ANSWER_WITHIN = 6
#: state and its share, by the age in days up to which they hold
_STATES: Sequence[tuple[int, Sequence[tuple[str, float]]]] = (
    (1, (("registered", 0.5), ("accepted", 0.3), ("investigating", 0.2))),
    (
        6,
        (
            ("accepted", 0.2),
            ("investigating", 0.38),
            ("waiting", 0.22),
            ("answered", 0.13),
            ("escalated", 0.07),
        ),
    ),
    (
        _WHOLE,
        (
            ("answered", 0.62),
            ("investigating", 0.11),
            ("waiting", 0.12),
            ("escalated", 0.09),
            ("reopened", 0.06),
        ),
    ),
)
_LATE_STATES = (("waiting", 0.35), ("escalated", 0.35), ("investigating", 0.2), ("answered", 0.1))
_GOLDEN = 0.618034  # steps of it go evenly through all states, however few cases there are
_ANSWERED = ("answered", "reopened")


class OpenMaker:
    """Decides which cases are open on ``today``, and gives these what their state needs."""

    def __init__(self, random: Random, today: date, texts: Mapping[str, Any]) -> None:
        self.random = random
        self.today = today
        self.texts = texts
        self._due = random.random()
        self._turn = random.random()

    def lingers(self, opened: date, kind: str) -> bool:
        """True for a case that could be closed by now and is not.

        The shares add up from case to case: also a desk of few cases has as many open as it should.
        """
        whole, self._due = divmod(self._due + share_open((self.today - opened).days, kind), 1)
        return whole > 0

    def state(self, opened: date, kind: str) -> str:
        """The state of a case that is not closed; what ends in one conversation waits for nobody."""
        state = self._drawn(opened)
        return "accepted" if kind in _QUICK and state in self.texts else state

    def _drawn(self, opened: date) -> str:
        age = (self.today - opened).days
        shares = next((shares for until, shares in _STATES if age <= until), _LATE_STATES)
        draw = self._turn = (self._turn + _GOLDEN) % 1
        for state, share in shares:
            draw -= share
            if draw < 0:
                return state
        return shares[-1][0]

    def answered_on(self, opened: date, state: str) -> date | None:
        """The day of the answer, where the state says that there was one."""
        if state not in _ANSWERED:
            return None
        return min(self.today, opened + timedelta(days=self.random.randint(1, _ANSWER_WITHIN)))

    def left(self, case: Case, state: str, answered: date | None, fill: Callable[[str], str]) -> Case:
        """The case in that state."""
        case = replace(case, status=state, answered_on=answered)
        if state == "registered":
            return replace(case, accepted_on=None, steps=case.steps[:1])
        if state == "answered" and case.steps[-1].day == answered:
            return replace(case, steps=(*case.steps[:-1], replace(case.steps[-1], status=state)))
        if state in self.texts:
            return replace(case, steps=(*case.steps, self._step(case, state, fill)))
        return case

    def _step(self, case: Case, state: str, fill: Callable[[str], str]) -> Step:
        """How it came into that state."""
        random = self.random
        day = min(self.today, case.steps[-1].day + timedelta(days=random.randint(1, 3)))
        channel, counterpart, result, *texts = random.choice(self.texts[state])
        follow_up = self.today + timedelta(days=random.randint(-2, 6)) if state == "waiting" else None
        return Step(
            f"{day.isoformat()}T17:{random.randint(20, 49)}",
            case.handler,
            channel,
            fill(counterpart),
            result,
            fill(random.choice(texts)),
            state,
            max(day, follow_up) if follow_up else None,
        )


def share_open(age: int, kind: str) -> float:
    """How many of the cases of that age are still open though their work is done."""
    if age < _FRESH:
        share = _IN_FRESH
    elif age <= _WHOLE:
        share = _IN_FRESH * exp((_FRESH - 1 - age) / _FADE)
    else:
        share = _OF_LONG if age <= _LONG else _OF_OLD
    return share * _QUICK.get(kind, 1)
