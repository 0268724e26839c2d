"""The tables of the attachments, and of what keeps a case from being made anonymous or says that it was.

A content (``blobs``) is kept once, whatever the number of records that have it: up to 1 MB in the row, larger ones in
an encrypted file beside the database (``content`` is NULL). A row of ``attachments`` is one file with one record; it
names the record by kind and id, so that whatever record comes later can have files too, or a draft by its key.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from postal_desk.store.tables import day, identity, metadata, words

blobs = Table(
    "blobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "sha256", LargeBinary, CheckConstraint("length(sha256) = 32", "sha256"), nullable=False, unique=True
    ),
    Column("size", Integer, CheckConstraint("size > 0", "size"), nullable=False),
    Column("content", LargeBinary),
    CheckConstraint("content IS NULL OR length(content) = size", "content"),
)

attachments = Table(
    "attachments",
    metadata,
    *identity(),
    Column("deleted_at", Text),
    Column("kind", Text, CheckConstraint("kind <> ''", "kind"), nullable=False),
    Column("record_id", Integer),
    words("draft"),
    Column("part", Integer, CheckConstraint("part >= 0", "part"), nullable=False, server_default="0"),
    words("part_at"),
    Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False),
    Column("media", Text, CheckConstraint("media <> ''", "media"), nullable=False),
    Column("blob_id", Integer, ForeignKey("blobs.id"), nullable=False),
    CheckConstraint("(kind = 'draft') = (draft <> '')", "waits"),
    CheckConstraint("(kind = 'draft') = (record_id IS NULL)", "belongs"),
)
Index("ix_attachments_record", attachments.c.kind, attachments.c.record_id, attachments.c.deleted_at)
Index("ix_attachments_draft", attachments.c.draft, sqlite_where=text("draft <> ''"))
Index("ix_attachments_blob", attachments.c.blob_id)
Index("ix_attachments_bin", attachments.c.deleted_at, sqlite_where=text("deleted_at IS NOT NULL"))

#: Legal hold and anonymity, for the few cases that have one of them.
case_keeping = Table(
    "case_keeping",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    day("held_on"),
    words("reason"),
    Column("anonymous_at", Text),
)
