"""What a save is told that does not stop it: item numbers that look wrong or that another case has already, and days
to come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from postal_desk.domain import item_numbers
from postal_desk.domain.sentences import Sentence, say
from postal_desk.store import case_queries
from postal_desk.store.case_rows import Placed
from postal_desk.store.work import Work

#: More cases than this come from a file of another system, where nobody reads a warning for each.
_MOST_CASES = 50
_MOST_OTHERS = 2


def item_warnings(work: Work, placed: Sequence[Placed]) -> tuple[Sentence, ...]:
    """Warnings about the item numbers of some cases; a failed check digit never blocks (its rule has no source)."""
    if len(placed) > _MOST_CASES:
        return ()
    found: list[Sentence] = []
    for one in placed:
        for what in _warnings(work, one):
            named = say("{number}: {what}", number=one.case.number, what=what)
            found.append(
                named if len(placed) > 1 else what
            )  # what was done to a single case names it already
    return tuple(found)


def day_warnings(today: date, placed: Sequence[Placed]) -> tuple[Sentence, ...]:
    """Warnings about cases that are dated after today. Not refused: it may be the PC's clock that is wrong."""
    if len(placed) > _MOST_CASES:
        return ()
    found: list[Sentence] = []
    for case in (one.case for one in placed):
        if case.opened_on > today:
            found.append(
                say(
                    "{number} is dated {day}, after today; correct the date if that is not meant",
                    number=case.number,
                    day=case.opened_on,
                )
            )
        elif case.closed_on is not None and case.closed_on > today:
            found.append(
                say(
                    "{number} is closed on {day}, after today; correct the date if that is not meant",
                    number=case.number,
                    day=case.closed_on,
                )
            )
    return tuple(found)


def _warnings(work: Work, placed: Placed) -> Iterator[Sentence]:
    """Items that are in the same other cases are told together."""
    shared: dict[tuple[str, ...], list[str]] = {}
    counted = Counter(item.number for item in placed.case.items if item.number)
    if twice := tuple(item for item, times in counted.items() if times > 1):
        yield say("Item {item} stands twice in the case; take one out if it is the same", item=twice)
    for item in counted:
        if item_numbers.check(item).check == "suspicious":
            yield say("The check digit of item {item} does not fit; compare it with the receipt", item=item)
        found = case_queries.numbers_with_item(work, item, _MOST_OTHERS + 1)
        if others := tuple(other for other in found if other != placed.case.number):
            shared.setdefault(others, []).append(item)
    for others, items in shared.items():
        if len(items) == 1:
            yield say(
                "Item {item} is in {other} too; relate the cases if it is the same matter",
                item=items[0],
                other=others,
            )
        else:
            yield say(
                "Items {items} are in {other} too; relate the cases if it is the same matter",
                items=tuple(items),
                other=others,
            )
