"""One open desk folder: lock, key, file and connection, made and given up in the right order."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from postal_desk.store import attachment_files, copy_source, faults, places, private_copy, rekeying, room
from postal_desk.store import engine as engines
from postal_desk.store.copy_source import CopySource, Told
from postal_desk.store.durable import sync_folder
from postal_desk.store.engine import SCHEMA_VERSION
from postal_desk.store.faults import DeskClosed
from postal_desk.store.keys import DATABASE, KEY, DeskKey, FileKeyStore, KeyStore, key_file
from postal_desk.store.locking import HOLDER, LOCK, DeskLock
from postal_desk.store.reading_through import LiveReader
from postal_desk.store.sharing import keep_shared
from postal_desk.store.work import AuditEnd, Work, WorkPlace

_UNFINISHED = ".new"


class Database:
    """The database of one desk, open and locked. Belongs to the thread that made it."""

    def __init__(self, folder: Path, raw: Any, source: CopySource, lock: DeskLock | None) -> None:
        self.folder = folder
        self._raw = raw
        self.source = source
        self._lock = lock
        self._works = WorkPlace(raw, folder)
        self._closed = False
        self._reader: LiveReader | None = None
        #: the folder of a private copy, if the desk's own can't be written
        self.private = source.folder if source.folder != folder else None

    def only_with_room(self) -> None:
        """From now on nothing is written that the disk has no room for (see :mod:`~postal_desk.store.room`), nor
        anything at all into a private copy.
        """

        def check() -> None:
            if self.private is not None:
                raise private_copy.reading_only(self.folder)
            room.check_writable(self.folder)

        self._works.may_write = check

    def read_on(self) -> int | None:
        """Read the file through for a moment (:class:`~postal_desk.store.reading_through.LiveReader`)."""
        self._works.check_thread()
        if self._reader is None:
            self._reader = LiveReader(self.source.folder / DATABASE, self.source.key)
        return self._reader.slice()

    @property
    def rounds(self) -> int:
        """How often the whole file was read through since it was opened."""
        return self._reader.rounds if self._reader else 0

    def work(self, *, write: bool = False) -> AbstractContextManager[Work]:
        """One transaction; see :class:`~postal_desk.store.work.Work`. Raises :class:`DeskClosed` after closing."""
        if self._closed:
            raise DeskClosed
        return self._works.work(write=write)

    def change_key(self, key: DeskKey, keyring: str, fill: Callable[[Work], object], told: Told) -> None:
        """Give the database another key, and in the same moment the key file another content; ``fill`` puts in what
        belongs to it (without committing). All of it or, if anything fails, nothing. A copy under way is left off.
        """
        self._works.check_thread()
        self._works.may_write()
        with faults.environment_faults(self.folder):
            room.check_room(self.folder, self.folder)
            try:
                reached = rekeying.make(self.source, key, fill, told)
                old = self.source.key
                self.source.close()
                self.checkpoint()
                self._close_file()
                try:
                    rekeying.swap(self.folder, keyring)
                except BaseException:
                    self._open_again(key if rekeying.has_key(self.folder, key) else old)
                    raise
            except BaseException:
                rekeying.settle(self.folder)
                raise
            self._open_again(key)
            for end in reached:
                if self._works.committed is not None:
                    self._works.committed(end)

    def _close_file(self) -> None:
        self._raw.close()
        if self._reader is not None:  # after the connection, for the sake of its locks
            self._reader.close()
            self._reader = None

    def _open_again(self, key: DeskKey) -> None:
        raw = engines.connect(self.folder / DATABASE, key)
        engines.prepare(raw)
        self._raw = raw
        self.source = CopySource(raw, key, self.folder, self.source.keyring)
        works = WorkPlace(raw, self.folder)
        works.committed, works.may_write = self._works.committed, self._works.may_write
        self._works = works

    def tell_commits(self, committed: Callable[[AuditEnd], None]) -> None:
        """Call ``committed`` with the end of the audit after each commit that added to it."""
        self._works.committed = committed

    def checkpoint(self) -> None:
        """Move the WAL's content into the file and empty it: when idle, before a backup, at exit."""
        self._works.check_thread()
        with faults.environment_faults(self.folder):
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Checkpoint, close the file, give the lock back. The second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self.source.close()
        try:
            with suppress(
                faults.EnvironmentFault
            ):  # the WAL keeps what could not be moved; the next opening reads it
                self.checkpoint()
            self._close_file()
        finally:
            attachment_files.clear_opened(self.folder)
            if self._lock is not None:
                keep_shared(self.folder)
                self._lock.release()
            if self.private is not None:
                private_copy.remove(self.private)


def exists(folder: Path) -> bool:
    """True if the folder holds a desk."""
    return (folder / DATABASE).is_file()


def create(
    folder: Path,
    now: datetime,
    fill: Callable[[Work], None],
    keys: Callable[[Path], KeyStore] = FileKeyStore,
) -> None:
    """Make a desk in an empty or absent folder: all of it or, if anything fails, nothing that counts as a desk.

    ``fill`` puts the first rows in; it must not commit. ``keys`` makes the key in the file it is given. Raises
    :class:`~postal_desk.store.faults.FolderInUse` for a folder that holds anything but the remains of a creation that
    was cut off.
    """
    with faults.environment_faults(folder):
        places.check_fit(folder)
        folder.mkdir(parents=True, exist_ok=True)
    lock = DeskLock(folder)
    _check_empty(folder)
    lock.take(now)
    try:
        with faults.environment_faults(folder):
            _check_empty(folder)
            _create_locked(folder, fill, keys)
            keep_shared(folder)
    finally:
        lock.release()


def _check_empty(folder: Path) -> None:
    ours = {LOCK, HOLDER, HOLDER + _UNFINISHED}
    unfinished = (KEY + _UNFINISHED, DATABASE + _UNFINISHED)
    for entry in folder.iterdir():
        if entry.name not in ours and not entry.name.startswith(unfinished):
            raise faults.folder_in_use(folder)


def _create_locked(folder: Path, fill: Callable[[Work], None], keys: Callable[[Path], KeyStore]) -> None:
    for remains in folder.glob(f"*{_UNFINISHED}*"):
        remains.unlink()
    file, key_file = folder / (DATABASE + _UNFINISHED), folder / (KEY + _UNFINISHED)
    key = keys(key_file).create()
    raw = engines.connect(file, key, "rwc")
    engines.prepare(raw)
    try:
        from postal_desk.store.schema import create_schema

        with WorkPlace(raw, folder).work(write=True) as work:
            create_schema(work.connection)
            fill(work)
            work.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
    key_file.rename(folder / KEY)
    file.rename(folder / DATABASE)
    sync_folder(folder)


def open_database(
    folder: Path, now: datetime, keys: KeyStore | None = None, told: Told = copy_source.nothing_told
) -> Database:
    """Open a desk. Raises the :class:`~postal_desk.store.faults.EnvironmentFault` that stands in the way.

    In a folder that can't be written it is opened as a private copy. ``told`` hears how far the copy before an upgrade
    is, which takes as long as copying the whole desk does.
    """
    with faults.environment_faults(folder):
        try:
            there = exists(folder)
        except PermissionError as error:
            raise faults.not_readable(folder) from error
        except OSError:  # a share that does not answer as a disk does is told as a share
            places.check_fit(folder)
            raise
        if not there:
            raise faults.no_desk(folder)
        if not all(
            os.access(file, os.R_OK) for file in (folder / DATABASE, key_file(folder)) if file.exists()
        ):
            raise faults.not_readable(folder)
        keys = keys or FileKeyStore(folder / KEY)
        if private_copy.is_read_only(folder):
            return _open_private(folder, keys)
        places.check_fit(folder)
        lock = DeskLock(folder)
        lock.take(now)
        try:
            rekeying.settle(folder)
            raw, source = _open_file(folder, keys, now, told)
            return Database(folder, raw, source, lock)
        except BaseException:
            lock.release()
            raise


def _open_private(folder: Path, keys: KeyStore) -> Database:
    private = private_copy.make(folder)
    try:
        raw, source = _open_file(private, keys, None, copy_source.nothing_told)
        return Database(folder, raw, source, None)
    except BaseException:
        private_copy.remove(private)
        raise


def _open_file(
    folder: Path, keys: KeyStore, copied_at: datetime | None, told: Told
) -> tuple[Any, CopySource]:
    """The connection, brought to this program's schema; before that it is copied, unless it is a copy itself."""
    file, key = folder / DATABASE, keys.load()
    version = engines.schema_version(file, key)
    if version > SCHEMA_VERSION:
        raise faults.newer(folder, version, SCHEMA_VERSION)
    if version < 1:
        raise faults.damaged(folder)  # every desk has carried a number from its making on
    raw = engines.connect(file, key)
    attachment_files.clear_opened(folder)
    attachment_files.clear_incoming(folder)
    try:
        engines.prepare(raw)
        source = CopySource(raw, key, folder, keys.content)
        if version < SCHEMA_VERSION:
            if copied_at is not None:
                from postal_desk.store.backups import keep_copy

                keep_copy(source, source.figures(), copied_at, told=told)
            # slow to import, and seldom needed
            from postal_desk.store.core import make_engine
            from postal_desk.store.migrate import upgrade

            upgrade(make_engine(raw))
        return raw, source
    except BaseException:
        raw.close()
        raise
