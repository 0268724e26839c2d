"""An empty ledger for those who still collect in Excel: headings that are known, lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

#: Rows that are prepared with formats and lists.
_ROWS = 2_000


def write_template_file(
    path: Path,
    columns: Sequence[tuple[str, str, int]],
    lists: Mapping[int, Sequence[str]],
    names: tuple[str, str],
    hints: Sequence[str],
) -> None:
    """``columns``: heading, form (``text``, ``date``, ``money``), width. ``lists``: what its cells are chosen from.

    ``names`` are those of the two sheets; ``hints`` stand on the second one.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format(
        {"bold": True, "bg_color": "#E7F4EE", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    forms = {
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "money": book.add_format({"num_format": "0.00", "valign": "top"}),
    }
    sheet, words = book.add_worksheet(names[0]), book.add_worksheet(names[1])
    for at, (heading, form, width) in enumerate(columns):
        sheet.set_column(at, at, width, forms[form])
        sheet.write_string(0, at, heading, head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for row, hint in enumerate(hints):
        words.write_string(row, 0, hint)
    words.set_column(0, 0, 30)
    first = len(hints) + 1
    for place, (at, choices) in enumerate(sorted(lists.items()), start=1):
        words.write_string(first, place, columns[at][0], head)
        words.set_column(place, place, 22)
        for row, choice in enumerate(choices, start=first + 1):
            words.write_string(row, place, choice)
        if choices:
            letter = xlsxwriter.utility.xl_col_to_name(place)
            source = f"='{names[1]}'!${letter}${first + 2}:${letter}${first + 1 + len(choices)}"
            sheet.data_validation(
                1, at, _ROWS, at, {"validate": "list", "source": source, "error_type": "warning"}
            )
    book.close()
