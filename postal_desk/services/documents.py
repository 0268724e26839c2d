"""Documents leaving the desk: the monthly summary as Word, Excel or PDF, the case sheet as Word or PDF.

Personal data is masked unless a manager gives a reason; every export is written to the audit before the file gets its
name. Files come out whole or not at all (see ``reports.safe_files``). What has to be painted, the caller's renderer
paints: services know no Qt.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from postal_desk.domain.deadlines import clocks_for_case
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.summaries import Summary
from postal_desk.reports.case_sheet import Sheet, case_sheet
from postal_desk.reports.charts import Chart
from postal_desk.reports.document import LAYOUTS, Document, Picture
from postal_desk.reports.monthly import HandIn, file_stem, monthly_document
from postal_desk.reports.personal import masked_line, with_words_starred
from postal_desk.reports.safe_files import write_file
from postal_desk.reports.xlsx_cases import CaseLine
from postal_desk.services import branch_settings
from postal_desk.services.audit_log import head_words
from postal_desk.services.case_reading import found_case
from postal_desk.services.desk import Desk
from postal_desk.services.months import figures as month_figures
from postal_desk.store import case_export
from postal_desk.store.batches import batches
from postal_desk.store.faults import environment_faults

FORMATS = ("docx", "xlsx", "pdf")
_BATCH = 500


class Renderer(Protocol):
    """Who paints for the services; ``render.output.QtRenderer`` is the program's."""

    def pdf(self, document: Document, path: Path) -> None:
        """Write a document as PDF; :class:`OSError` if the file can't be written."""

    def chart_png(self, chart: Chart, width: float, height: float) -> bytes:
        """A chart as a PNG picture; width and height in points."""


def export_summary(
    desk: Desk,
    month: Span,
    form: str,
    path: Path | None = None,
    *,
    layout: str = "gbt9704",
    lang: str,
    renderer: Renderer | None = None,
    unmasked_reason: str | None = None,
    replace: bool = False,
) -> Path:
    """Write the monthly summary and return where it stands.

    ``path`` is a file or an existing folder (by default the current one, under the proposed name). An existing file
    is left alone and the next free name taken, unless ``replace``. ``renderer`` is needed for PDF; without one Word has
    no charts. ``unmasked_reason`` puts personal data of the case list (workbook only) in clear and is audited.
    """
    if form not in FORMATS:
        raise Refusal(say("There is no format {form}; use one of: {forms}", form=form, forms=FORMATS))
    if layout not in LAYOUTS:
        raise Refusal(
            say("There is no layout {layout}; use one of: {layouts}", layout=layout, layouts=LAYOUTS)
        )
    if month.first > desk.today():
        raise Refusal(say("{month} has not begun; choose an earlier month", month=month.label))
    reason = checked_reason(desk, unmasked_reason)
    figures = starred(month_figures(desk, month), desk)
    target = _target(path, file_stem(figures, lang), form)
    audit_export(desk, "summary.export", "summary", str(month), reason, form)
    if form == "xlsx":
        return _write(target, _workbook_writer(desk, figures, lang, masked=not reason), replace)
    document = monthly_document(figures, hand_in(desk, month), lang, layout)
    return _write(target, _document_writer(document, form, renderer), replace)


def save_figures(desk: Desk, figures: Mapping[str, object], path: Path) -> Path:
    """Write the figures, as their JSON gives them, into a file; one that is there is left alone, as by
    :func:`export_summary`.
    """
    month = str(figures["month"])
    target = _target(path, month, "json")
    audit_export(desk, "summary.export", "summary", month, "", "json")
    text = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"

    def written(place: Path) -> None:
        place.write_text(text, "utf-8")

    return _write(target, written, False)


def summary_document(desk: Desk, figures: Summary, *, layout: str, lang: str) -> Document:
    """The document of a summary that was read before, for the preview."""
    return monthly_document(starred(figures, desk), hand_in(desk, figures.month), lang, layout)


def starred(figures: Summary, desk: Desk) -> Summary:
    """The typical cases with the desk's own words starred, those of a closed month too."""
    if not desk.rules.also_masked:
        return figures
    typical = tuple(
        dataclasses.replace(
            case,
            subject=with_words_starred(case.subject, desk.rules),
            narrative=with_words_starred(case.narrative, desk.rules),
        )
        for case in figures.typical
    )
    return dataclasses.replace(figures, typical=typical)


def export_case_sheet(
    desk: Desk,
    number: str,
    form: str,
    path: Path | None = None,
    *,
    lang: str,
    renderer: Renderer | None = None,
    unmasked_reason: str | None = None,
    replace: bool = False,
) -> Path:
    """Write the case sheet of one case as ``docx`` or ``pdf``; see :func:`export_summary`."""
    if form not in ("docx", "pdf"):
        forms = ("docx", "pdf")
        raise Refusal(say("There is no format {form}; use one of: {forms}", form=form, forms=forms))
    reason = checked_reason(desk, unmasked_reason)
    document = case_sheet_document(desk, number, lang=lang, masked=not reason)
    target = _target(path, document.stem, form)
    audit_export(desk, "case.export", "case", number, reason, form)
    return _write(target, _document_writer(document, form, renderer), replace)


def case_sheet_document(desk: Desk, number: str, *, lang: str, masked: bool = True) -> Document:
    """The case sheet of one case, for the preview and the printer. Refuses an unknown number."""
    today = desk.today()
    with desk.work() as work:
        case = found_case(desk, work, number).case
    deadlines = clocks_for_case(case, desk.rules, today, desk.branch.code)
    sheet = Sheet(case, deadlines, desk.branch.name, today, masked)
    return case_sheet(sheet, desk.rules, lang)


def case_sheet_in_clear(desk: Desk, number: str, *, lang: str, reason: str) -> Document:
    """The case sheet with personal data in clear, for the printer; the reason is written to the audit first."""
    checked = checked_reason(desk, reason)
    document = case_sheet_document(desk, number, lang=lang, masked=False)
    audit_export(desk, "case.print", "case", number, checked)
    return document


def hand_in(desk: Desk, month: Span) -> HandIn:
    """The branch's hand-in block for a month's report; the day of the report is today."""
    settings = branch_settings.get(desk)
    return HandIn(
        unit=settings.unit,
        prepared_by=settings.prepared_by,
        approved_by=settings.approved_by,
        telephone=settings.telephone,
        serial_number=settings.serial_of(month),
        submitted_to=settings.submitted_to,
        seal_place=settings.seal_place,
        reported_on=desk.today(),
        audit_head=head_words(desk),
    )


def written_document(
    document: Document, form: str, path: Path | None, renderer: Renderer | None, *, replace: bool = False
) -> Path:
    """Write any document as ``docx`` or ``pdf``; where it stands is as :func:`export_summary` says."""
    forms = ("docx", "pdf")
    if form not in forms:
        raise Refusal(say("There is no format {form}; use one of: {forms}", form=form, forms=forms))
    return _write(_target(path, document.stem, form), _document_writer(document, form, renderer), replace)


def written_file(
    path: Path | None, stem: str, form: str, write: Callable[[Path], None], *, replace: bool = False
) -> Path:
    """Write a file by ``write``, whole or not at all; where it stands is as :func:`export_summary` says."""
    return _write(_target(path, stem, form), write, replace)


def checked_reason(desk: Desk, reason: str | None) -> str:
    """The reason for data in clear, empty for a masked export; refuses an empty one, and a role that may not."""
    if reason is None:
        return ""
    desk.require("export.unmasked")
    if not reason.strip():
        raise Refusal(say("An export with personal data in clear needs a reason; it is written to the audit"))
    return reason.strip()


def _target(path: Path | None, stem: str, form: str) -> Path:
    """The file to write: the path given, or the proposed name in the folder given or the current one."""
    if path is None or path.is_dir():
        return (path or Path.cwd()) / f"{stem}.{form}"
    if path.suffix.lower() != f".{form}":
        return path.with_name(f"{path.name}.{form}")
    return path


def audit_export(desk: Desk, action: str, kind: str, record: str, reason: str, form: str = "") -> None:
    """Written before the file gets its name: what left the desk and isn't told of is worse than the reverse."""
    how = ("unmasked", f"reason: {reason}".replace(",", "，")) if reason else ("masked", form)
    with desk.work(write=True) as work:
        desk.record(work, action, kind, record, fields=how)
        work.commit()


def _write(target: Path, write: Callable[[Path], None], replace: bool) -> Path:
    if not target.parent.is_dir():
        raise Refusal(say("There is no folder {folder}; choose another", folder=str(target.parent)))
    with environment_faults(target.parent):
        return write_file(target, write, replace=replace)


def _document_writer(document: Document, form: str, renderer: Renderer | None) -> Callable[[Path], None]:
    def word(path: Path) -> None:
        from postal_desk.reports.docx_writer import write_docx

        if renderer is None:  # what a chart shows, a sentence before it says
            blocks = tuple(block for block in document.blocks if not isinstance(block, Picture))
            write_docx(dataclasses.replace(document, blocks=blocks), path)
        else:
            write_docx(document, path, renderer.chart_png)

    def pdf(path: Path) -> None:
        if renderer is None:
            raise RuntimeError("a PDF needs somebody who paints it")
        renderer.pdf(document, path)

    return word if form == "docx" else pdf


def _workbook_writer(desk: Desk, figures: Summary, lang: str, *, masked: bool) -> Callable[[Path], None]:
    def workbook(path: Path) -> None:
        from postal_desk.reports.xlsx_writer import MonthBook, write_xlsx

        lines = case_lines(desk, figures, masked=masked)
        book = MonthBook(figures, hand_in(desk, figures.month), lines, desk.rules, masked)
        write_xlsx(book, path, lang)

    return workbook


def case_lines(desk: Desk, figures: Summary, *, masked: bool = True) -> Iterator[CaseLine]:
    """The cases behind a month's figures, newest first, some hundreds in memory at a time."""
    month = figures.month
    with desk.work() as work:
        keys = list(case_export.counted_keys(work, (month.first, month.last), figures.as_of))
    yield from lines_of_keys(desk, keys, figures, masked=masked)


def lines_of_keys(
    desk: Desk, keys: Sequence[int], figures: Summary, *, masked: bool = True
) -> Iterator[CaseLine]:
    """Any cases by their sort keys as lines of the list, as they stood on the summary's day."""
    first = figures.month.first.isoformat()
    for some in batches(keys, _BATCH):
        with desk.work() as work:
            rows = case_export.listed(work, some)
        for row in rows:
            line = _line(row, first, figures.as_of)
            yield masked_line(line, desk.rules) if masked else line


def _line(row: case_export.Listed, first: str, as_of: date) -> CaseLine:
    day = as_of.isoformat()
    open_then = not row.closed_on or row.closed_on > day
    unanswered = not row.replied_on or row.replied_on > day
    end = as_of if open_then else date.fromisoformat(row.closed_on)
    return CaseLine(
        number=row.number,
        kind=row.kind,
        business=row.business,
        category=row.category,
        channel=row.channel,
        status=row.status,
        opened_on=row.opened_on,
        answered_on=row.answered_on,
        closed_on=row.closed_on,
        due=row.last_due,
        subject=row.subject,
        narrative=row.narrative,
        remedy=row.remedy,
        praise=row.praise,
        outlet=row.outlet,
        handler=row.handler,
        customer=row.customer_name,
        phone=row.customer_phone,
        address=row.customer_address,
        age_band=row.age_band,
        vulnerable=tuple(filter(None, row.vulnerable.split(","))),
        items=row.items,
        outcomes=row.outcomes,
        paid=row.paid,
        responsibility=row.responsibility,
        opinion=row.opinion,
        fraud=bool(row.fraud),
        overdue=open_then and unanswered and "" < row.first_due < day,
        carried=row.opened_on < first,
        days=(end - date.fromisoformat(row.opened_on)).days,
    )
