"""Making the tables of a new desk at once. ``migrations/`` makes the same step by step; a test holds them equal."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from postal_desk.store import (
    attachment_tables,
    case_tables,
    claim_tables,
    ledger_tables,
    measure_tables,
    month_tables,
    record_tables,
    search,
    total_tables,
    user_tables,
)
from postal_desk.store.engine import SCHEMA_VERSION
from postal_desk.store.tables import metadata

_APPEND_ONLY = tuple(
    f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END"
    for verb in ("UPDATE", "DELETE")
)


def create_schema(connection: Connection) -> None:
    """All tables, indexes and triggers, stamped with the newest version, in the connection's transaction."""
    assert case_tables.cases.metadata is measure_tables.measures.metadata is metadata
    assert user_tables.users.metadata is ledger_tables.ledger_rows.metadata is metadata
    assert claim_tables.claims.metadata is month_tables.month_closings.metadata is metadata
    assert attachment_tables.attachments.metadata is record_tables.problems.metadata is metadata
    assert total_tables.typed_totals.metadata is metadata
    for statement in (
        *_tables_and_indexes(),
        search.CREATE,
        search.CONFIGURE,
        *_APPEND_ONLY,
        *month_tables.APPEND_ONLY,
    ):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{SCHEMA_VERSION:04d}",))
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


@cache
def _tables_and_indexes() -> tuple[str, ...]:
    """As ``metadata.create_all`` makes them; turned into text once, however many desks are made."""
    dialect = sqlite.dialect()
    made: list[CreateTable | CreateIndex] = []
    for table in metadata.sorted_tables:
        made.append(CreateTable(table))
        made.extend(CreateIndex(index) for index in sorted(table.indexes, key=lambda index: index.name or ""))
    return tuple(str(statement.compile(dialect=dialect)) for statement in made)
