"""Tables of ``seeds/`` that are large and seldom needed: word lists of the story reader and of ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path


class LazyTables(Mapping[str, object]):
    """The parsed TOML files of a folder by file stem; a file is read when it is first asked for."""

    def __init__(self, root: Path, folder: str) -> None:
        self._root = root
        self._files = {path.stem: f"{folder}/{path.name}" for path in sorted((root / folder).glob("*.toml"))}
        self._tables: dict[str, object] = {}

    def __getitem__(self, stem: str) -> object:
        if stem not in self._tables:
            from postal_desk.store.seeding import read_toml

            self._tables[stem] = read_toml(self._root, self._files[stem])
        return self._tables[stem]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@cache
def shared_tables(root: Path, folder: str) -> LazyTables:
    """The tables of a folder that stays as it is while the program runs, each parsed once however many desks ask."""
    return LazyTables(root, folder)
