"""After how many minutes without a touch the window locks: a setting of the desk, and what the audit says of a lock."""

from __future__ import annotations

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.store import settings_records
from postal_desk.store.audit import Change

USUAL = 10
MINUTES = (2, 5, 10, 15, 30, 60)
_NAME = "lock_minutes"


def lock_minutes(desk: Desk) -> int:
    """The setting of this desk."""
    with desk.work() as work:
        kept = settings_records.read(work).get(_NAME, "")
    return int(kept) if kept.isdigit() and int(kept) in MINUTES else USUAL


def set_lock_minutes(desk: Desk, minutes: int) -> Changes:
    """Change it; for everybody at this desk."""
    if minutes not in MINUTES:
        raise FieldRefusal("minutes", say("one of: {values}", values=MINUTES))
    old = lock_minutes(desk)
    if minutes == old:
        return Changes()
    with desk.work(write=True) as work:
        settings_records.write(work, {_NAME: str(minutes)})
        change = Change("setting", None, 0, to_json({_NAME: str(old)}), to_json({_NAME: str(minutes)}))
        undo = desk.record(work, "setting.edit", "setting", fields=(_NAME,), changes=[change])
        work.commit()
    return Changes(
        settings=True, undo=undo, said=say("The desk locks after {minutes} minutes", minutes=minutes)
    )


def note_lock(desk: Desk, why: str) -> None:
    """The window was locked: after a while (``locked``), by somebody (``asked``), for another user (``switch``)."""
    with desk.work(write=True) as work:
        desk.record(work, "access.lock", "user", desk.actor, fields=(why,))
        work.commit()
