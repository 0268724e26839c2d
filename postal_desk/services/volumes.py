"""How many items were carried each month, for the branch or an outlet: what rates for 1,000 items are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from postal_desk.domain.changes import Changes
from postal_desk.domain.json_values import LARGEST_COUNT
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.services.organisation import resolve
from postal_desk.store import organisation_records, record_queries
from postal_desk.store.audit import Change
from postal_desk.store.work import Work

__all__ = ["list_volumes", "put_back", "set_volume"]

BRANCH = ""  # the outlet of the branch's own figure


def set_volume(desk: Desk, month: Month, items: int | None, outlet: str = BRANCH) -> Changes:
    """Write down the items of a month, of the branch or of one outlet; ``None`` takes the figure away."""
    if items is not None and not 0 <= items <= LARGEST_COUNT:
        raise FieldRefusal("items", say("a whole number from 0 to {most} is expected", most=LARGEST_COUNT))
    with desk.work(write=True) as work:
        outlets = organisation_records.names(work, "outlets")
        if outlet:
            resolve(work, "outlets", "outlet", outlet, outlets)
        key = record_queries.volume_key(month, outlets[outlet] if outlet else 0)
        before = record_queries.volume(work, key)
        said = say("Saved the volume of {month}", month=month.label)
        if before == items:
            return Changes(said=said)
        record_queries.put_volume(work, key, items)
        change = Change("volume", None, 0, to_json({key: before}), to_json({key: items}))
        undo = desk.record(work, "volume.set", "volume", str(month), fields=("items",), changes=[change])
        work.commit()
    return Changes(volumes=True, undo=undo, said=said)


def list_volumes(desk: Desk) -> dict[tuple[Month, str], int]:
    """The items of each month and outlet (``""`` the branch as a whole)."""
    with desk.work() as work:
        names = {id_: name for name, id_ in organisation_records.names(work, "outlets").items()}
        return {
            (month, names[outlet] if outlet else BRANCH): items
            for (month, outlet), items in record_queries.volumes(work).items()
        }


def put_back(work: Work, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Put the figures before a change in place of those after it; refuses figures that were changed since."""
    for key, items in after.items():
        if record_queries.volume(work, key) != items:
            raise FieldRefusal("items", say("{name} was changed since; change it by hand", name=key))
    for key, items in before.items():
        record_queries.put_volume(work, key, items)
