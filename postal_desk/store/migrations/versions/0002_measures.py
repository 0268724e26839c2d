"""Measures: the answers to problems, with progress, evidence, effect, re-checks and links to cases.

Only new tables: a desk of any size takes this step at once.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
CREATE TABLE measures (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_measures_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_measures_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    status TEXT NOT NULL CONSTRAINT ck_measures_status CHECK (status IN
    ('planned', 'running', 'finished', 'withdrawn')),
    kind TEXT NOT NULL CONSTRAINT ck_measures_kind CHECK (kind <> ''),
    title TEXT NOT NULL CONSTRAINT ck_measures_title CHECK (title <> ''),
    problem TEXT NOT NULL CONSTRAINT ck_measures_problem CHECK (problem <> ''),
    source TEXT DEFAULT '' NOT NULL,
    area TEXT DEFAULT '' NOT NULL,
    cause TEXT DEFAULT '' NOT NULL,
    found_on TEXT CONSTRAINT ck_measures_found_on CHECK ("found_on" IS date("found_on")),
    found_at TEXT DEFAULT '' NOT NULL,
    owner_unit TEXT DEFAULT '' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    baseline TEXT DEFAULT '' NOT NULL,
    target TEXT DEFAULT '' NOT NULL,
    unit TEXT DEFAULT '' NOT NULL,
    due_on TEXT CONSTRAINT ck_measures_due_on CHECK ("due_on" IS date("due_on")),
    due_event TEXT DEFAULT '' NOT NULL,
    at_once INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_measures_at_once CHECK (at_once IN (0, 1)),
    term TEXT DEFAULT '' NOT NULL,
    verdict TEXT DEFAULT '' NOT NULL,
    effect TEXT DEFAULT '' NOT NULL,
    category TEXT DEFAULT '' NOT NULL,
    clause TEXT DEFAULT '' NOT NULL,
    begun_on TEXT NOT NULL CONSTRAINT ck_measures_begun_on CHECK ("begun_on" IS date("begun_on")),
    finished_on TEXT CONSTRAINT ck_measures_finished_on CHECK ("finished_on" IS date("finished_on")),
    CONSTRAINT pk_measures PRIMARY KEY (id),
    CONSTRAINT ck_measures_finished CHECK ((status = 'finished') = (finished_on IS NOT NULL)),
    CONSTRAINT ck_measures_due CHECK ((due_on IS NOT NULL) + (due_event <> '') + at_once <= 1),
    CONSTRAINT uq_measures_uid UNIQUE (uid),
    CONSTRAINT uq_measures_number UNIQUE (number)
)
""",
    """
CREATE INDEX ix_measures_begun ON measures (begun_on, number)
""",
    """
CREATE TABLE measure_sequences (
    prefix TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CONSTRAINT ck_measure_sequences_last CHECK (last > 0),
    CONSTRAINT pk_measure_sequences PRIMARY KEY (prefix, year)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE measure_owners (
    measure_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_measure_owners_position CHECK (position > 0),
    name TEXT NOT NULL CONSTRAINT ck_measure_owners_name CHECK (name <> ''),
    CONSTRAINT pk_measure_owners PRIMARY KEY (measure_id, position),
    CONSTRAINT fk_measure_owners_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE measure_progress (
    measure_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_measure_progress_position CHECK (position > 0),
    "on" TEXT NOT NULL CONSTRAINT ck_measure_progress_on CHECK ("on" IS date("on")),
    value TEXT DEFAULT '' NOT NULL,
    text TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_measure_progress PRIMARY KEY (measure_id, position),
    CONSTRAINT fk_measure_progress_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE measure_evidence (
    measure_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_measure_evidence_position CHECK (position > 0),
    text TEXT NOT NULL CONSTRAINT ck_measure_evidence_text CHECK (text <> ''),
    CONSTRAINT pk_measure_evidence PRIMARY KEY (measure_id, position),
    CONSTRAINT fk_measure_evidence_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE rechecks (
    measure_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_rechecks_position CHECK (position > 0),
    due TEXT NOT NULL CONSTRAINT ck_rechecks_due CHECK ("due" IS date("due")),
    done_on TEXT CONSTRAINT ck_rechecks_done_on CHECK ("done_on" IS date("done_on")),
    result TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_rechecks PRIMARY KEY (measure_id, position),
    CONSTRAINT fk_rechecks_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_rechecks_open ON rechecks (due) WHERE done_on IS NULL
""",
    """
CREATE TABLE measure_cases (
    measure_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_measure_cases_position CHECK (position > 0),
    number TEXT NOT NULL CONSTRAINT ck_measure_cases_number CHECK (number <> ''),
    CONSTRAINT pk_measure_cases PRIMARY KEY (measure_id, position),
    CONSTRAINT fk_measure_cases_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_measure_cases_number ON measure_cases (number)
""",
    """
CREATE TABLE measure_outlets (
    measure_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_measure_outlets_position CHECK (position > 0),
    outlet_id INTEGER NOT NULL,
    CONSTRAINT pk_measure_outlets PRIMARY KEY (measure_id, position),
    CONSTRAINT fk_measure_outlets_measure_id FOREIGN KEY(measure_id) REFERENCES measures (id) ON DELETE CASCADE,
    CONSTRAINT fk_measure_outlets_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id)
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_measure_outlets_outlet ON measure_outlets (outlet_id)
""",
)


def upgrade() -> None:
    """Make the tables that version 2 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
