"""Figures for a terminal: the month's report as text, and what is frozen of a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from postal_desk import i18n
from postal_desk.domain.columns import aligned
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.summaries import Summary, check_code
from postal_desk.i18n import _
from postal_desk.reports.document import Block, Document, Heading, Paragraph
from postal_desk.reports.month_differences import Difference
from postal_desk.reports.monthly import HandIn, monthly_document
from postal_desk.reports.plain_text import text_lines
from postal_desk.services.desk import Desk
from postal_desk.services.documents import starred
from postal_desk.services.months import MonthState, Revision, figures, month_state

_PLACES = 100  # of a line of sentences
_STATES = {
    "open": say("Month not closed yet"),
    "closed": say("Month closed"),
    "changed": say("Changed since"),
}


def summary_lines(desk: Desk, found: Summary, language: str) -> Iterator[str]:
    """The report of a period, its personal data masked. Refuses one that has not begun."""
    if found.month.first > desk.today():
        raise Refusal(say("{month} has not begun; choose an earlier month", month=found.month.label))
    return text_lines(_document(desk, found, language), _PLACES)


def month_lines(desk: Desk, month: Month) -> Iterator[str]:
    """How a month stands: its closing with number and hash, its main figures, what differs by now, the revisions."""
    state = month_state(desk, month)
    yield f"{i18n.label(month.label)}  {i18n.tell(_STATES[state.state])}"
    yield from _closing(state)
    if month.first > desk.today():
        return
    document = _document(desk, figures(desk, month), i18n.language())
    yield from text_lines(_first_section(document), _PLACES)
    if state.differences:
        yield ""
        yield _("Differences since it was closed")
        yield from _difference_rows(state.differences)
    if len(state.revisions) > 1:
        yield ""
        yield _("Revisions")
        for revision in state.revisions:
            yield from _revision(revision)


def _document(desk: Desk, found: Summary, language: str) -> Document:
    return monthly_document(starred(found, desk), HandIn(), language, "plain")


def _first_section(document: Document) -> Document:
    """The month as a whole, without the report's title; of a nil report what it says."""
    blocks: list[Block] = []
    for block in document.blocks[1:]:
        if isinstance(block, Heading) and any(isinstance(one, Heading) for one in blocks):
            break
        blocks.append(block)
    marks = [run.note for block in blocks if isinstance(block, Paragraph) for run in block.runs]
    return replace(document, blocks=tuple(blocks), notes=document.notes[: max(marks, default=0)])


def _closing(state: MonthState) -> Iterator[str]:
    closing = state.closing
    if closing is None:
        return
    number = _("{number}, revision {n}").format(number=closing.number, n=closing.revision)
    rows = [
        (_("Closed under"), number),
        (_("Time"), closing.closed_at[:16].replace("T", " ")),
        (_("Who"), closing.closed_by),
        (_("Check code"), check_code(closing.hash)),
        ("SHA-256", closing.hash),
    ]
    yield from aligned([row for row in rows if row[1]])


def _difference_rows(found: Sequence[Difference]) -> list[str]:
    head = (_("Figure"), _("Closed with"), _("Now"), _("Because of"))
    rows = [
        (i18n.tell(one.name), one.before, one.after, _("later work") if one.later else _("late entries"))
        for one in found
    ]
    return ["  " + line for line in aligned([head, *rows], (1, 2))]


def _revision(revision: Revision) -> Iterator[str]:
    closing = revision.closing
    told = _("Revision {revision}, {at} {who}, check code {code}").format(
        revision=closing.revision,
        at=closing.closed_at[:16].replace("T", " "),
        who=closing.closed_by,
        code=check_code(closing.hash),
    )
    yield "  " + told.replace(" ，", "，").replace(" ,", ",")  # a desk without users names nobody
    if closing.reason:
        yield "    " + _("Reason: {reason}").format(reason=closing.reason)
    for one in revision.differences:
        yield f"    {i18n.tell(one.name)}: {one.before} → {one.after}"
