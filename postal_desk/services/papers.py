"""Papers that leave the house beside the monthly summary: slips, letters and forms of a case, the month's register.

Masked unless a manager gives a reason; every file and every print in clear is written to the audit first.
"""

from __future__ import annotations

from pathlib import Path

from postal_desk.domain.deadlines import clocks_for_case
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.reports.case_sheet import Sheet
from postal_desk.reports.document import Document
from postal_desk.reports.papers import PAPERS, PaperFacts, findings_of
from postal_desk.reports.personal import masked_case
from postal_desk.reports.register_paper import register
from postal_desk.reports.words import Words
from postal_desk.services.case_reading import found_case
from postal_desk.services.desk import Desk
from postal_desk.services.documents import (
    Renderer,
    audit_export,
    case_lines,
    checked_reason,
    hand_in,
    written_document,
)
from postal_desk.services.months import figures

__all__ = ["PAPERS", "export_paper", "export_register", "findings", "paper", "paper_in_clear", "register_of"]


def paper(
    desk: Desk, kind: str, number: str, *, lang: str, masked: bool = True, findings: str = ""
) -> Document:
    """One paper of a case, for the preview and the printer. ``findings`` are the words of a written reply."""
    if kind not in PAPERS:
        raise Refusal(say("There is no paper {kind}; use one of: {kinds}", kind=kind, kinds=tuple(PAPERS)))
    today = desk.today()
    with desk.work() as work:
        case = found_case(desk, work, number).case
    deadlines = tuple(clocks_for_case(case, desk.rules, today, desk.branch.code))
    sheet = Sheet(case, deadlines, desk.branch.name, today, masked)
    facts = PaperFacts(sheet, hand_in(desk, Month.of(today)), findings)
    return PAPERS[kind].build(facts, desk.rules, lang)


def findings(desk: Desk, number: str, *, lang: str) -> str:
    """What a reply would tell the customer, masked, for somebody to put into better words."""
    with desk.work() as work:
        case = found_case(desk, work, number).case
    return findings_of(masked_case(case, desk.rules), Words(lang))


def paper_in_clear(
    desk: Desk, kind: str, number: str, *, lang: str, reason: str, findings: str = ""
) -> Document:
    """A paper with personal data in clear, for the printer; the reason is written to the audit first."""
    checked = checked_reason(desk, reason)
    document = paper(desk, kind, number, lang=lang, masked=False, findings=findings)
    audit_export(desk, "case.print", "case", number, checked, kind)
    return document


def export_paper(
    desk: Desk,
    kind: str,
    number: str,
    form: str,
    path: Path | None = None,
    *,
    lang: str,
    renderer: Renderer | None = None,
    unmasked_reason: str | None = None,
    findings: str = "",
) -> Path:
    """Write a paper as ``docx`` or ``pdf``; an existing file is left alone and the next free name taken."""
    reason = checked_reason(desk, unmasked_reason)
    document = paper(desk, kind, number, lang=lang, masked=not reason, findings=findings)
    audit_export(desk, "case.export", "case", number, reason, f"{kind} {form}")
    return written_document(document, form, path, renderer)


def register_of(desk: Desk, month: Span, *, lang: str, masked: bool = True) -> Document:
    """The register of a month, for the preview and the printer."""
    found = figures(desk, month)
    lines = case_lines(desk, found, masked=masked)
    return register(
        month,
        lines,
        desk.branch.name,
        hand_in(desk, month),
        desk.rules,
        lang,
        printed_on=desk.today(),
        masked=masked,
    )


def register_in_clear(desk: Desk, month: Span, *, lang: str, reason: str) -> Document:
    """The register in clear, for the printer; the reason is written to the audit first."""
    checked = checked_reason(desk, reason)
    document = register_of(desk, month, lang=lang, masked=False)
    audit_export(desk, "summary.print", "summary", str(month), checked, "register")
    return document


def export_register(
    desk: Desk,
    month: Span,
    form: str,
    path: Path | None = None,
    *,
    lang: str,
    renderer: Renderer | None = None,
    unmasked_reason: str | None = None,
) -> Path:
    """Write the register of a month as ``docx`` or ``pdf``."""
    if month.first > desk.today():
        raise Refusal(say("{month} has not begun; choose an earlier month", month=month.label))
    reason = checked_reason(desk, unmasked_reason)
    document = register_of(desk, month, lang=lang, masked=not reason)
    audit_export(desk, "summary.export", "summary", str(month), reason, f"register {form}")
    return written_document(document, form, path, renderer)
