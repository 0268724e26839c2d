"""Where the next new case will be written: questions that read those pages, and hardly any other.

A case goes into each index of its table at a place of its own: two or three pages each, some sixty in all, which a desk
that was just opened has to fetch, prove and decrypt one by one. The newest cases say where that will be: a new one is
put behind those of its outlet, its category, its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

#: Runs one statement: :meth:`postal_desk.store.work.Work.cursor`.
Read = Callable[[str, tuple[Any, ...]], Iterator[tuple[Any, ...]]]
Question = tuple[str, tuple[Any, ...]]

_NEWEST = 4  # enough for the outlets and kinds of a usual day; each costs a page an index at most
_ENDS = (
    ("case_texts", "case_id"),
    *((table, "case_id") for table in ("items", "steps", "dispositions", "attempts", "relations")),
    ("audit", "id"),
    ("history", "id"),
    ("sequences", "series_id"),
    ("search_docsize", "id"),
    ("search_data", "id"),
)
#: The search index begins every change at these: what it is made like, its averages, the list of its segments.
_SEARCH = ("SELECT k FROM search_config", "SELECT length(block) FROM search_data WHERE id IN (1, 10)")


def questions(read: Read) -> list[Question]:
    """Each reads a few pages; the answers don't matter. Empty for a desk without cases."""
    newest = list(read(f"SELECT id FROM cases ORDER BY id DESC LIMIT {_NEWEST}", ()))
    asked: list[Question] = []
    for name, condition in _indexes(read):
        columns = [row[2] for row in read(f'PRAGMA index_info("{name}")', ())]
        for (case_id,) in newest:
            asked += _place(read, name, columns, condition, case_id)
    if newest:
        asked += [(f"SELECT 1 FROM {table} ORDER BY {key} DESC LIMIT 1", ()) for table, key in _ENDS]
        asked += [(sql, ()) for sql in _SEARCH]
    return list(dict.fromkeys(asked))


def _indexes(read: Read) -> list[tuple[str, str]]:
    """The indexes of the cases, each with the condition that its rows meet."""
    found = []
    for _, name, *_rest in read("PRAGMA index_list(cases)", ()):
        sql = next(read("SELECT sql FROM sqlite_master WHERE name = ?", (name,)))[0] or ""
        found.append((name, sql.partition(" WHERE ")[2]))
    return found


def _place(read: Read, name: str, columns: list[str], condition: str, case_id: int) -> Iterator[Question]:
    """Behind the cases that have the same first column as this one."""
    first, *others = (f'"{column}"' for column in columns)
    value = next(read(f"SELECT {first} FROM cases WHERE id = ?", (case_id,)))[0]
    order = f" ORDER BY {', '.join(f'{column} DESC' for column in others)}" if others else ""
    meets = f" AND {condition}" if condition else ""
    yield (
        f'SELECT 1 FROM cases INDEXED BY "{name}" WHERE {first} IS ?{meets}{order} LIMIT 1',
        (value,),
    )
