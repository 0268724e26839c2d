"""The users of a desk and their roles. Their passwords stand outside, in the file of the wrapped keys.

One new table: a desk of any size takes this step at once.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
CREATE TABLE users (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_users_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_users_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    name TEXT NOT NULL CONSTRAINT ck_users_name CHECK (name <> ''),
    role TEXT NOT NULL CONSTRAINT ck_users_role CHECK (role IN ('clerk', 'handler', 'manager', 'auditor')),
    staff_id INTEGER,
    active INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_users_active CHECK (active IN (0, 1)),
    acting_from TEXT CONSTRAINT ck_users_acting_from CHECK ("acting_from" IS date("acting_from")),
    acting_to TEXT CONSTRAINT ck_users_acting_to CHECK ("acting_to" IS date("acting_to")),
    must_change INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_users_must_change CHECK (must_change IN (0, 1)),
    slot TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_uid UNIQUE (uid),
    CONSTRAINT uq_users_name UNIQUE (name),
    CONSTRAINT fk_users_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
""",
)


def upgrade() -> None:
    """Make what version 3 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
