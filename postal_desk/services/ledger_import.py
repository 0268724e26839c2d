"""What a dry run means for this desk, and the import itself: a copy, then one transaction with one row of the audit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from postal_desk.domain import text_rule
from postal_desk.domain.case_json import check_case
from postal_desk.domain.cases import Case
from postal_desk.domain.changes import Changes
from postal_desk.domain.fields import field as case_field
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.ledgers.cell_reader import Remark
from postal_desk.ledgers.dry_run import ChangedFile, Outcome, Stopped, read_again
from postal_desk.ledgers.fingerprints import parts_of, read_parts
from postal_desk.ledgers.lexicon import plain, plain_heading
from postal_desk.ledgers.plan import ADD, plan_to_json
from postal_desk.ledgers.row_reader import RowRead
from postal_desk.services import copies
from postal_desk.services.cases import difference_of
from postal_desk.services.closed_months import closed_month_warnings
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.services.ledgers import LedgerRead, signature_of
from postal_desk.services.placing import Placer
from postal_desk.store import bulk, case_records, ledger_records, organisation_records
from postal_desk.store.audit import Change
from postal_desk.store.batches import batches
from postal_desk.store.case_rows import Placed
from postal_desk.store.ledger_records import ImportRow, KnownRow
from postal_desk.store.organisation_records import Outlet, Staff
from postal_desk.store.work import Work

__all__ = ["import_ledger", "import_sheets", "settle_ledger"]

_BATCH = 1000
_LONGEST_NAME = 60

#: Told how many rows are written; false stops, and nothing is written.
Written = Callable[[int], bool]


def settle_ledger(desk: Desk, read: LedgerRead) -> LedgerRead:
    """Tell of each new row whether this desk has it already: the same, changed since, or refused because the case was
    changed here as well.
    """
    run = read.run
    with desk.work() as work:
        for place, number in run.own.items():
            if run.outcomes[place] == Outcome.NEW and case_records.by_number(work, number) is not None:
                run.numbers[place] = number
                run.refuse(
                    place,
                    Remark(
                        say("this is the case {number} of this desk", number=number),
                        say("change it there; its own lists are not imported"),
                    ),
                )
        known = ledger_records.known_rows(work, run.keys)
        differing: dict[int, KnownRow] = {}
        for place in range(run.total) if known else ():
            row = known.get(run.keys[place])
            if row is None or run.outcomes[place] != Outcome.NEW:
                continue
            run.numbers[place] = row.number
            run.outcomes[place] = Outcome.SAME
            if row.print != run.prints[place]:
                run.outcomes[place] = Outcome.CHANGED
                differing[place] = row
        if differing:
            _compare(desk, work, read, differing)
    return read


def _compare(desk: Desk, work: Work, read: LedgerRead, differing: dict[int, KnownRow]) -> None:
    """Look at the rows whose content is not that of the last import, field by field."""
    run, secret = read.run, read.words.secret
    records, reader = read.reading()
    for place, row in read_again(records, reader, run, {Outcome.CHANGED}):
        if row.case is None:
            continue
        names, conflict = _changed_parts(work, row.case, differing[place], secret)
        if conflict:
            run.refuse(
                place,
                Remark(
                    say(
                        "{number} was changed here as well ({fields})",
                        number=differing[place].number,
                        fields=conflict,
                    ),
                    say("compare the two and change the case by hand"),
                ),
            )
        elif not names:
            run.outcomes[place] = Outcome.SAME
        else:
            try:
                check_case(_merged(_case(work, differing[place]).case, row.case, names), desk.rules)
            except FieldRefusal as refusal:
                run.refuse(place, Remark(refusal.sentence, say("correct the cell")))


def _case(work: Work, row: KnownRow) -> Placed:
    return next(iter(case_records.by_ids(work, [row.case_id])))


def _changed_parts(
    work: Work, new: Case, known: KnownRow, secret: bytes
) -> tuple[list[str], tuple[Sentence, ...]]:
    """The parts that the ledger changed since it was imported, and those of them that were changed here otherwise."""
    before, after = read_parts(known.parts), read_parts(parts_of(new, secret))
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not changed:
        return [], ()
    here = read_parts(parts_of(_case(work, known).case, secret))
    conflicts = [name for name in changed if here.get(name) not in (before.get(name), after.get(name))]
    return changed, tuple(_label(name) for name in conflicts)


def _label(part: str) -> Sentence:
    return {"customer": say("Customer"), "status": say("Status")}.get(part) or case_field(part).label


def _merged(here: Case, new: Case, names: list[str]) -> Case:
    values: dict[str, Any] = {name: getattr(new, name) for name in names}
    return replace(here, **values)


def import_ledger(desk: Desk, read: LedgerRead, written: Written | None = None) -> Changes:
    """Write what the dry run of one sheet says; see :func:`import_sheets`."""
    return import_sheets(desk, (read,), written)


def import_sheets(desk: Desk, reads: Sequence[LedgerRead], written: Written | None = None) -> Changes:
    """Write what the dry runs say: one transaction, one row in the audit, one undo. A copy is made before.

    Refused rows stay outside. Refuses, with nothing written, if nothing is new or changed, and if the file is no longer
    what was read. Raises :class:`~postal_desk.ledgers.dry_run.Stopped` if ``written`` stops it.
    """
    if not any(read.run.count(Outcome.NEW) + read.run.count(Outcome.CHANGED) for read in reads):
        raise Refusal(say("There is nothing to import: no row is new or changed"))
    desk.require("case.import", "case")
    copies.make_copy(desk)
    try:
        with desk.work(write=True) as work:
            changes = _Import(desk, work, tuple(reads), written or (lambda _done: True)).run()
            work.commit()
    except ChangedFile:
        raise Refusal(say("{file} was changed meanwhile; read it again", file=reads[0].ledger.name)) from None
    return changes


@dataclass
class _Import:
    """One import within one open work."""

    desk: Desk
    work: Work
    reads: tuple[LedgerRead, ...]
    written: Written

    def run(self) -> Changes:
        lists = self._add_names()
        self._placer = Placer(self.desk, self.work)
        self._first = bulk.next_case_id(self.work)
        changed = list(self._changed())
        new = self._count(Outcome.NEW)
        history = [
            Change("case", one.id, one.case.revision, to_json(b), to_json(a))
            for _at, one, b, a, _row in changed
        ]
        if new:
            ids = [self._first, self._first + new - 1]
            history.append(Change("case", None, 1, "", to_json({"ids": ids})))
        number = self.work.rows("SELECT coalesce(max(id), 0) + 1 FROM audit").scalar_one()
        history.append(Change("ledger", int(number), 1, to_json({"undone": 1}), to_json({"undone": 0})))
        made = self.desk.record(
            self.work, "case.import", "case", fields=lists, count=new + len(changed), changes=history
        )
        self._note_import(made, new, len(changed))
        for at, one, _before, _after, row in changed:
            self._remember(made, at, [(one, row)])
        numbers, warnings = self._insert_new(made)
        for read in self.reads:
            self._learn(read)
        numbers += [one.case.number for _at, one, _b, _a, _row in changed]
        said = say("Imported {new} new and {changed} changed cases", new=new, changed=len(changed))
        return Changes(
            cases=tuple(numbers),
            outlets="outlet" in lists,
            staff="staff" in lists,
            undo=made,
            said=said,
            warnings=warnings,
        )

    def _count(self, outcome: Outcome) -> int:
        return sum(read.run.count(outcome) for read in self.reads)

    def _add_names(self) -> tuple[str, ...]:
        """Outlets and staff that were decided to be added. They stay when the import is taken back: its cases in the
        recycle bin name them."""
        added = []
        for list_name, table, kind in (("outlet", "outlets", "outlet"), ("handler", "staff", "staff")):
            known = organisation_records.names(self.work, table)
            decided = [pair for read in self.reads for pair in read.plan.words.get(list_name, {}).items()]
            for word, value in decided:
                name = " ".join(word.split())
                if value != ADD or name in known:
                    continue
                self.desk.require(f"{kind}.add", kind)
                text_rule.clean(name, _LONGEST_NAME, list_name)
                known[name] = 0
                if kind == "outlet":
                    organisation_records.insert_outlet(self.work, self.desk.moment(), Outlet(0, name))
                else:
                    organisation_records.insert_staff(self.work, self.desk.moment(), Staff(0, name))
                added.append(kind)
        return tuple(dict.fromkeys(added))

    def _changed(self) -> Iterator[tuple[int, Placed, dict[str, Any], dict[str, Any], RowRead]]:
        for at, read in enumerate(self.reads):
            if read.run.count(Outcome.CHANGED):
                yield from ((at, *found) for found in self._changed_of(read))

    def _changed_of(
        self, read: LedgerRead
    ) -> Iterator[tuple[Placed, dict[str, Any], dict[str, Any], RowRead]]:
        run, secret = read.run, read.words.secret
        known = ledger_records.known_rows(self.work, run.keys)
        records, reader = read.reading()
        for place, row in read_again(records, reader, run, {Outcome.CHANGED}):
            before = known.get(run.keys[place])
            if before is None or row.case is None:
                raise ChangedFile
            old = _case(self.work, before)
            names, conflict = _changed_parts(self.work, row.case, before, secret)
            if conflict:
                raise ChangedFile
            new = self._placer.changed(old, _merged(old.case, row.case, names))
            case_records.replace(self.work, old, new)
            yield (new, *difference_of(old, new), row)

    def _insert_new(self, made: int) -> tuple[list[str], tuple[Sentence, ...]]:
        """Insert in batches; a case is read, placed, written and forgotten."""
        numbers: list[str] = []
        months: dict[tuple[str, ...], Placed] = {}
        for at, some in self._batches():
            if not self.written(len(numbers)):
                raise Stopped
            cases = [row.case for _place, row in some if row.case is not None]
            placed = self._placer.new(cases, made, checked=False)
            bulk.insert_batch(self.work, placed)
            self._remember(made, at, list(zip(placed, (row for _place, row in some), strict=True)))
            numbers += [one.case.number for one in placed]
            for one in placed:
                days = (one.case.opened_on, one.case.closed_on, *(d.on for d in one.case.dispositions))
                months.setdefault(tuple(str(Month.of(day)) for day in days if day is not None), one)
        return numbers, closed_month_warnings(self.work, ((None, one) for one in months.values()))

    def _batches(self) -> Iterator[tuple[int, list[tuple[int, RowRead]]]]:
        """New rows of all sheets, with the place of their sheet."""
        for at, read in enumerate(self.reads):
            records, reader = read.reading()
            rows = read_again(records, reader, read.run, {Outcome.NEW})
            yield from ((at, some) for some in batches(rows, _BATCH))

    def _remember(self, made: int, at: int, rows: list[tuple[Placed, RowRead]]) -> None:
        secret = self.reads[at].words.secret
        ledger_records.add_rows(
            self.work,
            [
                (
                    made,
                    placed.id,
                    at,
                    row.row,
                    row.key,
                    row.print,
                    parts_of(row.case, secret) if row.case else b"",
                )
                for placed, row in rows
            ],
        )

    def _note_import(self, made: int, new: int, changed: int) -> None:
        ledger_records.add_import(
            self.work,
            ImportRow(
                made,
                self.desk.moment(),
                self.reads[0].ledger.name[:200],
                "\n".join(" ".join(read.plan.sheet.split())[:200] for read in self.reads),
                sum(read.run.total for read in self.reads),
                new,
                changed,
                self._count(Outcome.SAME),
                self._count(Outcome.REFUSED),
                undone=False,
            ),
        )

    def _learn(self, read: LedgerRead) -> None:
        """Keep the plan for the next ledger with these headings, and what single headings and words mean for any."""
        content = json.dumps(plan_to_json(read.plan), ensure_ascii=False)
        ledger_records.keep_plan(self.work, signature_of(read.headings), content, self.desk.moment())
        headings = {
            key: read.plan.columns[at]
            for at, text in read.headings.items()
            if at in read.plan.columns and (key := plain_heading(text.rpartition(" / ")[2]))
            if read.plan.columns[at] not in ("note", "skip")
        }
        ledger_records.learn(self.work, "heading", headings)
        for name, words in read.plan.words.items():
            meanings = {
                plain(word): " ".join(word.split()) if value == ADD else value
                for word, value in words.items()
            }
            ledger_records.learn(self.work, name, meanings)
