"""Attachments, and what retention and legal hold need.

Only new tables: a desk of any size takes this step at once.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE blobs (
    id INTEGER NOT NULL,
    sha256 BLOB NOT NULL CONSTRAINT ck_blobs_sha256 CHECK (length(sha256) = 32),
    size INTEGER NOT NULL CONSTRAINT ck_blobs_size CHECK (size > 0),
    content BLOB,
    CONSTRAINT pk_blobs PRIMARY KEY (id),
    CONSTRAINT ck_blobs_content CHECK (content IS NULL OR length(content) = size),
    CONSTRAINT uq_blobs_sha256 UNIQUE (sha256)
)
""",
    """
CREATE TABLE attachments (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_attachments_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_attachments_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    kind TEXT NOT NULL CONSTRAINT ck_attachments_kind CHECK (kind <> ''),
    record_id INTEGER,
    draft TEXT DEFAULT '' NOT NULL,
    part INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_attachments_part CHECK (part >= 0),
    part_at TEXT DEFAULT '' NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_attachments_name CHECK (name <> ''),
    media TEXT NOT NULL CONSTRAINT ck_attachments_media CHECK (media <> ''),
    blob_id INTEGER NOT NULL,
    CONSTRAINT pk_attachments PRIMARY KEY (id),
    CONSTRAINT ck_attachments_waits CHECK ((kind = 'draft') = (draft <> '')),
    CONSTRAINT ck_attachments_belongs CHECK ((kind = 'draft') = (record_id IS NULL)),
    CONSTRAINT uq_attachments_uid UNIQUE (uid),
    CONSTRAINT fk_attachments_blob_id FOREIGN KEY(blob_id) REFERENCES blobs (id)
)
""",
    """
CREATE INDEX ix_attachments_bin ON attachments (deleted_at) WHERE deleted_at IS NOT NULL
""",
    """
CREATE INDEX ix_attachments_blob ON attachments (blob_id)
""",
    """
CREATE INDEX ix_attachments_draft ON attachments (draft) WHERE draft <> ''
""",
    """
CREATE INDEX ix_attachments_record ON attachments (kind, record_id, deleted_at)
""",
    """
CREATE TABLE case_keeping (
    case_id INTEGER NOT NULL,
    held_on TEXT CONSTRAINT ck_case_keeping_held_on CHECK ("held_on" IS date("held_on")),
    reason TEXT DEFAULT '' NOT NULL,
    anonymous_at TEXT,
    CONSTRAINT pk_case_keeping PRIMARY KEY (case_id),
    CONSTRAINT fk_case_keeping_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
""",
)


def upgrade() -> None:
    """Make what version 4 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
