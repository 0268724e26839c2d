"""The due days that cases carry for lists and figures, set anew when the rules behind them change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from postal_desk.domain.cases import Case, MailItem
from postal_desk.domain.deadlines import ClockTable
from postal_desk.domain.rules import Rules
from postal_desk.store import numbers
from postal_desk.store.batches import batches
from postal_desk.store.column_values import iso
from postal_desk.store.work import Work

#: Kinds of rules by which due days are counted.
COUNTED_BY = ("clock", "counting", "calendar")
_BATCH = 5000
_CASES = (
    "SELECT id, kind, business, category, channel, opened_on, first_due, last_due FROM cases "
    "WHERE sort_key >= ? ORDER BY id"
)
_ITEMS = (
    "SELECT case_id, number, mail_class FROM items WHERE case_id BETWEEN ? AND ? ORDER BY case_id, position"
)
_SET = "UPDATE cases SET first_due = ?, last_due = ? WHERE id = ?"


def count_again(work: Work, rules: Rules, division: str, since: date | None = None) -> int:
    """Set the due days of all cases opened ``since`` (deleted ones too) by ``rules``; returns how many moved."""
    clocks = ClockTable(rules, division)
    first = numbers.first_key(since) if since else 0
    moved = 0
    for some in batches(work.rows(_CASES, (first,)).all(), _BATCH):
        items: defaultdict[int, list[MailItem]] = defaultdict(list)
        for row in work.rows(_ITEMS, (some[0][0], some[-1][0])):
            items[row[0]].append(MailItem(row[1], row[2]))
        changed = list(_changed(clocks, some, items))
        work.run_many(_SET, changed)
        moved += len(changed)
    return moved


def _changed(
    clocks: ClockTable, rows: Iterable[Any], items: defaultdict[int, list[MailItem]]
) -> Iterable[tuple[str | None, str | None, int]]:
    for row in rows:
        opened = date.fromisoformat(row.opened_on)
        case = Case(row.kind, row.category, row.channel, opened, "", row.business, items=tuple(items[row.id]))
        dues = clocks.reply_dues(case) or (None, None)
        first, last = iso(dues[0]), iso(dues[1])
        if (first, last) != (row.first_due, row.last_due):
            yield first, last, row.id
