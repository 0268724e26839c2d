"""The printed register of a month: one line a case, A4 landscape, for the regulator's visit and for the file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from postal_desk.domain.month_ranges import Span
from postal_desk.domain.rules import Rules
from postal_desk.reports.document import Block, Document, Paragraph, Run, SignOff, Table, Title
from postal_desk.reports.file_names import safe_stem
from postal_desk.reports.monthly import HandIn, unit_name
from postal_desk.reports.words import NONE, words_for
from postal_desk.reports.xlsx_cases import CaseLine, Names


def register(
    month: Span,
    lines: Iterable[CaseLine],
    branch: str,
    hand_in: HandIn,
    rules: Rules,
    language: str,
    *,
    printed_on: date,
    masked: bool = True,
) -> Document:
    """The register of the cases received in the month, oldest first; those only closed in it stand in another one."""
    words = words_for(month, language)
    names = Names(rules, words)
    received = sorted(
        (line for line in lines if not line.carried), key=lambda line: (line.opened_on, line.number)
    )
    title = words.t("Register of customer-service cases")
    unit = hand_in.unit or unit_name(branch, words)
    columns = (
        (words.t("No."), 4.0, "centre"),
        (words.t("Case number"), 17.5, "left"),
        (words.t("Opened on"), 7.5, "centre"),
        (words.t("Customer"), 7.0, "left"),
        (words.t("Phone"), 9.5, "left"),
        (words.t("Category"), 11.0, "left"),
        (words.t("Mail items"), 11.0, "left"),
        (words.t("Subject"), 17.0, "left"),
        (words.t("Outlet"), 10.0, "left"),
        (words.t("Handler"), 7.0, "left"),
        (words.t("Answered on"), 7.5, "centre"),
        (words.t("Closed on"), 7.5, "centre"),
        (words.t("Outcome"), 12.0, "left"),
    )
    whole = sum(width for _head, width, _align in columns)
    rows = tuple(_row(at, line, names, month) for at, line in enumerate(received, 1))
    table = Table(
        caption="",
        head=tuple(head for head, _width, _align in columns),
        rows=rows,
        widths=tuple(width / whole for _head, width, _align in columns),
        align=tuple(align for _head, _width, align in columns),
    )
    under = words.t(
        "{unit}, {month}, {cases}", unit=unit, month=words.month(month), cases=words.cases(len(received))
    )
    remark = words.t("Personal data is masked.") if masked else words.t("Personal data is in clear.")
    blocks: list[Block] = [Title((title,), under)]
    blocks.append(table if rows else Paragraph((Run(words.t("No case was received in the month.")),)))
    blocks.append(Paragraph((Run(remark),), "note", keep_next=True))
    seal = words.bracketed(hand_in.seal_place or words.t("seal"))
    blocks.append(SignOff(unit, words.day(printed_on), seal))
    heading = f"{title} {words.month(month)}"
    return Document(heading, language, "register", safe_stem(f"{unit} {heading}"), tuple(blocks), author=unit)


def _row(at: int, line: CaseLine, names: Names, month: Span) -> tuple[str, ...]:
    def day(text: str) -> str:
        """Without its year, where that is the month's."""
        return text.removeprefix(f"{month.year}-") if text else NONE

    outcomes = "、".join(names.of("dispositions", code) for code in line.outcomes)
    return (
        str(at),
        line.number,
        day(line.opened_on),
        line.customer or NONE,
        line.phone or NONE,
        names.of("categories", line.category),
        "\n".join(line.items) or NONE,
        line.subject,
        line.outlet or NONE,
        line.handler or NONE,
        day(line.answered_on),
        day(line.closed_on),
        outcomes or names.of("statuses", line.status),
    )
