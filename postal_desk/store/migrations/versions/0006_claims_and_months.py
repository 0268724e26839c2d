"""Claims, closed months, ticked checklists, and what the day's work is read from.

The cases get one more column (the day somebody promised to come back to), filled here for those that are open, and two
small indexes that stand for open work only.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS: tuple[str, ...] = (
    """
CREATE TABLE claims (
    id INTEGER NOT NULL,
    uid BLOB NOT NULL CONSTRAINT ck_claims_uid CHECK (length(uid) = 16),
    revision INTEGER NOT NULL CONSTRAINT ck_claims_revision CHECK (revision > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    deleted_at TEXT,
    number TEXT NOT NULL,
    case_number TEXT NOT NULL CONSTRAINT ck_claims_case CHECK (case_number <> ''),
    opened_on TEXT NOT NULL CONSTRAINT ck_claims_opened_on CHECK ("opened_on" IS date("opened_on")),
    basis TEXT DEFAULT '' NOT NULL,
    proposed INTEGER CONSTRAINT ck_claims_proposed CHECK (proposed >= 0),
    proposed_on TEXT CONSTRAINT ck_claims_proposed_on CHECK ("proposed_on" IS date("proposed_on")),
    agreed INTEGER CONSTRAINT ck_claims_agreed CHECK (agreed >= 0),
    agreed_on TEXT CONSTRAINT ck_claims_agreed_on CHECK ("agreed_on" IS date("agreed_on")),
    paid INTEGER CONSTRAINT ck_claims_paid CHECK (paid >= 0),
    paid_on TEXT CONSTRAINT ck_claims_paid_on CHECK ("paid_on" IS date("paid_on")),
    receipt TEXT DEFAULT '' NOT NULL,
    ended TEXT DEFAULT '' NOT NULL CONSTRAINT ck_claims_ended CHECK (ended IN ('', 'refused', 'withdrawn')),
    ended_on TEXT CONSTRAINT ck_claims_ended_on CHECK ("ended_on" IS date("ended_on")),
    reason TEXT DEFAULT '' NOT NULL,
    closed_on TEXT CONSTRAINT ck_claims_closed_on CHECK ("closed_on" IS date("closed_on")),
    CONSTRAINT pk_claims PRIMARY KEY (id),
    CONSTRAINT ck_claims_proposal CHECK ((proposed IS NULL) = (proposed_on IS NULL)),
    CONSTRAINT ck_claims_agreement CHECK ((agreed IS NULL) = (agreed_on IS NULL)),
    CONSTRAINT ck_claims_payment CHECK ((paid IS NULL) = (paid_on IS NULL)),
    CONSTRAINT ck_claims_end CHECK ((ended = '') = (ended_on IS NULL)),
    CONSTRAINT ck_claims_closed CHECK (closed_on IS coalesce(ended_on, paid_on)),
    CONSTRAINT uq_claims_uid UNIQUE (uid),
    CONSTRAINT uq_claims_number UNIQUE (number)
)
""",
    """
CREATE INDEX ix_claims_case ON claims (case_number)
""",
    """
CREATE INDEX ix_claims_open ON claims (opened_on) WHERE closed_on IS NULL AND deleted_at IS NULL
""",
    """
CREATE INDEX ix_claims_opened ON claims (opened_on, number)
""",
    """
CREATE TABLE claim_items (
    claim_id INTEGER NOT NULL,
    position INTEGER NOT NULL CONSTRAINT ck_claim_items_position CHECK (position > 0),
    number TEXT DEFAULT '' NOT NULL,
    mail_class TEXT DEFAULT '' NOT NULL,
    event TEXT DEFAULT '' NOT NULL,
    postage INTEGER CONSTRAINT ck_claim_items_postage CHECK (postage >= 0),
    insured INTEGER CONSTRAINT ck_claim_items_insured CHECK (insured >= 0),
    value INTEGER CONSTRAINT ck_claim_items_value CHECK (value >= 0),
    loss INTEGER CONSTRAINT ck_claim_items_loss CHECK (loss >= 0),
    exemption TEXT DEFAULT '' NOT NULL,
    gross_negligence INTEGER DEFAULT '0' NOT NULL
    CONSTRAINT ck_claim_items_gross_negligence CHECK (gross_negligence IN (0, 1)),
    terms_not_displayed INTEGER DEFAULT '0' NOT NULL
    CONSTRAINT ck_claim_items_terms_not_displayed CHECK (terms_not_displayed IN (0, 1)),
    computed INTEGER CONSTRAINT ck_claim_items_computed CHECK (computed >= 0),
    article_zh TEXT DEFAULT '' NOT NULL,
    article_en TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_claim_items PRIMARY KEY (claim_id, position),
    CONSTRAINT fk_claim_items_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TABLE claim_sequences (
    prefix TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL CONSTRAINT ck_claim_sequences_last CHECK (last > 0),
    CONSTRAINT pk_claim_sequences PRIMARY KEY (prefix, year)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE month_closings (
    id INTEGER NOT NULL,
    month TEXT NOT NULL CONSTRAINT ck_month_closings_month CHECK (length(month) = 7),
    revision INTEGER NOT NULL CONSTRAINT ck_month_closings_revision CHECK (revision > 0),
    number TEXT NOT NULL CONSTRAINT ck_month_closings_number CHECK (number <> ''),
    closed_at TEXT NOT NULL,
    closed_by TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    audit_number INTEGER NOT NULL,
    audit_head TEXT NOT NULL CONSTRAINT ck_month_closings_audit_head CHECK (length(audit_head) = 64),
    previous TEXT DEFAULT '' NOT NULL,
    figures TEXT NOT NULL,
    hash TEXT NOT NULL CONSTRAINT ck_month_closings_hash CHECK (length(hash) = 64),
    CONSTRAINT pk_month_closings PRIMARY KEY (id),
    CONSTRAINT uq_month_closings_month UNIQUE (month, revision)
)
""",
    """
CREATE TABLE case_checks (
    case_id INTEGER NOT NULL,
    item TEXT NOT NULL CONSTRAINT ck_case_checks_item CHECK (item <> ''),
    at TEXT NOT NULL,
    who TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_case_checks PRIMARY KEY (case_id, item),
    CONSTRAINT fk_case_checks_case_id FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
)
 WITHOUT ROWID
""",
    """
CREATE TRIGGER month_closings_no_update BEFORE UPDATE ON month_closings
BEGIN SELECT RAISE(ABORT, 'a closed month is never changed; close it again'); END
""",
    """
CREATE TRIGGER month_closings_no_delete BEFORE DELETE ON month_closings
BEGIN SELECT RAISE(ABORT, 'a closed month is never changed; close it again'); END
""",
    """
ALTER TABLE cases ADD COLUMN follow_up_on TEXT
""",
    """
CREATE INDEX ix_cases_first_due ON cases (first_due, sort_key, deleted_at)
WHERE deleted_at IS NULL AND replied_on IS NULL AND first_due IS NOT NULL
""",
    """
CREATE INDEX ix_cases_follow_up ON cases (follow_up_on, sort_key, deleted_at)
WHERE deleted_at IS NULL AND follow_up_on IS NOT NULL
""",
    """
UPDATE cases SET follow_up_on = (
    SELECT min(promise.follow_up_on) FROM steps AS promise
    WHERE promise.case_id = cases.id AND promise.follow_up_on IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM steps AS later
        WHERE later.case_id = promise.case_id AND later.position > promise.position
          AND substr(later.at, 1, 10) >= promise.follow_up_on
    )
)
WHERE closed_on IS NULL AND id IN (SELECT case_id FROM steps WHERE follow_up_on IS NOT NULL)
""",
)


def upgrade() -> None:
    """Make what version 6 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
