"""Reading and writing the rows of attachments and of their contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from postal_desk.store.attachment_tables import attachments, blobs
from postal_desk.store.batches import batches
from postal_desk.store.tables import drafts
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One row with what its content is. ``record_id`` is ``None`` for a file that waits with a draft."""

    id: int
    uid: bytes
    revision: int
    created_at: str
    deleted_at: str | None
    kind: str
    record_id: int | None
    draft: str
    part: int
    part_at: str
    name: str
    media: str
    blob_id: int
    sha256: bytes
    size: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A content that the database holds or names: its hash and size, whether it stands in a file beside it."""

    blob_id: int
    sha256: bytes
    size: int
    beside: bool


_ROW = (
    select(
        attachments.c.id,
        attachments.c.uid,
        attachments.c.revision,
        attachments.c.created_at,
        attachments.c.deleted_at,
        attachments.c.kind,
        attachments.c.record_id,
        attachments.c.draft,
        attachments.c.part,
        attachments.c.part_at,
        attachments.c.name,
        attachments.c.media,
        attachments.c.blob_id,
        blobs.c.sha256,
        blobs.c.size,
        blobs.c.content.is_(None).label("beside"),
    )
    .join(blobs, blobs.c.id == attachments.c.blob_id)
    .order_by(attachments.c.part, attachments.c.id)
)


def _files(result: Any) -> list[StoredFile]:
    return [StoredFile(**{**row._mapping, "beside": bool(row.beside)}) for row in result]


def by_id(work: Work, attachment_id: int) -> StoredFile | None:
    """One attachment, a removed one too."""
    return next(iter(_files(work.run(_ROW.where(attachments.c.id == attachment_id)))), None)


def by_ids(work: Work, ids: Sequence[int]) -> list[StoredFile]:
    """Several attachments, removed ones too."""
    return _files(work.run(_ROW.where(attachments.c.id.in_(ids)))) if ids else []


def with_contents(work: Work, blob_ids: Sequence[int]) -> list[StoredFile]:
    """The files, removed ones too, that have one of these contents."""
    found: list[StoredFile] = []
    for some in batches(blob_ids, 500):
        found += _files(work.run(_ROW.where(attachments.c.blob_id.in_(some))))
    return found


def of_record(work: Work, kind: str, record_id: int, *, removed: bool = False) -> list[StoredFile]:
    """The files of one record, by the step they belong to; ``removed`` adds those that were removed."""
    wanted = _ROW.where(attachments.c.kind == kind, attachments.c.record_id == record_id)
    return _files(work.run(wanted if removed else wanted.where(attachments.c.deleted_at.is_(None))))


def of_draft(work: Work, key: str) -> list[StoredFile]:
    """The files that wait with a draft."""
    wanted = _ROW.where(attachments.c.draft == key, attachments.c.deleted_at.is_(None))
    return _files(work.run(wanted))


def newest(work: Work, limit: int = 0, *, deleted: bool = False) -> list[StoredFile]:
    """The files of all records, newest first; ``deleted`` gives the removed ones instead."""
    gone = attachments.c.deleted_at.is_not(None) if deleted else attachments.c.deleted_at.is_(None)
    wanted = _ROW.where(gone, attachments.c.kind != "draft").order_by(None)
    wanted = wanted.order_by(attachments.c.id.desc())
    return _files(work.run(wanted.limit(limit) if limit else wanted))


def content_known(work: Work, sha256: bytes) -> Content | None:
    """The content with this hash, if it is kept already."""
    row = work.rows("SELECT id, sha256, size, content IS NULL FROM blobs WHERE sha256 = ?", (sha256,)).first()
    return Content(row[0], bytes(row[1]), row[2], bool(row[3])) if row else None


def add_content(work: Work, sha256: bytes, size: int, content: bytes | None) -> int:
    """Keep a content (``None``: its file stands beside the database); returns its id. A known one stays as it is."""
    known = content_known(work, sha256)
    if known is not None:
        return known.blob_id
    result = work.run(insert(blobs), {"sha256": sha256, "size": size, "content": content})
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def inside(work: Work, blob_id: int) -> bytes | None:
    """The content that stands in the database itself."""
    found = work.rows("SELECT content FROM blobs WHERE id = ?", (blob_id,)).scalar()
    return bytes(found) if found is not None else None


def add(work: Work, values: dict[str, Any]) -> int:
    """Add a row; returns its id."""
    return int(work.run(insert(attachments), values).inserted_primary_key[0])  # type: ignore[index]


def change(work: Work, attachment_id: int, moment: str, values: dict[str, Any]) -> None:
    """Change a row: next revision."""
    work.run(
        update(attachments)
        .where(attachments.c.id == attachment_id)
        .values({**values, "revision": attachments.c.revision + 1, "changed_at": moment})
    )


def settle_draft(
    work: Work, key: str, kind: str, record_id: int, moment: str, part: int = 0, part_at: str = ""
) -> int:
    """The draft has become a record, or a step of one: its files belong there from now on. How many there were."""
    done = work.rows(
        "UPDATE attachments SET kind = ?, record_id = ?, part = ?, part_at = ?, draft = '', "
        "revision = revision + 1, changed_at = ? WHERE draft = ? AND deleted_at IS NULL",
        (kind, record_id, part, part_at, moment, key),
    )
    return done.rowcount


def remove(work: Work, ids: Sequence[int]) -> None:
    """Take rows out for good; contents that no row names any more go with :func:`drop_unused_contents`."""
    work.run_many("DELETE FROM attachments WHERE id = ?", [(number,) for number in ids])


def drop_unused_contents(work: Work) -> int:
    """Take out the contents that no row names; how many. Files beside the database are the shelf's."""
    return work.rows("DELETE FROM blobs WHERE id NOT IN (SELECT blob_id FROM attachments)").rowcount


def removed_before(work: Work, moment: str) -> list[StoredFile]:
    """The files that were removed before a moment, and those that wait for a draft which is gone that long."""
    gone = _ROW.where(attachments.c.deleted_at < moment)
    left = _ROW.where(
        attachments.c.draft != "",
        attachments.c.changed_at < moment,
        attachments.c.draft.not_in(select(drafts.c.key)),
    )
    return [*_files(work.run(gone)), *_files(work.run(left))]


def contents(work: Work) -> Iterator[Content]:
    """Every content."""
    for row in work.rows("SELECT id, sha256, size, content IS NULL FROM blobs ORDER BY id"):
        yield Content(row[0], bytes(row[1]), row[2], bool(row[3]))


def record_ids(work: Work, kind: str) -> list[int]:
    """The ids of the records of a kind that have files, removed ones included."""
    found = work.rows("SELECT DISTINCT record_id FROM attachments WHERE kind = ? ORDER BY 1", (kind,))
    return [number for (number,) in found]
