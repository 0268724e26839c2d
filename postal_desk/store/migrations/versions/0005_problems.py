"""Problems, field visits, error records, accountability, and the volumes that rates are counted from.

Only new tables, and two columns of the measures: a desk of any size takes this step at once.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """
CREATE TABLE record_sequences (
    prefix TEXT NOT NULL,
    letter TEXT NOT NULL CONSTRAINT ck_record_sequences_letter CHECK (length(letter) = 1),
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CONSTRAINT ck_record_sequences_last CHECK (last > 0),
    CONSTRAINT pk_record_sequences PRIMARY KEY (prefix, letter, year)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE problems (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_problems_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_problems_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    begun_on TEXT NOT NULL CONSTRAINT ck_problems_begun_on CHECK ("begun_on" IS date("begun_on")),
    text TEXT NOT NULL CONSTRAINT ck_problems_text CHECK ("text" <> ''),
    source TEXT DEFAULT '' NOT NULL,
    area TEXT DEFAULT '' NOT NULL,
    cause TEXT DEFAULT '' NOT NULL,
    found_on TEXT CONSTRAINT ck_problems_found_on CHECK ("found_on" IS date("found_on")),
    unit TEXT DEFAULT '' NOT NULL,
    outlet_id INTEGER,
    category TEXT DEFAULT '' NOT NULL,
    clause TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_problems PRIMARY KEY (id),
    CONSTRAINT uq_problems_uid UNIQUE (uid),
    CONSTRAINT uq_problems_number UNIQUE (number),
    CONSTRAINT fk_problems_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id)
)
""",
    "CREATE INDEX ix_problems_begun ON problems (begun_on, number)",
    """
CREATE TABLE problem_cases (
    record_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_problem_cases_position CHECK (position > 0),
    text TEXT NOT NULL CONSTRAINT ck_problem_cases_text CHECK ("text" <> ''),
    CONSTRAINT pk_problem_cases PRIMARY KEY (record_id, position),
    CONSTRAINT fk_problem_cases_record_id FOREIGN KEY(record_id) REFERENCES problems (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    "CREATE INDEX ix_problem_cases_text ON problem_cases (text)",
    """
CREATE TABLE visits (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_visits_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_visits_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    begun_on TEXT NOT NULL CONSTRAINT ck_visits_begun_on CHECK ("begun_on" IS date("begun_on")),
    title TEXT NOT NULL CONSTRAINT ck_visits_title CHECK ("title" <> ''),
    purpose TEXT NOT NULL CONSTRAINT ck_visits_purpose CHECK ("purpose" <> ''),
    unit TEXT DEFAULT '' NOT NULL,
    outlet_id INTEGER,
    planned_on TEXT CONSTRAINT ck_visits_planned_on CHECK ("planned_on" IS date("planned_on")),
    visited_on TEXT CONSTRAINT ck_visits_visited_on CHECK ("visited_on" IS date("visited_on")),
    report TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_visits PRIMARY KEY (id),
    CONSTRAINT uq_visits_uid UNIQUE (uid),
    CONSTRAINT uq_visits_number UNIQUE (number),
    CONSTRAINT fk_visits_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id)
)
""",
    "CREATE INDEX ix_visits_begun ON visits (begun_on, number)",
    """
CREATE TABLE visit_questions (
    record_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_visit_questions_position CHECK (position > 0),
    question TEXT NOT NULL CONSTRAINT ck_visit_questions_question CHECK ("question" <> ''),
    answer TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_visit_questions PRIMARY KEY (record_id, position),
    CONSTRAINT fk_visit_questions_record_id FOREIGN KEY(record_id) REFERENCES visits (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE visit_findings (
    record_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_visit_findings_position CHECK (position > 0),
    text TEXT NOT NULL CONSTRAINT ck_visit_findings_text CHECK ("text" <> ''),
    problem TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_visit_findings PRIMARY KEY (record_id, position),
    CONSTRAINT fk_visit_findings_record_id FOREIGN KEY(record_id) REFERENCES visits (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE visit_team (
    record_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_visit_team_position CHECK (position > 0),
    text TEXT NOT NULL CONSTRAINT ck_visit_team_text CHECK ("text" <> ''),
    CONSTRAINT pk_visit_team PRIMARY KEY (record_id, position),
    CONSTRAINT fk_visit_team_record_id FOREIGN KEY(record_id) REFERENCES visits (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE errors (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_errors_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_errors_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    begun_on TEXT NOT NULL CONSTRAINT ck_errors_begun_on CHECK ("begun_on" IS date("begun_on")),
    staff_id INTEGER NOT NULL,
    "on" TEXT NOT NULL CONSTRAINT ck_errors_on CHECK ("on" IS date("on")),
    text TEXT NOT NULL CONSTRAINT ck_errors_text CHECK ("text" <> ''),
    cause TEXT DEFAULT '' NOT NULL,
    outlet_id INTEGER,
    category TEXT DEFAULT '' NOT NULL,
    accepted_by TEXT DEFAULT '' NOT NULL,
    accepted_on TEXT CONSTRAINT ck_errors_accepted_on CHECK ("accepted_on" IS date("accepted_on")),
    decision TEXT DEFAULT '' NOT NULL,
    decided_by TEXT DEFAULT '' NOT NULL,
    decided_on TEXT CONSTRAINT ck_errors_decided_on CHECK ("decided_on" IS date("decided_on")),
    ground TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_errors PRIMARY KEY (id),
    CONSTRAINT uq_errors_uid UNIQUE (uid),
    CONSTRAINT uq_errors_number UNIQUE (number),
    CONSTRAINT fk_errors_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id),
    CONSTRAINT fk_errors_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id)
)
""",
    "CREATE INDEX ix_errors_begun ON errors (begun_on, number)",
    """
CREATE TABLE error_evidence (
    record_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_error_evidence_position CHECK (position > 0),
    text TEXT NOT NULL CONSTRAINT ck_error_evidence_text CHECK ("text" <> ''),
    CONSTRAINT pk_error_evidence PRIMARY KEY (record_id, position),
    CONSTRAINT fk_error_evidence_record_id FOREIGN KEY(record_id) REFERENCES errors (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE error_cases (
    record_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_error_cases_position CHECK (position > 0),
    text TEXT NOT NULL CONSTRAINT ck_error_cases_text CHECK ("text" <> ''),
    CONSTRAINT pk_error_cases PRIMARY KEY (record_id, position),
    CONSTRAINT fk_error_cases_record_id FOREIGN KEY(record_id) REFERENCES errors (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE accountability (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_accountability_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_accountability_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    begun_on TEXT NOT NULL CONSTRAINT ck_accountability_begun_on CHECK ("begun_on" IS date("begun_on")),
    person_id INTEGER NOT NULL,
    outlet_id INTEGER,
    category TEXT DEFAULT '' NOT NULL,
    clause TEXT DEFAULT '' NOT NULL,
    raised_on TEXT CONSTRAINT ck_accountability_raised_on CHECK ("raised_on" IS date("raised_on")),
    times INTEGER NOT NULL CONSTRAINT ck_accountability_times CHECK (times >= 0),
    text TEXT DEFAULT '' NOT NULL,
    due_on TEXT CONSTRAINT ck_accountability_due_on CHECK ("due_on" IS date("due_on")),
    done_on TEXT CONSTRAINT ck_accountability_done_on CHECK ("done_on" IS date("done_on")),
    result TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_accountability PRIMARY KEY (id),
    CONSTRAINT uq_accountability_uid UNIQUE (uid),
    CONSTRAINT uq_accountability_number UNIQUE (number),
    CONSTRAINT fk_accountability_person_id FOREIGN KEY(person_id) REFERENCES staff (id),
    CONSTRAINT fk_accountability_outlet_id FOREIGN KEY(outlet_id) REFERENCES outlets (id)
)
""",
    "CREATE INDEX ix_accountability_begun ON accountability (begun_on, number)",
    """
CREATE TABLE volumes (
    month TEXT NOT NULL CONSTRAINT ck_volumes_month CHECK (length(month) = 7),
    outlet_id INTEGER NOT NULL,
    items INTEGER NOT NULL CONSTRAINT ck_volumes_items CHECK (items >= 0),
    CONSTRAINT pk_volumes PRIMARY KEY (month, outlet_id)
)
 WITHOUT ROWID
""",
    "ALTER TABLE measures ADD COLUMN problem_id INTEGER",
    """
ALTER TABLE measures ADD COLUMN
    in_force_on TEXT CONSTRAINT ck_measures_in_force_on CHECK ("in_force_on" IS date("in_force_on"))
""",
    "CREATE INDEX ix_measures_problem ON measures (problem_id)",
)


def upgrade() -> None:
    """Make what version 5 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
