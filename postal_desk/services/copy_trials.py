"""Whether a copy would really come back: one is verified, and the newest is restored on trial. The audit tells of both.

Each begins on the desk's thread, is done on another one while saves go on, and is noted on the desk's thread again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services.cases import read_cases
from postal_desk.services.desk import Desk
from postal_desk.store import audit_queries, backups, copy_files, database, restoring, room
from postal_desk.store.audit_queries import AuditFilter
from postal_desk.store.copy_source import Told
from postal_desk.store.durable import make_folder
from postal_desk.store.keys import DeskKey, KnownKey

_LOOKED_AT = 100  # cases that a trial reads whole
_VERIFY, _DRILL = "copy.verify", "copy.drill"


@dataclass(frozen=True, slots=True)
class Trial:
    """The outcome: which copy, of when, how many cases came back; ``whole``: the database itself was read, not only
    its sums.
    """

    path: Path
    made_at: datetime
    cases: int
    whole: bool
    seconds: float


def begin_verify(desk: Desk, file: Path) -> Callable[[Told], Trial]:
    """Read a copy through: every sum, its files, and its database where the key is at hand. Raises what is wrong."""
    key, own, scratch = desk.copies.key, desk.id, _scratch(desk)

    def verify(told: Told) -> Trial:
        began = time.monotonic()
        manifest = copy_files.read_manifest(file)
        room.check_room_for(file, scratch.parent)
        whole = restoring.verify(file, scratch, key if manifest.desk == own else None, told)
        return _trial(file, manifest.made_at, manifest.cases, whole, began)

    return verify


def begin_drill(desk: Desk) -> Callable[[Told], Trial]:
    """Restore the newest copy beside the desk, open it as a desk, read cases of it, and take it away again."""
    copies = backups.kept_copies(desk.path)
    if not copies:
        raise Refusal(say("There is no copy yet; make one first"))
    file, key, scratch, now = copies[0].path, desk.copies.key, _scratch(desk), desk.now()
    today = desk.today()

    def drill(told: Told) -> Trial:
        began = time.monotonic()
        room.check_room_for(file, scratch.parent)
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            restored = restoring.restore(file, scratch, told, key=key)
            if restored.lost:
                raise copy_files.files_lost(file, len(restored.lost))
            manifest = restored.manifest
            cases = _open(scratch, key, now, lambda base: Desk(base, "", lambda: today, lambda: now))
            if cases != manifest.cases:
                raise copy_files.broken(file)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return _trial(file, manifest.made_at, cases, True, began)

    return drill


def note_verified(desk: Desk, trial: Trial) -> Changes:
    """Write a verified copy into the audit."""
    _note(desk, _VERIFY, trial)
    said = (
        say("{file} is whole: {cases} cases", file=trial.path.name, cases=trial.cases)
        if trial.whole
        else say("{file} is whole by its sums; its content needs a password", file=trial.path.name)
    )
    return Changes(said=said)


def note_drill(desk: Desk, trial: Trial) -> Changes:
    """Write a restore drill into the audit."""
    _note(desk, _DRILL, trial)
    return Changes(
        said=say(
            "The newest copy was restored on trial and opened: {cases} cases in {seconds} s",
            cases=trial.cases,
            seconds=f"{trial.seconds:.1f}",
        )
    )


def trials(desk: Desk) -> dict[str, str]:
    """When each copy was last proved by hand, by its file's name; the drill under an empty name."""
    found: dict[str, str] = {}
    with desk.work() as work:
        for row in audit_queries.find(work, AuditFilter(action="copy"), 500):
            if row.action in (_VERIFY, _DRILL):
                found.setdefault(row.record, row.at)
            if row.action == _DRILL:
                found.setdefault("", row.at)
    return found


def _note(desk: Desk, action: str, trial: Trial) -> None:
    with desk.work(write=True) as work:
        desk.record(work, action, "copy", trial.path.name, count=trial.cases)
        work.commit()


def _open(folder: Path, key: DeskKey, now: datetime, desk_of: Callable[[database.Database], Desk]) -> int:
    base = database.open_database(folder, now, KnownKey(key))
    try:
        tried = desk_of(base)
        read_cases(tried, CaseFilter(), _LOOKED_AT)
        return tried.copies.figures().cases
    finally:
        base.close()


def _scratch(desk: Desk) -> Path:
    folder = desk.path / backups.COPIES
    make_folder(folder)
    return folder / ".trial"


def _trial(file: Path, made_at: str, cases: int, whole: bool, began: float) -> Trial:
    return Trial(file, datetime.fromisoformat(made_at), cases, whole, time.monotonic() - began)
