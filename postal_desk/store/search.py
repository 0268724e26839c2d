"""The search index: one FTS5 table without content, whose row id is a case's sort key.

Its tokenizer is ``ascii``, which cuts at blanks and takes every other character as it is: the cutting is done in
``search_text``, so rare Han characters are as good as common ones. Deleted cases are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from postal_desk.store.search_text import index_text
from postal_desk.store.work import Work

CREATE = (
    "CREATE VIRTUAL TABLE search USING fts5(terms, content = '', contentless_delete = 1, tokenize = 'ascii')"
)
#: How many segments of one size gather before they are merged. Twice the default: a save writes a third less.
CONFIGURE = "INSERT INTO search (search, rank) VALUES ('automerge', 8)"
_INSERT = "INSERT INTO search (rowid, terms) VALUES (?, ?)"
_DELETE = "DELETE FROM search WHERE rowid = ?"


def add(work: Work, entries: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Put cases in: sort key and all texts of each."""
    work.run_many(_INSERT, [(key, index_text(fields)) for key, fields in entries])


def remove(work: Work, keys: Iterable[int]) -> None:
    """Take cases out by sort key."""
    work.run_many(_DELETE, [(key,) for key in keys])
