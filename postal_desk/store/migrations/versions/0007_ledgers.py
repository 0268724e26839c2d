"""Ledger mappings, typed totals and the superior's forms."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Make what version 7 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
