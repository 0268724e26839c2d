"""How long closed cases are kept whole, and how large an attachment may be. They belong to the desk, not to a PC."""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.domain.anonymity import MOST_YEARS, YEARS
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.services.attachment_intake import LIMIT, LIMIT_SETTING, MOST_LIMIT
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.store import settings_records
from postal_desk.store.audit import Change

YEARS_SETTING = "retention_years"


@dataclass(frozen=True, slots=True)
class KeepingSettings:
    """Whole years after the closing, megabytes."""

    years: int = YEARS
    limit: int = LIMIT


def get(desk: Desk) -> KeepingSettings:
    """The settings of the desk."""
    with desk.work() as work:
        kept = settings_records.read(work)
    return KeepingSettings(
        _number(kept.get(YEARS_SETTING, ""), YEARS, MOST_YEARS),
        _number(kept.get(LIMIT_SETTING, ""), LIMIT, MOST_LIMIT),
    )


def set(desk: Desk, *, years: int | None = None, limit: int | None = None) -> Changes:
    """Change one of them, or both. Refuses numbers that make no sense."""
    old, values = get(desk), dict[str, str]()
    for path, given, most, name in (
        ("years", years, MOST_YEARS, YEARS_SETTING),
        ("limit", limit, MOST_LIMIT, LIMIT_SETTING),
    ):
        if given is None or given == getattr(old, path):
            continue
        if not 1 <= given <= most:
            raise FieldRefusal(path, say("a whole number from 1 to {most} is needed", most=most))
        values[name] = str(given)
    if not values:
        return Changes()
    with desk.work(write=True) as work:
        before = {name: settings_records.read(work).get(name, "") for name in values}
        settings_records.write(work, values)
        change = Change("setting", None, 0, to_json(before), to_json(values))
        undo = desk.record(work, "setting.edit", "setting", fields=tuple(values), changes=[change])
        work.commit()
    return Changes(settings=True, undo=undo, said=say("Saved the settings of keeping"))


def _number(text: str, default: int, most: int) -> int:
    return int(text) if text.isdigit() and 1 <= int(text) <= most else default
