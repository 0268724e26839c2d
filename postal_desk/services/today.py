"""The day's work: what is overdue, due today or soon, to be looked at again, left unfinished.

Everything is bounded: a group lists :data:`MOST` rows and counts no further than :data:`COUNTED`, so the answer takes
the same time among a million cases as among a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from postal_desk.domain import claims as rules_of_claims
from postal_desk.domain.cases import Step
from postal_desk.domain.changes import Changes
from postal_desk.domain.deadlines import SOON
from postal_desk.domain.masking import mask_free_text
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.domain.workdays import add_working_days
from postal_desk.services import drafts
from postal_desk.services.cases import add_step
from postal_desk.services.desk import Desk
from postal_desk.services.months import months_to_close
from postal_desk.store import claim_records, measure_records, today_queries
from postal_desk.store.work import Work

MOST = 100
COUNTED = 1000
#: Groups in the order of urgency. Those of the badge ask for something today.
GROUPS = (
    *("overdue", "due_today", "follow_ups", "rechecks", "measures_overdue"),
    *("due_soon", "claims", "drafts", "months"),
)
#: (Re-checks are listed some days ahead; only those whose day has come ask for something today.)
BADGE = ("overdue", "due_today", "follow_ups", "rechecks", "measures_overdue")
_LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Task:
    """One row. ``kind`` says which record ``number`` names: case, measure, claim, draft, month. ``days`` is how far
    ``day`` lies in the past (negative: in the future); texts are masked.
    """

    group: str
    kind: str
    number: str
    subject: str
    day: date | None = None
    days: int = 0
    outlet: str = ""
    handler: str = ""
    note: Sentence | str = ""
    case: str = ""  # the case that a claim belongs to


@dataclass(frozen=True, slots=True)
class Today:
    """The groups that have something in them, in order; ``counts`` holds all groups, no further than COUNTED;
    ``badge`` is how many things ask for something today, as the sidebar says it.
    """

    on: date
    groups: dict[str, tuple[Task, ...]]
    counts: dict[str, int]
    badge: int


def today(desk: Desk) -> Today:
    """Everything that is to be done."""
    on = desk.today()
    soon = _soon(desk, on)
    with desk.work() as work:
        groups = {
            "overdue": _of_cases(desk, work, "overdue", "due", None, on - timedelta(days=1)),
            "due_today": _of_cases(desk, work, "due_today", "due", on, on),
            "due_soon": _of_cases(desk, work, "due_soon", "due", on + timedelta(days=1), soon),
            "follow_ups": _of_cases(desk, work, "follow_ups", "follow_up", None, on),
            "rechecks": _rechecks(work, on, soon),
            "measures_overdue": _measures(work, on),
            "claims": _claims(desk, work, on),
            "drafts": _drafts(desk, work),
        }
        counts, asked = _counts(work, on, soon), _asked(work, on)
    groups["months"] = tuple(
        Task("months", "month", str(month), "", month.last, (on - month.last).days)
        for month in months_to_close(desk, on)
    )
    for group in GROUPS:
        counts.setdefault(group, len(groups[group]))
    return Today(on, {group: groups[group] for group in GROUPS if groups[group]}, counts, asked)


def badge(desk: Desk) -> int:
    """How many things ask for something today, for the sidebar; counts no further than :data:`COUNTED` of each."""
    on = desk.today()
    with desk.work() as work:
        return _asked(work, on)


def mark_done(desk: Desk, task: Task) -> Changes:
    """Keep a promise to come back, by a step of today. Refuses any other task: it needs words, and has a form."""
    if task.group != "follow_ups":
        raise Refusal(say("{number} needs more than a tick; open it", number=task.number))
    from postal_desk import i18n

    text = i18n.tell(say("Followed up as promised"))
    return add_step(desk, task.number, Step(desk.now().isoformat(timespec="minutes"), desk.actor, text=text))


TITLES: dict[str, Sentence] = {
    "overdue": say("Overdue"),
    "due_today": say("Due today"),
    "due_soon": say("Due in the next {days} working days", days=SOON),
    "follow_ups": say("Promised for today"),
    "rechecks": say("Measures to check again"),
    "measures_overdue": say("Measures overdue"),
    "claims": say("Open claims"),
    "drafts": say("Drafts left"),
    "months": say("Months to close"),
}


def _soon(desk: Desk, on: date) -> date:
    return add_working_days(on, SOON, desk.rules.calendar).day


def _asked(work: Work, on: date) -> int:
    counts = _counts(work, on, on)
    return sum(counts[group] for group in BADGE)


def _counts(work: Work, on: date, soon: date) -> dict[str, int]:
    before = on - timedelta(days=1)
    return {
        "overdue": today_queries.count(work, "due", None, before, COUNTED),
        "due_today": today_queries.count(work, "due", on, on, COUNTED),
        "due_soon": today_queries.count(work, "due", on + timedelta(days=1), soon, COUNTED)
        if soon > on
        else 0,
        "follow_ups": today_queries.count(work, "follow_up", None, on, COUNTED),
        "rechecks": today_queries.count(work, "recheck", None, soon, COUNTED),
        "measures_overdue": measure_records.count_overdue(work, on, COUNTED),
    }


def _of_cases(
    desk: Desk, work: Work, group: str, kind: str, first: date | None, last: date
) -> tuple[Task, ...]:
    return tuple(
        Task(
            group,
            "case",
            row.number,
            _masked(desk, row.subject, row.customer),
            date.fromisoformat(row.day),
            (desk.today() - date.fromisoformat(row.day)).days,
            row.outlet,
            row.handler,
            _masked(desk, row.text, row.customer) or _owes(desk, row),
        )
        for row in today_queries.tasks(work, kind, first, last, MOST)
    )


def _owes(desk: Desk, row: today_queries.Task) -> Sentence | str:
    """An inquiry past its period obliges compensation: say so where it stands in the list."""
    past = date.fromisoformat(row.day) < desk.today()
    return say("check whether compensation is owed") if past and row.category.startswith("07") else ""


def _masked(desk: Desk, text: str, name: str = "") -> str:
    shown = mask_free_text(text, [name] if name else [], desk.rules.compound_surnames).text if text else ""
    shown = " ".join(shown.split())
    return shown if len(shown) <= _LONGEST_TEXT else shown[:_LONGEST_TEXT] + "…"


def _rechecks(work: Work, on: date, soon: date) -> tuple[Task, ...]:
    return tuple(
        Task(
            "rechecks",
            "measure",
            row.number,
            row.subject,
            date.fromisoformat(row.day),
            (on - date.fromisoformat(row.day)).days,
            row.outlet,
            row.handler,
        )
        for row in today_queries.tasks(work, "recheck", None, soon, MOST)
    )


def _measures(work: Work, on: date) -> tuple[Task, ...]:
    found = []
    for placed in measure_records.listed(work, overdue_on=on, limit=MOST):
        measure = placed.measure
        assert measure.due is not None
        assert measure.due.on is not None  # only a day can be overdue
        late = (on - measure.due.on).days
        found.append(
            Task(
                "measures_overdue",
                "measure",
                measure.number,
                measure.title,
                measure.due.on,
                late,
                measure.owner_unit,
                measure.owner,
            )
        )
    return tuple(sorted(found, key=lambda task: -task.days))


def _claims(desk: Desk, work: Work, on: date) -> tuple[Task, ...]:
    steps = rules_of_claims.next_steps()
    found = claim_records.listed(work, only_open=True, limit=MOST)
    about = today_queries.about_cases(work, [placed.claim.case for placed in found])
    tasks = []
    for claim in (placed.claim for placed in found):
        subject, outlet, handler, customer = about.get(claim.case, (claim.case, "", "", ""))
        tasks.append(
            Task(
                "claims",
                "claim",
                claim.number,
                _masked(desk, subject, customer),
                claim.opened_on,
                claim.age(on),
                outlet,
                handler,
                steps[claim.status],
                claim.case,
            )
        )
    return tuple(tasks)


def _drafts(desk: Desk, work: Work) -> tuple[Task, ...]:
    found = []
    for draft in drafts.visible(desk, work)[:MOST]:
        day = date.fromisoformat(draft.saved_at[:10])
        step = draft.form == "step"
        number = str(draft.payload.get("number", "")) if step else draft.key
        text = _masked(desk, _words_of(draft.payload))
        late = (desk.today() - day).days
        found.append(Task("drafts", "case" if step else "draft", number, text, day, late))
    return tuple(found)


def _words_of(payload: dict[str, Any]) -> str:
    """What a draft is about: its subject or the first words that were typed."""
    fields = payload.get("fields")
    known = fields if isinstance(fields, dict) else {}
    for slot in (payload.get("text"), known.get("subject"), known.get("narrative")):
        found = slot.get("value") if isinstance(slot, dict) else slot
        if isinstance(found, str) and found.strip():
            return found
    return ""


def today_to_json(found: Today) -> dict[str, Any]:
    """The day's work as the command line gives it."""
    from postal_desk import i18n

    def row(task: Task) -> dict[str, Any]:
        note = task.note if isinstance(task.note, str) else i18n.tell(task.note)
        return {
            "kind": task.kind,
            "number": task.number,
            "subject": task.subject,
            "day": task.day.isoformat() if task.day else None,
            "days": task.days,
            "outlet": task.outlet,
            "handler": task.handler,
            "note": note,
            **({"case": task.case} if task.case else {}),
        }

    return {
        "date": found.on.isoformat(),
        "badge": found.badge,
        "counts": {group: found.counts[group] for group in GROUPS},
        **{group: [row(task) for task in found.groups.get(group, ())] for group in GROUPS},
    }
