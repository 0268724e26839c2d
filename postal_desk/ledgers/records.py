"""The rows of a sheet that are records: blank rows, repeated headings and notes set aside, merged cells spread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from postal_desk.ledgers.cells import as_text
from postal_desk.ledgers.dates import DateReader
from postal_desk.ledgers.plan import Plan
from postal_desk.ledgers.reading import Row, Sheet
from postal_desk.ledgers.targets import SILENT

_BESIDE = re.compile(
    r"(?:合计|总计|小计|共计|累计|注\s*[:：]|备注\s*[:：]|说明\s*[:：]|填表|制表|审核|单位负责人|total\b|note[s:])",
    re.IGNORECASE,
)
_DITTO = frozenset(("〃", "同上", '"', "″", "''"))
#: How many rows that are no records are named one by one.
MOST_NAMED = 200


@dataclass
class Beside:
    """What stood below the headings and is no record: row numbers by reason."""

    headings: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    joined: int = 0  # rows that belong to the record above them by merged cells


class Records:
    """Iterates over the records of a sheet: ``(row number, cells)``. :attr:`beside` fills while it does."""

    def __init__(self, sheet: Sheet, plan: Plan, dates: DateReader, headings: dict[int, str]) -> None:
        self.sheet, self.plan = sheet, plan
        self.beside = Beside()
        self._dates = dates
        self._headings = headings
        self._heading_words = {part for text in headings.values() for part in text.split(" / ")}
        self._few = max(2, len([t for t in plan.columns.values() if t not in SILENT]) // 4)
        self._width = 1 + max(plan.columns, default=-1)
        self._mapped = [at for at, target in sorted(plan.columns.items()) if target not in SILENT]
        self._day = [
            at for at, target in plan.columns.items() if target in ("opened_on", "opened_month", "opened_day")
        ]
        self._spread, self._continued = self._merged()

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        self.beside = Beside()
        above: Row = []
        waiting: tuple[int, Row] | None = None
        first, width = self.plan.header[1], self._width
        for number, row in self.sheet.rows():
            if number <= first:
                continue
            if len(row) < width:
                row = [*row, *[""] * (width - len(row))]
            if number in self._spread:
                self._fill(number, row, above)
            if number in self._continued and waiting is not None:
                self._join(waiting[1], row)
                self.beside.joined += 1
                continue
            if waiting is not None:
                yield waiting
                waiting = None
            if not any(row) and all(cell == "" for cell in row):
                continue
            if self._is_beside(number, row):
                continue
            if above and not _DITTO.isdisjoint(row):
                for at in self._mapped:
                    if row[at] in _DITTO:
                        row[at] = above[at]
            above = row
            if number + 1 in self._continued:
                waiting = (number, list(row))
            else:
                yield number, row
        if waiting is not None:
            yield waiting

    def _merged(self) -> tuple[dict[int, list[int]], set[int]]:
        """Rows whose cells repeat those above (row → columns), and rows that continue the record above: their number
        is merged with its number."""
        spread: dict[int, list[int]] = {}
        continued: set[int] = set()
        leads = {at for at, target in self.plan.columns.items() if target in ("ledger_number", "serial")}
        for top, bottom, left, right in self.sheet.merged:
            if bottom <= top or top <= self.plan.header[1]:
                continue
            for number in range(top + 1, bottom + 1):
                spread.setdefault(number, []).extend(range(left, right + 1))
                if left in leads:
                    continued.add(number)
        return spread, continued

    def _fill(self, number: int, row: Row, above: Row) -> None:
        for at in self._spread[number]:
            if at < len(row) and at < len(above) and row[at] == "" and number not in self._continued:
                row[at] = above[at]

    def _join(self, record: Row, row: Row) -> None:
        for at in self._mapped:
            if at < len(row) and row[at] != "" and at < len(record):
                record[at] = row[at] if record[at] == "" else f"{as_text(record[at])}\n{as_text(row[at])}"

    def _is_beside(self, number: int, row: Row) -> bool:
        lead = row[self._mapped[0]] if self._mapped else ""
        if (
            type(lead) is str
            and lead
            and len(self._mapped) - row.count("") > self._few
            and lead not in self._heading_words
            and not _BESIDE.match(lead.lstrip())
        ):
            return False  # as most rows are: seen without counting the cells one by one
        filled = [at for at in self._mapped if row[at] != ""]
        if len(filled) > self._few:
            lead = row[filled[0]]
            if type(lead) is str and lead in self._heading_words and self._repeats_headings(row, filled):
                self.beside.headings.append(number)
                return True
            if not (isinstance(lead, str) and _BESIDE.match(lead.strip())):
                return False
        if any(self._dates.read(row[at]).day is not None for at in self._day if row[at] != ""):
            return False
        lead = next((cell for cell in row if cell != ""), "")
        if len(filled) <= self._few or (isinstance(lead, str) and _BESIDE.match(lead.strip())):
            self.beside.notes.append(number)
            return True
        return False

    def _repeats_headings(self, row: Row, filled: list[int]) -> bool:
        same = sum(
            1 for at in filled if at in self._headings and as_text(row[at]) in self._headings[at].split(" / ")
        )
        return same * 2 > len(filled)
