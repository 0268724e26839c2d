"""Attachments, and what retention and legal hold need."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Make what version 4 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
