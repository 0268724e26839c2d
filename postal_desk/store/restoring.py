"""A desk made again from a copy, beside whatever is there. The desk that is lost is neither needed nor touched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from postal_desk.store import backups, copy_files, faults, high_water
from postal_desk.store.copy_files import Manifest, broken
from postal_desk.store.database import KEY
from postal_desk.store.durable import sync_folder
from postal_desk.store.engine import DATABASE
from postal_desk.store.high_water import Mark
from postal_desk.store.keys import FileKeyStore
from postal_desk.store.tables import SCHEMA_VERSION
from postal_desk.store.work import AuditEnd


def restore(file: Path, to: Path) -> Manifest:
    """Make a desk of a copy in an empty or absent folder: all of it, or nothing is left.

    Raises :class:`~postal_desk.store.faults.FolderInUse`, :class:`~postal_desk.store.copy_files.BrokenCopy`,
    :class:`~postal_desk.store.faults.NewerDesk`, and :class:`OSError` if the copy itself can't be read.
    """
    with faults.environment_faults(to):
        if to.exists() and (not to.is_dir() or any(to.iterdir())):
            raise faults.folder_in_use(to)
    manifest = copy_files.read_manifest(file)
    if manifest.schema > SCHEMA_VERSION:
        raise faults.newer(file, manifest.schema, SCHEMA_VERSION)
    making = to.with_name(f".{to.name}.restoring")
    with faults.environment_faults(to):
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True, mode=0o700)
    try:
        _fill(making, file, manifest, to)
        with faults.environment_faults(to):
            if to.exists():
                to.rmdir()
            making.rename(to)
            sync_folder(to.parent)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return manifest


def _fill(folder: Path, file: Path, manifest: Manifest, named: Path) -> None:
    database = folder / DATABASE
    with faults.environment_faults(named), database.open("xb") as stream:
        unpacked = copy_files.unpack(file, stream.write)
        stream.flush()
        os.fsync(stream.fileno())
    held = backups.prove(database, manifest.desk_key, file)
    if unpacked != manifest or (held.desk, held.audit, held.head.hex(), held.cases) != (
        manifest.desk,
        manifest.audit,
        manifest.head,
        manifest.cases,
    ):
        raise broken(file)
    with faults.environment_faults(named):
        FileKeyStore(folder / KEY).put_back(manifest.desk_key)
        secret = backups.secret_of(database, manifest.desk_key)
        end = AuditEnd(held.audit, held.head, manifest.made_at)
        high_water.write(folder, secret, Mark(held.desk, end), synced=True)
        sync_folder(folder)
