"""The month's figures against raw SQL aggregates, and the workbook against bare XlsxWriter."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services import documents
from postal_desk.services.cases import iter_cases
from postal_desk.services.summaries import summary
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, timed

#: What any program must ask for the same summary: three months by each dimension, closings, due cases, a year's trend.
_RAW = (
    *(
        f"SELECT {column}, substr(opened_on, 1, 7), count(*), sum(status = 'closed') FROM cases "
        "WHERE deleted_at IS NULL AND (opened_on BETWEEN '2026-10-01' AND '2026-10-31' OR "
        "opened_on BETWEEN '2026-09-01' AND '2026-09-30' OR opened_on BETWEEN '2025-10-01' AND '2025-10-31') "
        "GROUP BY 1, 2"
        for column in ("category_top", "kind", "channel", "business", "outlet_id")
    ),
    "SELECT category_top, outlet_id, opinion, responsibility, count(*), "
    "sum(julianday(closed_on) - julianday(opened_on)) FROM cases WHERE deleted_at IS NULL "
    "AND closed_on BETWEEN '2025-10-01' AND '2026-10-31' GROUP BY substr(closed_on, 1, 7), 1, 2, 3, 4",
    "SELECT outlet_id, substr(last_due, 1, 7), count(*), sum(closed_on <= '2026-10-31'), sum(replied_on <= last_due) "
    "FROM cases WHERE deleted_at IS NULL AND last_due BETWEEN '2025-10-01' AND '2026-10-31' GROUP BY 1, 2",
    "SELECT substr(opened_on, 1, 7), count(*) FROM cases WHERE deleted_at IS NULL "
    "AND opened_on BETWEEN '2025-10-01' AND '2026-10-31' GROUP BY 1",
    "SELECT outlet_id, category_top, count(*) FROM cases WHERE deleted_at IS NULL "
    "AND opened_on BETWEEN '2025-11-01' AND '2026-10-31' GROUP BY 1, 2",
    "SELECT count(DISTINCT case_id), sum(amount) FROM dispositions WHERE kind = 'compensated' "
    "AND \"on\" BETWEEN '2026-10-01' AND '2026-10-31'",
    "SELECT number, subject, first_due FROM cases WHERE deleted_at IS NULL AND closed_on IS NULL "
    "AND replied_on IS NULL AND first_due <= '2026-10-31' ORDER BY first_due",
)


def month(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """One month of the desk, everything the summary says."""
    path = desks.desk_path(folder, cases)
    times = 3 if quick else 11
    connection = desks.raw(path)

    def aggregates() -> list[Any]:
        return [connection.execute(sql).fetchall() for sql in _RAW]

    aggregates()
    limit = timed(aggregates, times)
    connection.close()
    with desks.opened(path) as desk:
        summary(desk, desks.UNTIL)
        ours = timed(lambda: summary(desk, desks.UNTIL), times)
    yield Figure(f"the month's figures at {cases:,} cases, against raw SQL", ours, limit, 2)


def workbook(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """The list of so many cases as a workbook, against bare XlsxWriter in constant-memory mode on the same rows."""
    from postal_desk.reports import xlsx_cases

    times = 1 if quick else 3
    with desks.opened(desks.desk_path(folder, cases)) as desk, tempfile.TemporaryDirectory() as place:
        listed = list(iter_cases(desk, CaseFilter()))
        rows = [tuple(row) for row in documents.case_rows(desk, listed)]
        target = Path(place) / "ours.xlsx"

        def bare() -> None:
            book = xlsxwriter.Workbook(str(Path(place) / "bare.xlsx"), {"constant_memory": True})
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            book.close()
            with (Path(place) / "bare.xlsx").open("rb+") as stream:
                os.fsync(stream.fileno())

        ours = timed(lambda: xlsx_cases.write(target, rows), times)
        limit = timed(bare, times)
    yield Figure(f"workbook of {cases:,} cases, against bare XlsxWriter", ours, limit, 1.2)
