"""Ledger mappings, typed totals and the superior's forms."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE typed_totals (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_typed_totals_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_typed_totals_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    month TEXT NOT NULL CONSTRAINT ck_typed_totals_month CHECK (month || '-01' IS date(month || '-01')),
    received INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_received CHECK (received >= 0),
    closed INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_closed CHECK (closed >= 0),
    due INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_due CHECK (due >= 0),
    due_closed INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_due_closed CHECK (due_closed >= 0),
    due_in_time INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_due_in_time CHECK (due_in_time >= 0),
    days INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_days CHECK (days >= 0),
    asked INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_asked CHECK (asked >= 0),
    satisfied INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_satisfied CHECK (satisfied >= 0),
    source TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_typed_totals PRIMARY KEY (id),
    CONSTRAINT uq_typed_totals_uid UNIQUE (uid),
    CONSTRAINT uq_typed_totals_month UNIQUE (month)
)
""",
    """
CREATE TABLE typed_categories (
    total_id INTEGER NOT NULL,
    category TEXT NOT NULL CONSTRAINT ck_typed_categories_category CHECK (category <> ''),
    received INTEGER NOT NULL CONSTRAINT ck_typed_categories_received CHECK (received > 0),
    CONSTRAINT pk_typed_categories PRIMARY KEY (total_id, category),
    CONSTRAINT fk_typed_categories_total_id FOREIGN KEY(total_id) REFERENCES typed_totals (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE templates (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_templates_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_templates_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    name TEXT NOT NULL CONSTRAINT ck_templates_name CHECK (name <> ''),
    form TEXT NOT NULL CONSTRAINT ck_templates_form CHECK (form IN ('docx', 'xlsx')),
    sha256 TEXT NOT NULL CONSTRAINT ck_templates_sha256 CHECK (length(sha256) = 64),
    content BLOB NOT NULL CONSTRAINT ck_templates_content CHECK (length(content) > 0),
    CONSTRAINT pk_templates PRIMARY KEY (id),
    CONSTRAINT uq_templates_uid UNIQUE (uid)
)
""",
)


def upgrade() -> None:
    """Make what version 7 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
