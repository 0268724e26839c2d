"""Copies made while the desk had no password: they open without one for ever, so they are named and can be removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services import copies, recovery, second_place
from postal_desk.services.copies import Copy
from postal_desk.services.desk import Desk
from postal_desk.services.old_copies import Elsewhere, copies_elsewhere
from postal_desk.store import backups, copy_files
from postal_desk.store.copy_source import Told
from postal_desk.store.faults import environment_faults


@dataclass(frozen=True, slots=True)
class PlainCopies:
    """``own`` stand among the desk's copies or in the second place; ``elsewhere`` the audit tells of."""

    own: tuple[Copy, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.own) + len(self.elsewhere)


def find(desk: Desk, place: Path | None) -> PlainCopies:
    """The copies of a desk with a password that open without one; ``place``: the second place. Any user may know."""
    if desk.user is None:
        return PlainCopies()
    with desk.work() as work:
        first = work.rows("SELECT min(at) FROM audit WHERE action = 'user.add'").scalar() or ""
    own = copies.list_copies(desk) + (second_place.copies_at(place) if place else [])
    return PlainCopies(
        tuple(copy for copy in own if copy.sound and not copy.locked and _is_of(desk, copy.path)),
        tuple(one for one in copies_elsewhere(desk) if one.made_at <= first),
    )


def begin_removing(desk: Desk, place: Path | None) -> Callable[[Told], tuple[Path, ...]]:
    """Remove those that can be reached, once a copy with a password stands and is proved: call this on the desk's
    thread, and what it returns on another one. Refused while the recovery code is on no paper.
    """
    desk.require("copy.remove")
    if not recovery.confirmed(desk):
        raise Refusal(
            say(
                "Type the recovery code back first: until it is on paper the older copies are the only way back to a "
                "forgotten password"
            )
        )
    plain = [copy.path for copy in find(desk, place).own]
    make, folder = copies.begin_copy(desk), desk.path

    def remove(told: Told) -> tuple[Path, ...]:
        made = make(told)
        with environment_faults(folder):
            for path in plain:
                if path != made.path:
                    path.unlink(missing_ok=True)
            for kept in {path.parent for path in plain}:
                backups.rotate(kept)  # the files that only they named go with them
        return tuple(plain)

    return remove


def note_removed(desk: Desk, removed: tuple[Path, ...]) -> Changes:
    """Write it into the audit, with the newest one's name."""
    name = max((path.name for path in removed), default="")
    with desk.work(write=True) as work:
        desk.record(work, "copy.remove", "copy", name, count=len(removed))
        work.commit()
    return Changes(
        settings=True,
        said=say(
            "{count} copies that opened without a password are gone; a new one is made", count=len(removed)
        ),
    )


def _is_of(desk: Desk, file: Path) -> bool:
    try:
        return copy_files.read_manifest(file).desk == desk.id
    except (copy_files.BrokenCopy, OSError):
        return False
