"""What happened in a case, in order: how it came in, each step, how it ended. Plain data for the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postal_desk.domain.cases import Case
from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label

#: what the dot beside a step means; the result's words say it too
_GOOD = frozenset({"delivered", "returned", "evidence_received", "answered"})
_BAD = frozenset({"wrong_party", "refused", "risk_notice_given"})
_ATTENTION = frozenset({"promised"})


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry. ``tone`` good, bad, attention or neutral; ``step`` is the place in ``case.steps``, -1 for
    none; ``files`` counts those kept with it.
    """

    on: date
    title: str
    text: str
    result: str = ""
    tone: str = "neutral"
    who: str = ""
    clock: str = ""
    step: int = -1
    files: int = 0

    @property
    def heading(self) -> str:
        """Day, way, result and person in one line."""
        parts = (self.on.isoformat(), self.clock, self.title, self.result, self.who)
        return " · ".join(part for part in parts if part)

    def day_words(self, opened_on: date) -> str:
        """«Day 3» counted from the opening, or the date for what came before it."""
        day = (self.on - opened_on).days + 1
        return _("Day {n}").format(n=day) if day > 0 else self.on.isoformat()


def moments_of(case: Case, rules: Rules) -> list[Moment]:
    """All entries of a case in the order of their days."""
    channel = label(rules.name("channels", case.channel))
    opening = Moment(case.opened_on, channel, case.narrative or case.subject, tone="good")
    steps = [_of_step(case, place, rules) for place in range(len(case.steps))]
    before = [step for step in steps if step.on < case.opened_on]
    after = [step for step in steps if step.on >= case.opened_on]
    ending = [_ending(case, rules)] if case.closed_on else []
    return [*before, opening, *after, *ending]


def _of_step(case: Case, place: int, rules: Rules) -> Moment:
    step = case.steps[place]
    parts = [label(rules.name("channels", step.channel)) if step.channel else "", step.counterpart]
    if step.status:
        parts.append("→ " + label(rules.name("statuses", step.status)))
    text = step.text
    if step.follow_up_on:
        text = "\n".join(
            part for part in (text, _("Follow up on {day}").format(day=step.follow_up_on.isoformat())) if part
        )
    return Moment(
        step.day,
        " · ".join(part for part in parts if part) or _("Step"),
        text,
        label(rules.name("step_results", step.result)) if step.result else "",
        _tone(step.result),
        step.actor,
        step.at[11:16],
        place,
    )


def _tone(result: str) -> str:
    if result in _GOOD:
        return "good"
    if result in _BAD:
        return "bad"
    return "attention" if result in _ATTENTION else "neutral"


def _ending(case: Case, rules: Rules) -> Moment:
    assert case.closed_on is not None
    outcome = []
    for disposition in case.dispositions:
        words = label(rules.name("dispositions", disposition.kind))
        if disposition.amount is not None:
            words += " " + _("{amount} yuan").format(amount=f"{disposition.amount:f}")
        outcome.append(words)
    parts = [enumerate_words(outcome)]
    if case.responsibility:
        parts.append(label(rules.name("responsibility", case.responsibility)))
    if case.opinion:
        parts.append(label(rules.name("opinions", case.opinion)))
    text = " · ".join(part for part in parts if part)
    if case.praise:
        text += "\n" + case.praise
    return Moment(case.closed_on, label(rules.name("statuses", "closed")), text, tone="good")
