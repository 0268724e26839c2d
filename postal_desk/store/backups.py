"""Copies of a desk: drawn from the live connection, proved with connections of their own, then given their name.

A copy under its name has been proved. What was cut off stays in a folder that the next copy clears away; an older
copy goes only when the newer one stands.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from postal_desk.domain.copy_rotation import CopyMoment, kept
from postal_desk.store import copy_files, faults
from postal_desk.store.copy_files import CopiedFile, Manifest
from postal_desk.store.copy_pool import Pool, take_all
from postal_desk.store.copy_proof import Figures, Proved, prove
from postal_desk.store.copy_source import CopySource, Told, nothing_told
from postal_desk.store.durable import make_folder
from postal_desk.store.room import check_room

COPIES = "copies"
ENDING = ".postal-copy"
_NAME = re.compile(rf"(?P<number>\d{{7,}})-(?P<at>\d{{8}}-\d{{6}})-a(?P<audit>\d+){re.escape(ENDING)}")
_MAKING = ".making"


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """One copy in a folder of copies."""

    path: Path
    moment: CopyMoment
    audit: int


def keep_copy(
    source: CopySource, known: Figures, now: datetime, *, slices: bool = False, told: Told = nothing_told
) -> KeptCopy:
    """Make a copy in the desk's folder of copies, then let older ones go. ``known``: the figures at the beginning.

    Files beside the database are kept once, in a folder that all these copies share.
    """
    with source.drawing(), faults.environment_faults(source.folder):
        folder = source.folder / COPIES
        make_folder(folder)
        older = copies_in(folder)
        number = older[0].moment.number + 1 if older else 1
        making = _Making(source, folder / _MAKING, now, told)
        with making.drawn(known, slices) as proved:
            files, missing = take_all(Pool(folder), source.folder, proved.names, _known_files(older), now)
            manifest = making.finish(proved, files, missing, inside=None)
            made = folder / f"{number:07d}-{now:%Y%m%d-%H%M%S}-a{manifest.audit}{ENDING}"
            copy_files.place(making.file, made)
        rotate(folder)
        return KeptCopy(made, CopyMoment(number, now.replace(microsecond=0)), manifest.audit)


def copy_to(
    source: CopySource, known: Figures, target: Path, now: datetime, told: Told = nothing_told
) -> Manifest:
    """Make a copy under a name of the user's, with everything inside. Raises :class:`FileExistsError` rather than
    overwrite.
    """
    with source.drawing(), faults.environment_faults(target.parent):
        if target.exists():
            raise FileExistsError(target)
        making = _Making(source, target.with_name(f".{target.name}{_MAKING}"), now, told)
        with making.drawn(known, False) as proved:
            pool = Pool(making.folder)
            files, missing = take_all(pool, source.folder, proved.names, {}, now)
            manifest = making.finish(proved, files, missing, inside=pool)
            copy_files.place(making.file, target)
        return manifest


def kept_copies(folder: Path) -> list[KeptCopy]:
    """The copies in a desk's folder, newest first."""
    return copies_in(folder / COPIES)


def copies_in(folder: Path) -> list[KeptCopy]:
    """The copies in a folder of copies, newest first."""
    found = []
    for path in folder.glob(f"*{ENDING}"):
        if not (name := _NAME.fullmatch(path.name)):
            continue
        try:
            made_at = datetime.strptime(name["at"], "%Y%m%d-%H%M%S")
        except ValueError:  # renamed by somebody
            continue
        found.append(KeptCopy(path, CopyMoment(int(name["number"]), made_at), int(name["audit"])))
    return sorted(found, key=lambda copy: copy.moment, reverse=True)


def rotate(folder: Path) -> None:
    """Let go of the copies that :func:`~postal_desk.domain.copy_rotation.kept` does not keep, and of their files.

    Only after a newer copy stands. While one that stays can't be read, no file goes: it may be the one it names.
    """
    copies = copies_in(folder)
    keep = kept([copy.moment for copy in copies])
    for copy in copies:
        if copy.moment not in keep:
            copy.path.unlink(missing_ok=True)
    pool = Pool(folder)
    if pool.folder.is_dir():
        with suppress(copy_files.BrokenCopy):
            pool.keep_only(_all_files(copy for copy in copies if copy.moment in keep))


def _all_files(copies: Iterable[KeptCopy]) -> list[CopiedFile]:
    return [one for copy in copies for one in copy_files.read_index(copy.path)]


def _known_files(copies: list[KeptCopy]) -> dict[str, CopiedFile]:
    for copy in copies[:3]:  # the newest that can be read
        with suppress(copy_files.BrokenCopy, OSError):
            return {one.name: one for one in copy_files.read_index(copy.path)}
    return {}


class _Making:
    """One copy on its way, in a folder that is cleared away at the end."""

    def __init__(self, source: CopySource, folder: Path, now: datetime, told: Told) -> None:
        self.folder = folder
        self.file = folder / "copy"
        self._source, self._now, self._told = source, now, told
        self._sum = (0, "")

    @contextmanager
    def drawn(self, known: Figures, slices: bool) -> Iterator[Proved]:
        """The database, drawn and proved; its sum is taken while it is proved."""
        shutil.rmtree(self.folder, ignore_errors=True)
        check_room(self._source.folder, self.folder.parent)
        make_folder(self.folder, 0o700)
        try:
            self._source.draw(self.file, slices, lambda done, total: self._told(2 * done, 3 * total))
            yield prove(self.file, self._source.key, self.file, known, self._digest, calmly=slices)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def finish(self, proved: Proved, files: list[CopiedFile], missing: int, inside: Pool | None) -> Manifest:
        """Append files, index and manifest to the database, and read back what was appended."""
        held, index = proved.figures, copy_files.index_of(files)
        size, sha256 = self._sum
        manifest = Manifest(
            desk=held.desk,
            branch=proved.branch,
            made_at=self._now.isoformat(timespec="seconds"),
            audit=held.audit,
            head=held.head.hex(),
            cases=held.cases,
            schema=held.schema,
            size=size,
            sha256=sha256,
            files=len(files),
            inside=sum(one.size for one in files) if inside else 0,
            pooled=inside is None,
            missing=missing,
            index_size=len(index),
            index_sha256=copy_files.sha256_of(index),
            keyring=self._source.keyring(),
            mark=proved.mark,
        )
        with self.file.open("ab") as stream:
            if inside is not None:
                for one in files:
                    inside.read(one, stream.write, self.file)
            copy_files.finish(stream, index, manifest)
        copy_files.check_inside(self.file)
        return manifest

    def _digest(self) -> None:
        self._sum = copy_files.digest_of(
            self.file, lambda done, total: self._told(2 * total + done, 3 * total)
        )
