"""The tables of the typed totals and of the superior's forms."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from postal_desk.store.tables import identity, metadata, words

#: Unknown where nobody stated them.
OPTIONAL = ("due_closed", "due_in_time", "satisfied")
COUNTS = ("received", "closed", "due", "due_closed", "due_in_time", "days", "asked", "satisfied")
FORMS = ("docx", "xlsx")


def _count(name: str) -> Column[int]:
    check = CheckConstraint(f"{name} >= 0", name)
    if name in OPTIONAL:
        return Column(name, Integer, check)
    return Column(name, Integer, check, nullable=False, server_default="0")


#: One row a month without cases; the month as ``YYYY-MM``. A removed one stays in the recycle bin.
typed_totals = Table(
    "typed_totals",
    metadata,
    *identity(),
    Column("deleted_at", Text),
    Column("month", Text, CheckConstraint("month || '-01' IS date(month || '-01')", "month"), nullable=False),
    *(_count(name) for name in COUNTS),
    words("source"),
)

Index(
    "ix_typed_totals_month",
    typed_totals.c.month,
    unique=True,
    sqlite_where=typed_totals.c.deleted_at.is_(None),
)

typed_categories = Table(
    "typed_categories",
    metadata,
    Column("total_id", Integer, ForeignKey("typed_totals.id", ondelete="CASCADE"), primary_key=True),
    Column("category", Text, CheckConstraint("category <> ''", "category"), primary_key=True),
    Column("received", Integer, CheckConstraint("received > 0", "received"), nullable=False),
    sqlite_with_rowid=False,
)

#: Forms of the superior, whole files. A removed one stays, so that its removal can be taken back.
templates = Table(
    "templates",
    metadata,
    *identity(),
    Column("deleted_at", Text),
    Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False),
    Column("form", Text, CheckConstraint(f"form IN {FORMS!r}", "form"), nullable=False),
    Column("sha256", Text, CheckConstraint("length(sha256) = 64", "sha256"), nullable=False),
    Column("content", LargeBinary, CheckConstraint("length(content) > 0", "content"), nullable=False),
)
