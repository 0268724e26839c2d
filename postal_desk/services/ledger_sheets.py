"""Several sheets of one workbook at once, as a ledger with a sheet for each year or month has them.

One of them is mapped; the others are read by the same mapping where their headings agree. Each keeps its own year,
control total and row numbers; all of them are imported in one transaction (``ledger_import.import_sheets``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.ledgers import headers
from postal_desk.ledgers.cell_reader import Remark
from postal_desk.ledgers.dates import year_in
from postal_desk.ledgers.dry_run import ChangedFile, Outcome, Progress, read_again
from postal_desk.ledgers.fingerprints import parts_of
from postal_desk.ledgers.headers import Head
from postal_desk.ledgers.lexicon import plain_heading
from postal_desk.ledgers.plan import Plan
from postal_desk.ledgers.reading import LedgerFile
from postal_desk.ledgers.sheet_scan import MOST_ROWS, too_many_rows
from postal_desk.ledgers.targets import SILENT
from postal_desk.services.desk import Desk
from postal_desk.services.ledger_import import settle_ledger
from postal_desk.services.ledgers import LedgerRead, LedgerWords, read_ledger, signature_of

#: Targets whose column another sheet need not have.
_DISPENSABLE = (*SILENT, "note")


@dataclass(frozen=True)
class SheetOffer:
    """A sheet beside the mapped one; ``like``: its headings agree, so it can come in with it."""

    name: str
    rows: int
    like: bool


@dataclass
class SheetsRead:
    """The dry runs of one or more sheets, seen as one: a place counts through all of them."""

    parts: tuple[LedgerRead, ...]
    _ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for part in self.parts:
            self._ends.append((self._ends[-1] if self._ends else 0) + part.run.total)

    @property
    def total(self) -> int:
        """All rows."""
        return self._ends[-1]

    def count(self, outcome: Outcome) -> int:
        """How many rows of all sheets have an outcome."""
        return sum(part.run.count(outcome) for part in self.parts)

    def at(self, place: int) -> tuple[LedgerRead, int]:
        """The sheet in which a place lies, and the place within it."""
        which = bisect_right(self._ends, place)
        return self.parts[which], place - (self._ends[which - 1] if which else 0)

    def places(self, outcome: Outcome) -> list[int]:
        """The places with an outcome."""
        return [
            before + at
            for before, part in self._parts()
            for at, found in enumerate(part.run.outcomes)
            if found == outcome
        ]

    def flagged(self) -> list[int]:
        """The places to be looked at again."""
        return [before + at for before, part in self._parts() for at in sorted(part.run.flagged)]

    def unknown(self) -> Mapping[tuple[str, str], int]:
        """How often each word was not understood, by target and word."""
        found: Counter[tuple[str, str]] = Counter()
        for part in self.parts:
            found.update(part.run.unknown)
        return found

    def notes(self) -> list[Sentence]:
        """What is to be said of the file and its sheets, each once; with several sheets by name."""
        if len(self.parts) == 1:
            return list(self.parts[0].run.notes)
        of_file = self.parts[0].ledger.notes
        notes = list(of_file)
        for part in self.parts:
            notes += [
                say("{sheet}: {note}", sheet=part.plan.sheet, note=note)
                for note in part.run.notes
                if note not in of_file
            ]
        return notes

    def _parts(self) -> Iterator[tuple[int, LedgerRead]]:
        return zip((0, *self._ends), self.parts, strict=False)


def offered_sheets(
    ledger: LedgerFile, words: LedgerWords, plan: Plan, headings: Mapping[int, str]
) -> tuple[SheetOffer, ...]:
    """The other sheets with cells in them, in their order. Empty for a file of one sheet."""
    offers = []
    for name in ledger.sheets:
        if name == plan.sheet:
            continue
        sheet = ledger.sheet(name)
        if sheet.height:
            found = _plan_for(ledger, words, plan, headings, name)
            offers.append(SheetOffer(name, sheet.height, found is not None))
    return tuple(offers)


def read_sheets(
    ledger: LedgerFile,
    plan: Plan,
    others: Sequence[str],
    words: LedgerWords,
    progress: Progress | None = None,
) -> SheetsRead:
    """The dry run of the mapped sheet and of others by the same mapping, in the order of the workbook.

    Refuses a sheet whose headings do not agree, naming it. A row that stands in an earlier sheet too is told apart as
    within one sheet: the same again, or another one under the same number.
    """
    headings = headers.head_at(ledger.sheet(plan.sheet), plan.header).headings
    reads: list[LedgerRead] = []
    done = 0
    for name in (name for name in ledger.sheets if name == plan.sheet or name in others):
        own = plan if name == plan.sheet else _plan_for(ledger, words, plan, headings, name)
        if own is None:
            raise Refusal(
                say(
                    "{file}: the sheet “{sheet}” has other headings than “{first}”; import it by itself",
                    file=ledger.name,
                    sheet=name,
                    first=plan.sheet,
                )
            )
        read = read_ledger(ledger, own, words, _further(progress, done))
        done += read.run.total
        if done > MOST_ROWS:
            raise too_many_rows(ledger.name, done)
        reads.append(read)
    if len(reads) > 1:
        _tell_apart(reads)
    return SheetsRead(tuple(reads))


def _further(progress: Progress | None, done: int) -> Progress | None:
    """The progress of a sheet told as that of all."""
    return None if progress is None else lambda rows: progress(done + rows)


def settle_sheets(desk: Desk, read: SheetsRead) -> SheetsRead:
    """Tell of each new row whether this desk has it already; see :func:`settle_ledger`."""
    for part in read.parts:
        settle_ledger(desk, part)
    return read


def _plan_for(
    ledger: LedgerFile, words: LedgerWords, plan: Plan, headings: Mapping[int, str], name: str
) -> Plan | None:
    """The plan for another sheet, ``None`` if its headings do not agree. The year is the sheet's own."""
    sheet = ledger.sheet(name)
    for head in (headers.find_head(sheet, words.lexicon), headers.head_at(sheet, plan.header)):
        columns = _columns(plan, headings, head, sheet.width)
        if columns is not None and head.rows != (0, 0):
            year = year_in(head.titles) or year_in(name) or year_in(ledger.path.stem) or plan.year
            return replace(plan, sheet=name, header=head.rows, columns=columns, year=year)
    return None


def _columns(plan: Plan, headings: Mapping[int, str], head: Head, width: int) -> dict[int, str] | None:
    """Which column is which field by the headings of another sheet; what is more in it stays in the narrative."""
    if signature_of(head.headings) == signature_of(headings):
        return dict(plan.columns)
    there = {plain_heading(text): at for at, text in head.headings.items()}
    if len(there) < len(head.headings):
        return None  # two columns of the same name in another order: which is which nobody knows
    columns = dict.fromkeys(range(width), "note")
    for at, target in plan.columns.items():
        found = there.get(plain_heading(headings.get(at, "")))
        if found is not None:
            columns[found] = target
        elif target not in _DISPENSABLE:
            return None
    return columns


# -- rows that stand in two sheets ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Meeting:
    """A row and the one in an earlier sheet that has the same key: sheet and place of both."""

    here: tuple[int, int]
    before: tuple[int, int]


def _tell_apart(reads: Sequence[LedgerRead]) -> None:
    first: dict[int, tuple[int, int]] = {}
    meetings: list[_Meeting] = []
    for which, read in enumerate(reads):
        for place, key in enumerate(read.run.keys):
            if read.run.outcomes[place] == Outcome.NEW:
                before = first.setdefault(key, (which, place))
                if before != (which, place):
                    meetings.append(_Meeting((which, place), before))
    if not meetings:
        return
    content = _content(reads, meetings)
    for meeting in meetings:
        _settle_meeting(reads, meeting, content, first)


def _content(
    reads: Sequence[LedgerRead], meetings: Sequence[_Meeting]
) -> dict[tuple[int, int], tuple[bytes, str]]:
    """What the rows that met hold, and their own numbers: read once more, as a dry run keeps no case."""
    wanted = {spot for meeting in meetings for spot in (meeting.here, meeting.before)}
    found = {}
    for which in sorted({which for which, _place in wanted}):
        read = reads[which]
        records, reader = read.reading()
        try:
            for place, row in read_again(records, reader, read.run, {Outcome.NEW}):
                if (which, place) in wanted and row.case is not None:
                    found[which, place] = (parts_of(row.case, read.words.secret), row.number)
        except ChangedFile:
            raise Refusal(say("{file} was changed meanwhile; read it again", file=read.ledger.name)) from None
    return found


def _settle_meeting(
    reads: Sequence[LedgerRead],
    meeting: _Meeting,
    content: Mapping[tuple[int, int], tuple[bytes, str]],
    first: dict[int, tuple[int, int]],
) -> None:
    (which, place), (earlier, there) = meeting.here, meeting.before
    run = reads[which].run
    sheet, row = reads[earlier].plan.sheet, reads[earlier].run.rows[there]
    (parts, number), (others, _number) = content[meeting.here], content[meeting.before]
    if parts == others:
        run.outcomes[place] = Outcome.SAME
        said = say("the same as row {row} of the sheet “{sheet}”", row=row, sheet=sheet)
        run.remarks.setdefault(place, []).append(Remark(said))
    elif number:
        run.refuse(
            place,
            Remark(
                say(
                    "its number stands in row {row} of the sheet “{sheet}” already, with other content",
                    row=row,
                    sheet=sheet,
                ),
                say("give one of them another number, or delete it"),
            ),
        )
    else:
        reader = reads[which].reading()[1]
        at = 1
        while (key := reader.again(run.keys[place], at)) in first:
            at += 1
        first[key] = (which, place)
        run.keys[place] = key
