"""A verified copy against a bare ``backup()`` of the same file, and what encryption costs in list, search and save."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from sqlcipher3 import dbapi2

from postal_desk.services import copies
from postal_desk.store import backups, warming
from postal_desk.store.engine import connect, prepare
from postal_desk.store.keys import FileKeyStore
from postal_desk.store.search_text import match_expression
from tests.benchmarks import desks
from tests.benchmarks.report import Figure, run_times
from tests.benchmarks.searching import _RAW_ROWS, words

_LIST = (
    "SELECT sort_key, number, subject, status, opened_on FROM cases WHERE deleted_at IS NULL "
    "ORDER BY sort_key DESC LIMIT 100"
)
_CACHE_KIB = 64 * 1024
_WORDS = 40  # each is searched once before anything counts as warm


def verified_copy(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """Drawn, proved page by page, its whole audit chain, summed and read back: against drawing alone."""
    path = desks.desk_path(folder, cases)
    bare, ours = [], []
    with tempfile.TemporaryDirectory(dir=folder) as place, desks.opened(path) as desk:
        for turn in range(1 if quick else 3):
            target = Path(place) / f"bare-{turn}.db"
            bare += run_times(lambda: desk.copies.draw(target, slices=False), 1)  # noqa: B023
            target.unlink()
            alone = Path(place) / f"copy-{turn}.postal-copy"
            ours += run_times(
                lambda: backups.copy_to(desk.copies, desk.copies.figures(), alone, desk.now()),  # noqa: B023
                1,
            )
            alone.unlink()
        kept = run_times(lambda: copies.make_copy(desk), 1)[0]
    yield Figure(
        f"a verified copy of {cases:,} cases, against a bare backup()",
        median(ours),
        median(bare),
        3,
        note=f"among the desk's own {kept:.1f} s",
    )


def encryption(folder: Path, cases: int, quick: bool) -> Iterator[Figure]:
    """The same statements on the same rows, keyed and without a key; cold: the file's pages are not in memory, warm:
    all that is asked for was asked for before. What a page costs that is read for the first time from the system's
    memory is told beside: there the unkeyed side copies bytes, and the keyed one proves and decrypts them.

    A save is told twice: as the very first thing after the opening, and as the first one after the program has come to
    rest, which by then has read where it will go (``store.warming``).
    """
    path = desks.desk_path(folder, cases)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        keyed, plain = Path(place) / "keyed.db", Path(place) / "plain.db"
        key = FileKeyStore(path / "key").load()
        with tempfile.TemporaryDirectory(dir=folder) as grown:
            shutil.copy(path / "desk.db", Path(grown) / "desk.db")
            for target, literal in (
                (keyed, key.literal),
                (plain, ""),
            ):  # neither has the gaps of a desk that grew
                _export(Path(grown) / "desk.db", key, target, literal)
        openers = (lambda: connect(keyed, key), lambda: _open_plain(plain))
        for name, make in _actions().items():
            colds = [
                (_cold(openers[0], keyed, make), _cold(openers[1], plain, make))
                for _ in range(3 if quick else 25)
            ]
            yield _figure(f"{name} of {cases:,}, cold", colds)
            if name == "save":
                rested = [
                    (_cold(openers[0], keyed, make, _rest), _cold(openers[1], plain, make, _rest))
                    for _ in range(3 if quick else 25)
                ]
                yield _figure(f"the first save of {cases:,}, once at rest", rested)
            raws = [_prepared(opened()) for opened in openers]
            actions = [make(raw) for raw in raws]
            firsts = [sum(run_times(action, _WORDS)) for action in actions]
            note = f"first touch ×{firsts[0] / firsts[1]:.2f}" if name == "search" else ""
            warms = [
                (run_times(actions[0], 1)[0], run_times(actions[1], 1)[0])
                for _ in range(15 if quick else 200)
            ]
            yield _figure(f"{name} of {cases:,}, warm", warms, note)
            for raw in raws:
                raw.close()


def _figure(name: str, pairs: list[tuple[float, float]], note: str = "") -> Figure:
    """Measured in turns, so that noise falls on both."""
    ours, limit = (median(pair[side] for pair in pairs) for side in (0, 1))
    return Figure(f"encryption: {name}", ours, limit, 1.6, note=note)


def _actions() -> dict[str, Callable[[Any], Callable[[], object]]]:
    def listing(raw: Any) -> Callable[[], object]:
        return lambda: raw.execute(_LIST).fetchall()

    def searching(raw: Any) -> Callable[[], object]:
        asked = cycle(words(raw, _WORDS))
        return lambda: raw.execute(_RAW_ROWS, (match_expression(next(asked)),)).fetchall()

    def saving(raw: Any) -> Callable[[], object]:
        columns = [row[1] for row in raw.execute("PRAGMA table_info(cases)")]
        # Each from the end of its index: both in one would read the whole of it, and leave the system reading ahead.
        last = raw.execute("SELECT (SELECT max(id) FROM cases), (SELECT max(sort_key) FROM cases)").fetchone()
        row = dict(
            zip(columns, raw.execute("SELECT * FROM cases ORDER BY id DESC LIMIT 1").fetchone(), strict=True)
        )
        text = raw.execute("SELECT * FROM case_texts WHERE case_id = ?", (row["id"],)).fetchone()
        counter = iter(range(1, 10_000))
        raw.execute("PRAGMA foreign_keys = OFF")

        def save() -> None:
            more = next(counter)
            new = {**row, "id": last[0] + more, "sort_key": last[1] + more, "number": f"x{last[0] + more}"}
            newest = int.from_bytes(row["uid"], "big") + more  # ids grow in the program, too
            new["uid"] = newest.to_bytes(16, "big")
            raw.execute("BEGIN IMMEDIATE")
            marks = ", ".join("?" * len(columns))
            raw.execute(f"INSERT INTO cases VALUES ({marks})", tuple(new[name] for name in columns))
            raw.execute(
                f"INSERT INTO case_texts VALUES ({', '.join('?' * len(text))})", (new["id"], *text[1:])
            )
            raw.execute("INSERT INTO search (rowid, terms) VALUES (?, ?)", (new["sort_key"], "查 询 查询"))
            raw.execute("COMMIT")

        return save

    return {"list": listing, "search": searching, "save": saving}


def _cold(
    opened: Callable[[], Any],
    file: Path,
    make: Callable[[Any], Callable[[], object]],
    before: Callable[[Any], object] = lambda _raw: None,
) -> float:
    raw = _prepared(opened())
    action = make(raw)
    raw.execute("PRAGMA shrink_memory")
    raw.close()
    with file.open("rb") as stream:  # out of the system's memory too
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    raw = _prepared(opened())
    action = make(raw) if make.__name__ != "searching" else _searching_cold(raw, action)
    before(raw)
    taken = run_times(action, 1)[0]
    raw.close()
    return taken


def _searching_cold(raw: Any, _warm: Callable[[], object]) -> Callable[[], object]:
    """Without looking for words first, which would warm the file."""
    return lambda: raw.execute(_RAW_ROWS, (match_expression("邮件"),)).fetchall()


def _rest(raw: Any) -> None:
    """What the program does by itself once its list is on the screen."""
    for sql, values in warming.questions(raw.execute):
        raw.execute(sql, values).fetchall()


def _prepared(raw: Any) -> Any:
    prepare(raw)
    raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return raw


def _open_plain(file: Path) -> Any:
    raw = dbapi2.connect(str(file), isolation_level=None, cached_statements=256)
    raw.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
    return raw


def _export(source: Path, key: Any, target: Path, literal: str) -> None:
    raw = connect(source, key)
    quoted = literal.replace("'", "''")
    raw.execute(f"ATTACH DATABASE ? AS target KEY '{quoted}'", (str(target),))
    raw.execute("SELECT sqlcipher_export('target')").fetchall()
    raw.execute("DETACH DATABASE target")
    raw.close()
    with target.open("rb+") as stream:  # what is not written yet can't be put out of the system's memory
        os.fsync(stream.fileno())
