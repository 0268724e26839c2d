"""A record's facts in words, masked and whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from postal_desk.domain.cases import Case
from postal_desk.domain.masking import mask
from postal_desk.domain.rules import Rules
from postal_desk.i18n import _, enumerate_words, label
from postal_desk.ui.widgets.badge import status_tone

if TYPE_CHECKING:
    from postal_desk.domain.deadlines import Deadline
    from postal_desk.services.cases import CaseView

SOON_DAYS = 3
_OLD = ("60_79", "80_plus")
_NOTABLE_AGES = ("under_18", *_OLD)


def badges(view: CaseView, rules: Rules) -> list[tuple[str, str]]:
    """What stands beside the number: (words, tone). The state with its time, then fraud, then who needs
    care.
    """
    case = view.case
    found = [state_badge(view, rules)]
    if (follow_up := next_follow_up(case)) is not None:
        found.append((_("Follow up on {day}").format(day=follow_up.isoformat()), "attention"))
    if view.hold:
        found.append((_("Legal hold"), "attention"))
    if case.fraud:
        found.append((_("Suspected fraud"), "attention"))
    found += [(label(rules.name("vulnerabilities", code)), "neutral") for code in case.customer.vulnerable]
    if "elderly" not in case.customer.vulnerable and case.customer.age_band in _OLD:
        found.append((label(rules.name("age_bands", case.customer.age_band)), "neutral"))
    if view.origin is not None:
        found.append((_("Imported, row {row}").format(row=view.origin.row), "neutral"))
    if view.customer_cases > 1:
        found.append((_("{count} cases of this customer").format(count=view.customer_cases), "neutral"))
    return found


def next_follow_up(case: Case) -> date | None:
    """The first promised day that no later step has kept; ``None`` for a closed case."""
    if not case.is_open:
        return None
    promised = [
        step.follow_up_on
        for place, step in enumerate(case.steps)
        if step.follow_up_on and not any(later.day >= step.follow_up_on for later in case.steps[place + 1 :])
    ]
    return min(promised, default=None)


def state_badge(view: CaseView, rules: Rules) -> tuple[str, str]:
    """«Closed · 19 days (limit: 30 days)», «Overdue since …», «Investigating · reply by …»."""
    case = view.case
    status = label(rules.name("statuses", case.status))
    replies = [deadline for deadline in view.deadlines if deadline.reply]
    if case.closed_on is not None:
        days = view.elapsed_days
        told = _("{status} · 1 day") if days == 1 else _("{status} · {days} days")
        words = told.format(status=status, days=days)
        late = any(deadline.state == "late" for deadline in replies)
        return (words + " · " + _("late"), "bad") if late else (words, "good")
    running = [deadline for deadline in replies if deadline.state in ("running", "due_soon", "overdue")]
    if not running:
        return status, status_tone(case.status)
    first = min(running, key=lambda deadline: deadline.due)
    if first.state == "overdue":
        return _("{status} · overdue since {day}").format(status=status, day=first.due.isoformat()), "bad"
    tone = "attention" if first.state == "due_soon" else status_tone(case.status)
    return _("{status} · reply by {day}").format(status=status, day=first.due.isoformat()), tone


def customer_words(case: Case, rules: Rules, masked: bool) -> str:
    """Name, age, phone and address in one line."""
    customer = case.customer
    if customer.anonymous and not customer.name:
        return _("anonymous")

    def hidden(field: str, value: str) -> str:
        return mask(field, value, rules) if masked and value else value

    age = label(rules.name("age_bands", customer.age_band)) if customer.age_band in _NOTABLE_AGES else ""
    parts = (
        hidden("name", customer.name),
        age,
        hidden("phone", customer.phone),
        hidden("address", customer.address),
    )
    return " · ".join(part for part in parts if part)


def item_words(case: Case, rules: Rules, masked: bool) -> str:
    """«Registered letter ×2»; unmasked with the numbers."""
    if not case.items:
        return ""
    if masked:
        counts: dict[str, int] = {}
        for item in case.items:
            counts[item.mail_class] = counts.get(item.mail_class, 0) + 1
        return enumerate_words(
            (label(rules.name("classes", name)) if name else _("item")) + (f" ×{count}" if count > 1 else "")
            for name, count in counts.items()
        )
    return enumerate_words(
        " ".join(
            part
            for part in (
                label(rules.name("classes", item.mail_class)) if item.mail_class else "",
                item.number,
            )
            if part
        )
        for item in case.items
    )


def outcome_words(case: Case, rules: Rules) -> str:
    """What came of it."""
    return enumerate_words(label(rules.name("dispositions", one.kind)) for one in case.dispositions)


def opinion_words(case: Case, rules: Rules) -> str:
    """The customer's opinion."""
    return label(rules.name("opinions", case.opinion)) if case.opinion else ""


#: a clock's state → tone
STATE_TONES = {
    "running": "neutral",
    "due_soon": "attention",
    "overdue": "bad",
    "met": "good",
    "late": "bad",
    "ended": "neutral",
}


def clock_words(deadline: Deadline) -> str:
    """A clock's state in words."""
    words = {
        "running": _("running"),
        "due_soon": _("due soon"),
        "overdue": _("overdue"),
        "met": _("in time"),
        "late": _("late reply"),
        "ended": _("ended"),
    }
    return words[deadline.state]
