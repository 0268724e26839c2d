"""Another key for a database that is there: a new file made beside, proved, and put in its place by one renaming.

Key file and database have to change together, and two files can't be renamed at once. So the new key file stands under
a name of its own (``key.next``) when the database is renamed, which is the moment that counts; whoever opens the desk
takes the key file that fits the database (:func:`~postal_desk.store.keys.key_file`), and :func:`settle` tidies up. Both
files are encrypted at every moment: the pages go from one cipher into the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from postal_desk.store import engine as engines
from postal_desk.store.copy_source import CopySource
from postal_desk.store.durable import let_all_write, replace_file, sync_folder
from postal_desk.store.keys import DATABASE, KEY, NEXT, DeskKey, key_file
from postal_desk.store.work import AuditEnd, Work, WorkPlace

_MAKING = f"{DATABASE}.next"


def make(
    source: CopySource, key: DeskKey, fill: Callable[[Work], object], told: Callable[[int, int], None]
) -> list[AuditEnd]:
    """Write the database once more with the new key, let ``fill`` put rows in (it must not commit), and prove it.

    On the desk's thread. Returns the ends of the audit that were reached.
    """
    from postal_desk.store.copy_proof import prove  # much to import, for what is seldom done

    folder, target, reached = source.folder, source.folder / _MAKING, list[AuditEnd]()
    clear(folder)
    known = source.figures()
    with source.drawing():
        source.draw(target, False, told, key)
    raw = engines.connect(target, key)
    engines.prepare(raw)
    try:
        place = WorkPlace(raw, folder)
        place.committed = reached.append
        with place.work(write=True) as work:
            fill(work)
            work.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
    let_all_write(target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    prove(target, key, target, known)
    return reached


def swap(folder: Path, keyring: str) -> None:
    """Put the new database in the old one's place, which must be closed and have no log, with the key that fits it."""
    if any(log.stat().st_size for log in folder.glob(f"{DATABASE}*-wal")):
        raise RuntimeError("a log would be left behind")
    for log in folder.glob(f"{DATABASE}*-wal"):
        log.unlink()
    replace_file(folder / NEXT, keyring.encode(), synced=True, mode=0o600)
    (folder / _MAKING).replace(folder / DATABASE)
    with suppress(OSError):  # done is done; the next opening tidies up
        sync_folder(folder)
        settle(folder)


def has_key(folder: Path, key: DeskKey) -> bool:
    """True if the database in its place is the one with this key."""
    with (folder / DATABASE).open("rb") as stream:
        return stream.read(len(key.salt)) == key.salt


def settle(folder: Path) -> None:
    """Finish a change of key that was cut off, or take away what it left. Needs the desk's lock."""
    if key_file(folder).name == NEXT:
        (folder / NEXT).replace(folder / KEY)
        sync_folder(folder)
    clear(folder)


def clear(folder: Path) -> None:
    """Take away what was being made."""
    for path in (*folder.glob(f"{_MAKING}*"), *folder.glob(f"{NEXT}*")):
        path.unlink(missing_ok=True)
