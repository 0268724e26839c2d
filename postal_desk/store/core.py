"""SQLAlchemy on the one connection of a desk.

Importing this costs as much as Qt's whole window, so :mod:`~postal_desk.store.work` does so when the first statement of
SQLAlchemy is run: the list of cases is on the screen by then.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

#: Execution option of a connection whose next transaction will write.
WRITES = "postal_desk_writes"


class WithinDialect(SQLiteDialect_pysqlite):
    """SQLite whose transactions are begun and ended by the :class:`~postal_desk.store.work.WorkPlace` alone."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        """It has begun."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Not SQLAlchemy's to do, nor is the commit."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """See :meth:`do_rollback`."""


registry.register("sqlite.within", __name__, WithinDialect.__name__)


def engine_within(connection: Any) -> Engine:
    """SQLAlchemy on a connection whose transactions are somebody else's."""
    return _engine("sqlite+within://", connection)


def make_engine(connection: Any) -> Engine:
    """SQLAlchemy on that one connection; it begins transactions itself, so that writers lock at their first word."""
    engine = _engine("sqlite+pysqlite://", connection)
    event.listen(engine, "begin", _begin)
    return engine


def _engine(url: str, connection: Any) -> Engine:
    return create_engine(
        url,
        module=dbapi2,
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,  # an error ends up in the log, where no customer's data belongs
    )


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
