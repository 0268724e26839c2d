"""A desk that moves to another PC, and a copy opened only to be looked at.

Moving: a copy on a stick, read back and proved; then the desk here is marked and can only be read, so that a branch
never works in two desks that drift apart. On the other PC the copy is made a desk again (``copies.restore_copy``).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from postal_desk import paths
from postal_desk.domain.sentences import Refusal, say
from postal_desk.reports.file_names import free_path, safe_stem
from postal_desk.services import copies
from postal_desk.services.desk import Credential, Desk, open_desk
from postal_desk.store import copy_files, desk_marks, restoring
from postal_desk.store.desk_marks import LOOK, MOVED, DeskMark

__all__ = [
    "DeskMark",
    "Moved",
    "forget_looks",
    "is_look",
    "look_at",
    "mark_of",
    "move_back",
    "move_out",
    "unmark",
]

SUFFIX = ".postal-copy"
_LOOKS = "looked-at"


@dataclass(frozen=True, slots=True)
class Moved:
    """The copy that the other PC is to be given, and how many cases it holds."""

    file: Path
    cases: int


def move_out(desk: Desk, folder: Path) -> Moved:
    """Copy the desk into ``folder`` (a stick), prove the copy by reading it back, and mark the desk as moved.

    From the next opening on this desk can only be read. Nothing is marked if any step fails. Refuses a folder that
    does not exist, and one within the desk.
    """
    desk.require("desk.move")
    folder = folder.absolute()
    if not folder.is_dir():
        raise Refusal(say("There is no folder {place}; make it, or name another", place=str(folder)))
    if folder == desk.path.absolute() or desk.path.absolute() in folder.parents:
        raise Refusal(
            say("{place} belongs to the desk itself; choose a stick or another folder", place=str(folder))
        )
    if desk.practice:
        raise Refusal(say("This is the practice desk; open the real one to move it"))
    now = desk.now()
    target = free_path(folder / f"{safe_stem(f'{desk.branch.name} {now:%Y-%m-%d %H%M}')}{SUFFIX}")
    with desk.work(write=True) as work:  # the copy says, too, that the desk moved
        desk.record(work, "desk.move", "desk", target.name)
        work.commit()
    made = copies.copy_to(desk, target)
    scratch = Path(mkdtemp(prefix="postal-desk-"))
    try:
        restoring.verify(target, scratch / "proof", desk.copies.key)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    desk_marks.put(desk.path, DeskMark(MOVED, now.isoformat(timespec="seconds"), target.name))
    return Moved(target, made.cases)


def mark_of(path: Path) -> DeskMark | None:
    """Why the desk in a folder is read only, if it was moved or is looked at."""
    return desk_marks.read(path)


def move_back(
    path: Path,
    *,
    actor: str = "",
    credential: Credential | None = None,
    now: Callable[[], datetime] | None = None,
) -> None:
    """Work here again: the desk in this folder must be closed. What was logged on the other PC is not here.

    Refuses a desk that never moved; the audit tells of it.
    """
    mark = desk_marks.read(path)
    if mark is None or mark.kind != MOVED:
        raise Refusal(
            say("The desk in {place} has not moved; there is nothing to take back", place=str(path))
        )
    with open_desk(path, actor=actor, credential=credential, how="window", now=now) as desk:
        desk.require("desk.move")
    desk_marks.remove(path)
    try:
        with (
            open_desk(path, actor=actor, credential=credential, how="window", now=now) as desk,
            desk.work(write=True) as work,
        ):
            desk.record(work, "desk.move_back", "desk", mark.file)
            work.commit()
    except BaseException:
        desk_marks.put(path, mark)
        raise


def unmark(desk: Desk) -> Path:
    """The same for a desk that is open for reading: the mark goes, and whoever asked opens the desk anew."""
    desk.require("desk.move")
    mark = desk_marks.read(desk.path)
    if mark is None or mark.kind != MOVED:
        raise Refusal(
            say("The desk in {place} has not moved; there is nothing to take back", place=str(desk.path))
        )
    desk_marks.remove(desk.path)
    return desk.path


def look_at(
    file: Path, credential: Credential | None = None, now: Callable[[], datetime] | None = None
) -> Path:
    """Make a desk of a copy that can only be read, in a folder of the program's own; returns that folder.

    It goes with :func:`forget_looks`. Raises as ``copies.restore_copy`` does.
    """
    if not file.is_file():
        raise Refusal(say("{file}: the file can't be read; check its name and place", file=str(file)))
    folder = _looks()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = Path(mkdtemp(prefix="copy-", dir=folder))
    try:
        restored = restoring.restore(file, place / "desk", credential=credential)
        moment = restored.manifest.made_at
        desk_marks.put(place / "desk", DeskMark(LOOK, moment, file.name))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return place / "desk"


def is_look(path: Path) -> bool:
    """True for the folder of a copy that is only looked at."""
    return _looks() in path.parents


def forget_looks(but: Path | None = None) -> None:
    """Remove the copies that were looked at, all but the one in use."""
    for place in _looks().glob("copy-*"):
        if but is None or place not in but.parents:
            shutil.rmtree(place, ignore_errors=True)


def has_password(file: Path) -> bool:
    """True if a copy needs a password; refuses what is no copy."""
    if not file.is_file():
        raise Refusal(say("{file}: the file can't be read; check its name and place", file=str(file)))
    copy_files.read_manifest(file)
    return copies.has_password(file)


def _looks() -> Path:
    return paths.default_desk().with_name(_LOOKS)
