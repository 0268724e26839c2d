"""The mail items of the form: rows that the story fills and that a person may add, change and take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from postal_desk.domain.item_numbers import normalise
from postal_desk.ui.entry.slots import Origin, Slot, Value

COLUMNS = ("number", "class", "posted_on", "postage", "insured", "value")


def _slots() -> dict[str, Slot]:
    return {column: Slot() for column in COLUMNS}


@dataclass(eq=False)
class ItemRow:
    """One item; its slots by column of the JSON contract."""

    slots: dict[str, Slot] = field(default_factory=_slots)

    @property
    def number(self) -> str:
        """The item number as it stands, normalised."""
        return normalise(str(self.slots["number"].value))

    @property
    def given(self) -> bool:
        """True if anything stands in the row."""
        return any(slot.given for slot in self.slots.values())

    @property
    def touched(self) -> bool:
        """True if a person wrote anything in the row."""
        return any(slot.origin is Origin.OWN and slot.given for slot in self.slots.values())

    def to_json(self, posted_on: str) -> dict[str, object]:
        """The item as JSON; ``posted_on`` is the day all items share unless the row has its own."""
        made: dict[str, object] = {"posted_on": posted_on} if posted_on else {}
        made |= {column: slot.value for column, slot in self.slots.items() if slot.value}
        if "number" in made:
            made["number"] = self.number
        return made


class ItemRows:
    """The rows in order. Numbers that a person took away are not filled in again."""

    def __init__(self) -> None:
        self.rows: list[ItemRow] = []
        self.dismissed: set[str] = set()

    def add(self) -> ItemRow:
        """An empty row at the end."""
        self.rows.append(ItemRow())
        return self.rows[-1]

    def remove(self, row: ItemRow) -> int:
        """Take a row away by hand; its place, to put it back."""
        place = self.rows.index(row)
        del self.rows[place]
        if row.number:
            self.dismissed.add(row.number)
        return place

    def put_back(self, row: ItemRow, place: int) -> None:
        """Undo :meth:`remove`."""
        self.rows.insert(place, row)
        self.dismissed.discard(row.number)

    def rename(self, row: ItemRow, number: str) -> bool:
        """A person wrote another number; the one that stood there is not filled in again."""
        old = row.number
        changed = row.slots["number"].enter(normalise(number))
        if old and old != row.number:
            self.dismissed.add(old)
        self.dismissed.discard(row.number)
        return changed

    def read(self, numbers: Sequence[str], mail_class: Value | None, confidence: float) -> bool:
        """Follow the story: rows for new numbers, none for those that vanished from it untouched."""
        before = [row.number for row in self.rows]
        gone = [
            row
            for row in self.rows
            if row.slots["number"].origin is Origin.RECOGNISED
            and row.number not in numbers
            and not row.touched
        ]
        for row in gone:
            self.rows.remove(row)
        present = {row.number for row in self.rows}
        for number in numbers:
            if number not in present and number not in self.dismissed:
                self._free_row().slots["number"].read(number, 1.0)
                present.add(number)
        changed = before != [row.number for row in self.rows]
        for row in self.rows:
            known = row.number in numbers
            changed |= row.slots["class"].read(mail_class if known else None, confidence)
        return changed

    def load(self, items: Iterable[Mapping[str, object]], shared_day: str) -> None:
        """Take the items of a stored case; ``shared_day`` is shown once for all."""
        self.rows, self.dismissed = [], set()
        for item in items:
            row = self.add()
            for column, slot in row.slots.items():
                value = str(item.get(column) or "")
                slot.load("" if column == "posted_on" and value == shared_day else value)

    def to_json(self, posted_on: str) -> list[dict[str, object]]:
        """The items as JSON; a shared day of posting without any row makes one item of its own."""
        made = [row.to_json(posted_on) for row in self.rows if row.given]
        return made or ([ItemRow().to_json(posted_on)] if posted_on else [])

    def to_payload(self) -> dict[str, object]:
        """What a draft keeps."""
        return {
            "rows": [{column: slot.to_payload() for column, slot in row.slots.items()} for row in self.rows],
            "dismissed": sorted(self.dismissed),
        }

    def restore(self, payload: Mapping[str, object]) -> None:
        """Take the rows from a draft."""
        self.rows = []
        rows, dismissed = payload.get("rows"), payload.get("dismissed")
        self.dismissed = {str(number) for number in dismissed} if isinstance(dismissed, list) else set()
        for kept in rows if isinstance(rows, list) else []:
            row = self.add()
            for column, slot in row.slots.items():
                if isinstance(kept, Mapping) and isinstance(kept.get(column), Mapping):
                    slot.restore(kept[column])

    def _free_row(self) -> ItemRow:
        """The first row without a word in it, else a new one."""
        free = (row for row in self.rows if not row.given and row.slots["number"].origin is Origin.EMPTY)
        return next(free, None) or self.add()
