"""What a desk remembers of imported ledgers: each import, which case came from which row, plans and words for the next.

Of a row only keyed digests are kept (``ledgers.fingerprints``), so that nothing of it outlives its case.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from postal_desk.store.tables import audit, flag, metadata, words

#: One for each import that wrote something, with the number of its row in the audit. ``sheet``: the names of its
#: sheets, one a line. ``undone``: taken back.
ledger_imports = Table(
    "ledger_imports",
    metadata,
    Column("id", Integer, ForeignKey(audit.c.id), primary_key=True),
    Column("at", Text, nullable=False),
    words("file"),
    words("sheet"),
    Column("rows", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("same", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    flag("undone"),
)

#: The rows that an import wrote. ``sheet`` counts the import's sheets from 0. ``row_key`` knows a row again,
#: ``print`` its content, ``parts`` each field of it.
ledger_rows = Table(
    "ledger_rows",
    metadata,
    Column("import_id", Integer, ForeignKey("ledger_imports.id"), primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("sheet", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("row_key", Integer, nullable=False),
    Column("print", Integer, nullable=False),
    Column("parts", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_ledger_rows_key", ledger_rows.c.row_key)
Index("ix_ledger_rows_case", ledger_rows.c.case_id)

#: How ledgers with the same headings are read; ``signature`` is the digest of these.
ledger_plans = Table(
    "ledger_plans",
    metadata,
    Column("signature", Text, primary_key=True),
    Column("plan", Text, nullable=False),
    Column("used_at", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: What the branch decided a heading or a word to mean, for every ledger: list (``heading``, ``outlet``, …), plain word.
ledger_words = Table(
    "ledger_words",
    metadata,
    Column("list", Text, CheckConstraint("list <> ''", "list"), primary_key=True),
    Column("word", Text, CheckConstraint("word <> ''", "word"), primary_key=True),
    words("meaning"),
    sqlite_with_rowid=False,
)
