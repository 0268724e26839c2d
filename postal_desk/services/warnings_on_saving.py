"""What a save is told that does not stop it: item numbers that look wrong or that another case has already, and days
to come.
"""

from __future__ import annotations

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
        for item in dict.fromkeys(item.number for item in one.case.items if item.number):
            found += _warnings(work, one.case.number, item)
    return tuple(found)


def day_warnings(today: date, placed: Sequence[Placed]) -> tuple[Sentence, ...]:
    """Warnings about cases that are dated after today. Not refused: it may be the PC's clock that is wrong."""
    if len(placed) > _MOST_CASES:
        return ()
    return tuple(
        say(
            "{number} is dated {day}, after today; correct the date if that is not meant",
            number=number,
            day=day,
        )
        for number, day in ((one.case.number, one.case.opened_on) for one in placed)
        if day > today
    )


def _warnings(work: Work, number: str, item: str) -> Iterator[Sentence]:
    if item_numbers.check(item).check == "suspicious":
        yield say(
            "{number}: the check digit of item {item} does not fit; compare it with the receipt",
            number=number,
            item=item,
        )
    for other in case_queries.numbers_with_item(work, item, _MOST_OTHERS + 1):
        if other != number:
            yield say(
                "{number}: item {item} is in {other} too; relate the two if it is the same matter",
                number=number,
                item=item,
                other=other,
            )
