"""Reading a database file through with connections of its own: pages, structure, the audit's whole chain."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlcipher3 import dbapi2

from postal_desk.store import audit, engine, faults, files_beside, high_water
from postal_desk.store.copy_files import broken
from postal_desk.store.high_water import Mark
from postal_desk.store.keys import DeskKey
from postal_desk.store.work import AuditEnd

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a database holds: whose it is, the end of its audit, how many cases, which schema."""

    desk: str
    audit: int
    head: bytes
    cases: int
    schema: int


@dataclass(frozen=True, slots=True)
class Proved:
    """A sound database: its figures, its branch, the files beside it that it names, the mark that goes with it."""

    figures: Figures
    branch: str
    names: tuple[str, ...]
    mark: str


def figures(raw: Any) -> Figures:
    """What the database on a driver connection holds."""
    last = raw.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone() or (0, audit.GENESIS)
    cases = raw.execute("SELECT count(*) FROM cases WHERE deleted_at IS NULL").fetchone()[0]
    schema = raw.execute("PRAGMA user_version").fetchone()[0]
    return Figures(_fact(raw, "desk_id"), int(last[0]), bytes(last[1]), int(cases), int(schema))


def prove(
    database: Path,
    key: DeskKey,
    named: Path,
    known: Figures | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    *,
    calmly: bool = False,
) -> Proved:
    """Read a database through that nobody writes; ``meanwhile`` is done between, on another thread.

    In a hurry two threads share the tables; ``calmly`` one alone reads the whole, which also counts whether each page
    belongs to one table only, and leaves the other processor to whoever works.

    Raises :class:`~postal_desk.store.copy_files.BrokenCopy` (naming ``named``) if anything is wrong, or if it does not
    continue what was ``known`` when the copy was begun.
    """

    def sums() -> bool:
        damaged = _with(database, key, lambda raw: raw.execute("PRAGMA cipher_integrity_check").fetchone())
        meanwhile()
        return not damaged

    def sound(table: str) -> bool:
        return _with(database, key, lambda raw: _structure_holds(raw, table))

    try:
        longest, *others = [""] if calmly else _with(database, key, _tables)
        # SQLite lets go of the interpreter while it reads.
        with ThreadPoolExecutor(1 if calmly else 2, "postal-desk-proof") as pool:
            content = pool.submit(_with, database, key, lambda raw: _content(raw, known))
            parts = [
                pool.submit(sound, longest),
                pool.submit(sums),
                *(pool.submit(sound, one) for one in others),
            ]
        found = content.result()
        whole = all(part.result() for part in parts)
    except (dbapi2.Error, faults.DamagedDesk, faults.WrongKey) as error:
        raise broken(named) from error
    if found is None or not whole:
        raise broken(named)
    return found


def _tables(raw: Any) -> list[str]:
    """All tables: the search index first, which takes longest; last the schema, with which the free pages are read.

    Raises :class:`~sqlcipher3.dbapi2.DatabaseError` if two of them, or of their indexes, begin on the same page.
    """
    rows = raw.execute("SELECT type, name, rootpage, sql FROM sqlite_master").fetchall()
    roots = [page for _kind, _name, page, _sql in rows if page]
    if len(set(roots)) != len(roots):
        raise dbapi2.DatabaseError("two tables or indexes begin on the same page")
    tables = [
        (not sql.startswith("CREATE VIRTUAL"), name) for kind, name, _page, sql in rows if kind == "table"
    ]
    return [*(name for _stored, name in sorted(tables)), "sqlite_schema"]


def _structure_holds(raw: Any, table: str) -> bool:
    """True if the pages and rows of a table and its indexes hold together; without a name, those of the whole file."""
    quoted = table.replace('"', '""')
    checked = raw.execute(f'PRAGMA quick_check("{quoted}")' if table else "PRAGMA quick_check(1)")
    return bool(checked.fetchone()[0] == "ok")


def _with(database: Path, key: DeskKey, read: Callable[[Any], T]) -> T:
    raw = engine.connect(database, key, "ro", immutable=True)
    try:
        return read(raw)
    finally:
        raw.close()


def _content(raw: Any, known: Figures | None) -> Proved | None:
    held = figures(raw)
    if not (_chain_holds(raw, held, known) and raw.execute("PRAGMA cipher_status").fetchone()[0] == "1"):
        return None
    at = raw.execute("SELECT at FROM audit WHERE id = ?", (held.audit,)).fetchone()
    end = AuditEnd(held.audit, held.head, at[0] if at else "")
    mark = high_water.line_of(bytes.fromhex(_fact(raw, "audit_secret")), Mark(held.desk, end))
    return Proved(held, _fact(raw, "branch_name"), tuple(files_beside.names(raw)), mark)


def _chain_holds(raw: Any, held: Figures, known: Figures | None) -> bool:
    prev, number, seen_known = audit.GENESIS, 0, known is None or known.audit == 0
    rows = raw.execute("SELECT * FROM audit ORDER BY id")
    names = [column[0] for column in rows.description]
    for values in rows:
        row = dict(zip(names, values, strict=True))
        number += 1
        if row["id"] != number or row["prev"] != prev or row["hash"] != audit.hash_of(row):
            return False
        prev = row["hash"]
        seen_known = seen_known or (known is not None and number == known.audit and prev == known.head)
    return number == held.audit and seen_known and (known is None or known.desk == held.desk)


def _fact(raw: Any, name: str) -> str:
    found = raw.execute("SELECT value FROM desk_facts WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""
