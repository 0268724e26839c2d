"""What a save is told whose days lie in closed months: the change is kept, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable

from postal_desk.domain.month_facts import facts_of
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Sentence, say
from postal_desk.store import closing_records
from postal_desk.store.case_rows import Placed
from postal_desk.store.work import Work


def closed_month_warnings(
    work: Work, changed: Iterable[tuple[Placed | None, Placed]]
) -> tuple[Sentence, ...]:
    """One sentence for each closed month whose figures these cases change, each before (``None``: new) and after.

    Later work on a case of a closed month changes none of them, and is not told anything.
    """
    closed = closing_records.closed_months(work)
    if not closed:
        return ()
    pairs = list(changed)
    touched = [
        (Month.parse(month), number)
        for month, number in closed.items()
        if any(_facts(old, Month.parse(month)) != _facts(new, Month.parse(month)) for old, new in pairs)
    ]
    return tuple(
        say(
            "{month} is closed ({number}): the figures handed in stay as they are; this change shows there as a "
            "difference until the month is closed again as a revision",
            month=month.label,
            number=number,
        )
        for month, number in touched
    )


def _facts(placed: Placed | None, month: Month) -> tuple[object, ...]:
    return facts_of(placed.case, month) if placed is not None and placed.deleted_at is None else ()
