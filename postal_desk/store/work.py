"""One short transaction for one user action: rolled back unless somebody commits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from postal_desk.store.faults import damaged, environment_faults

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Engine, Executable

    #: What a statement answers: rows of any number of columns.
    Rows: TypeAlias = CursorResult[*tuple[Any, ...]]


P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AuditEnd:
    """The last row of the audit: its number, its hash, when it was written."""

    number: int
    head: bytes
    at: str


class Work:
    """What happens between the beginning and the end of one transaction. Only services call :meth:`commit`.

    What a desk is opened and its list shown with uses :meth:`cursor` and :meth:`run_many`, which do without SQLAlchemy.
    """

    def __init__(
        self,
        raw: Any,
        core: Callable[[], Connection],
        writes: bool,
        place: Path,
        committed: Callable[[AuditEnd], None] | None = None,
    ) -> None:
        self.writes = writes
        self.audit_end: AuditEnd | None = None
        self._raw, self._core = raw, core
        self._place = place
        self._committed = committed
        self._answers: dict[Any, Any] = {}

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, within this transaction."""
        return self._core()

    def run(
        self, statement: Executable, values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> Rows:
        """Execute a SQLAlchemy Core statement, once or for each of several sets of values."""
        return self.connection.execute(statement, values or {})

    def run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute one driver statement for many rows (``?`` parameters): the quick way for writes."""
        if rows:
            self._raw.executemany(sql, rows)

    def rows(self, sql: str, values: tuple[Any, ...] = ()) -> Rows:
        """Execute one driver statement (``?`` parameters), for what Core has no words for."""
        return self.connection.exec_driver_sql(sql, values)

    def cursor(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The bare rows of a driver statement, for hundreds of thousands of them and for the start."""
        return iter(self._raw.execute(sql, values))

    def first(self, sql: str, values: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
        """The first bare row of a driver statement, ``None`` if there is none."""
        found: tuple[Any, ...] | None = self._raw.execute(sql, values).fetchone()
        return found

    def once(self, read: Callable[Concatenate[Work, P], T], *values: P.args, **named: P.kwargs) -> T:
        """What ``read`` answers; asked again in a work for reading, in which nothing changes, the same answer."""
        if self.writes:
            return read(self, *values, **named)
        key = (read, values, tuple(named.items()))
        if key not in self._answers:
            self._answers[key] = read(self, *values, **named)
        found: T = self._answers[key]
        return found

    def commit(self) -> None:
        """Make the work durable: when this returns, it is on the disk."""
        if not self.writes:
            raise RuntimeError("this work was begun for reading")
        _prove(self._raw, self._place)
        self._raw.execute("COMMIT")
        self._raw.execute("BEGIN")  # whatever comes after it is rolled back, unless it is committed too
        if self.audit_end is not None and self._committed is not None:
            self._committed(self.audit_end)


class WorkPlace:
    """Gives out works on the one connection, one at a time and on one thread: anything else is a bug."""

    def __init__(self, raw: Any, place: Path) -> None:
        self._raw = raw
        self._place = place
        self.committed: Callable[[AuditEnd], None] | None = (
            None  # told the end of the audit after each commit
        )
        self.may_write: Callable[[], None] = lambda: None  # raises the fault that forbids writing now
        self._thread = threading.get_ident()
        self._busy = False
        self._engine: Engine | None = None
        self._connection: Connection | None = None  # of the work under way, if it asked for one

    @contextmanager
    def work(self, *, write: bool = False) -> Iterator[Work]:
        """One transaction. ``write`` takes the write lock at once. Environment faults come out as such."""
        self.check_thread()
        if write:
            self.may_write()
        if self._busy:
            raise RuntimeError("a work is open already; pass it on instead of opening a second one")
        self._busy = True
        try:
            with environment_faults(self._place):
                self._raw.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                try:
                    yield Work(self._raw, self._core, write, self._place, self.committed)
                finally:
                    self._end()
        finally:
            self._busy = False

    def _core(self) -> Connection:
        if self._connection is None:
            if self._engine is None:
                from postal_desk.store.core import engine_within

                self._engine = engine_within(self._raw)
            self._connection = self._engine.connect()
        return self._connection

    def _end(self) -> None:
        try:
            _prove(self._raw, self._place)
        finally:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            if self._raw.in_transaction:  # a full disk has ended it already
                self._raw.execute("ROLLBACK")

    def check_thread(self) -> None:
        """Raise :class:`RuntimeError` on any thread but the one that opened the desk."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("the desk belongs to the thread that opened it")


def _prove(raw: Any, place: Path) -> None:
    """Raise :class:`~postal_desk.store.faults.DamagedDesk` if a page read on this connection failed its check.

    Needed because SQLCipher then hands out the end of a long text as zeros, and complains at the next page only.
    """
    if raw.execute("PRAGMA cipher_status").fetchone()[0] != "1":
        raise damaged(place)
