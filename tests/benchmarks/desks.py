"""The desks that are measured: made once by the demo, kept in a folder outside the tree."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from postal_desk.domain.periods import Month
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.store import audit
from postal_desk.store.engine import connect, prepare
from postal_desk.store.keys import FileKeyStore

UNTIL = Month(2026, 10)
TODAY = date(2026, 11, 1)


def desk_path(folder: Path, cases: int) -> Path:
    """The desk of so many cases, made if it isn't there; cases are spread over 60 months."""
    path = folder / f"cases-{cases}"
    if not path.exists():
        print(f"making a desk of {cases:,} cases in {path} …", flush=True)
        make_demo(path, cases=cases, months=60, until=UNTIL)
        _pass_for_copied(path)
    return path


def _pass_for_copied(path: Path) -> None:
    """Closing its window would copy a desk that has no copy: minutes for a large one, which others measure."""
    with open_desk(path) as desk, desk.work() as work:
        number = audit.end(work).number
    (path / "copies").mkdir()
    (path / "copies" / f"0000001-20261101-000000-a{number}.postal-copy").touch()


def opened(path: Path) -> Desk:
    """The desk, as of the day after its last case."""
    return open_desk(path, today=lambda: TODAY)


def raw(path: Path) -> Any:
    """A bare connection to a closed desk's file, with the same key and settings as the program uses."""
    connection = connect(path / "desk.db", FileKeyStore(path / "key").load())
    prepare(connection)
    assert isinstance(connection, sqlcipher.Connection)
    connection.isolation_level = None
    return connection
