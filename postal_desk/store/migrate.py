"""Bringing an older desk to this program's schema, step by step. Imports Alembic, so import it only when needed."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from postal_desk.store.core import WRITES
from postal_desk.store.engine import SCHEMA_VERSION

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, version: int = SCHEMA_VERSION) -> None:
    """Take all steps up to ``version`` in one transaction: afterwards the desk has the old schema or the new one."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with engine.connect() as connection:
        connection = connection.execution_options(**{WRITES: True})
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, f"{version:04d}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")
