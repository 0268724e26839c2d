"""The papers of one case beside its sheet: receipt slip, written reply, inquiry form. Each masked unless asked for.

They are made for a plain office printer: A4, margins of 11 mm or more, nothing to be cut but along a printed line.
What a paper says follows from the record; what the record does not know is a blank to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from postal_desk.domain.cases import Case, MailItem
from postal_desk.domain.deadlines import Deadline
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Sentence, say
from postal_desk.reports.case_sheet import Sheet, marked
from postal_desk.reports.case_sheet_rows import Rows
from postal_desk.reports.document import (
    Block,
    Document,
    Form,
    FormCell,
    FormRow,
    Paragraph,
    Run,
    SignOff,
    Title,
)
from postal_desk.reports.file_names import safe_stem
from postal_desk.reports.monthly import HandIn, unit_name
from postal_desk.reports.personal import masked_case
from postal_desk.reports.words import NONE, Words

_SIGN = 14.0  # millimetres of a row to sign in
_REPLY = 34.0  # of the rows in which another office answers


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper is made of: the case with its clocks, the branch's block, and the words of a reply.

    ``findings`` is what a written reply tells the customer; empty, it is made of the record.
    """

    sheet: Sheet
    hand_in: HandIn
    findings: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper: its name in menus and lists, its builder."""

    name: str
    title: Sentence
    build: Callable[[PaperFacts, Rules, str], Document]


def receipt_slip(facts: PaperFacts, rules: Rules, language: str) -> Document:
    """受理回执: what the customer takes home, with the number and the day of the reply; below it the branch's stub."""
    words, case = Words(language), _shown(facts, rules)
    form = Rows(language)
    title = words.t("Receipt of your case")
    phone = facts.hand_in.telephone or "__________"
    until = _reply_by(facts.sheet.deadlines)
    promise = words.t("We answer by {day}.", day=words.day(until)) if until else ""
    keep = words.t(
        "Keep this slip; with the number above you can ask how things stand, telephone {phone}.", phone=phone
    )
    stub = words.t("Stub, kept by the branch")
    blocks: list[Block] = [
        Title((title,), marked(_unit(facts, words), facts.sheet, words)),
        Form(tuple(_receipt_rows(form, case, rules, words, until))),
        Paragraph((Run(words.joined((promise, keep))),), "note"),
        Paragraph((Run(_appeal_hint(facts.sheet, words)),), "note"),
        Paragraph(
            (
                Run(
                    f"{words.t('Accepted by (name):')} {case.handler or '______________'}　　{words.t('Date:')} "
                    f"{words.day(facts.sheet.printed_on)}　　{words.t('(seal)')}"
                ),
            ),
            "note",
        ),
        Paragraph((Run("✂ " + "– " * 58),), "note"),
        Title((stub,), ""),
        Form((*_receipt_rows(form, case, rules, words, until), _signatures(words))),
    ]
    return _document(title, "slip", case, facts, blocks, language)


def _receipt_rows(form: Rows, case: Case, rules: Rules, words: Words, until: date | None) -> list[FormRow]:
    kind = words.name(rules.name("kinds", case.kind))
    items = "\n".join(_item(item, rules, words) for item in case.items)
    rows = [
        form.two((words.t("Case number"), case.number), (words.t("Opened on"), words.day(case.opened_on))),
        form.two(
            (words.t("Kind"), kind), (words.t("Category"), words.name(rules.category_name(case.category)))
        ),
        form.two((words.t("Customer"), _customer(case, words)), (words.t("Phone"), case.customer.phone)),
        form.wide(words.t("Subject"), case.subject, 2),
    ]
    if items:
        rows.append(form.wide(words.t("Mail items"), items, 3))
    rows.append(
        form.two(
            (words.t("Outlet"), case.outlet),
            (words.t("Reply by"), words.day(until) if until else NONE),
        )
    )
    return rows


def _signatures(words: Words) -> FormRow:
    half = 0.5
    return FormRow(
        (
            FormCell(f"{words.t('Customer (signature):')}", half),
            FormCell(f"{words.t('Accepted by (signature):')}", half),
        ),
        _SIGN,
    )


def reply_letter(facts: PaperFacts, rules: Rules, language: str) -> Document:
    """答复函: what was found and what is done, to the customer; the rights that remain are named."""
    words, case = Words(language), _shown(facts, rules)
    title = words.t("Letter of reply")
    name = case.customer.name or words.t("Customer")
    blocks: list[Block] = [
        Title((title,), words.t("No. {number}", number=case.number)),
        Paragraph((Run(words.t("Dear {name}:", name=name)),), "flush"),
        Paragraph((Run(_opening(case, rules, words)),)),
    ]
    blocks += [Paragraph((Run(line),)) for line in _findings(facts, case, rules, words) if line.strip()]
    blocks.append(Paragraph((Run(_decision(case, rules, words)),)))
    blocks.append(Paragraph((Run(_rights(facts, words)),)))
    blocks.append(
        Paragraph(
            (Run(words.t("We thank you for your understanding and your support of the post.")),),
            keep_next=True,
        )
    )
    seal = facts.hand_in.seal_place or words.t("seal")
    blocks.append(SignOff(_unit(facts, words), words.day(facts.sheet.printed_on), words.bracketed(seal)))
    return _document(title, "letter", case, facts, blocks, language)


def _opening(case: Case, rules: Rules, words: Words) -> str:
    channel = words.kind(rules.name("channels", case.channel))
    return words.t(
        "On {day} we received your {kind} “{subject}” (case {number}; channel: {channel}).",
        day=words.day(case.opened_on),
        channel=channel,
        kind=words.kind(rules.name("kinds", case.kind)),
        subject=case.subject,
        number=case.number,
    )


def _findings(facts: PaperFacts, case: Case, rules: Rules, words: Words) -> list[str]:
    if facts.findings.strip():
        first, *more = facts.findings.strip().split("\n")
    else:
        first, more = findings_of(case, words) or "____________________", []
    return [words.t("This is what we found: {found}", found=first), *more]


def findings_of(case: Case, words: Words) -> str:
    """What the record has to tell the customer: the answer if one was given, else the last step with words."""
    told = [step for step in case.steps if step.text.strip()]
    answers = [step for step in told if step.status in ("answered", "closed")] or told
    return answers[-1].text.replace("\n", words.joined(("", " "))) if answers else ""


def _decision(case: Case, rules: Rules, words: Words) -> str:
    parts = []
    for disposition in case.dispositions:
        text = words.kind(rules.name("dispositions", disposition.kind))
        if disposition.amount is not None:
            text += " " + words.money(disposition.amount)
        parts.append(text)
    if not parts:
        return words.t("What is done: ____________________")
    return words.t("What is done: {outcomes}.", outcomes=words.listed(parts))


def _rights(facts: PaperFacts, words: Words) -> str:
    phone = facts.hand_in.telephone or "__________"
    return words.t(
        "If you have questions, please ring {phone}. If you do not agree with this reply, you may turn to the postal "
        "administration through its appeal line 12305.",
        phone=phone,
    )


def inquiry_form(facts: PaperFacts, rules: Rules, language: str) -> Document:
    """查询单: to the office that can tell what became of the items; its answer is written into the lower half."""
    words, case = Words(language), _shown(facts, rules)
    form = Rows(language)
    title = words.t("Inquiry form")
    until = _reply_by(facts.sheet.deadlines)
    rows = [
        form.two(
            (words.t("Case number"), case.number), (words.t("Date of the inquiry"), words.day(case.opened_on))
        ),
        form.two((words.t("To (office)"), "　"), (words.t("Reply by"), words.day(until) if until else NONE)),
    ]
    for number, item in enumerate(case.items or (MailItem(),), 1):
        rows += _item_rows(form, number, item, rules, words)
    rows += [
        form.two((words.t("Customer"), _customer(case, words)), (words.t("Phone"), case.customer.phone)),
        form.wide(words.t("Address"), case.customer.address, 2),
        form.wide(words.t("What is asked"), case.remedy or case.subject, 3),
        form.wide(words.t("What is known"), _known(case, words), 6),
        form.two(
            (words.t("Inquiring office"), _unit(facts, words)),
            (words.t("Telephone"), facts.hand_in.telephone or "　"),
        ),
        form.two((words.t("Handler"), case.handler), (words.t("(seal)"), "　")),
    ]
    label = form.label
    answer = (
        FormRow((FormCell(words.t("Reply of the office asked"), 1.0, label=True),), 8.0),
        FormRow((FormCell(words.t("Result"), label, label=True), FormCell("", 1 - label)), _REPLY),
        form.two((words.t("Answered by"), "　"), (words.t("Telephone"), "　")),
        form.two((words.t("Date of the answer"), "　"), (words.t("(seal)"), "　")),
    )
    blocks: list[Block] = [
        Title((title,), marked(_unit(facts, words), facts.sheet, words)),
        Form((*rows, *answer)),
    ]
    return _document(title, "sheet", case, facts, blocks, language)


def _item_rows(form: Rows, number: int, item: MailItem, rules: Rules, words: Words) -> list[FormRow]:
    kind = words.name(rules.name("classes", item.mail_class)) if item.mail_class else "　"
    posted = words.day(item.posted_on) if item.posted_on else "　"
    charges = [words.money(item.postage)] if item.postage is not None else []
    if item.insured is not None:
        charges.append(words.t("insured for {amount}", amount=words.money(item.insured)))
    return [
        form.two((words.t("Item {n}", n=number), item.number or "　"), (words.t("Class"), kind)),
        form.two(
            (words.t("Posted on"), posted), (words.t("Postage"), words.clauses(charges) if charges else "　")
        ),
    ]


def _known(case: Case, words: Words) -> str:
    last = [step.text for step in case.steps if step.text.strip()][-1:]
    return "\n".join(part for part in (case.narrative, *last) if part.strip()) or "　"


# -- what they share --------------------------------------------------------------------------------------


def _shown(facts: PaperFacts, rules: Rules) -> Case:
    return masked_case(facts.sheet.case, rules) if facts.sheet.masked else facts.sheet.case


def _unit(facts: PaperFacts, words: Words) -> str:
    return facts.hand_in.unit or unit_name(facts.sheet.branch, words)


def _customer(case: Case, words: Words) -> str:
    return words.t("anonymous") if case.customer.anonymous else case.customer.name


def _item(item: MailItem, rules: Rules, words: Words) -> str:
    parts = [item.number or words.t("(no number)")]
    if item.mail_class:
        parts.append(words.name(rules.name("classes", item.mail_class)))
    return ("，" if words.chinese else ", ").join(parts)


def _reply_by(deadlines: Sequence[Deadline]) -> date | None:
    """The day by which the customer is to have an answer: the first of the reply clocks."""
    days = [deadline.due for deadline in deadlines if deadline.reply]
    return min(days) if days else None


def _appeal_hint(sheet: Sheet, words: Words) -> str:
    days = [deadline.due for deadline in sheet.deadlines if deadline.clock == "appeal_possible"]
    if not days:
        return ""
    return words.t(
        "Without an answer by {day} you may turn to the postal administration, appeal line 12305.",
        day=words.day(days[0]),
    )


def _document(
    title: str, style: str, case: Case, facts: PaperFacts, blocks: list[Block], language: str
) -> Document:
    """Title and file name carry the number and nothing personal; the title's property also what is in clear."""
    shown = tuple(block for block in blocks if not (isinstance(block, Paragraph) and not block.text))
    return Document(
        title=marked(f"{title} {case.number}", facts.sheet, Words(language)),
        language=language,
        style=style,
        stem=safe_stem(f"{title} {case.number}"),
        blocks=shown,
        author=facts.sheet.branch,
    )


PAPERS: dict[str, PaperKind] = {
    kind.name: kind
    for kind in (
        PaperKind("receipt", say("Receipt slip"), receipt_slip),
        PaperKind("reply", say("Written reply"), reply_letter),
        PaperKind("inquiry", say("Inquiry form"), inquiry_form),
    )
}
