"""What the deadline box says about the form as it stands: plain sentences, no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from postal_desk.domain.cases import Case, MailItem
from postal_desk.domain.deadlines import Deadline, clocks_for_case
from postal_desk.domain.item_numbers import normalise
from postal_desk.domain.rules import CompensationRule, Rules, current
from postal_desk.domain.sentences import Label, Sentence, say
from postal_desk.ui.entry.form import Form


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply clock: its last day, and the limit with its source."""

    due: date
    reason: Sentence


@dataclass(frozen=True, slots=True)
class DeadlineNote:
    """``replies`` first to last; ``facts`` are quiet lines; ``warnings`` need attention; ``why`` one block a clock."""

    replies: tuple[Reply, ...] = ()
    facts: tuple[Sentence, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    why: tuple[tuple[Sentence, tuple[Sentence, ...]], ...] = ()


def deadline_note(form: Form, rules: Rules, today: date, division: str) -> DeadlineNote:
    """The note for the form, by the suggested kind if none is chosen; or what is missing for it."""
    kind = form.likely("kind")
    if not kind:
        return DeadlineNote(facts=(say("Choose the kind, and the time limit is shown here."),))
    if not form.text("opened_on"):
        return DeadlineNote(facts=(say("Give the day of entry, and the time limit is shown here."),))
    case = partial_case(form, kind)
    deadlines = clocks_for_case(case, rules, today, division)
    facts = [*_windows(deadlines), *compensation_hints(case, rules)]
    if not form.text("kind"):
        facts.insert(0, say("if it is: {kind}", kind=rules.name("kinds", kind)))
    if not any(deadline.reply for deadline in deadlines):
        facts.insert(0, say("No time limit for the reply is laid down for this kind of case."))
    return DeadlineNote(
        replies=tuple(_replies(deadlines)),
        facts=tuple(facts),
        warnings=tuple(_warnings(deadlines, today)),
        why=_whys(deadlines),
    )


def partial_case(form: Form, kind: str) -> Case:
    """The form as a case of that kind, as far as clocks ask: category, business, days and items."""
    shared = form.text("items.posted_on")
    rows = [row for row in form.items.rows if row.given]
    items = tuple(
        MailItem(
            number=normalise(row.number),
            mail_class=str(row.slots["class"].value),
            posted_on=_day(str(row.slots["posted_on"].value) or shared),
            postage=_money(str(row.slots["postage"].value)),
            insured=_money(str(row.slots["insured"].value)),
        )
        for row in rows
    )
    if not items and shared:
        items = (MailItem(posted_on=_day(shared)),)
    return Case(
        kind=kind,
        category=form.text("category"),
        channel=form.text("channel"),
        opened_on=date.fromisoformat(form.text("opened_on")),
        answered_on=_day(form.text("answered_on")),
        subject="",
        business=form.text("business"),
        items=items,
    )


def _replies(deadlines: tuple[Deadline, ...]) -> list[Reply]:
    replies: list[Reply] = []
    for d in sorted((d for d in deadlines if d.reply), key=lambda d: d.due):
        reply = Reply(
            d.due, say("{limit}, {clock}, {source}", limit=d.limit, clock=d.rule.name, source=d.source)
        )
        if reply not in replies:
            replies.append(reply)
    return replies


def _windows(deadlines: tuple[Deadline, ...]) -> list[Sentence]:
    """The inquiry windows still open, once a day; with several items the earliest counts."""
    days = sorted({d.due for d in deadlines if d.rule.start == "posting" and not d.liability_ended})
    return [say("Inquiries possible until {day}", day=days[0])] if days else []


def _warnings(deadlines: tuple[Deadline, ...], today: date) -> list[Sentence]:
    found: list[Sentence] = []
    ended = [d for d in deadlines if d.liability_ended]
    if ended:
        found.append(
            say(
                "Liability ended: the inquiry window closed on {day} ({source}). The case is still recorded.",
                day=min(d.due for d in ended),
                source=ended[0].source,
            )
        )
    if any(d.reply and d.state == "overdue" for d in deadlines):
        found.append(say("The time limit is already past."))
    unknown = sorted({d.due.year for d in deadlines if d.reply and not d.calendar_complete})
    if unknown:
        found.append(
            say(
                "The calendar of {years} is incomplete: holidays may move this day. Add them in Settings.",
                years=tuple(str(year) for year in unknown),
            )
        )
    return found


def _whys(deadlines: tuple[Deadline, ...]) -> tuple[tuple[Sentence, tuple[Sentence, ...]], ...]:
    seen: dict[tuple[str, date], tuple[Sentence, tuple[Sentence, ...]]] = {}
    for d in sorted(deadlines, key=lambda d: (not d.reply, d.due)):
        title = say("{clock}: {day}", clock=d.rule.name, day=d.due)
        seen.setdefault((d.rule.key or d.clock, d.due), (title, d.why))
    return tuple(seen.values())


def compensation_hints(case: Case, rules: Rules) -> list[Sentence]:
    """What the law gives if an item of these classes is lost, once for each class."""
    hints: list[Sentence] = []
    for mail_class in dict.fromkeys(item.mail_class for item in case.items if item.mail_class):
        day = next(
            (i.posted_on for i in case.items if i.mail_class == mail_class and i.posted_on), case.opened_on
        )
        fitting = [
            r for r in current(rules.compensation, day) if mail_class in r.classes and "lost" in r.events
        ]
        if fitting:
            items = [item for item in case.items if item.mail_class == mail_class]
            hints.append(_hint(fitting[0], rules.name("classes", mail_class), items))
    return hints


def _hint(rule: CompensationRule, name: Label, items: list[MailItem]) -> Sentence:
    factor = f"{rule.factor:f}" if rule.factor is not None else ""
    postage = {item.postage for item in items if item.postage is not None}
    insured = {item.insured for item in items if item.insured is not None}
    if rule.basis == "postage_multiple" and len(postage) == 1 and rule.factor is not None:
        amount = f"{postage.pop() * rule.factor:.2f}"
        return say(
            "If lost: {name} {factor} × postage = {amount} yuan", name=name, factor=factor, amount=amount
        )
    if rule.basis == "postage_multiple":
        return say("If lost: {name} {factor} × postage", name=name, factor=factor)
    if rule.basis == "actual_loss_capped":
        return say("If lost: {name} the loss, at most {factor} × postage", name=name, factor=factor)
    if rule.basis in ("insured_amount", "insured_share") and len(insured) == 1:
        return say("If lost: {name} the insured {amount} yuan", name=name, amount=f"{insured.pop():.2f}")
    if rule.basis in ("insured_amount", "insured_share"):
        return say("If lost: {name} the insured sum", name=name)
    if rule.basis == "none":
        return say("If lost: {name} no compensation, except for intent or gross negligence", name=name)
    return say("If lost: {name} by civil law and contract", name=name)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _money(text: str) -> Decimal | None:
    return Decimal(text) if text else None
