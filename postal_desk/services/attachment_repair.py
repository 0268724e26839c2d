"""Bringing back contents that are missing or damaged beside the desk, from the copies that still have them whole."""

from __future__ import annotations

from contextlib import suppress

from postal_desk.services.attachment_intake import shelf_of
from postal_desk.services.desk import Desk
from postal_desk.store import attachment_records, backups
from postal_desk.store.copy_files import BrokenCopy, CopiedFile, read_index
from postal_desk.store.copy_pool import Pool
from postal_desk.store.faults import environment_faults


def repair(desk: Desk) -> tuple[int, int]:
    """Bring back what the desk's own copies have: how many contents came back, how many are still missing.

    Each is read through before it takes its place; whole ones are not touched.
    """
    shelf = shelf_of(desk)
    with desk.work() as work:
        beside = [one.sha256 for one in attachment_records.contents(work) if one.beside]
    with environment_faults(desk.path):
        bad = [sha256 for sha256 in beside if not shelf.holds(sha256)]
        if not bad:
            return 0, 0
        known = _known(desk)
        back = sum(_bring_back(desk, sha256, known) for sha256 in bad)
    return back, len(bad) - back


def _known(desk: Desk) -> dict[str, list[CopiedFile]]:
    """The files that the copies name, the newest copy first; copies that can't be read are passed over."""
    known: dict[str, list[CopiedFile]] = {}
    for copy in backups.kept_copies(desk.path):
        with suppress(BrokenCopy, OSError):
            for file in read_index(copy.path):
                known.setdefault(file.name, []).append(file)
    return known


def _bring_back(desk: Desk, sha256: bytes, known: dict[str, list[CopiedFile]]) -> bool:
    shelf, folder = shelf_of(desk), desk.path / backups.COPIES
    name = shelf.path_of(sha256).relative_to(desk.path).as_posix()
    for file in dict.fromkeys(known.get(name, ())):
        staged = shelf.blank()
        try:
            with staged.open("xb") as stream:
                Pool(folder).read(file, stream.write, folder)
                shelf.sync(stream)
        except BrokenCopy:
            staged.unlink(missing_ok=True)
            continue
        if shelf.is_content(staged, sha256):
            shelf.put(staged, sha256)
            return True
        staged.unlink()
    return False
