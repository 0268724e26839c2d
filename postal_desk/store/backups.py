"""Copies of a desk: drawn from the live connection, proved with a connection of their own, then given their name.

A copy under its name has been proved. What was cut off stays in a folder that the next copy clears away; an older
copy goes only when the newer one stands.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from postal_desk.domain.copy_rotation import CopyMoment, kept
from postal_desk.store import audit, copy_files, engine, faults
from postal_desk.store.copy_files import Manifest, broken
from postal_desk.store.keys import DeskKey

COPIES = "copies"
ENDING = ".postal-copy"
_NAME = re.compile(rf"(?P<number>\d{{7,}})-(?P<at>\d{{8}}-\d{{6}})-a(?P<audit>\d+){re.escape(ENDING)}")
_MAKING = ".making"
_SLICE = 64  # pages: about 3 ms, in which a save has to wait
_PAUSE = 0.002


class LeftOff(Exception):
    """The desk is being closed: the copy was not finished, and nothing of it counts."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a database holds: whose it is, the end of its audit, how many cases, which schema."""

    desk: str
    audit: int
    head: bytes
    cases: int
    schema: int


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """One copy in the desk's own folder of copies."""

    path: Path
    moment: CopyMoment
    audit: int


class CopySource:
    """The live connection, as copies are drawn from it."""

    def __init__(self, raw: Any, key: DeskKey, folder: Path) -> None:
        self.key = key
        self.folder = folder
        self._raw = raw
        self._copying = threading.Lock()
        self._closing = threading.Event()

    def figures(self) -> Figures:
        """What the desk holds now; on the desk's own thread."""
        return _figures(self._raw)

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """One copy at a time."""
        with self._copying:
            if self._closing.is_set():
                raise LeftOff
            yield

    def draw(self, target: Path, slices: bool) -> None:
        """Write the database as it is when this returns. Any thread; with ``slices`` saves go on meanwhile."""

        def between(_status: int, _remaining: int, _total: int) -> None:
            if self._closing.is_set():
                raise LeftOff
            if slices:
                time.sleep(_PAUSE)  # lets a waiting save through

        copy = engine.connect(target, self.key, "rwc")
        try:
            copy.execute("PRAGMA journal_mode = OFF").fetchall()  # a copy cut off is thrown away
            copy.execute("PRAGMA synchronous = OFF")  # the packed file is synced
            self._raw.backup(copy, pages=_SLICE if slices else 16 * _SLICE, progress=between, sleep=_PAUSE)
        finally:
            copy.close()

    def close(self) -> None:
        """Stop a copy under way and wait until it has let go of the connection."""
        self._closing.set()
        with self._copying:
            return


def keep_copy(source: CopySource, known: Figures, now: datetime, *, slices: bool = False) -> KeptCopy:
    """Make a copy in the desk's folder of copies, then let older ones go. ``known``: the figures at the beginning."""
    with source.drawing(), faults.environment_faults(source.folder):
        folder = source.folder / COPIES
        folder.mkdir(exist_ok=True)
        older = kept_copies(source.folder)
        number = older[0].moment.number + 1 if older else 1

        def name(manifest: Manifest) -> Path:
            return folder / f"{number:07d}-{now:%Y%m%d-%H%M%S}-a{manifest.audit}{ENDING}"

        path, manifest = _make(source, known, folder / _MAKING, name, now, slices)
        made = KeptCopy(path, CopyMoment(number, now.replace(microsecond=0)), manifest.audit)
        keep = kept([copy.moment for copy in older] + [made.moment])
        for copy in older:
            if copy.moment not in keep:
                copy.path.unlink(missing_ok=True)
        return made


def copy_to(source: CopySource, known: Figures, target: Path, now: datetime) -> Manifest:
    """Make a copy under a name of the user's. Raises :class:`FileExistsError` rather than overwrite."""
    with source.drawing(), faults.environment_faults(target.parent):
        if target.exists():
            raise FileExistsError(target)
        making = target.with_name(f".{target.name}{_MAKING}")
        return _make(source, known, making, lambda _manifest: target, now, False)[1]


def kept_copies(folder: Path) -> list[KeptCopy]:
    """The copies in a desk's folder, newest first."""
    found = []
    for path in (folder / COPIES).glob(f"*{ENDING}"):
        if not (name := _NAME.fullmatch(path.name)):
            continue
        try:
            made_at = datetime.strptime(name["at"], "%Y%m%d-%H%M%S")
        except ValueError:  # renamed by somebody
            continue
        found.append(KeptCopy(path, CopyMoment(int(name["number"]), made_at), int(name["audit"])))
    return sorted(found, key=lambda copy: copy.moment, reverse=True)


def _make(
    source: CopySource,
    known: Figures,
    making: Path,
    name: Callable[[Manifest], Path],
    now: datetime,
    slices: bool,
) -> tuple[Path, Manifest]:
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    try:
        drawn, packed = making / "desk.db", making / "copy"
        source.draw(drawn, slices)
        held = prove(drawn, source.key, drawn, known)
        size, sha256 = copy_files.digest_of(drawn)
        manifest = Manifest(
            desk=held.desk,
            made_at=now.isoformat(timespec="seconds"),
            audit=held.audit,
            head=held.head.hex(),
            cases=held.cases,
            schema=held.schema,
            size=size,
            sha256=sha256,
            key=source.key.key.hex(),
            salt=source.key.salt.hex(),
        )
        copy_files.pack(drawn, manifest, packed)
        copy_files.unpack(packed, len)  # read back: sums of the head and of the database
        target = name(manifest)
        copy_files.place(packed, target)
        return target, manifest
    finally:
        shutil.rmtree(making, ignore_errors=True)


def prove(database: Path, key: DeskKey, named: Path, known: Figures | None = None) -> Figures:
    """Read a database through with a connection of its own: pages, structure, the audit's whole chain.

    Returns what it holds. Raises :class:`~postal_desk.store.copy_files.BrokenCopy` (naming ``named``) if anything is
    wrong, or if it does not continue what was ``known`` when the copy was begun.
    """
    try:
        raw = engine.connect(database, key, "ro", immutable=True)
        try:
            damaged = raw.execute("PRAGMA cipher_integrity_check").fetchone()
            structure = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
            held = _figures(raw)
            sound = not damaged and structure == "ok" and _chain_holds(raw, held, known)
        finally:
            raw.close()
    except (dbapi2.Error, faults.DamagedDesk, faults.WrongKey) as error:
        raise broken(named) from error
    if not sound:
        raise broken(named)
    return held


def _figures(raw: Any) -> Figures:
    desk = raw.execute("SELECT value FROM desk_facts WHERE name = 'desk_id'").fetchone()[0]
    last = raw.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone() or (0, audit.GENESIS)
    cases = raw.execute("SELECT count(*) FROM cases WHERE deleted_at IS NULL").fetchone()[0]
    schema = raw.execute("PRAGMA user_version").fetchone()[0]
    return Figures(desk, int(last[0]), bytes(last[1]), int(cases), int(schema))


def _chain_holds(raw: Any, held: Figures, known: Figures | None) -> bool:
    prev, number, seen_known = audit.GENESIS, 0, known is None or known.audit == 0
    rows = raw.execute("SELECT * FROM audit ORDER BY id")
    names = [column[0] for column in rows.description]
    for values in rows:
        row = dict(zip(names, values, strict=True))
        number += 1
        if row["id"] != number or row["prev"] != prev or row["hash"] != audit.hash_of(row):
            return False
        prev = row["hash"]
        seen_known = seen_known or (known is not None and number == known.audit and prev == known.head)
    return number == held.audit and seen_known and (known is None or known.desk == held.desk)


def secret_of(database: Path, key: DeskKey) -> bytes:
    """The audit's secret inside a proved database."""
    raw = engine.connect(database, key, "ro", immutable=True)
    try:
        query = "SELECT value FROM desk_facts WHERE name = 'audit_secret'"
        return bytes.fromhex(raw.execute(query).fetchone()[0])
    finally:
        raw.close()
