"""Files kept with records: added, listed, read, saved out, removed and brought back.

Each writing function is one user action and one commit. A large content has its name on the disk before the commit that
names it. The same content is kept once, its rows are per record. What leaves the desk leaves in clear: that is audited.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from postal_desk.domain.attachments import DRAFT, Attachment, harmless_name
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Refusal, Sentence, say
from postal_desk.services import attachment_owners
from postal_desk.services.attachment_intake import Intake, Staged, begin_intake, shelf_of, shown_name
from postal_desk.services.attachment_owners import Owner
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import to_json
from postal_desk.store import attachment_records
from postal_desk.store.attachment_files import BadContent, FileShelf
from postal_desk.store.attachment_records import StoredFile
from postal_desk.store.audit import Change
from postal_desk.store.faults import environment_faults
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work

__all__ = [
    "Attachment",
    "Intake",
    "Staged",
    "add_attachments",
    "begin_intake",
    "content_of",
    "list_attachments",
    "list_removed",
    "remove_attachments",
    "rename_attachment",
    "restore_attachments",
    "show_attachment",
]

MOST_AT_ONCE = 100


def add_attachments(desk: Desk, kind: str, number: str, staged: Sequence[Staged], step: int = 0) -> Changes:
    """Keep files with a record, all or none; ``step`` is the place (from 1) of the case's step they belong to.

    A content that the record has already under the same name and step is not kept a second time. Files of a draft are
    neither audited nor undone: nothing happened yet. On a refusal what was staged is taken away.
    """
    try:
        if len(staged) > MOST_AT_ONCE:
            raise Refusal(say("Add at most {most} files at once", most=MOST_AT_ONCE))
        with desk.work(write=True) as work:
            owner = attachment_owners.find(desk, work, kind, number)
            part_at = _part_at(owner, step)
            added = _insert(desk, work, owner, staged, step, part_at)
            if not added:
                return Changes(said=say("Nothing added: the file is there already"))
            undo = None
            if kind != DRAFT:
                undo = _record(desk, work, "attachment.add", owner.number, [(None, one) for one in added])
            work.commit()
    finally:
        for one in staged:
            one.drop()
    said = (
        say("Added the file {name}", name=shown_name(added[0].name))
        if len(added) == 1
        else say("Added {count} files", count=len(added))
    )
    return Changes(attachments=((kind, owner.number),), undo=undo, said=said)


def list_attachments(desk: Desk, kind: str = "", number: str = "", limit: int = 0) -> list[Attachment]:
    """The files of one record in the order of its steps; without one those of all records, newest first."""
    with desk.work() as work:
        if not kind:
            return _named(work, attachment_records.newest(work, limit))
        owner = attachment_owners.find(desk, work, kind, number)
        if owner.record_id is None:
            files = attachment_records.of_draft(work, number)
        else:
            files = attachment_records.of_record(work, kind, owner.record_id)
        return [replace(attachment_of(file, owner.number), part=_part_now(owner, file)) for file in files]


def list_removed(desk: Desk) -> list[Attachment]:
    """The files in the recycle bin, newest first."""
    with desk.work() as work:
        return _named(work, attachment_records.newest(work, deleted=True))


def show_attachment(desk: Desk, attachment_id: int) -> Attachment:
    """One file by its id, a removed one too."""
    with desk.work() as work:
        return _named(work, [_found(work, attachment_id)])[0]


def content_of(desk: Desk, attachment_id: int) -> Callable[[], bytes]:
    """The content of a file: call this on the desk's thread, and what it returns on any.

    That call refuses a content that is missing or damaged.
    """
    with desk.work() as work:
        file = _found(work, attachment_id)
        inside = attachment_records.inside(work, file.blob_id)
    shelf, place = shelf_of(desk), desk.path
    return lambda: inside if inside is not None else read_beside(shelf, file, place)


def read_beside(shelf: FileShelf, file: StoredFile, place: Path) -> bytes:
    """A large content, whole."""
    pieces: list[bytes] = []
    try:
        with environment_faults(place):
            shelf.read(file.sha256, pieces.append)
    except BadContent as error:
        raise Refusal(
            say(
                "The content of file {id} is missing or damaged; run “Check attachments”, "
                "and bring it back from a copy",
                id=file.id,
            )
        ) from error
    return b"".join(pieces)


def remove_attachments(desk: Desk, ids: Sequence[int]) -> Changes:
    """Move files to the recycle bin, where they stay for 30 days."""
    return _move(desk, ids, "attachment.remove", deleted=True)


def restore_attachments(desk: Desk, ids: Sequence[int]) -> Changes:
    """Take files out of the recycle bin, back to their records."""
    return _move(desk, ids, "attachment.restore", deleted=False)


def rename_attachment(desk: Desk, attachment_id: int, name: str) -> Changes:
    """Give a file another name; made harmless as on its way in."""
    if not name.strip():
        raise FieldRefusal("name", say("a file needs a name"))
    with desk.work(write=True) as work:
        old = _found(work, attachment_id)
        new = replace(old, name=harmless_name(name))
        if new == old:
            return Changes()
        attachment_records.change(work, old.id, desk.moment(), {"name": new.name})
        number = attachment_owners.numbers_of(work, [old])[old.id]
        undo = _record(desk, work, "attachment.rename", number, [(old, new)])
        work.commit()
    return Changes(
        attachments=((old.kind, number),), undo=undo, said=say("Renamed to {name}", name=shown_name(new.name))
    )


def _move(desk: Desk, ids: Sequence[int], action: str, *, deleted: bool) -> Changes:
    moment = desk.moment()
    with desk.work(write=True) as work:
        known = [_found(work, number) for number in dict.fromkeys(ids)]
        moved = [file for file in known if (file.deleted_at is not None) != deleted]
        if not moved:
            return Changes()
        pairs = [(file, replace(file, deleted_at=moment if deleted else None)) for file in moved]
        for _old, new in pairs:
            attachment_records.change(work, new.id, moment, {"deleted_at": new.deleted_at})
        numbers = attachment_owners.numbers_of(work, moved)
        undo = None
        if kept := [pair for pair in pairs if pair[0].kind != DRAFT]:
            same = len({numbers[file.id] for file, _ in kept}) == 1
            undo = _record(desk, work, action, numbers[kept[0][0].id] if same else "", kept)
        work.commit()
    owners = tuple(dict.fromkeys((file.kind, numbers[file.id]) for file in moved))
    return Changes(attachments=owners, undo=undo, said=_moved_words(moved, deleted))


def _moved_words(moved: Sequence[StoredFile], deleted: bool) -> Sentence:
    if len(moved) > 1:
        count = len(moved)
        return (
            say("Removed {count} files", count=count)
            if deleted
            else say("Restored {count} files", count=count)
        )
    name = shown_name(moved[0].name)
    return say("Removed {name}", name=name) if deleted else say("Restored {name}", name=name)


def _insert(
    desk: Desk, work: Work, owner: Owner, staged: Sequence[Staged], step: int, part_at: str
) -> list[StoredFile]:
    moment, shelf = desk.moment(), shelf_of(desk)
    if owner.record_id is None:
        present = attachment_records.of_draft(work, owner.number)
    else:
        present = attachment_records.of_record(work, owner.kind, owner.record_id)
    there = {(file.sha256, file.name, file.part) for file in present}
    added = []
    for one in staged:
        if (one.sha256, one.name, step) in there:
            continue
        there.add((one.sha256, one.name, step))
        if one.file is not None:
            with environment_faults(desk.path):
                shelf.put(one.file, one.sha256)
        blob = attachment_records.add_content(work, one.sha256, one.size, one.content)
        values: dict[str, Any] = {
            "uid": uuid7(),
            "revision": 1,
            "created_at": moment,
            "changed_at": moment,
            "kind": owner.kind,
            "record_id": owner.record_id,
            "draft": owner.number if owner.record_id is None else "",
            "part": step,
            "part_at": part_at,
            "name": one.name,
            "media": one.media,
            "blob_id": blob,
        }
        added.append(_found(work, attachment_records.add(work, values)))
    return added


def _part_at(owner: Owner, step: int) -> str:
    if step == 0:
        return ""
    if not 1 <= step <= len(owner.parts):
        raise FieldRefusal(
            "step", say("{number} has {count} steps", number=owner.number, count=len(owner.parts))
        )
    return owner.parts[step - 1]


def _part_now(owner: Owner, file: StoredFile) -> int:
    """Where the step stands now: at its place if its moment is the same, else where that moment stands once."""
    if file.part == 0 or (file.part <= len(owner.parts) and owner.parts[file.part - 1] == file.part_at):
        return file.part
    places = [place for place, moment in enumerate(owner.parts, start=1) if moment == file.part_at]
    return places[0] if len(places) == 1 else 0


def _named(work: Work, files: Sequence[StoredFile]) -> list[Attachment]:
    numbers = attachment_owners.numbers_of(work, files)
    return [attachment_of(file, numbers.get(file.id, "")) for file in files]


def attachment_of(file: StoredFile, number: str) -> Attachment:
    """A row as it is handed out."""
    return Attachment(
        file.id,
        file.uid.hex(),
        file.kind,
        number,
        file.name,
        file.size,
        file.sha256.hex(),
        file.media,
        file.part,
        file.part_at,
        file.created_at,
        file.deleted_at,
        file.beside,
    )


def _found(work: Work, attachment_id: int) -> StoredFile:
    file = attachment_records.by_id(work, attachment_id)
    if file is None:
        raise Refusal(say("There is no file {id}; look it up with its record", id=attachment_id))
    return file


def attachment_state(file: StoredFile) -> dict[str, Any]:
    """What of a file can change, as JSON values."""
    return {"name": file.name, "deleted_at": file.deleted_at}


def attachment_change(old: StoredFile | None, new: StoredFile) -> Change:
    """The values behind a change of one file."""
    after = attachment_state(new)
    before = attachment_state(old) if old is not None else {}
    names = [name for name in after if old is None or after[name] != before[name]]
    revision = 1 if old is None else old.revision + 1
    return Change(
        "attachment",
        new.id,
        revision,
        to_json({name: before[name] for name in names}) if old is not None else "",
        to_json({name: after[name] for name in names}),
    )


def _record(
    desk: Desk, work: Work, action: str, number: str, pairs: Sequence[tuple[StoredFile | None, StoredFile]]
) -> int:
    changes = [attachment_change(old, new) for old, new in pairs]
    return desk.record(work, action, "attachment", number, count=len(changes), changes=changes)
