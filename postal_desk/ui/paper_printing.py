"""Previewing and printing the papers beside the case sheet: of a case, and the register of a month. For any page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from postal_desk.domain.month_ranges import Span
from postal_desk.i18n import _, label, language, tell
from postal_desk.reports.document import Document
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.printing import Printable, PrintDialog, Wording, open_print_dialog

if TYPE_CHECKING:
    from postal_desk.services.personal_scan import FoundInCase


def add_papers(menu: QMenu, ctx: Context, number: str, parent: QWidget) -> QMenu:
    """A menu of the papers of one case, under ``menu``."""
    papers = QMenu(_("Other papers"), menu)
    papers.setIcon(icon("file-text"))
    for kind, lang, words in (
        ("receipt", "", _("Receipt slip…")),
        ("reply", "zh_CN", _("Written reply, in Chinese…")),
        ("reply", "en", _("Written reply, in English…")),
        ("inquiry", "", _("Inquiry form…")),
    ):
        action = papers.addAction(words)
        action.triggered.connect(
            lambda _on=False, kind=kind, lang=lang: print_paper(ctx, kind, number, parent, lang)
        )
    menu.addMenu(papers)
    return papers


def print_paper(ctx: Context, kind: str, number: str, parent: QWidget, lang: str = "") -> PrintDialog:
    """Preview a paper of a case, to print or save it; masked unless a reason is given."""
    desk = ctx.desk
    chosen = lang or ctx.settings["document_language"] or language()
    wording = Wording(_("What was found, for the customer")) if kind == "reply" else None

    def document(reason: str | None) -> Document:
        from postal_desk.services import papers

        found = wording.text if wording else ""
        if wording is not None and not wording.begun:
            wording.text = found = papers.findings(desk, number, lang=chosen)
            wording.begun = True
        if reason is None:
            return papers.paper(desk, kind, number, lang=chosen, findings=found)
        return papers.paper_in_clear(desk, kind, number, lang=chosen, reason=reason, findings=found)

    def save(form: str, path: Path, reason: str | None) -> Path:
        from postal_desk.render.output import QtRenderer
        from postal_desk.services.papers import export_paper

        return export_paper(
            desk,
            kind,
            number,
            form,
            path,
            lang=chosen,
            renderer=QtRenderer(),
            unmasked_reason=reason,
            findings=wording.text if wording else "",
        )

    def scan() -> list[FoundInCase]:
        from postal_desk.services.personal_scan import scan_cases

        return scan_cases(desk, [number])

    from postal_desk.reports.papers import PAPERS

    title = f"{tell(PAPERS[kind].title)} {number}"
    may = desk.may("export.unmasked")
    return open_print_dialog(
        ctx, Printable(title, document, save, in_clear=may, scan=scan, wording=wording), parent
    )


def print_register(ctx: Context, month: Span, parent: QWidget, lang: str) -> PrintDialog:
    """Preview the register of a month."""
    desk = ctx.desk

    def document(reason: str | None) -> Document:
        from postal_desk.services import papers

        if reason is None:
            return papers.register_of(desk, month, lang=lang)
        return papers.register_in_clear(desk, month, lang=lang, reason=reason)

    def save(form: str, path: Path, reason: str | None) -> Path:
        from postal_desk.render.output import QtRenderer
        from postal_desk.services.papers import export_register

        return export_register(
            desk, month, form, path, lang=lang, renderer=QtRenderer(), unmasked_reason=reason
        )

    title = _("Register of {month}").format(month=label(month.label))
    may = desk.may("export.unmasked")
    return open_print_dialog(ctx, Printable(title, document, save, in_clear=may), parent)
