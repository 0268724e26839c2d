"""Claims, closed months, canned texts and checklists."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Make what version 6 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
