"""The tables of problems, field visits, error records and accountability, and of the volumes that rates need.

There are few of these records (some dozens a year), so they are kept plainly. ``begun_on`` is the day a record counts
from. Cases are linked by number, as in ``measure_cases``: a case of another desk can be named too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from postal_desk.store.tables import day, identity, metadata, words


def _needed(name: str) -> Column[str]:
    return Column(name, Text, CheckConstraint(f"\"{name}\" <> ''", name), nullable=False)


def _record(name: str, *columns: Column[Any]) -> Table:
    """A kind of record with its number; ``begun_on`` and the number are its place in lists."""
    made = Table(
        name,
        metadata,
        *identity(),
        Column("deleted_at", Text),
        Column("number", Text, nullable=False, unique=True),
        day("begun_on", nullable=False),
        *columns,
    )
    Index(f"ix_{name}_begun", made.c.begun_on, made.c.number)
    return made


def _part(name: str, of: str, *columns: Column[Any]) -> Table:
    """A list inside a record, in the order of ``position`` (from 1)."""
    return Table(
        name,
        metadata,
        Column("record_id", Integer, ForeignKey(f"{of}.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, CheckConstraint("position > 0", "position"), primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


#: The last number given in each year, for each branch code with desk letter and kind. Only ever counts up.
record_sequences = Table(
    "record_sequences",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("letter", Text, CheckConstraint("length(letter) = 1", "letter"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, CheckConstraint("last > 0", "last"), nullable=False),
    sqlite_with_rowid=False,
)

problems = _record(
    "problems",
    _needed("text"),
    words("source"),
    words("area"),
    words("cause"),
    day("found_on"),
    words("unit"),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    words("category"),
    words("clause"),
)
problem_cases = _part("problem_cases", "problems", _needed("text"))
Index("ix_problem_cases_text", problem_cases.c.text)

visits = _record(
    "visits",
    _needed("title"),
    _needed("purpose"),
    words("unit"),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    day("planned_on"),
    day("visited_on"),
    words("report"),
)
visit_questions = _part("visit_questions", "visits", _needed("question"), words("answer"))
visit_findings = _part("visit_findings", "visits", _needed("text"), words("problem"))
visit_team = _part("visit_team", "visits", _needed("text"))

errors = _record(
    "errors",
    Column("staff_id", Integer, ForeignKey("staff.id"), nullable=False),
    day("on", nullable=False),
    _needed("text"),
    words("cause"),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    words("category"),
    words("accepted_by"),
    day("accepted_on"),
    words("decision"),
    words("decided_by"),
    day("decided_on"),
    words("ground"),
    words("reason"),
)
error_evidence = _part("error_evidence", "errors", _needed("text"))
error_cases = _part("error_cases", "errors", _needed("text"))

accountability = _record(
    "accountability",
    Column("person_id", Integer, ForeignKey("staff.id"), nullable=False),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    words("category"),
    words("clause"),
    day("raised_on"),
    Column("times", Integer, CheckConstraint("times >= 0", "times"), nullable=False),
    words("text"),
    day("due_on"),
    day("done_on"),
    words("result"),
)

#: Items carried in a month. ``outlet_id`` 0 is the branch as a whole.
volumes = Table(
    "volumes",
    metadata,
    Column("month", Text, CheckConstraint("length(month) = 7", "month"), primary_key=True),
    Column("outlet_id", Integer, primary_key=True),
    Column("items", Integer, CheckConstraint("items >= 0", "items"), nullable=False),
    sqlite_with_rowid=False,
)
