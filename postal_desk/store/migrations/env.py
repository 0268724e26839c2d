"""Runs the schema steps on the connection it is lent; the transaction belongs to the lender."""

from alembic import context

connection = context.config.attributes["connection"]
# One version table row, no transaction of Alembic's own: all steps stand or fall together.
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=False)
context.run_migrations()
