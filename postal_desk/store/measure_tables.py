"""The tables of the measures. There are few of them (some dozens a year), so they are kept plainly.

``begun_on`` is the day a measure counts from (``domain.measures``). Cases are linked by number, as in ``relations``: a
case of another desk can be named too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from postal_desk.store.tables import day, flag, identity, metadata, words

STATUSES = ("planned", "running", "finished", "withdrawn")

measures = Table(
    "measures",
    metadata,
    *identity(),
    Column("deleted_at", Text),
    Column("number", Text, nullable=False, unique=True),
    Column("status", Text, CheckConstraint(f"status IN {STATUSES!r}", "status"), nullable=False),
    Column("kind", Text, CheckConstraint("kind <> ''", "kind"), nullable=False),
    Column("title", Text, CheckConstraint("title <> ''", "title"), nullable=False),
    Column("problem", Text, CheckConstraint("problem <> ''", "problem"), nullable=False),
    words("source"),
    words("area"),
    words("cause"),
    day("found_on"),
    words("found_at"),
    words("owner_unit"),
    words("owner"),
    words("baseline"),
    words("target"),
    words("unit"),
    day("due_on"),
    words("due_event"),
    flag("at_once"),
    words("term"),
    words("verdict"),
    words("effect"),
    words("category"),
    words("clause"),
    day("begun_on", nullable=False),
    day("finished_on"),
    # added by a later step: they come last, and SQLite can't add a reference that is declared at the table's end
    Column("problem_id", Integer),
    day("in_force_on"),
    CheckConstraint("(status = 'finished') = (finished_on IS NOT NULL)", "finished"),
    CheckConstraint("(due_on IS NOT NULL) + (due_event <> '') + at_once <= 1", "due"),
)
Index("ix_measures_problem", measures.c.problem_id)
Index("ix_measures_begun", measures.c.begun_on, measures.c.number)

#: The last number given in each year, for each branch code with desk letter. Only ever counts up.
measure_sequences = Table(
    "measure_sequences",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, CheckConstraint("last > 0", "last"), nullable=False),
    sqlite_with_rowid=False,
)


def _part_of_measure(name: str, *columns: Column[Any]) -> Table:
    """A list inside a measure, in the order of ``position`` (from 1)."""
    return Table(
        name,
        metadata,
        Column("measure_id", Integer, ForeignKey("measures.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, CheckConstraint("position > 0", "position"), primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


measure_owners = _part_of_measure(
    "measure_owners", Column("name", Text, CheckConstraint("name <> ''", "name"), nullable=False)
)
measure_progress = _part_of_measure(
    "measure_progress", day("on", nullable=False), words("value"), words("text")
)
measure_evidence = _part_of_measure(
    "measure_evidence", Column("text", Text, CheckConstraint("text <> ''", "text"), nullable=False)
)
rechecks = _part_of_measure("rechecks", day("due", nullable=False), day("done_on"), words("result"))
Index("ix_rechecks_open", rechecks.c.due, sqlite_where=text("done_on IS NULL"))
measure_cases = _part_of_measure(
    "measure_cases", Column("number", Text, CheckConstraint("number <> ''", "number"), nullable=False)
)
Index("ix_measure_cases_number", measure_cases.c.number)
measure_outlets = _part_of_measure(
    "measure_outlets", Column("outlet_id", Integer, ForeignKey("outlets.id"), nullable=False)
)
Index("ix_measure_outlets_outlet", measure_outlets.c.outlet_id)
