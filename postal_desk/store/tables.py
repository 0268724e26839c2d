"""The tables of a desk beside the cases: facts, numbering, organisation, rules, drafts, views, audit and history.

Dates and moments are ISO text, so that they sort and compare as such; money (see ``case_tables``) is whole fen.
The checks repeat in the database what the services enforce, for the day a service has a fault.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def flag(name: str) -> Column[int]:
    """A yes/no column."""
    return Column(
        name, Integer, CheckConstraint(f"{name} IN (0, 1)", name), nullable=False, server_default="0"
    )


def words(name: str) -> Column[str]:
    """A text column that is empty rather than missing."""
    return Column(name, Text, nullable=False, server_default="")


def day(name: str, *, nullable: bool = True) -> Column[str]:
    """A date as ``YYYY-MM-DD``, checked to be one of the calendar."""
    return Column(name, Text, CheckConstraint(f'"{name}" IS date("{name}")', name), nullable=nullable)


def identity() -> list[Column[Any]]:
    """What each record carries: local id, UUIDv7, revision counted from 1, moments of making and changing."""
    return [
        Column("id", Integer, primary_key=True),
        Column("uid", LargeBinary, CheckConstraint("length(uid) = 16", "uid"), nullable=False, unique=True),
        Column("revision", Integer, CheckConstraint("revision > 0", "revision"), nullable=False),
        Column("created_at", Text, nullable=False),
        Column("changed_at", Text, nullable=False),
    ]


desk_facts = Table(
    "desk_facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: One series of case numbers for each branch code with desk letter; its id has a place in each case's sort key.
series = Table(
    "series",
    metadata,
    Column("id", Integer, CheckConstraint("id BETWEEN 0 AND 255", "id"), primary_key=True),
    Column("prefix", Text, nullable=False, unique=True),
)

#: The last number given in each month of a series. Only ever counts up: a number is never given twice.
sequences = Table(
    "sequences",
    metadata,
    Column("series_id", Integer, ForeignKey("series.id"), primary_key=True),
    Column("month", Text, CheckConstraint("length(month) = 7", "month"), primary_key=True),
    Column("last", Integer, CheckConstraint("last > 0", "last"), nullable=False),
    sqlite_with_rowid=False,
)

outlets = Table(
    "outlets",
    metadata,
    *identity(),
    Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False, unique=True),
    words("kind"),
    Column("grade", Integer, CheckConstraint("grade BETWEEN 1 AND 3", "grade")),
    words("address"),
    day("valid_from"),
    day("valid_to"),
    Column("successor_id", Integer, ForeignKey("outlets.id")),
)

staff = Table(
    "staff",
    metadata,
    *identity(),
    Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False, unique=True),
    words("position"),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    day("joined_on"),
    day("left_on"),
)

#: The desk's own copy of each rule. ``seed_hash`` is that of the shipped rule it began as, ``''`` for one added here;
#: ``shipped`` holds a newer shipped payload that an edited rule did not take over.
rules = Table(
    "rules",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    flag("edited"),
    words("seed_hash"),
    Column("shipped", Text),
    sqlite_with_rowid=False,
)

drafts = Table(
    "drafts",
    metadata,
    Column("key", Text, primary_key=True),
    words("form"),
    Column("payload", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    sqlite_with_rowid=False,
)

views = Table(
    "views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False, unique=True),
    Column("filter", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: Who did what and when: written with the change it tells of, never changed, chained by hash (see ``audit``).
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    words("who"),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    words("record"),
    words("fields"),
    Column("count", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, CheckConstraint("length(hash) = 32", "hash"), nullable=False),
)

#: The values behind an audit row, for showing and for undo; blanked when a person is made anonymous.
history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit_id", Integer, ForeignKey("audit.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Integer),
    Column("revision", Integer, nullable=False, server_default="0"),
    words("before"),
    words("after"),
    Column("blanked_by", Integer, ForeignKey("audit.id")),
    Index("ix_history_record", "kind", "record_id"),
    Index("ix_history_audit", "audit_id"),
)
