"""Copies in a second place, off this disk: carried there, listed, and the reminder when the newest is too old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services import copies
from postal_desk.services.copies import AWAY_AT, AWAY_PLACE, Copy
from postal_desk.services.desk import Desk
from postal_desk.store import backups, copies_elsewhere, facts, places
from postal_desk.store.copy_source import Told, nothing_told

REMIND_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Away:
    """The newest copy off this disk: ``at`` and ``place`` (``None`` and empty if there is none), too old or not."""

    at: datetime | None
    place: str
    overdue: bool


def away(desk: Desk) -> Away:
    """How old the newest copy off this disk is. A practice desk, and one that is new, are not reminded."""
    with desk.work() as work:
        known = facts.read(work)
    at = datetime.fromisoformat(known[AWAY_AT]) if AWAY_AT in known else None
    since = at or datetime.fromisoformat(known["created_at"])
    overdue = not desk.practice and desk.now() - since > REMIND_AFTER
    return Away(at, known.get(AWAY_PLACE, ""), overdue)


def check_place(place: Path, desk: Path) -> None:
    """Refuse a second place that is not there, that is lost with the desk, or that is gone when the PC is switched off.
    ``desk`` is the desk's folder, which may still have to be made.
    """
    standing = next(folder for folder in (desk, *desk.absolute().parents) if folder.exists())
    if not place.is_dir():
        raise Refusal(
            say(
                "{place} is not there; plug the stick in or connect the share, and try again",
                place=str(place),
            )
        )
    if copies_elsewhere.same_disk(place, standing):
        raise Refusal(
            say(
                "{place} is on the same disk as the desk and would be lost with it; choose a stick, a share or another "
                "disk",
                place=str(place),
            )
        )
    if places.in_memory(place) is not None:
        raise Refusal(
            say(
                "{place} is in the memory of this PC and gone when it is switched off; choose a stick, a share or "
                "another disk",
                place=str(place),
            )
        )


def begin_carrying(desk: Desk, place: Path) -> Callable[[Told], Path]:
    """Carry the newest copy to ``place``, made first if anything was changed: call this on the desk's thread, and what
    it returns on another one.
    """
    check_place(place, desk.path)
    make = copies.begin_copy(desk) if copies.changed_since_copy(desk) else None
    folder, target = desk.path, copies_elsewhere.folder_in(place, f"{desk.branch.prefix}-{desk.id[-6:]}")

    def carry(told: Told) -> Path:
        if make is not None:
            make(nothing_told)
        return copies_elsewhere.carry(backups.kept_copies(folder)[0], target, told)

    return carry


def note_carried(desk: Desk, arrived: Path) -> Changes:
    """Remember when and where, and write it into the audit."""
    with desk.work(write=True) as work:
        facts.write(work, {AWAY_AT: desk.moment(), AWAY_PLACE: str(arrived.parent.parent)})
        desk.record(work, "copy.carry", "copy", arrived.name)
        work.commit()
    return Changes(said=say("A copy is in {place} now", place=str(arrived.parent)))


def copies_at(place: Path) -> list[Copy]:
    """The copies of every desk in a second place, newest first; empty if it is not there."""
    try:
        folders = [folder for folder in place.glob("PostalDesk-*") if folder.is_dir()]
        found = [copy for folder in folders for copy in copies.copies_in(folder)]
    except OSError:  # pulled out, or no right to look
        return []
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)
