"""The case sheet 登记表: one case on one page of A4, to be printed, signed and filed.

The facts take rows of fixed height; narrative and steps share the rest of the page. Both shrink together, from 10.5
down to 8 points; what does not fit even then goes on, whole, on continuation pages, and the sheet says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.cases import Case, MailItem, Step
from postal_desk.domain.deadlines import Deadline
from postal_desk.domain.rules import Rules
from postal_desk.reports.case_sheet_rows import Placed, Rows
from postal_desk.reports.document import (
    Block,
    Document,
    Form,
    FormCell,
    FormRow,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    Title,
)
from postal_desk.reports.file_names import safe_stem
from postal_desk.reports.monthly import unit_name
from postal_desk.reports.personal import masked_case
from postal_desk.reports.words import NONE, Words

FORM_HEIGHT = 250.0  # millimetres that the form may take below title and branch
SIGNATURES = 18.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a case sheet is made of. ``masked`` hides personal data; ``deadlines`` are as at ``printed_on``."""

    case: Case
    deadlines: Sequence[Deadline]
    branch: str
    printed_on: date
    masked: bool = True


def case_sheet(sheet: Sheet, rules: Rules, language: str) -> Document:
    """The document of one case. Its file name and title carry the number and nothing personal."""
    words = Words(language)
    case = masked_case(sheet.case, rules) if sheet.masked else sheet.case
    form = Rows(language)
    facts = _facts(form, case, rules, words)
    ending = _ending(form, sheet, case, rules, words)
    free = FORM_HEIGHT - sum(row.height for row in (*facts, *ending))
    narrative = case.narrative or NONE
    steps = "\n".join(_step(step, rules, words) for step in case.steps) or NONE
    more = words.t("(continued on the next page)")
    size, (first, second) = form.share((narrative, steps), free, more)
    rows = (
        *facts,
        form.free(words.t("Narrative"), first, size),
        form.free(words.t("Handling"), second, size),
        *ending,
    )
    title = words.t("Customer-service case sheet")
    under = words.t(
        "{branch}, printed on {day}", branch=unit_name(sheet.branch, words), day=words.day(sheet.printed_on)
    )
    blocks: list[Block] = [Title((title,), marked(under, sheet, words)), Form(rows)]
    for label, part in ((words.t("Narrative"), first), (words.t("Handling"), second)):
        blocks += _continuation(label, part, case.number, words, first_page=PageBreak() not in blocks)
    return Document(
        title=marked(f"{title} {case.number}", sheet, words),
        language=language,
        style="sheet",
        stem=safe_stem(f"{title} {case.number}"),
        blocks=tuple(blocks),
        author=sheet.branch,
    )


def marked(text: str, sheet: Sheet, words: Words) -> str:
    """The text, and behind it that the paper holds personal data in clear, if it does."""
    return text if sheet.masked else f"{text} · {words.t('Personal data is in clear.')}"


def _facts(form: Rows, case: Case, rules: Rules, words: Words) -> list[FormRow]:
    def code(list_name: str, value: str) -> str:
        return words.name(rules.name(list_name, value)) if value else NONE

    customer = case.customer
    who = [code("age_bands", customer.age_band)] if customer.age_band not in ("", "unknown") else []
    who += [code("vulnerabilities", each) for each in customer.vulnerable]
    name = words.t("anonymous") if customer.anonymous else customer.name
    category = words.name(rules.category_name(case.category))
    rows = [
        form.two((words.t("Case number"), case.number), (words.t("Opened on"), words.day(case.opened_on))),
        form.two(
            (words.t("Kind"), code("kinds", case.kind)), (words.t("Channel"), code("channels", case.channel))
        ),
        form.two((words.t("Business"), code("business", case.business)), (words.t("Category"), category)),
        form.two((words.t("Outlet"), case.outlet), (words.t("Handler"), case.handler)),
        form.two((words.t("Customer"), name), (words.t("Phone"), customer.phone)),
        form.two(
            (words.t("Address"), customer.address),
            (words.t("About the customer"), ("、" if words.chinese else ", ").join(who)),
        ),
        form.wide(words.t("Subject"), case.subject, 2),
    ]
    if case.items:
        lines = "\n".join(_item(item, rules, words) for item in case.items)
        rows.append(form.wide(words.t("Mail items"), lines, 4))
    if case.remedy:
        rows.append(form.wide(words.t("Remedy sought"), case.remedy, 2))
    return rows


def _item(item: MailItem, rules: Rules, words: Words) -> str:
    parts = [item.number or words.t("(no number)")]
    if item.mail_class:
        parts.append(words.name(rules.name("classes", item.mail_class)))
    if item.posted_on:
        parts.append(words.t("posted {day}", day=words.day(item.posted_on)))
    if item.postage is not None:
        parts.append(words.t("postage {amount}", amount=words.money(item.postage)))
    if item.insured is not None:
        parts.append(words.t("insured for {amount}", amount=words.money(item.insured)))
    return ("，" if words.chinese else ", ").join(parts)


def _step(step: Step, rules: Rules, words: Words) -> str:
    """One line of the handling: moment, who, by which channel to whom; result; text."""
    how = words.name(rules.name("channels", step.channel)) if step.channel else ""
    to_whom = f" → {step.counterpart}" if step.counterpart else ""
    head = " ".join(part for part in (step.at.replace("T", " "), step.actor, how + to_whom) if part)
    result = words.name(rules.name("step_results", step.result)) if step.result else ""
    tail = [part for part in (result, step.text.replace("\n", " ")) if part]
    return head + (
        ("：" if words.chinese else ": ") + ("；" if words.chinese else "; ").join(tail) if tail else ""
    )


def _ending(form: Rows, sheet: Sheet, case: Case, rules: Rules, words: Words) -> list[FormRow]:
    responsibility = (
        words.name(rules.name("responsibility", case.responsibility)) if case.responsibility else NONE
    )
    closed = words.day(case.closed_on) if case.closed_on else words.t("not closed yet")
    opinion = words.name(rules.name("opinions", case.opinion)) if case.opinion else NONE
    rows = [
        form.wide(words.t("Deadlines"), _deadlines(sheet.deadlines, words), 3),
        form.wide(words.t("Outcome"), _outcomes(case, rules, words), 3),
        form.two((words.t("Responsibility"), responsibility), (words.t("Customer's opinion"), opinion)),
        form.two(
            (words.t("Status"), words.name(rules.name("statuses", case.status))),
            (words.t("Closed on"), closed),
        ),
    ]
    third = 1 / 3
    sign = words.t("Date:")
    cells = tuple(
        FormCell(f"{label}\n\n{sign}", third)
        for label in (words.t("Logged by:"), words.t("Handled by:"), words.t("Approved by (seal):"))
    )
    rows.append(FormRow(cells, SIGNATURES))
    return rows


_STATES = {"running", "due_soon", "overdue", "met", "late"}


def _deadlines(deadlines: Sequence[Deadline], words: Words) -> str:
    shown = [deadline for deadline in deadlines if deadline.reply and deadline.state in _STATES]
    return "\n".join(
        words.t(
            "{clock}: {day} ({state}); {source}",
            clock=words.name(deadline.rule.name),
            day=words.day(deadline.due),
            state=_state(deadline.state, words),
            source=words.name(deadline.source),
        )
        for deadline in shown
    )


def _state(state: str, words: Words) -> str:
    return {
        "running": words.t("clock running"),
        "due_soon": words.t("due soon"),
        "overdue": words.t("clock overdue"),
        "met": words.t("answered by then"),
        "late": words.t("answered late"),
    }[state]


def _outcomes(case: Case, rules: Rules, words: Words) -> str:
    found = []
    for disposition in case.dispositions:
        text = words.name(rules.name("dispositions", disposition.kind))
        if disposition.amount is not None:
            text += " " + words.money(disposition.amount)
        if disposition.on:
            text += words.bracketed(words.day(disposition.on))
        found.append(text)
    return ("；" if words.chinese else "; ").join(found)


def _continuation(label: str, part: Placed, number: str, words: Words, *, first_page: bool) -> list[Block]:
    if not part.text.rest:
        return []
    heading = words.t("{part} of case {number}, continued", part=label, number=number)
    blocks: list[Block] = [PageBreak()] if first_page else []
    blocks.append(Heading(heading, 1))
    blocks += [Paragraph((Run(line),)) for line in part.text.rest.split("\n") if line.strip()]
    return blocks
