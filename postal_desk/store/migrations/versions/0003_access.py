"""Users, their roles and what was tried at the door."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Make what version 3 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
