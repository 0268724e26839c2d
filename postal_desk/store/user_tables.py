"""The users of a desk. Their passwords are no part of it: each wraps the desk's key in the file beside it.

``slot`` tells which wrapped key was made with the last password that this database knows of.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Table, Text

from postal_desk.store.tables import day, flag, identity, metadata, words

ROLES = ("clerk", "handler", "manager", "auditor")

users = Table(
    "users",
    metadata,
    *identity(),
    Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False, unique=True),
    Column("role", Text, CheckConstraint(f"role IN {ROLES!r}", "role"), nullable=False),
    Column("staff_id", Integer, ForeignKey("staff.id")),
    flag("active"),
    day("acting_from"),
    day("acting_to"),
    flag("must_change"),
    words("slot"),
)
