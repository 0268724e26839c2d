"""When a desk does not open: the copies it can come back from, and bringing it back in its own place.

Nothing is overwritten: the folder that did not open is put aside under another name, whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from postal_desk.services import copies, second_place
from postal_desk.services.copies import Copy
from postal_desk.services.desk import Credential
from postal_desk.services.lost_work import forget
from postal_desk.store import backups, faults
from postal_desk.store.locking import DeskLock

__all__ = ["Rescued", "can_be_rescued", "copies_for", "rescue"]


@dataclass(frozen=True, slots=True)
class Rescued:
    """``aside`` is where the folder stands now that did not open, ``None`` if there was none."""

    copy: Copy
    aside: Path | None


def can_be_rescued(folder: Path, fault: Exception, place: Path | None = None) -> bool:
    """True for a desk that is damaged, has the wrong key or is gone, and of which there are copies."""
    if isinstance(fault, faults.WrongPassword | faults.PasswordNeeded):
        return False
    if isinstance(fault, faults.DamagedDesk):
        return True
    if isinstance(fault, faults.WrongKey | faults.NoDesk):
        return bool(backups.kept_copies(folder) or (place and second_place.copies_at(place)))
    return False


def copies_for(folder: Path, place: Path | None = None) -> list[Copy]:
    """The copies in the desk's folder and in the second place, newest first."""
    found = copies.copies_in(folder / backups.COPIES) + (second_place.copies_at(place) if place else [])
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def rescue(
    file: Path,
    folder: Path,
    *,
    actor: str = "",
    credential: Credential | None = None,
    now: Callable[[], datetime] | None = None,
) -> Rescued:
    """Make the desk of a copy in ``folder``; what stands there is put aside first, its copies come along.

    Attachments that the copy has lost are taken from the folder that did not open, if they are whole there. The copy
    is restored and opened beside before anything is moved: on a refusal all is as it was.
    """
    clock = now or datetime.now
    beside = _free(folder, "restored", clock())
    made = copies.restore_copy(file, beside, actor=actor, credential=credential, now=now, once=folder)
    aside = None
    with faults.environment_faults(folder):
        if folder.exists():
            lock = DeskLock(folder)
            lock.take(clock())  # nobody else has it open
            lock.release()
            aside = _free(folder, "put-aside", clock())
            folder.rename(aside)
        try:
            beside.rename(folder)
        except OSError:
            if aside is not None:
                aside.rename(folder)
            raise
        if aside is not None and (aside / backups.COPIES).is_dir() and not (folder / backups.COPIES).exists():
            (aside / backups.COPIES).rename(folder / backups.COPIES)
    forget(folder)
    return Rescued(made, aside)


def _free(folder: Path, word: str, now: datetime) -> Path:
    name = f"{folder.name}-{word}-{now:%Y%m%d-%H%M}"
    number, path = 1, folder.with_name(name)
    while path.exists():
        number += 1
        path = folder.with_name(f"{name}-{number}")
    return path
