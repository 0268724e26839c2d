"""Copies that still hold what was made anonymous since: until when each of the desk's own is kept, and which were made
elsewhere, where this program can't take them away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from postal_desk.domain.copy_rotation import last_day
from postal_desk.services.desk import Desk
from postal_desk.store import backups


@dataclass(frozen=True, slots=True)
class OldCopy:
    """One of the desk's own copies, and the day on which it goes if the desk is copied daily."""

    path: Path
    made_at: datetime
    goes_on: date


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A copy that was made in a file of somebody's choice: its name, when, by whom."""

    name: str
    made_at: str
    who: str


def own_copies(desk: Desk) -> list[OldCopy]:
    """The copies in the desk's folder, newest first."""
    copies = backups.kept_copies(desk.path)
    moments = [copy.moment for copy in copies]
    return [OldCopy(copy.path, copy.moment.made_at, last_day(moments, copy.moment)) for copy in copies]


def copies_elsewhere(desk: Desk) -> list[Elsewhere]:
    """The copies that the audit tells of, newest first. Whoever has them must delete them by hand."""
    with desk.work() as work:
        rows = work.rows(
            "SELECT record, at, who FROM audit WHERE action = 'copy.make' ORDER BY id DESC"
        ).all()
    return [Elsewhere(name, at, who) for name, at, who in rows]
