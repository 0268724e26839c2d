"""Copies of a desk: made by hand and by themselves, listed, and made a desk again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services.attachment_check import MissingFile, missing_files
from postal_desk.services.desk import Credential, Desk, open_desk
from postal_desk.services.lost_work import forget
from postal_desk.store import (
    audit,
    audit_queries,
    backups,
    copies_elsewhere,
    copy_files,
    facts,
    faults,
    restoring,
)
from postal_desk.store.copy_proof import Figures
from postal_desk.store.copy_source import LeftOff, Told, nothing_told
from postal_desk.store.keys import key_in

#: facts of a desk: when its newest copy off this disk was made, and where
AWAY_AT, AWAY_PLACE = "away_at", "away_place"

__all__ = [
    "Copy",
    "LeftOff",
    "MissingFile",
    "begin_copy",
    "changed_since_copy",
    "copies_in",
    "copy_if_changed",
    "copy_to",
    "has_password",
    "last_copy",
    "list_copies",
    "make_copy",
    "read_copy",
    "restore_copy",
]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in its file. ``sound`` is that of its head only; ``cases`` are those it says it holds.

    ``size`` counts the files beside the database too where they are inside; ``locked``: it opens with a password only;
    ``missing``: how many files the desk had lost when it was made. ``absent`` are, once it is restored, the files that
    did not come back.
    """

    path: Path
    made_at: datetime
    size: int
    cases: int
    sound: bool = True
    branch: str = ""
    locked: bool = False
    missing: int = 0
    absent: tuple[MissingFile, ...] = ()


def changed_since_copy(desk: Desk) -> bool:
    """True if anything was changed since the newest copy in the desk's folder."""
    with desk.work() as work:
        reached, changed = audit.end(work).number, audit_queries.last_change(work)
    copies = backups.kept_copies(desk.path)
    copied = copies[0].audit if copies else 0
    return changed > copied or reached < copied


def make_copy(desk: Desk, told: Told = nothing_told) -> Copy:
    """Make a copy in the desk's folder, prove it, let older ones go by the rule of :mod:`domain.copy_rotation`."""
    return _kept(desk, desk.copies.figures(), desk.now(), told)


def copy_if_changed(desk: Desk) -> Copy | None:
    """What happens when a desk is closed, and before whatever changes much at once: import, merge, bulk deletion."""
    if desk.read_only is not None:
        return None
    return make_copy(desk) if changed_since_copy(desk) else None


def begin_copy(desk: Desk) -> Callable[[Told], Copy]:
    """The same in slices: call this on the desk's thread, and what it returns on another one; saves go on meanwhile.

    That call raises :class:`LeftOff` if the desk is closed first.
    """
    known, now = desk.copies.figures(), desk.now()
    return lambda told: _kept(desk, known, now, told, slices=True)


def _kept(desk: Desk, known: Figures, now: datetime, told: Told, slices: bool = False) -> Copy:
    try:
        kept = backups.keep_copy(desk.copies, known, now, slices=slices, told=told)
    except copy_files.BrokenCopy as error:  # it is what was drawn of the desk that failed its proof
        raise faults.not_proved(desk.path) from error
    return _read(kept.path)


def copy_to(desk: Desk, target: Path) -> Copy:
    """Make a copy in a file of the user's choice; never over another file. The audit tells of it."""
    target = target.absolute()
    if not target.parent.is_dir():
        raise Refusal(say("There is no folder {place}; make it, or name another", place=str(target.parent)))
    try:
        backups.copy_to(desk.copies, desk.copies.figures(), target, desk.now())
    except FileExistsError as error:
        raise Refusal(
            say("{file} is there already; name another file, nothing was overwritten", file=str(target))
        ) from error
    if desk.read_only is None:
        with desk.work(write=True) as work:
            desk.record(work, "copy.make", "copy", target.name)
            if not copies_elsewhere.same_disk(target.parent, desk.path):
                facts.write(work, {AWAY_AT: desk.moment(), AWAY_PLACE: str(target.parent)})
            work.commit()
    return _read(target)


def last_copy(desk: Desk) -> datetime | None:
    """When the newest copy in the desk's folder was made."""
    copies = backups.kept_copies(desk.path)
    return copies[0].moment.made_at if copies else None


def list_copies(desk: Desk) -> list[Copy]:
    """The copies in the desk's folder, newest first. One whose head is damaged has ``sound=False``."""
    return copies_in(desk.path / backups.COPIES)


def copies_in(folder: Path) -> list[Copy]:
    """The copies in a folder of copies, newest first; no desk is needed."""
    found = []
    for kept in backups.copies_in(folder):
        try:
            found.append(_read(kept.path))
        except (copy_files.BrokenCopy, OSError):
            found.append(Copy(kept.path, kept.moment.made_at, size=0, cases=0, sound=False))
    return found


def restore_copy(
    file: Path,
    to: Path,
    *,
    actor: str = "",
    credential: Credential | None = None,
    now: Callable[[], datetime] | None = None,
    once: Path | None = None,
) -> Copy:
    """Make a desk of a copy in an empty or absent folder, and open it once to prove it. Nothing else is touched.

    A missing attachment stops nothing: it is among the result's ``absent``. ``once``: the folder of the desk that was,
    from which it is taken if it is whole there.

    No other desk is needed; a copy of a desk with users needs a password or the recovery code of then. Raises
    :class:`~postal_desk.services.faults.EnvironmentFault` for a folder that holds something, for a damaged copy, and
    for a wrong password.
    """
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise Refusal(
            say(
                "{file}: the file can't be read ({reason}); check its name and place",
                file=str(file),
                reason=file_reason(error),
            )
        ) from error
    to = to.absolute()
    manifest = restoring.restore(file, to, credential=credential, once=once).manifest
    forget(to)
    with open_desk(to, actor=actor, credential=credential, how="restore", now=now) as desk:
        _note_restoring(desk, manifest.made_at)
        absent = missing_files(desk)
    made_at = datetime.fromisoformat(manifest.made_at)
    return Copy(to, made_at, manifest.size, manifest.cases, absent=absent)


def has_password(file: Path) -> bool:
    """True for a copy that opens with a password or the recovery code only."""
    return key_in(copy_files.read_manifest(file).keyring) is None


def _note_restoring(desk: Desk, made_at: str) -> None:
    # Not an act of the role: whoever can open a copy has it already, and the desk it was made of is not touched.
    with desk.work(write=True) as work:
        audit.append(
            work,
            desk.audit_secret,
            at=desk.moment(),
            who=desk.actor,
            action="copy.restore",
            kind="copy",
            record=made_at,
        )
        work.commit()


def _read(path: Path) -> Copy:
    manifest = copy_files.read_manifest(path)
    return Copy(
        path,
        datetime.fromisoformat(manifest.made_at),
        path.stat().st_size,
        manifest.cases,
        branch=manifest.branch,
        locked=key_in(manifest.keyring) is None,
        missing=manifest.missing,
    )


def read_copy(file: Path) -> Copy:
    """What a file says it holds. Raises the fault that it is no copy."""
    return _read(file)
