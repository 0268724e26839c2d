"""Opening the encrypted file: one connection with the settings the guarantees rest on.

Raw key, then EXCLUSIVE locking, then WAL with FULL synchronisation: a commit that returned is on the disk. Encryption
is the integrity check too: a page that was altered fails its authentication instead of being read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from postal_desk.store import faults
from postal_desk.store.keys import DeskKey
from postal_desk.store.reading_through import some_page_holds

CACHE_KIB = 32 * 1024
_UNENCRYPTED = b"SQLite format 3\0"  # which no desk is

#: Number of the newest schema step, kept in ``PRAGMA user_version``; see ``migrations/``.
SCHEMA_VERSION = 7


def connect(file: Path, key: DeskKey, mode: str = "rw", *, immutable: bool = False) -> Any:
    """A driver connection with the key set and proved; ``mode`` is ``ro``, ``rw`` or ``rwc`` (may create);
    ``immutable`` is for reading a file that nobody writes, and leaves nothing beside it. A copy may be drawn from it
    on another thread; everything else belongs to one (see :class:`~postal_desk.store.work.WorkPlace`).

    Raises :class:`~postal_desk.store.faults.WrongKey` or :class:`~postal_desk.store.faults.DamagedDesk`.
    """
    connection = dbapi2.connect(
        f"{file.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}",
        uri=True,
        isolation_level=None,
        timeout=0,
        cached_statements=256,
        check_same_thread=False,
    )
    try:
        connection.execute(
            "PRAGMA cipher_log_level = NONE"
        )  # faults are told as sentences, not on standard error
        connection.execute(f'PRAGMA key = "{key.literal}"')
        if mode != "ro":  # a reader can't keep the WAL's index to itself
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.Error as error:
        connection.close()
        raise _why_unreadable(file, key, error) from error
    return connection


def _why_unreadable(file: Path, key: DeskKey, error: Exception) -> Exception:
    fault = faults.fault_of(error, file.parent)
    if not isinstance(fault, faults.DamagedDesk):
        return fault or error
    with file.open("rb") as stream:
        begins = stream.read(len(key.salt))
    # The salt is random: a file that begins with another one was made with another key, or lost its beginning.
    if begins in (key.salt, bytes(len(key.salt)), _UNENCRYPTED) or some_page_holds(file, key):
        return fault
    return faults.wrong_key(file.parent)


def schema_version(file: Path, key: DeskKey) -> int:
    """The schema's number, read without changing a byte of the file or its WAL. Needs the desk's lock.

    On a disk so full that a reader can't make its index of the WAL, a writer's connection keeps that in memory; only
    then the WAL may be moved into the file.
    """
    log = file.with_name(file.name + "-wal")
    if not log.exists() or log.stat().st_size == 0:
        return _version(connect(file, key, "ro", immutable=True))
    new = [path for path in (file.with_name(file.name + "-shm"),) if not path.exists()]
    try:
        return _version(connect(file, key, "ro"))
    except (dbapi2.Error, faults.EnvironmentFault) as error:
        if isinstance(error, faults.DamagedDesk | faults.WrongKey):
            raise
        return _version(connect(file, key))
    finally:
        for path in new:  # a reader leaves it behind, empty
            path.unlink(missing_ok=True)


def _version(connection: Any) -> int:
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def prepare(connection: Any) -> None:
    """Set what every connection of a desk works with; raises :class:`RuntimeError` if SQLite will not keep a WAL."""
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise RuntimeError(f"the database answered journal mode {mode!r}")
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "temp_store = MEMORY",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {setting}")
