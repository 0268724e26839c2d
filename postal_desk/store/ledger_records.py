"""Reading and writing what a desk remembers of imported ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from postal_desk.store.batches import batches
from postal_desk.store.bulk import insert_statement
from postal_desk.store.ledger_tables import ledger_imports, ledger_plans, ledger_words
from postal_desk.store.work import Work

_BATCH = 500
_ROWS = insert_statement("ledger_rows", ("import_id", "case_id", "sheet", "row", "row_key", "print", "parts"))
_KNOWN = """
SELECT r.row_key, r.print, r.parts, c.id, c.number FROM ledger_rows r
JOIN ledger_imports i ON i.id = r.import_id AND i.undone = 0
JOIN cases c ON c.id = r.case_id AND c.deleted_at IS NULL
WHERE r.row_key IN ({marks}) ORDER BY r.import_id
"""
_ORIGIN = """
SELECT i.file, i.sheet, r.sheet, r.row, i.at FROM ledger_rows r JOIN ledger_imports i ON i.id = r.import_id
WHERE r.case_id = ? ORDER BY r.import_id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row that a living case came from, as it was imported last."""

    print: int
    parts: bytes
    case_id: int
    number: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported case came from."""

    file: str
    sheet: str
    row: int
    at: str


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import, with the number of its audit row; ``sheet`` holds the names of its sheets, one a line."""

    id: int
    at: str
    file: str
    sheet: str
    rows: int
    added: int
    changed: int
    same: int
    refused: int
    undone: bool


def known_rows(work: Work, keys: Sequence[int]) -> dict[int, KnownRow]:
    """The rows among these keys that are known, by key."""
    if work.rows("SELECT 1 FROM ledger_rows LIMIT 1").first() is None:
        return {}
    found = {}
    for some in batches(keys, _BATCH):
        for key, mark, parts, case_id, number in work.rows(
            _KNOWN.format(marks=", ".join("?" * len(some))), tuple(some)
        ):
            found[key] = KnownRow(mark, bytes(parts), case_id, number)
    return found


def add_import(work: Work, made: ImportRow) -> None:
    """Note an import."""
    work.run(
        insert(ledger_imports),
        {name: getattr(made, name) for name in ImportRow.__slots__} | {"undone": int(made.undone)},
    )


def add_rows(work: Work, rows: Sequence[tuple[int, int, int, int, int, int, bytes]]) -> None:
    """Note rows: import, case, which sheet, row number, key, print, parts."""
    work.run_many(_ROWS, rows)


def set_undone(work: Work, import_id: int, undone: bool) -> None:
    """An import was taken back, or this was."""
    work.run(update(ledger_imports).where(ledger_imports.c.id == import_id).values(undone=int(undone)))


def is_undone(work: Work, import_id: int) -> bool:
    """True if the import is taken back at present."""
    return bool(work.run(select(ledger_imports.c.undone).where(ledger_imports.c.id == import_id)).scalar())


def imports(work: Work, limit: int = 50) -> list[ImportRow]:
    """The imports, newest first."""
    wanted = select(ledger_imports).order_by(ledger_imports.c.id.desc()).limit(limit)
    return [ImportRow(**{**row, "undone": bool(row["undone"])}) for row in work.run(wanted).mappings()]


def origin(work: Work, case_id: int) -> Origin | None:
    """Where a case came from, ``None`` for one that was logged here."""
    found = work.rows(_ORIGIN, (case_id,)).first()
    if found is None:
        return None
    file, names, which, row, at = found
    return Origin(file, names.split("\n")[which], row, at)


def keep_plan(work: Work, signature: str, content: str, moment: str) -> None:
    """Keep a plan for the next ledger with these headings."""
    statement = upsert(ledger_plans).values(signature=signature, plan=content, used_at=moment)
    work.run(
        statement.on_conflict_do_update(
            index_elements=["signature"], set_={"plan": content, "used_at": moment}
        )
    )


def learned(work: Work) -> dict[str, dict[str, str]]:
    """All words decided so far, by list."""
    found: dict[str, dict[str, str]] = {}
    for name, word, meaning in work.run(
        select(ledger_words.c.list, ledger_words.c.word, ledger_words.c.meaning)
    ):
        found.setdefault(name, {})[word] = meaning
    return found


def learn(work: Work, name: str, words: Mapping[str, str] | Iterable[tuple[str, str]]) -> None:
    """Remember what words mean; a later decision takes the place of an earlier one."""
    for word, meaning in dict(words).items():
        statement = upsert(ledger_words).values(list=name, word=word, meaning=meaning)
        work.run(statement.on_conflict_do_update(index_elements=["list", "word"], set_={"meaning": meaning}))


def plans(work: Work) -> dict[str, str]:
    """All plans kept, by the signature of their headings."""
    return dict(work.run(select(ledger_plans.c.signature, ledger_plans.c.plan)).all())


def imported_numbers(work: Work) -> set[str]:
    """The numbers of all cases that came from a ledger."""
    found = work.rows("SELECT c.number FROM ledger_rows r JOIN cases c ON c.id = r.case_id")
    return {number for (number,) in found}
