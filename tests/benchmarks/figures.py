"""The month's figures against raw SQL aggregates, and the workbook against bare XlsxWriter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.reports.words import Words
from postal_desk.reports.xlsx_cases import columns
from postal_desk.reports.xlsx_writer import MonthBook, write_xlsx
from postal_desk.services.case_lists import list_keys
from postal_desk.services.documents import hand_in, lines_of_keys
from postal_desk.services.summaries import summary
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, alternately, timed


def month(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """Everything the summary says of one month, against the aggregates it needs, asked with the bare driver."""
    path = desks.desk_path(folder, cases)
    times = 3 if quick else 15
    asked: list[str] = []

    def note(statement: str) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            asked.append(statement)

    with desks.opened(path) as desk:
        with desk.work() as work:
            driver: Any = work.connection.connection.dbapi_connection
        summary(desk, desks.UNTIL)
        driver.set_trace_callback(note)
        summary(desk, desks.UNTIL)
        driver.set_trace_callback(None)
        ours = timed(lambda: summary(desk, desks.UNTIL), times)
    connection = desks.raw(path)

    def aggregates() -> list[Any]:
        return [connection.execute(sql).fetchall() for sql in asked]

    aggregates()
    limit = timed(aggregates, times)
    connection.close()
    yield Figure(f"the month's figures at {cases:,} cases, against raw SQL", ours, limit, 2)


def workbook(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """The month's book with a list of so many cases, against bare XlsxWriter writing the list's cells alone."""
    times = 1 if quick else 3
    with desks.opened(desks.desk_path(folder, cases)) as desk, tempfile.TemporaryDirectory() as place:
        found = summary(desk, desks.UNTIL)
        shown = columns(desk.rules, Words("zh_CN"))
        keys = list_keys(desk, CaseFilter())
        rows = [[column.value(line) for column in shown] for line in lines_of_keys(desk, keys, found)]
        made = Path(place) / "ours.xlsx"

        def ours() -> None:
            lines = lines_of_keys(desk, keys, found)  # read and masked as the export does
            write_xlsx(MonthBook(found, hand_in(desk, desks.UNTIL), lines, desk.rules), made, "zh_CN")

        def bare() -> None:
            book = xlsxwriter.Workbook(str(Path(place) / "bare.xlsx"), {"constant_memory": True})
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(at, column, value)
                    elif value is not None:
                        sheet.write_number(at, column, value)
            book.close()

        taken, limit = alternately(ours, bare, times)
    yield Figure(f"workbook of {cases:,} cases, against bare XlsxWriter", taken, limit, 1.2)
