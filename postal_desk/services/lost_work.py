"""Committed work that has gone missing from a desk without a word, and was found so at its opening.

What is found is written into the audit and kept as a fact of the desk until somebody accepts it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from postal_desk import paths
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence, say
from postal_desk.store import audit, database, facts, high_water
from postal_desk.store.audit_secrets import AuditSecrets, secrets_in
from postal_desk.store.high_water import Mark, SpoiltMark

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk

#: Fact of a desk whose mark has been written once: it must be there from then on.
MARKED = "high_water"
_LOSSES = "lost_work"


@dataclass(frozen=True, slots=True)
class Loss:
    """``kind``: ``missing`` (changes after ``ends_at`` are gone), ``replaced`` (another history stands here),
    ``spoilt`` or ``gone`` (the mark itself, so nothing can be told). ``number`` is the last change that was saved.
    """

    kind: str
    count: int = 0
    number: int = 0
    ends_at: str = ""
    reached_at: str = ""

    def sentence(self, place: str) -> Sentence:
        """What is missing, and what to do about it."""
        ends, reached = (at[:16].replace("T", " ") or "?" for at in (self.ends_at, self.reached_at))
        if self.kind == "missing":
            return say(
                "{count} saved changes are missing from the desk in {place}: it ends at {ends}, but work was saved "
                "until {reached} (change {number}); look into its copies and enter again what is missing",
                count=self.count,
                place=place,
                ends=ends,
                reached=reached,
                number=self.number,
            )
        if self.kind == "replaced":
            return say(
                "The desk in {place} is not the one that was last used there (change {number} of {reached} differs); "
                "find out who replaced it before you go on",
                place=place,
                number=self.number,
                reached=reached,
            )
        return say(
            "It can't be told whether saved work is missing from the desk in {place}: its file “{file}” is missing "
            "or spoilt; compare the newest cases with your papers",
            place=place,
            file=high_water.FILE,
        )


def find_loss(base: database.Database) -> Loss | None:
    """Compare the audit with the marks kept beside the file and in the user's own folder."""
    with base.work() as work:
        known, end = facts.read(work), audit.end(work)
        secrets = secrets_in(known)
        try:
            mark = _first_mark(base.folder, secrets, end.number)
        except SpoiltMark:
            return Loss("spoilt", ends_at=end.at)
        second = _second_mark(base.folder, secrets.now)
        if mark is None and second is None:
            return Loss("gone", ends_at=end.at) if MARKED in known else None
        for found in (mark, second):
            if found is None:
                continue
            number, reached = found.end.number, found.end.at
            if found.desk == known["desk_id"] and number > end.number:
                return Loss("missing", number - end.number, number, end.at, reached)
            if found.desk != known["desk_id"] or audit.head_at(work, number) != found.end.head:
                return Loss("replaced", 0, number, end.at, reached)
        if mark is None:
            return Loss("gone", ends_at=end.at) if MARKED in known else None
    return None


def _first_mark(folder: Path, secrets: AuditSecrets, end: int) -> Mark | None:
    try:
        return high_water.read(folder, secrets.now)
    except SpoiltMark:
        earlier = secrets.before_mark(end)
        if earlier is None:
            raise
        return high_water.read(folder, earlier)


def _second_mark(folder: Path, secret: bytes) -> Mark | None:
    """What this user's PC remembers of the desk in this place; a memory that can't be read says nothing."""
    try:
        return high_water.read_file(high_water.second_file(paths.user_marks(), folder), secret)
    except (OSError, SpoiltMark):
        return None


def remember(folder: Path, secret: bytes, mark: Mark) -> None:
    """Keep the second mark. A PC that can't keep it notices less, and nothing else."""
    with suppress(OSError):
        high_water.write_file(high_water.second_file(paths.user_marks(), folder), secret, mark, synced=True)


def forget(folder: Path) -> None:
    """A desk that never was in this place before is put there on purpose."""
    with suppress(OSError):
        high_water.second_file(paths.user_marks(), folder).unlink(missing_ok=True)


def note_loss(base: database.Database, actor: str, now: datetime) -> None:
    """Write a loss that this opening finds into the audit and the desk's facts."""
    loss = find_loss(base)
    if loss is None:
        return
    with base.work(write=True) as work:
        known = facts.read(work)
        losses = [*losses_in(known), loss]
        facts.write(work, {_LOSSES: json.dumps([asdict(one) for one in losses])})
        audit.append(
            work,
            secrets_in(known).now,
            at=now.isoformat(timespec="seconds"),
            who=actor,
            action=f"desk.loss_{loss.kind}",
            kind="desk",
            record=str(loss.number or ""),
            count=loss.count,
        )
        work.commit()


def losses_in(known: Mapping[str, str]) -> tuple[Loss, ...]:
    """The losses found and not accepted yet, out of the desk's facts."""
    return tuple(Loss(**one) for one in json.loads(known.get(_LOSSES, "[]")))


def accept_losses(desk: Desk) -> Changes:
    """Somebody has read what is missing: say it no more. The audit keeps it."""
    with desk.work(write=True) as work:
        facts.write(work, {_LOSSES: "[]"})
        desk.record(work, "desk.loss_accepted", "desk", count=len(desk.losses))
        work.commit()
    desk.losses = ()
    return Changes()
