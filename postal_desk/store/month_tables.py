"""Closed months and ticked checklists.

A closing is never changed: triggers refuse it, as they do for the audit. A month that is closed again gets another row
with the next revision, and its hash covers the one before.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from postal_desk.store.tables import metadata, words

month_closings = Table(
    "month_closings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("month", Text, CheckConstraint("length(month) = 7", "month"), nullable=False),
    Column("revision", Integer, CheckConstraint("revision > 0", "revision"), nullable=False),
    Column("number", Text, CheckConstraint("number <> ''", "number"), nullable=False),
    Column("closed_at", Text, nullable=False),
    words("closed_by"),
    words("reason"),
    Column("audit_number", Integer, nullable=False),
    Column("audit_head", Text, CheckConstraint("length(audit_head) = 64", "audit_head"), nullable=False),
    words("previous"),
    Column("figures", Text, nullable=False),
    Column("hash", Text, CheckConstraint("length(hash) = 64", "hash"), nullable=False),
    UniqueConstraint("month", "revision", name="uq_month_closings_month"),
)

#: What was ticked in the checklist of a case: the key of the checklist's line, when and by whom.
case_checks = Table(
    "case_checks",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("item", Text, CheckConstraint("item <> ''", "item"), primary_key=True),
    Column("at", Text, nullable=False),
    words("who"),
    sqlite_with_rowid=False,
)

APPEND_ONLY = tuple(
    f"CREATE TRIGGER month_closings_no_{verb.lower()} BEFORE {verb} ON month_closings "
    "BEGIN SELECT RAISE(ABORT, 'a closed month is never changed; close it again'); END"
    for verb in ("UPDATE", "DELETE")
)
