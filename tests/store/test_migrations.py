"""Schema steps: the migrated schema equals the one that a new desk is made with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from postal_desk.store import core, engine, schema
from postal_desk.store.engine import SCHEMA_VERSION
from postal_desk.store.keys import FileKeyStore
from postal_desk.store.migrate import upgrade

STEPS = Path(schema.__file__).parent / "migrations" / "versions"


@pytest.fixture
def empty(tmp_path: Path) -> Callable[[], Engine]:
    """Makes empty encrypted files."""
    key = FileKeyStore(tmp_path / "key").create()
    made: list[Engine] = []

    def make() -> Engine:
        raw = engine.connect(tmp_path / f"{len(made)}.db", key, "rwc")
        engine.prepare(raw)
        made.append(core.make_engine(raw))
        return made[-1]

    return make


def schema_of(made: Engine) -> dict[tuple[str, str], str]:
    with made.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


def config_of(made: Engine) -> list[Any]:
    with made.connect() as connection:
        return [
            connection.exec_driver_sql(sql).all()
            for sql in (
                "PRAGMA user_version",
                "SELECT * FROM search_config ORDER BY 1",
                "SELECT * FROM alembic_version",
            )
        ]


def test_a_migrated_schema_equals_a_new_one(empty: Callable[[], Engine]) -> None:
    migrated, new = empty(), empty()
    upgrade(migrated)
    with new.begin() as connection:
        schema.create_schema(connection)
    names = ("table", "alembic_version")
    ours, theirs = schema_of(new), schema_of(migrated)
    ours.pop(names), theirs.pop(names)  # Alembic writes the same table in its own words
    assert theirs == ours
    assert config_of(migrated) == config_of(new)


def test_each_step_has_its_number_and_none_is_missing() -> None:
    numbers = sorted(int(path.name[:4]) for path in STEPS.glob("*.py"))
    assert numbers == list(range(1, SCHEMA_VERSION + 1))


def test_steps_import_nothing_of_ours() -> None:
    assert not [path.name for path in STEPS.glob("*.py") if "postal_desk" in path.read_text("utf-8")]


def test_a_step_that_fails_leaves_the_old_schema(empty: Callable[[], Engine]) -> None:
    made = empty()
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE cases (x)")  # so that the first step can't make its own
    with pytest.raises(Exception, match="already exists"):
        upgrade(made)
    assert list(schema_of(made)) == [("table", "cases")]
