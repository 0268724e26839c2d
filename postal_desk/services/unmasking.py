"""Personal data on the screen: masked, or in clear, which is allowed to whoever works here, and written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from postal_desk.domain.cases import Case
from postal_desk.domain.masking import mask, mask_free_text
from postal_desk.services.desk import Desk
from postal_desk.store import faults


def note_unmasked(desk: Desk, number: str, *what: str) -> None:
    """Somebody looked at the personal data of one case; ``what`` are the parts (``customer``, ``items``, ``form``)."""
    with desk.work(write=True) as work:
        desk.record(work, "case.unmask", "case", number, fields=what)
        work.commit()


def note_read(desk: Desk, numbers: Sequence[str], *what: str) -> None:
    """Cases are handed out in clear as JSON; one row for all of them. A desk without users has nobody to name, and one
    that can only be read can't keep it.
    """
    if not numbers or desk.user is None or desk.read_only is not None:
        return
    one = numbers[0] if len(set(numbers)) == 1 else ""
    with suppress(faults.DiskFull), desk.work(write=True) as work:
        desk.record(work, "case.unmask", "case", one, fields=("json", *what), count=len(numbers))
        work.commit()


def masked(desk: Desk, case: Case) -> Case:
    """A case as a screen shows it to somebody who has not asked for more."""
    from postal_desk.reports.personal import masked_case  # slow to import

    return masked_case(case, desk.rules)


def masked_items(desk: Desk, numbers: Iterable[str]) -> list[str]:
    """Item numbers as a screen shows them."""
    return [mask("item", number, desk.rules) if number else "" for number in numbers]


def masked_text(desk: Desk, text: str) -> str:
    """A free text without what looks like personal data."""
    return mask_free_text(text, [], desk.rules.compound_surnames).text if text else ""
