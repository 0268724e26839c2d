"""The sheet with the recovery code: what it is for, the code in large letters, where to keep it."""

from __future__ import annotations

from datetime import date

from postal_desk.reports.document import Document, Form, FormCell, FormRow, Paragraph, Run, Title
from postal_desk.reports.words import Words

_ROW, _CODE_ROW = 11.0, 14.0  # millimetres
_LABEL = 0.32  # «Recovery code» in one line, as large as the code


def recovery_sheet(code: str, branch: str, on: date, lang: str) -> Document:
    """One page. It names the branch and holds nobody's personal data."""
    words = Words(lang)
    t = words.t

    def row(label: str, value: str, height: float = _ROW, size: float = 12) -> FormRow:
        cells = (FormCell(label, _LABEL, label=True), FormCell(value, 1 - _LABEL, align="centre"))
        return FormRow(cells, height, size)

    rows = (
        row(t("Branch"), branch),
        row(t("Recovery code"), code, _CODE_ROW, 18),
        row(t("Made on"), on.isoformat()),
        row(t("Kept by"), ""),
    )
    told = (
        t(
            "This code opens the case desk of the branch and its copies when a password is forgotten. Whoever holds "
            "it can read everything in it."
        ),
        t(
            "Keep the sheet locked away where the seal is kept, never at the PC and not together with the copies."
        ),
        t(
            "To use it: on the log-in page choose «Forgot the password», type the code, and set a new password. A "
            "lost sheet is answered with a new code in Settings, Users; this one then opens older copies only."
        ),
    )
    title = t("Recovery code of the case desk")
    paragraphs = tuple(Paragraph((Run(text),)) for text in told)
    return Document(
        title, lang, "plain", f"{title} {on.isoformat()}", (Title((title,)), Form(rows), *paragraphs)
    )
