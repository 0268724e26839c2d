"""The monthly summary as a document: ten sections of sentences and tables, all from one ``Summary``.

What is written follows from the figures alone: no section invents a cause, a promise or a measure. A month in which
nothing happened makes a nil report. The masked texts of typical cases come with the summary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from postal_desk.domain.day_ranges import DayRange
from postal_desk.domain.summaries import Summary
from postal_desk.reports import (
    monthly_cases,
    monthly_handling,
    monthly_measures,
    monthly_outlets,
    monthly_outlook,
)
from postal_desk.reports.document import Block, Document, Heading, Paragraph, Run, SignOff, Title
from postal_desk.reports.document import HandIn as HandInRow
from postal_desk.reports.file_names import safe_stem
from postal_desk.reports.monthly_parts import Section, Writing
from postal_desk.reports.words import Words, words_for


@dataclass(frozen=True, slots=True)
class HandIn:
    """What the receiving office wants to know. Empty parts are printed as blanks to fill in by hand."""

    unit: str = ""
    prepared_by: str = ""
    approved_by: str = ""
    telephone: str = ""
    serial_number: str = ""
    submitted_to: str = ""
    seal_place: str = ""  # the words in brackets after the unit; by default that the seal goes here
    reported_on: date | None = None
    audit_head: str = ""  # how far the audit had come, so that the paper proves what it held then


SECTIONS: tuple[Section, ...] = (
    monthly_cases.overall,
    monthly_cases.breakdown,
    monthly_handling.handling,
    monthly_handling.compensation,
    monthly_handling.opinion,
    monthly_outlets.outlets,
    monthly_outlets.typical,
    monthly_measures.measures,
    monthly_outlets.praise,
    monthly_outlook.outlook,
)


def monthly_document(summary: Summary, hand_in: HandIn, language: str, layout: str) -> Document:
    """The document of a month; ``layout`` is ``gbt9704`` or ``plain``."""
    words = words_for(summary.month, language)
    writing = Writing(summary, words, layout)
    unit = hand_in.unit or unit_name(summary.branch, words)
    blocks: list[Block] = [_title(summary, words, layout)]
    if hand_in.submitted_to:
        address = words.t("{office}:", office=hand_in.submitted_to)
        blocks.append(Paragraph((Run(address),), "flush"))
    if summary.nil:
        blocks += _nil_report(summary, words)
    else:
        blocks.append(_opening(summary, words))
        blocks += _sections(writing)
    blocks[-1] = _held(blocks[-1])
    blocks.append(_sign_off(unit, hand_in, summary, words))
    blocks.append(_hand_in(unit, hand_in, summary, words))
    if hand_in.audit_head:
        blocks.append(
            Paragraph((Run(words.t("Audit of the desk: {head}", head=hand_in.audit_head)),), "note")
        )
    return Document(
        title=monthly_heading(summary, words),
        language=language,
        style=layout,
        stem=file_stem(summary, language),
        blocks=tuple(blocks),
        notes=writing.notes.texts,
        author=unit,
    )


def title_lines(summary: Summary, words: Words) -> tuple[str, ...]:
    """The title in two lines: unit and month, then what it is. Days from and to need a line of their own in Chinese."""
    if words.chinese and isinstance(summary.month, DayRange):
        unit, days = unit_name(summary.branch, words), words.month(summary.month)
        return unit, days, words.t("Monthly report on customer service")
    return (
        words.t(
            "{branch}, {month}", branch=unit_name(summary.branch, words), month=words.month(summary.month)
        ),
        words.t("Monthly report on customer service"),
    )


def monthly_heading(summary: Summary, words: Words) -> str:
    """The title in one line; an unfinished month says up to which day."""
    title = ("" if words.chinese else ": ").join(title_lines(summary, words))
    if summary.finished:
        return title + _revised(summary, words)
    return title + words.bracketed(words.t("as at {day}", day=words.short_day(summary.as_of)))


def unit_name(branch: str, words: Words) -> str:
    """The branch as a unit: a desk named by its district alone (船营区) stands for the post's branch there."""
    return f"{branch}分公司" if words.chinese and branch.endswith(("区", "县", "市", "旗")) else branch


def file_stem(summary: Summary, language: str) -> str:
    """The proposed file name without extension; an unfinished month says up to which day."""
    words = words_for(summary.month, language)
    name = words.t(
        "{branch} {month} monthly service report",
        branch=unit_name(summary.branch, words),
        month=words.month(summary.month),
    )
    if not summary.finished:
        name += words.bracketed(words.t("as at {day}", day=words.short_day(summary.as_of)))
    return safe_stem(name + _revised(summary, words))


def _revised(summary: Summary, words: Words) -> str:
    """What tells a revised report from the one handed in before."""
    mark = summary.closing
    if mark is None or mark.revision == 1:
        return ""
    return words.bracketed(words.t("revision {n}", n=mark.revision))


def _title(summary: Summary, words: Words, layout: str) -> Title:
    under = ""
    if not summary.finished:
        under = words.t("as at {day}", day=words.short_day(summary.as_of))
        under = f"（{under}）" if words.chinese else f"({under})"
    elif summary.closing is not None and summary.closing.revision > 1:
        under = _revised(summary, words)
    elif layout == "plain":
        under = words.t("Figures as at {day}", day=words.day(summary.as_of))
    return Title(title_lines(summary, words), under)


def _opening(summary: Summary, words: Words) -> Paragraph:
    text = words.t(
        "This report covers the customer-service cases of the branch from {first} to {last}.",
        first=_first_day(summary, words),
        last=_last_day(summary, words),
    )
    if not summary.finished:
        remark = words.t("The month is not over; its figures may still change.")
        text = words.joined((text, remark))
    return Paragraph((Run(text),))


def _first_day(summary: Summary, words: Words) -> str:
    """The period's first day; the year is said once, where the language says it."""
    first = summary.month.first
    return words.day(first) if words.chinese else words.short_day(first)


def _last_day(summary: Summary, words: Words) -> str:
    last = min(summary.as_of, summary.month.last)
    return words.short_day(last) if words.chinese else words.day(last)


def _held(block: Block) -> Block:
    """The last words hold to the sign-off: a page must not carry a seal and nothing else."""
    return replace(block, keep_next=True) if isinstance(block, Paragraph) else block


def _sections(writing: Writing) -> list[Block]:
    blocks: list[Block] = []
    for number, section in enumerate(SECTIONS, 1):
        heading, content = section(writing)
        blocks.append(Heading(writing.words.ordinal(number) + heading, 1))
        blocks += content
    return blocks


def _nil_report(summary: Summary, words: Words) -> list[Block]:
    text = words.t(
        "From {first} to {last} the branch received no customer-service case, closed none, and has none in progress; "
        "no compensation was paid and no praise came in. This is a nil report.",
        first=_first_day(summary, words),
        last=_last_day(summary, words),
    )
    total = words.t(
        "In the year so far it received {received} and closed {closed}.",
        received=words.cases(summary.year_to_date.received),
        closed=words.cases(summary.year_to_date.closed),
    )
    return [Paragraph((Run(text),)), Paragraph((Run(total),))]


def _sign_off(unit: str, hand_in: HandIn, summary: Summary, words: Words) -> SignOff:
    day = hand_in.reported_on or summary.as_of
    return SignOff(unit, words.day(day), words.bracketed(hand_in.seal_place or words.t("seal")))


def closing_rows(summary: Summary, words: Words) -> tuple[tuple[str, str], ...]:
    """How the paper names the closing its figures are those of; nothing while the month is open."""
    mark = summary.closing
    if mark is None:
        return ()
    number = words.t("{number}, revision {n}", number=mark.number, n=mark.revision)
    return (words.t("Closed under"), number), (words.t("Check code"), mark.check_code)


def _hand_in(unit: str, hand_in: HandIn, summary: Summary, words: Words) -> HandInRow:
    reported = words.day(hand_in.reported_on) if hand_in.reported_on else ""
    return HandInRow(
        (
            (words.t("Reporting unit"), unit),
            (words.t("Serial number"), hand_in.serial_number),
            (words.t("Prepared by"), hand_in.prepared_by),
            (words.t("Approved by"), hand_in.approved_by),
            (words.t("Telephone"), hand_in.telephone),
            (words.t("Date of report"), reported),
            *closing_rows(summary, words),
        )
    )
