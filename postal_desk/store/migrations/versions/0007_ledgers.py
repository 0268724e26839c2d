"""Ledger mappings, typed totals and the superior's forms."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE ledger_imports (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    file TEXT DEFAULT '' NOT NULL,
    sheet TEXT DEFAULT '' NOT NULL,
    rows INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    undone INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_ledger_imports_undone CHECK (undone IN (0, 1)),
    CONSTRAINT pk_ledger_imports PRIMARY KEY (id),
    CONSTRAINT fk_ledger_imports_id FOREIGN KEY(id) REFERENCES audit (id)
)
""",
    """
CREATE TABLE ledger_rows (
    import_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    sheet INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    row_key INTEGER NOT NULL,
    print INTEGER NOT NULL,
    parts BLOB NOT NULL,
    CONSTRAINT pk_ledger_rows PRIMARY KEY (import_id, case_id),
    CONSTRAINT fk_ledger_rows_import_id FOREIGN KEY(import_id) REFERENCES ledger_imports (id),
    CONSTRAINT fk_ledger_rows_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    "CREATE INDEX ix_ledger_rows_case ON ledger_rows (case_id)",
    "CREATE INDEX ix_ledger_rows_key ON ledger_rows (row_key)",
    """
CREATE TABLE ledger_plans (
    signature TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    used_at TEXT NOT NULL,
    CONSTRAINT pk_ledger_plans PRIMARY KEY (signature)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE ledger_words (
    list TEXT NOT NULL CONSTRAINT ck_ledger_words_list CHECK (list <> ''),
    word TEXT NOT NULL CONSTRAINT ck_ledger_words_word CHECK (word <> ''),
    meaning TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_ledger_words PRIMARY KEY (list, word)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE typed_totals (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_typed_totals_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_typed_totals_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    month TEXT NOT NULL CONSTRAINT ck_typed_totals_month CHECK (month || '-01' IS date(month || '-01')),
    received INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_received CHECK (received >= 0),
    closed INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_closed CHECK (closed >= 0),
    due INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_due CHECK (due >= 0),
    due_closed INTEGER CONSTRAINT ck_typed_totals_due_closed CHECK (due_closed >= 0),
    due_in_time INTEGER CONSTRAINT ck_typed_totals_due_in_time CHECK (due_in_time >= 0),
    days INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_days CHECK (days >= 0),
    asked INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_typed_totals_asked CHECK (asked >= 0),
    satisfied INTEGER CONSTRAINT ck_typed_totals_satisfied CHECK (satisfied >= 0),
    source TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_typed_totals PRIMARY KEY (id),
    CONSTRAINT uq_typed_totals_uid UNIQUE (uid)
)
""",
    "CREATE UNIQUE INDEX ix_typed_totals_month ON typed_totals (month) WHERE deleted_at IS NULL",
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
