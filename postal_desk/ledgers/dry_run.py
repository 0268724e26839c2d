"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from postal_desk.domain import numbering
from postal_desk.domain.sentences import Sentence, say
from postal_desk.ledgers.cell_reader import Remark
from postal_desk.ledgers.records import MOST_NAMED, Beside, Records
from postal_desk.ledgers.row_reader import RowRead, RowReader
from postal_desk.ledgers.sheet_scan import MOST_ROWS, too_many_rows

_TELL_EVERY = 500


class Outcome(IntEnum):
    """What becomes of a row."""

    NEW = 0
    SAME = 1
    CHANGED = 2
    REFUSED = 3


#: Told how many rows are done; false stops.
Progress = Callable[[int], bool]


class Stopped(Exception):
    """Somebody stopped it; nothing was written."""


@dataclass
class DryRun:
    """Row by row in parallel lists; ``remarks`` only where there is something to say, by place in the lists.

    ``keys`` and ``prints`` are the digests by which a desk knows a row again. ``closed_lacking`` counts closed cases
    that lack something that closing here would need.
    """

    rows: array[int] = field(default_factory=lambda: array("I"))
    outcomes: bytearray = field(default_factory=bytearray)
    keys: array[int] = field(default_factory=lambda: array("q"))
    prints: array[int] = field(default_factory=lambda: array("q"))
    days: list[date | None] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    remarks: dict[int, list[Remark]] = field(default_factory=dict)
    flagged: dict[int, list[Remark]] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)  # of the case that a same or changed row belongs to
    own: dict[int, str] = field(default_factory=dict)  # rows that carry a number as this program gives them
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)
    beside: Beside = field(default_factory=Beside)
    hidden: tuple[int, ...] = ()
    closed_lacking: int = 0
    notes: list[Sentence] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows have an outcome."""
        return self.outcomes.count(outcome)

    @property
    def total(self) -> int:
        """All rows: always the sum of the four outcomes."""
        return len(self.outcomes)

    def refuse(self, place: int, remark: Remark) -> None:
        """A row that can't be taken after all."""
        self.outcomes[place] = Outcome.REFUSED
        self.remarks.setdefault(place, []).append(remark)


def run_dry(
    records: Records, reader: RowReader, hidden: set[int], progress: Progress | None = None
) -> DryRun:
    """Read every record; all that can be read are new so far. Raises :class:`Stopped`, or
    :class:`~postal_desk.domain.sentences.Refusal` for too many rows.
    """
    run = DryRun()
    first: dict[int, int] = {}
    for read in _reading(records, reader, progress):
        place = len(run.outcomes)
        if place >= MOST_ROWS:
            raise too_many_rows(records.sheet.file, read.row)
        _settle_twice(run, read, place, first, reader)
        run.rows.append(read.row)
        run.keys.append(read.key)
        run.prints.append(read.print)
        run.days.append(read.opened_on)
        run.subjects.append(read.subject)
        if read.number and numbering.is_number(read.number):
            run.own[place] = read.number
        if read.problems:
            run.remarks[place] = read.problems
        if read.flags:
            run.flagged[place] = read.flags
        if read.closes_lacking:
            run.closed_lacking += 1
    run.unknown = dict(reader.unknown)
    run.beside = records.beside
    seen = set(run.rows)
    run.hidden = tuple(number for number in sorted(hidden) if number in seen)
    run.notes = _notes(run)
    return run


def _settle_twice(run: DryRun, read: RowRead, place: int, first: dict[int, int], reader: RowReader) -> None:
    """A row that stands in the file twice: the same again, or another one under the same number."""
    if read.problems:
        run.outcomes.append(Outcome.REFUSED)
        return
    before = first.setdefault(read.key, place)
    if before == place:
        run.outcomes.append(Outcome.NEW)
    elif run.prints[before] == read.print:
        run.outcomes.append(Outcome.SAME)
        run.remarks[place] = [Remark(say("the same as row {row}", row=run.rows[before]))]
    elif read.number:
        read.problems.append(
            Remark(
                say("its number stands in row {row} already, with other content", row=run.rows[before]),
                say("give one of them another number, or delete it"),
            )
        )
        run.outcomes.append(Outcome.REFUSED)
    else:
        at = 1
        while (key := reader.again(read.key, at)) in first and run.prints[first[key]] != read.print:
            at += 1
        run.outcomes.append(Outcome.NEW if key not in first else Outcome.SAME)
        first.setdefault(key, place)
        read.key = key


def _reading(records: Records, reader: RowReader, progress: Progress | None) -> Iterator[RowRead]:
    for done, (number, row) in enumerate(records):
        if progress is not None and done % _TELL_EVERY == 0 and not progress(done):
            raise Stopped
        yield reader.read(number, row)


def read_again(
    records: Records, reader: RowReader, run: DryRun, wanted: set[Outcome]
) -> Iterator[tuple[int, RowRead]]:
    """Place and content of the rows with a wanted outcome, read once more: a case is not kept in memory meanwhile."""
    for place, (number, row) in enumerate(records):
        if run.outcomes[place] in wanted:
            read = reader.read(number, row)
            if read.row != run.rows[place] or read.print != run.prints[place]:
                raise ChangedFile
            read.key = run.keys[place]
            yield place, read


class ChangedFile(Exception):
    """The file is no longer what the dry run read."""


def _notes(run: DryRun) -> list[Sentence]:
    notes = []
    if run.hidden:
        notes.append(
            say("Hidden rows among them ({count}): {rows}", count=len(run.hidden), rows=_named(run.hidden))
        )
    if run.beside.headings:
        rows = tuple(run.beside.headings)
        notes.append(
            say(
                "Passed over as repeated headings ({count}): {rows}",
                count=len(rows),
                rows=_named(rows),
            )
        )
    if run.beside.notes:
        rows = tuple(run.beside.notes)
        notes.append(
            say(
                "Passed over as notes or sums ({count}): {rows}",
                count=len(rows),
                rows=_named(rows),
            )
        )
    if run.beside.joined:
        notes.append(
            say(
                "Rows that continue the record above, as their numbers are merged: {count}",
                count=run.beside.joined,
            )
        )
    if run.closed_lacking:
        notes.append(
            say(
                "Closed cases that lack something closing here asks for, taken over as they are: {count}",
                count=run.closed_lacking,
            )
        )
    return notes


def _named(rows: tuple[int, ...]) -> str:
    shown = "、".join(str(row) for row in rows[:20])
    return shown if len(rows) <= 20 else f"{shown}…"


def unknown_words(unknown: Mapping[tuple[str, str], int]) -> Mapping[str, list[tuple[str, int]]]:
    """By target the words that were not understood, the most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for (name, word), count in unknown.items():
        found.setdefault(name, []).append((word, count))
    return {name: sorted(words, key=lambda w: (-w[1], w[0]))[:MOST_NAMED] for name, words in found.items()}
