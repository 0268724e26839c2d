"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
CREATE TABLE desk_facts (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_desk_facts PRIMARY KEY (name)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE series (
    id INTEGER NOT NULL CONSTRAINT ck_series_id CHECK (id BETWEEN 0 AND 255),
    prefix TEXT NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY (id),
    CONSTRAINT uq_series_prefix UNIQUE (prefix)
)
""",
    """
CREATE TABLE outlets (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_outlets_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_outlets_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_outlets_name CHECK (name <> ''),
    kind TEXT DEFAULT '' NOT NULL,
    grade INTEGER CONSTRAINT ck_outlets_grade CHECK (grade BETWEEN 1 AND 3),
    address TEXT DEFAULT '' NOT NULL,
    valid_from TEXT CONSTRAINT ck_outlets_valid_from CHECK ("valid_from" IS date("valid_from")),
    valid_to TEXT CONSTRAINT ck_outlets_valid_to CHECK ("valid_to" IS date("valid_to")),
    successor_id INTEGER,
    CONSTRAINT pk_outlets PRIMARY KEY (id),
    CONSTRAINT uq_outlets_uid UNIQUE (uid),
    CONSTRAINT uq_outlets_name UNIQUE (name),
    CONSTRAINT fk_outlets_successor_id FOREIGN KEY(successor_id) REFERENCES outlets (id)
)
""",
    """
CREATE TABLE rules (
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    position INTEGER NOT NULL,
    payload TEXT NOT NULL,
    edited INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_rules_edited CHECK (edited IN (0, 1)),
    seed_hash TEXT DEFAULT '' NOT NULL,
    shipped TEXT,
    CONSTRAINT pk_rules PRIMARY KEY (kind, "key")
)
 WITHOUT ROWID
""",
    """
CREATE TABLE drafts (
    "key" TEXT NOT NULL,
    form TEXT DEFAULT '' NOT NULL,
    payload TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY ("key")
)
 WITHOUT ROWID
""",
    """
CREATE TABLE views (
    id INTEGER NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_views_name CHECK (name <> ''),
    filter TEXT NOT NULL,
    CONSTRAINT pk_views PRIMARY KEY (id),
    CONSTRAINT uq_views_name UNIQUE (name)
)
""",
    """
CREATE TABLE settings (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY (name)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE audit (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT DEFAULT '' NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT DEFAULT '' NOT NULL,
    fields TEXT DEFAULT '' NOT NULL,
    count INTEGER NOT NULL,
    digest BLOB NOT NULL,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL CONSTRAINT ck_audit_hash CHECK (length(hash) = 32),
    CONSTRAINT pk_audit PRIMARY KEY (id)
)
""",
    """
CREATE TABLE sequences (
    series_id INTEGER NOT NULL,
    month TEXT NOT NULL CONSTRAINT ck_sequences_month CHECK (length(month) = 7),
    last INTEGER NOT NULL CONSTRAINT ck_sequences_last CHECK (last > 0),
    CONSTRAINT pk_sequences PRIMARY KEY (series_id, month),
    CONSTRAINT fk_sequences_series_id FOREIGN KEY(series_id) REFERENCES series (id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE staff (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_staff_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_staff_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_staff_name CHECK (name <> ''),
    position TEXT DEFAULT '' NOT NULL,
    outlet_id INTEGER,
    joined_on TEXT CONSTRAINT ck_staff_joined_on CHECK ("joined_on" IS date("joined_on")),
    left_on TEXT CONSTRAINT ck_staff_left_on CHECK ("left_on" IS date("left_on")),
    CONSTRAINT pk_staff PRIMARY KEY (id),
    CONSTRAINT uq_staff_uid UNIQUE (uid),
    CONSTRAINT uq_staff_name UNIQUE (name),
    CONSTRAINT fk_staff_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id)
)
""",
    """
CREATE TABLE history (
    id INTEGER NOT NULL,
    audit_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record_id INTEGER,
    revision INTEGER DEFAULT '0' NOT NULL,
    "before" TEXT DEFAULT '' NOT NULL,
    "after" TEXT DEFAULT '' NOT NULL,
    blanked_by INTEGER,
    CONSTRAINT pk_history PRIMARY KEY (id),
    CONSTRAINT fk_history_audit_id FOREIGN KEY(audit_id) REFERENCES audit (id),
    CONSTRAINT fk_history_blanked_by FOREIGN KEY(blanked_by) REFERENCES audit (id)
)
""",
    """
CREATE INDEX ix_history_audit ON history (audit_id)
""",
    """
CREATE INDEX ix_history_record ON history (kind, record_id)
""",
    """
CREATE TABLE cases (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_cases_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_cases_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    sort_key INTEGER NOT NULL,
    status TEXT NOT NULL CONSTRAINT ck_cases_status CHECK (status IN ('registered', 'accepted',
    'investigating', 'waiting', 'answered', 'closed', 'escalated', 'reopened')),
    kind TEXT NOT NULL CONSTRAINT ck_cases_kind CHECK (kind <> ''),
    business TEXT DEFAULT '' NOT NULL,
    category_top TEXT NOT NULL CONSTRAINT ck_cases_top CHECK (category_top = substr(category, 1, 2)),
    category TEXT NOT NULL CONSTRAINT ck_cases_category CHECK (length(category) >= 2),
    channel TEXT NOT NULL CONSTRAINT ck_cases_channel CHECK (channel <> ''),
    opened_on TEXT NOT NULL CONSTRAINT ck_cases_opened_on CHECK ("opened_on" IS date("opened_on")),
    accepted_on TEXT CONSTRAINT ck_cases_accepted_on CHECK ("accepted_on" IS date("accepted_on")),
    answered_on TEXT CONSTRAINT ck_cases_answered_on CHECK ("answered_on" IS date("answered_on")),
    closed_on TEXT CONSTRAINT ck_cases_closed_on CHECK ("closed_on" IS date("closed_on")),
    replied_on TEXT CONSTRAINT ck_cases_replied_on CHECK ("replied_on" IS date("replied_on")),
    first_due TEXT CONSTRAINT ck_cases_first_due CHECK ("first_due" IS date("first_due")),
    last_due TEXT CONSTRAINT ck_cases_last_due CHECK ("last_due" IS date("last_due")),
    outlet_id INTEGER,
    handler_id INTEGER,
    subject TEXT NOT NULL CONSTRAINT ck_cases_subject CHECK (subject <> ''),
    severity TEXT DEFAULT '' NOT NULL,
    fraud INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_cases_fraud CHECK (fraud IN (0, 1)),
    typical INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_cases_typical CHECK (typical IN (0, 1)),
    praised INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_cases_praised CHECK (praised IN (0, 1)),
    compensated INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_cases_compensated CHECK (compensated IN (0, 1)),
    responsibility TEXT DEFAULT '' NOT NULL,
    opinion TEXT DEFAULT '' NOT NULL,
    customer_name TEXT DEFAULT '' NOT NULL,
    customer_phone TEXT DEFAULT '' NOT NULL,
    customer_address TEXT DEFAULT '' NOT NULL,
    phone_digits TEXT DEFAULT '' NOT NULL,
    age_band TEXT DEFAULT '' NOT NULL,
    vulnerable TEXT DEFAULT '' NOT NULL,
    anonymous INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_cases_anonymous CHECK (anonymous IN (0, 1)),
    added_by INTEGER,
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT ck_cases_closed CHECK ((status = 'closed') = (closed_on IS NOT NULL)),
    CONSTRAINT ck_cases_closed_after CHECK (closed_on IS NULL OR closed_on >= opened_on),
    CONSTRAINT ck_cases_replied CHECK (replied_on IS coalesce(answered_on, closed_on)),
    CONSTRAINT ck_cases_dues CHECK ((first_due IS NULL) = (last_due IS NULL) AND first_due <= last_due),
    CONSTRAINT uq_cases_uid UNIQUE (uid),
    CONSTRAINT fk_cases_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id),
    CONSTRAINT fk_cases_handler_id FOREIGN KEY(handler_id) REFERENCES staff (id),
    CONSTRAINT fk_cases_added_by FOREIGN KEY(added_by) REFERENCES audit (id)
)
""",
    """
CREATE INDEX ix_cases_status ON cases (status, sort_key, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_codes ON cases (sort_key, kind, channel, business, praised, compensated, opinion,
    deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_received ON cases (opened_on, category_top, outlet_id, kind, category, responsibility,
    deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_due ON cases (last_due, replied_on, closed_on, outlet_id, deleted_at) WHERE deleted_at
    IS NULL AND last_due IS NOT NULL
""",
    """
CREATE INDEX ix_cases_category ON cases (category_top, sort_key, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_subcategory ON cases (category, sort_key, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_bin ON cases (sort_key, deleted_at) WHERE deleted_at IS NOT NULL
""",
    """
CREATE INDEX ix_cases_living ON cases (sort_key, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_outlet ON cases (outlet_id, sort_key, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_handler ON cases (handler_id, sort_key, deleted_at) WHERE deleted_at IS NULL
""",
    """
CREATE INDEX ix_cases_phone ON cases (phone_digits, sort_key, category_top, opened_on, deleted_at) WHERE
    deleted_at IS NULL AND phone_digits <> ''
""",
    """
CREATE INDEX ix_cases_open ON cases (sort_key, status, category_top, outlet_id, replied_on, first_due,
    last_due, closed_on, deleted_at) WHERE deleted_at IS NULL AND closed_on IS NULL
""",
    """
CREATE UNIQUE INDEX ix_cases_key ON cases (sort_key)
""",
    """
CREATE INDEX ix_cases_fraud ON cases (sort_key, fraud, deleted_at) WHERE deleted_at IS NULL AND fraud = 1
""",
    """
CREATE INDEX ix_cases_unreplied ON cases (sort_key, first_due, replied_on, deleted_at) WHERE deleted_at IS
    NULL AND replied_on IS NULL
""",
    """
CREATE UNIQUE INDEX ix_cases_number ON cases (number)
""",
    """
CREATE INDEX ix_cases_closed ON cases (closed_on, opened_on, opinion, category_top, outlet_id, deleted_at)
    WHERE deleted_at IS NULL AND closed_on IS NOT NULL
""",
    """
CREATE TABLE case_texts (
    case_id INTEGER NOT NULL,
    narrative TEXT DEFAULT '' NOT NULL,
    remedy TEXT DEFAULT '' NOT NULL,
    praise TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_case_texts PRIMARY KEY (case_id),
    CONSTRAINT fk_case_texts_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
""",
    """
CREATE TABLE items (
    case_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_items_position CHECK (position > 0),
    number TEXT DEFAULT '' NOT NULL,
    mail_class TEXT DEFAULT '' NOT NULL,
    posted_on TEXT CONSTRAINT ck_items_posted_on CHECK ("posted_on" IS date("posted_on")),
    postage INTEGER CONSTRAINT ck_items_postage CHECK (postage >= 0),
    insured INTEGER CONSTRAINT ck_items_insured CHECK (insured >= 0),
    value INTEGER CONSTRAINT ck_items_value CHECK (value >= 0),
    CONSTRAINT pk_items PRIMARY KEY (case_id, position),
    CONSTRAINT fk_items_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_items_number ON items (number) WHERE number <> ''
""",
    """
CREATE TABLE steps (
    case_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_steps_position CHECK (position > 0),
    at TEXT NOT NULL CONSTRAINT ck_steps_at CHECK (length(at) IN (10, 16)),
    actor TEXT DEFAULT '' NOT NULL,
    channel TEXT DEFAULT '' NOT NULL,
    counterpart TEXT DEFAULT '' NOT NULL,
    result TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    status TEXT DEFAULT '' NOT NULL,
    follow_up_on TEXT CONSTRAINT ck_steps_follow_up_on CHECK ("follow_up_on" IS date("follow_up_on")),
    CONSTRAINT pk_steps PRIMARY KEY (case_id, position),
    CONSTRAINT fk_steps_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_steps_follow_up ON steps (follow_up_on) WHERE follow_up_on IS NOT NULL
""",
    """
CREATE TABLE dispositions (
    case_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_dispositions_position CHECK (position > 0),
    kind TEXT NOT NULL CONSTRAINT ck_dispositions_kind CHECK (kind <> ''),
    amount INTEGER CONSTRAINT ck_dispositions_amount CHECK (amount >= 0),
    "on" TEXT CONSTRAINT ck_dispositions_on CHECK ("on" IS date("on")),
    CONSTRAINT pk_dispositions PRIMARY KEY (case_id, position),
    CONSTRAINT fk_dispositions_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_dispositions_kind ON dispositions (kind, "on", amount)
""",
    """
CREATE TABLE attempts (
    case_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_attempts_position CHECK (position > 0),
    "on" TEXT NOT NULL CONSTRAINT ck_attempts_on CHECK ("on" IS date("on")),
    result TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_attempts PRIMARY KEY (case_id, position),
    CONSTRAINT fk_attempts_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE relations (
    case_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_relations_position CHECK (position > 0),
    number TEXT NOT NULL CONSTRAINT ck_relations_number CHECK (number <> ''),
    kind TEXT NOT NULL CONSTRAINT ck_relations_kind CHECK (kind <> ''),
    CONSTRAINT pk_relations PRIMARY KEY (case_id, position),
    CONSTRAINT fk_relations_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_relations_number ON relations (number)
""",
    """
CREATE VIRTUAL TABLE search USING fts5(terms, content = '', contentless_delete = 1, tokenize = 'ascii')
""",
    """
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only ever
    added to'); END
""",
    """
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is only ever
    added to'); END
""",
    "INSERT INTO search (search, rank) VALUES ('automerge', 8)",
)


def upgrade() -> None:
    """Make all tables of version 1."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
