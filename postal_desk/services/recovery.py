"""The recovery code: opens the desk when passwords are forgotten. It is shown once and kept nowhere but on paper."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.reports.document import Document
from postal_desk.reports.safe_files import write_file
from postal_desk.services.desk import Credential, Desk
from postal_desk.store import backups, copy_files, faults, key_ring_file, key_slots
from postal_desk.store.key_slots import RECOVERY
from postal_desk.store.keys import key_in

__all__ = ["confirm_code", "confirmed", "copies_wait", "new_code", "save_sheet", "seal_for_branch"]

_KEY_BYTES = 32


class Painter(Protocol):
    """Who paints a document; ``render.output.QtRenderer`` is the program's."""

    def pdf(self, document: Document, path: Path) -> None:
        """Write the document as PDF."""


def save_sheet(sheet: Document, path: Path, painter: Painter) -> Path:
    """Save the sheet with the code as PDF, never over another file; returns where it stands."""
    with faults.environment_faults(path.parent):
        return write_file(path, lambda target: painter.pdf(sheet, target), replace=False)


def confirmed(desk: Desk) -> bool:
    """True if the code was typed back (or made a new password), so somebody has it; also at a desk that needs none."""
    ring = key_ring_file.ring_of(desk.path)
    return ring is None or (ring.recovery is not None and ring.recovery.confirmed)


def copies_wait(desk: Desk) -> bool:
    """True while no copy may make itself: the code that would open it is on no paper yet, and there is none so far that
    needs one. Copies asked for, and those before an upgrade, an import or a deletion, are made all the same.
    """
    if confirmed(desk):
        return False
    for copy in backups.kept_copies(desk.path):
        with suppress(copy_files.BrokenCopy, OSError):
            if key_in(copy_files.read_manifest(copy.path).keyring) is None:
                return False
    return True


def confirm_code(desk: Desk, typed: str) -> Changes:
    """The code typed back from the sheet. Refuses one that is not this desk's."""
    ring = key_ring_file.ring_of(desk.path)
    if ring is None or ring.recovery is None:
        raise Refusal(say("This desk has no recovery code; make one"))
    try:
        key_ring_file.unlock(ring, desk.path, Credential.recovery(typed))
    except faults.WrongKey as wrong:
        raise FieldRefusal("code", wrong.sentence) from wrong
    with desk.work(write=True) as work:
        desk.record(work, "access.recovery_confirmed", "user")
        key_ring_file.write_ring(desk.path, ring.put(replace(ring.recovery, confirmed=True)))
        work.commit()
    return Changes(users=True, said=say("The recovery code is right; keep the sheet where you keep the seal"))


def new_code(desk: Desk) -> tuple[Changes, str]:
    """Another recovery code in place of the old one, which opens nothing any more but older copies."""
    ring = key_ring_file.ring_of(desk.path)
    if ring is None:
        raise Refusal(say("This desk has no password, so it needs no recovery code"))
    code = key_slots.new_code()
    slot = key_slots.wrap(desk.copies.key, RECOVERY, code)
    with desk.work(write=True) as work:
        desk.record(work, "user.recovery", "user")
        key_ring_file.write_ring(desk.path, ring.put(slot))
        work.commit()
    return Changes(users=True), code


def seal_for_branch(desk: Desk, public_key: bytes, name: str) -> Changes:
    """Wrap the key for the city branch too: whoever has the private key there can open the desk and its copies."""
    ring = key_ring_file.ring_of(desk.path)
    if ring is None:
        raise Refusal(say("This desk has no password, so it needs no recovery code"))
    if len(public_key) != _KEY_BYTES:
        raise FieldRefusal("key", say("a public key has 64 hexadecimal digits"))
    slot = key_slots.seal(desk.copies.key, public_key, name)
    with desk.work(write=True) as work:
        desk.record(work, "user.branch_key", "user", name)
        key_ring_file.write_ring(desk.path, ring.put(slot))
        work.commit()
    return Changes(users=True, said=say("The key is wrapped for {name} too", name=name))
