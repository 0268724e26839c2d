"""How a task of the day is said: the badge before it, the whole of it for the ear, the page that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import say
from postal_desk.i18n import _, label, tell

if TYPE_CHECKING:
    from postal_desk.services.today import Task


def badge_words(task: Task) -> tuple[str, str]:
    """The words of a task's badge and their tone."""
    day = task.day.strftime("%m-%d") if task.day else ""
    if task.group == "overdue":
        return tell(say("overdue {days} d", days=task.days)), "bad"
    if task.group == "due_today":
        return _("due today"), "attention"
    if task.group == "claims":
        return tell(say("day {n}", n=task.days)), "attention"
    if task.group == "months":
        return _("to close"), "attention"
    if task.group == "drafts":
        return _("draft"), "neutral"
    late = task.days > 0
    if task.days == 0:
        return _("today"), "attention"
    if task.group == "due_soon":
        return tell(say("by {day}", day=day)), "neutral"
    return tell(say("since {day}", day=day)) if late else tell(
        say("by {day}", day=day)
    ), "bad" if late else "attention"


def number_words(task: Task, prefix: str) -> str:
    """The number as lists show it; a draft has none, a month has its name."""
    if task.kind == "draft":
        return "—"
    if task.kind == "month":
        return label(Month.parse(task.number).label)
    return task.number.removeprefix(f"{prefix}-")


def subject_words(task: Task) -> str:
    """What it is about."""
    if task.kind == "month":
        return _("The month is over; check it and close it")
    if task.kind == "draft" and not task.subject:
        return _("A case that was begun and not saved")
    return task.subject


def note_words(task: Task) -> str:
    """What stands in grey behind it."""
    return task.note if isinstance(task.note, str) else tell(task.note)


def spoken(task: Task, prefix: str) -> str:
    """The whole row in one line, as a screen reader says it."""
    parts = (
        badge_words(task)[0],
        number_words(task, prefix),
        subject_words(task),
        note_words(task),
        task.outlet,
        task.handler,
    )
    return " · ".join(part for part in parts if part and part != "—")


def way_to(task: Task) -> tuple[str, dict[str, object]]:
    """The page that opens the record of a task, and what it is asked."""
    if task.kind == "claim":
        return "cases", {"number": task.case, "claim": task.number}
    if task.kind == "draft":
        return "entry", {"draft": task.number}
    if task.kind == "month":
        return "summary", {"month": task.number}
    if task.kind == "measure":
        return "measures", {"number": task.number}
    return "cases", {"number": task.number}


def next_act(task: Task) -> tuple[str, dict[str, object]] | None:
    """What Space does: the record of a task, opened where the work goes on; ``None`` for a promise, which it ticks."""
    page, request = way_to(task)
    acts = {"rechecks": "recheck", "measures_overdue": "finish", "months": "close"}
    if task.group == "follow_ups":
        return None
    if task.kind == "case":
        return page, {**request, "act": "step"}
    return page, {**request, "act": acts[task.group]} if task.group in acts else request


def act_right(task: Task) -> str:
    """The right that what Space does takes."""
    return {
        "rechecks": "measure.check",
        "measures_overdue": "measure.finish",
        "claims": "claim.edit",
        "drafts": "draft.save",
        "months": "month.close",
    }.get(task.group, "case.step")


def keys_words(task: Task, acts: bool = True) -> str:
    """What Enter and Space do with a task; Space opens too where the role does not act."""
    if not acts:
        return tell(say("Enter opens"))
    space = {
        "follow_ups": say("Space marks the promise as kept"),
        "rechecks": say("Space enters what the re-check found"),
        "measures_overdue": say("Space finishes the measure"),
        "claims": say("Space goes on with the claim"),
        "drafts": say("Space goes on writing"),
        "months": say("Space checks and closes the month"),
    }.get(task.group, say("Space writes the next step"))
    return f"{tell(say('Enter opens'))} · {tell(space)}"
