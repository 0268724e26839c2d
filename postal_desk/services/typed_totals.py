"""Totals typed for months without cases: kept, taken back, and lent to the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.domain.month_ranges import Span, months_of
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.domain.summaries import Period
from postal_desk.domain.text_rule import clean
from postal_desk.domain.typed_total_table import TotalTable, read_totals
from postal_desk.domain.typed_totals import LONGEST_SOURCE, TypedTotal, make_total
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import from_json, to_json
from postal_desk.store import total_records
from postal_desk.store.audit import Change
from postal_desk.store.total_records import PlacedTotal
from postal_desk.store.work import Work

__all__ = [
    "KnownTotal",
    "Totals",
    "list_totals",
    "put_totals",
    "read_table",
    "remove_totals",
    "restore_totals",
    "take_back",
    "totals_from_json",
]


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """A typed month; ``in_use`` is false where cases of the desk tell of that month themselves."""

    total: TypedTotal
    in_use: bool


def list_totals(desk: Desk) -> list[KnownTotal]:
    """All typed months, oldest first."""
    with desk.work() as work:
        placed = total_records.all_totals(work)
        counted = total_records.months_with_cases(work, placed)
    return [KnownTotal(one.total, month not in counted) for month, one in placed.items()]


def put_totals(desk: Desk, totals: Sequence[TypedTotal], removed: Iterable[Month] = ()) -> Changes:
    """Save months and take those ``removed`` away, all in one commit; a month known already is written over.

    Refuses months to come.
    """
    this = Month.of(desk.today())
    for total in totals:
        if total.month > this:
            raise Refusal(
                say(
                    "{month} has not begun yet; the latest month is {this}",
                    month=total.month.label,
                    this=this.label,
                )
            )
        clean(total.source, LONGEST_SOURCE, "source")
    with desk.work(write=True) as work:
        known = total_records.all_totals(work)
        new = [total for total in totals if (old := known.get(total.month)) is None or old.total != total]
        gone = [known[month] for month in removed if month in known]
        if not new and not gone:
            return Changes(said=say("Nothing is different from what is saved already"))
        changes = [change_of(work, one, None, desk.moment()) for one in gone]
        changes += [change_of(work, known.get(total.month), total, desk.moment()) for total in new]
        counted = total_records.months_with_cases(work, [total.month for total in new])
        months = sorted([*(total.month for total in new), *(one.total.month for one in gone)])
        record = str(months[0]) if len(months) == 1 else f"{months[0]} … {months[-1]}"
        undo = desk.record(work, "total.put", "total", record, count=len(months), changes=changes)
        work.commit()
    warnings: tuple[Sentence, ...] = ()
    if counted:
        warnings = (
            say(
                "these months have cases of their own, so their typed totals are not used: {months}",
                months=tuple(month.label for month in sorted(counted)),
            ),
        )
    said = say("Saved totals of past months: {count}", count=len(months))
    return Changes(totals=True, undo=undo, said=said, warnings=warnings)


def remove_totals(desk: Desk, months: Iterable[Month]) -> Changes:
    """Take months away, all in one commit. Refuses one that was never typed."""
    wanted = sorted(set(months))
    with desk.work(write=True) as work:
        known = total_records.all_totals(work)
        for month in wanted:
            if month not in known:
                raise Refusal(say("There is no typed total of {month}; see the list", month=month.label))
        if not wanted:
            return Changes()
        changes = [change_of(work, known[month], None, desk.moment()) for month in wanted]
        record = str(wanted[0]) if len(wanted) == 1 else f"{wanted[0]} … {wanted[-1]}"
        undo = desk.record(work, "total.remove", "total", record, count=len(wanted), changes=changes)
        work.commit()
    return Changes(
        totals=True, undo=undo, said=say("Removed totals of past months: {count}", count=len(wanted))
    )


def restore_totals(desk: Desk, ids: Iterable[int]) -> Changes:
    """Bring removed months back. Refuses one that was typed anew meanwhile."""
    wanted = set(ids)
    with desk.work(write=True) as work:
        known = total_records.all_totals(work)
        back = [one for one in total_records.removed(work) if one.id in wanted]
        changes = []
        for one in back:
            month = one.total.month
            if month in known:
                raise Refusal(
                    say("The totals of {month} were typed anew since; remove those first", month=month.label)
                )
            known[month] = one
            changes.append(change_of(work, None, one.total, desk.moment()))
        if not back:
            return Changes()
        record = str(back[0].total.month) if len(back) == 1 else ""
        undo = desk.record(work, "total.put", "total", record, count=len(back), changes=changes)
        work.commit()
    return Changes(
        totals=True, undo=undo, said=say("Totals of past months are back: {count}", count=len(back))
    )


def change_of(work: Work, known: PlacedTotal | None, total: TypedTotal | None, moment: str) -> Change:
    """Write or remove one month, and tell it as a change for audit and undo."""
    before = to_json(_state(known.total)) if known else ""
    if total is None:
        assert known is not None
        total_records.remove(work, known, moment)
        return Change("total", known.id, known.revision + 1, before, "")
    placed = total_records.put(work, total, known, moment)
    return Change("total", placed.id, placed.revision, before, to_json(_state(total)))


def read_table(desk: Desk, rows: Sequence[Sequence[str]]) -> TotalTable:
    """Totals out of a table (see ``domain.typed_total_table``); nothing is saved."""
    checked = [[clean(cell, 1000, "").text for cell in row] for row in rows]
    return read_totals(checked, desk.rules, Month.of(desk.today()))


def totals_from_json(desk: Desk, records: Sequence[Any]) -> list[TypedTotal]:
    """Totals out of JSON objects; the refusal names the record by its place from 1."""
    codes = [top.code for top in desk.rules.top_categories()]
    found = []
    for at, record in enumerate(records, 1):
        try:
            if not isinstance(record, Mapping):
                raise FieldRefusal("month", say("an object with a month and its counts is needed"))
            values = dict(record)
            found.append(make_total(Month.parse(str(values.pop("month", ""))), values, codes))
        except Refusal as refusal:
            raise Refusal(say("record {at}: {reason}", at=at, reason=refusal.sentence)) from refusal
    return found


def take_back(work: Work, change: Change, moment: str) -> Iterator[Change]:
    """Undo one change of a month; refused if the month was changed since."""
    after, before = from_json(change.after), from_json(change.before)
    if not after and not before:  # its values were blanked when it left the recycle bin
        raise Refusal(say("This can't be taken back; change it by hand"))
    month = Month.parse((after or before)["month"])
    known = total_records.all_totals(work).get(month)
    if (_state(known.total) if known else {}) != after:
        raise Refusal(say("{name} was changed since; change it by hand", name=str(month)))
    if known is None and not before:
        return
    yield change_of(work, known, _from_state(before) if before else None, moment)


def _state(total: TypedTotal) -> dict[str, Any]:
    """A total as the history keeps it: exact, with the sum of days instead of their mean."""
    return {**asdict(total), "month": str(total.month), "categories": dict(total.categories)}


def _from_state(values: Mapping[str, Any]) -> TypedTotal:
    return TypedTotal(**{**values, "month": Month.parse(values["month"])})


class Totals:
    """The typed months that count in one reading of the desk: those in which no case was received or closed."""

    def __init__(self, work: Work) -> None:
        placed = total_records.all_totals(work)
        counted = total_records.months_with_cases(work, placed)
        self._totals = {month: one.total for month, one in placed.items() if month not in counted}

    def of(self, month: Month) -> TypedTotal | None:
        """The typed total of a month, if it counts."""
        return self._totals.get(month)

    def added(self, period: Period, months: Span | Sequence[Month]) -> Period:
        """The period with what was typed for its months."""
        for month in months if isinstance(months, Sequence) else months_of(months):
            if (total := self._totals.get(month)) is not None:
                period = period.plus(total.period)
        return period

    def categories(self, found: Mapping[str, int], span: Span) -> dict[str, int]:
        """Received by top category with what was typed for the months of the period."""
        together = dict(found)
        for month in months_of(span):
            if (total := self._totals.get(month)) is not None:
                for code, count in total.categories.items():
                    together[code] = together.get(code, 0) + count
        return together
