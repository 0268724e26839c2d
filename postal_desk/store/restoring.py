"""A desk made again from a copy, beside whatever is there. The desk that is lost is neither needed nor touched."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from postal_desk.store import copy_files, faults, files_beside, high_water, places
from postal_desk.store.copy_files import BrokenCopy, CopiedFile, Manifest, broken
from postal_desk.store.copy_pool import Pool
from postal_desk.store.copy_proof import prove
from postal_desk.store.copy_source import Told
from postal_desk.store.durable import make_folder, sync_folder
from postal_desk.store.engine import SCHEMA_VERSION
from postal_desk.store.key_ring_file import Credential, copy_key
from postal_desk.store.keys import DATABASE, KEY, DeskKey, FileKeyStore, key_in


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and which of the copy's files did not: they were missing or damaged."""

    manifest: Manifest
    lost: tuple[CopiedFile, ...] = ()


def restore(
    file: Path,
    to: Path,
    told: Told = lambda _done, _total: None,
    credential: Credential | None = None,
    key: DeskKey | None = None,
    once: Path | None = None,
) -> Restored:
    """Make a desk of a copy in an empty or absent folder: the whole database, or nothing is left.

    A file beside the database that is missing from the copy, or damaged in it, is taken from ``once``, the folder of
    the desk that was, if it is whole there; else it is left out and told of.

    A copy of a desk with users needs the ``credential`` of one of them, as they were when it was made, or the ``key``
    itself. Raises
    :class:`~postal_desk.store.faults.PasswordNeeded`, :class:`~postal_desk.store.faults.WrongPassword`,
    :class:`~postal_desk.store.faults.FolderInUse`, :class:`~postal_desk.store.copy_files.BrokenCopy`,
    :class:`~postal_desk.store.faults.NewerDesk`, and :class:`OSError` if the copy itself can't be read.
    """
    with faults.environment_faults(to):
        places.check_fit(to)
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise faults.folder_in_use(to)
    manifest = copy_files.read_manifest(file)
    _check_version(file, manifest)
    key = key or copy_key(file, manifest.keyring, credential)
    making = to.with_name(f".{to.name}.restoring")
    with faults.environment_faults(to):
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
    try:
        lost = _fill(making, file, manifest, key, to, told, once)
        with faults.environment_faults(to):
            if to.exists():
                to.rmdir()
            making.rename(to)
            sync_folder(to.parent)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Restored(manifest, lost)


def verify(file: Path, scratch: Path, key: DeskKey | None = None, told: Told = lambda _d, _t: None) -> bool:
    """Prove a copy without keeping anything: every sum, and, where the key can be had, the database itself.

    ``scratch`` is a folder to unpack into, which is gone afterwards. True if the database was read through too, False
    if only the sums were (a password is needed for more). Raises as :func:`restore` does.
    """
    manifest = copy_files.read_manifest(file)
    _check_version(file, manifest)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.parent.mkdir(parents=True, exist_ok=True)
    make_folder(scratch, 0o700)
    try:
        with faults.environment_faults(scratch):
            lost = _unpack(scratch, file, manifest, told)
        if lost:
            raise copy_files.files_lost(file, len(lost))
        return _prove(scratch / DATABASE, file, manifest, key)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _check_version(file: Path, manifest: Manifest) -> None:
    if manifest.schema > SCHEMA_VERSION:
        raise faults.newer(file, manifest.schema, SCHEMA_VERSION)


def _fill(
    folder: Path, file: Path, manifest: Manifest, key: DeskKey, named: Path, told: Told, once: Path | None
) -> tuple[CopiedFile, ...]:
    with faults.environment_faults(named):
        lost = _unpack(folder, file, manifest, told)
    _prove(folder / DATABASE, file, manifest, key)
    with faults.environment_faults(named):
        lost = [one for one in lost if once is None or not _taken_from(once, one, folder)]
        FileKeyStore(folder / KEY).put_back(manifest.keyring)
        (folder / high_water.FILE).write_text(manifest.mark, "utf-8")
        sync_folder(folder)
    return tuple(lost)


def _unpack(folder: Path, file: Path, manifest: Manifest, told: Told) -> list[CopiedFile]:
    """Write everything into ``folder``; the files that could not be had whole are not there and are returned."""
    lost: list[CopiedFile] = []
    with ExitStack() as open_files:

        def writer(name: str) -> Callable[[bytes], object]:
            open_files.close()  # the one before is whole
            path = folder / DATABASE if name == DATABASE else files_beside.path_of(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            stream = open_files.enter_context(path.open("xb"))
            open_files.callback(_sync, stream)
            return stream.write

        def leave_out(one: CopiedFile) -> None:
            open_files.close()
            files_beside.path_of(folder, one.name).unlink(missing_ok=True)
            lost.append(one)

        unpacked = copy_files.unpack(file, writer(DATABASE), lambda one: writer(one.name), told, leave_out)
        if manifest.pooled:
            pool = Pool(file.parent)
            for one in copy_files.read_index(file):
                try:
                    pool.read(one, writer(one.name), file)
                except BrokenCopy:
                    leave_out(one)
    if unpacked != manifest:
        raise broken(file)
    return lost


def _taken_from(once: Path, one: CopiedFile, folder: Path) -> bool:
    """Take a file that the copy lost from the desk that was, if it is the same to the last bit."""
    source, target = files_beside.path_of(once, one.name), files_beside.path_of(folder, one.name)
    try:
        if copy_files.digest_of(source) != (one.size, one.sha256):
            return False
        with source.open("rb") as found, target.open("xb") as stream:
            shutil.copyfileobj(found, stream)
            _sync(stream)
        whole = copy_files.digest_of(target) == (one.size, one.sha256)
    except OSError as error:
        target.unlink(missing_ok=True)
        if error.errno == errno.ENOSPC:
            raise
        return False  # the desk that was may be as broken as it likes
    if not whole:
        target.unlink()
    return whole


def _sync(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _prove(database: Path, file: Path, manifest: Manifest, key: DeskKey | None) -> bool:
    key = key_in(manifest.keyring) or key
    if key is None:
        return False
    held = prove(database, key, file).figures
    if (held.desk, held.audit, held.head.hex(), held.cases) != (
        manifest.desk,
        manifest.audit,
        manifest.head,
        manifest.cases,
    ):
        raise broken(file)
    return True


__all__ = ["CopiedFile", "Restored", "restore", "verify"]
