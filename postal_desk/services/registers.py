"""What is done alike with problems, field visits, errors and accountability: add, edit, delete, list, show.

Each writing function is one user action and one commit with one row of the audit, and can be taken back
(``services.undo``). What a kind checks beyond its form it says as ``check``, what keeps a record from being deleted as
``bound``, what else has to be written with it as ``written``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, cast

from postal_desk.domain.changes import Changes
from postal_desk.domain.json_values import joined
from postal_desk.domain.record_forms import (
    OF_THE_DESK,
    R,
    RecordForm,
    apply_record_changes,
    parse_record_changes,
    record_to_json,
)
from postal_desk.domain.record_numbers import full_number
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.services.case_links import linked_case
from postal_desk.services.case_reading import HistoryLine
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import from_json, to_json
from postal_desk.services.organisation import resolve
from postal_desk.store import audit, organisation_records, record_store
from postal_desk.store.audit import Change
from postal_desk.store.record_rows import NAMED, PlacedRecord
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class RecordView(Generic[R]):
    """A record with everything that was done to it, oldest first."""

    record: R
    history: tuple[HistoryLine, ...] = ()


@dataclass(frozen=True)
class Register(Generic[R]):
    """One kind of record in a desk."""

    form: RecordForm[R]
    missing: Sentence  # what is said of an unknown number
    check: Callable[[Desk, Work, R], R] = lambda _desk, _work, record: record
    bound: Callable[[Work, PlacedRecord[R]], None] = lambda _work, _placed: None
    written: Callable[[Work, PlacedRecord[R]], None] = lambda _work, _placed: None

    def named(self, *numbers: str) -> tuple[tuple[str, str], ...]:
        """Records of this kind as :class:`Changes` names them."""
        return tuple((self.form.kind, number) for number in numbers)

    # -- one open work ------------------------------------------------------------------------------------

    def place_new(self, desk: Desk, work: Work, record: R, path: str = "") -> PlacedRecord[R]:
        """Give a new record its place and write it; nothing is committed. A record may bring ``created_at``."""
        record = _named(path, lambda: self._checked(desk, work, record))
        created = record.created_at or desk.moment()
        values: dict[str, Any] = {
            "revision": 1,
            "created_at": created,
            "changed_at": record.changed_at or created,
        }
        record = cast(R, replace(cast(Any, record), **values))
        number = record_store.take_number(work, desk.branch.prefix, self.form.letter, record.begun_on.year)
        record = cast(R, replace(cast(Any, record), number=number))
        placed = PlacedRecord(record, record_store.next_id(work, self.form), uuid7())
        record_store.insert_record(work, self.form, placed)
        return placed

    def put(
        self, desk: Desk, work: Work, old: PlacedRecord[R], record: R, deleted_at: str | None
    ) -> PlacedRecord[R]:
        """Write a record's next state; nothing is committed."""
        values: dict[str, Any] = {"revision": old.record.revision + 1, "changed_at": desk.moment()}
        if deleted_at is not None and old.deleted_at is None:
            self.bound(work, old)
        else:
            record = self._checked(desk, work, record)
        new = replace(old, record=cast(R, replace(cast(Any, record), **values)), deleted_at=deleted_at)
        record_store.replace_record(work, self.form, old, new)
        self.written(work, new)
        return new

    def found(self, desk: Desk, work: Work, number: str, deleted: bool = False) -> PlacedRecord[R]:
        """The record of a number (its tail will do). Refuses an unknown one, and a deleted one unless asked for."""
        wanted = full_number(number, self.form.letter, desk.branch.prefix)
        placed = record_store.by_number(work, self.form, wanted)
        if placed is None or (placed.deleted_at is not None) != deleted:
            raise Refusal(Sentence(self.missing.msgid, {"number": wanted}))
        return placed

    def change(self, old: PlacedRecord[R] | None, new: PlacedRecord[R]) -> Change:
        """The values behind a change, before and after: the fields that differ, all of them for a new record."""
        after = self._state(new)
        before = self._state(old) if old is not None else {}
        names = [name for name in after if old is None or after[name] != before[name]]
        return Change(
            self.form.kind,
            new.id,
            new.record.revision,
            to_json({name: before[name] for name in names}) if old is not None else "",
            to_json({name: after[name] for name in names}),
        )

    def take_back(self, desk: Desk, work: Work, change: Change) -> tuple[PlacedRecord[R], PlacedRecord[R]]:
        """Put a record back to what it was before a change (without a before it goes into the recycle bin); answers
        with its state now and then.
        """
        placed = record_store.by_id(work, self.form, change.record_id or 0)
        if placed is None:
            raise Refusal(say("This can't be taken back; change it by hand"))
        now, before = self._state(placed), from_json(change.before)
        if any(now[name] != value for name, value in from_json(change.after).items()):
            raise Refusal(say("{name} was changed since; change it by hand", name=placed.record.number))
        if not before:
            before = {"deleted_at": desk.moment()}
        deleted_at = before.pop("deleted_at", placed.deleted_at)
        values = parse_record_changes(self.form, before, desk.rules)
        record = apply_record_changes(self.form, placed.record, values)
        return placed, self.put(desk, work, placed, record, deleted_at)

    # -- one action each ----------------------------------------------------------------------------------

    def add(self, desk: Desk, records: Sequence[R], action: str = "") -> Changes:
        """Save new records, all or none, in one commit."""
        if not records:
            return Changes()
        with desk.work(write=True) as work:
            several = len(records) > 1
            placed = [
                self.place_new(desk, work, record, f"[{at}]" if several else "")
                for at, record in enumerate(records, 1)
            ]
            numbers = tuple(one.record.number for one in placed)
            undo = desk.record(
                work,
                action or f"{self.form.kind}.add",
                self.form.kind,
                numbers[0] if not several else f"{numbers[0]} … {numbers[-1]}",
                count=len(numbers),
                changes=[self.change(None, one) for one in placed],
            )
            work.commit()
        said = (
            say("Saved {number}", number=numbers[0])
            if not several
            else say("Saved {count} records", count=len(numbers))
        )
        return Changes(records=self.named(*numbers), undo=undo, said=said)

    def edit(
        self, desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
    ) -> Changes:
        """Change fields of a record, values as ``parse_record_changes`` gives them; with ``revision`` refused if
        somebody saved the record since it was read.
        """
        return self.rewrite(
            desk,
            number,
            f"{self.form.kind}.edit",
            lambda record: apply_record_changes(self.form, record, changes),
            revision=revision,
        )

    def rewrite(
        self,
        desk: Desk,
        number: str,
        action: str,
        change: Callable[[R], R],
        said: Sentence | None = None,
        revision: int | None = None,
    ) -> Changes:
        """Change one record in one commit. ``said`` gets the number."""
        with desk.work(write=True) as work:
            old = self.found(desk, work, number)
            whole = old.record.number
            if revision is not None and revision != old.record.revision:
                raise Refusal(
                    say("{number} was changed meanwhile; look at it again, then save", number=whole)
                )
            sentence = Sentence((said or say("Saved {number}")).msgid, {"number": whole})
            new = self.put(desk, work, old, change(old.record), None)
            difference = self.change(old, new)
            fields = tuple(from_json(difference.after))
            if not fields:
                return Changes(said=sentence)
            undo = desk.record(work, action, self.form.kind, whole, fields=fields, changes=[difference])
            work.commit()
        return Changes(records=self.named(whole), undo=undo, said=sentence)

    def delete(self, desk: Desk, number: str) -> Changes:
        """Put a record into the recycle bin."""
        return self._moved(desk, number, "delete", desk.moment(), say("Deleted {number}"))

    def restore(self, desk: Desk, number: str) -> Changes:
        """Bring a record back from the recycle bin."""
        return self._moved(desk, number, "restore", None, say("Brought back {number}"))

    def _moved(self, desk: Desk, number: str, verb: str, deleted_at: str | None, said: Sentence) -> Changes:
        with desk.work(write=True) as work:
            old = self.found(desk, work, number, deleted=deleted_at is None)
            new = self.put(desk, work, old, old.record, deleted_at)
            whole = old.record.number
            undo = desk.record(
                work, f"{self.form.kind}.{verb}", self.form.kind, whole, changes=[self.change(old, new)]
            )
            work.commit()
        return Changes(records=self.named(whole), undo=undo, said=Sentence(said.msgid, {"number": whole}))

    # -- reading ------------------------------------------------------------------------------------------

    def show(self, desk: Desk, number: str) -> RecordView[R]:
        """One record with its history. Refuses an unknown and a deleted one."""
        with desk.work() as work:
            placed = self.found(desk, work, number)
            rows = audit.of_record(work, self.form.kind, placed.id)
        history = tuple(HistoryLine(row.at, row.who, row.action, row.fields, row.id) for row in rows)
        return RecordView(placed.record, history)

    def all(self, desk: Desk, limit: int = 0) -> list[R]:
        """The living records, newest first; ``limit`` 0 is all."""
        with desk.work() as work:
            return [placed.record for placed in record_store.listed(work, self.form, limit)]

    # -- inside -------------------------------------------------------------------------------------------

    def _checked(self, desk: Desk, work: Work, record: R) -> R:
        """Names must be in the desk's lists, cases of this desk must exist; their numbers are written out."""
        for field in self.form.fields:
            value = getattr(record, field.name)
            if field.kind in NAMED and value:
                table = NAMED[field.kind]
                resolve(work, table, field.name, value, organisation_records.names(work, table))
        if "cases" in self.form.texts:
            cases = getattr(record, "cases")  # noqa: B009  # a record is known by its form only
            numbers = [linked_case(desk, work, one, f"cases[{at}]") for at, one in enumerate(cases, start=1)]
            record = cast(R, replace(cast(Any, record), cases=tuple(dict.fromkeys(numbers))))
        return self.check(desk, work, record)

    def _state(self, placed: PlacedRecord[R]) -> dict[str, Any]:
        """The content of a record as JSON values, and whether it is in the recycle bin."""
        content = record_to_json(self.form, placed.record)
        return {
            **{key: value for key, value in content.items() if key not in OF_THE_DESK},
            "deleted_at": placed.deleted_at,
        }


def _named(path: str, make: Callable[[], R]) -> R:
    """What ``make`` makes; its refusals say which of several records they are about."""
    try:
        return make()
    except FieldRefusal as refusal:
        raise FieldRefusal(joined(path, refusal.path), refusal.reason) from refusal
    except Refusal as refusal:
        raise (FieldRefusal(path, refusal.sentence) if path else refusal) from refusal
