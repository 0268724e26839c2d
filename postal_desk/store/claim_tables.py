"""The tables of the claims: some dozens a year, so they are kept plainly. Money is whole fen.

``closed_on`` is the day a claim was paid or ended; open claims stand in an index of their own. The case is linked by
number, as in ``relations``.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from postal_desk.store.case_tables import fen
from postal_desk.store.tables import day, flag, identity, metadata, words

ENDS = ("", "refused", "withdrawn")

claims = Table(
    "claims",
    metadata,
    *identity(),
    Column("deleted_at", Text),
    Column("number", Text, nullable=False, unique=True),
    Column("case_number", Text, CheckConstraint("case_number <> ''", "case"), nullable=False),
    day("opened_on", nullable=False),
    words("basis"),
    fen("proposed"),
    day("proposed_on"),
    fen("agreed"),
    day("agreed_on"),
    fen("paid"),
    day("paid_on"),
    words("receipt"),
    Column("ended", Text, CheckConstraint(f"ended IN {ENDS!r}", "ended"), nullable=False, server_default=""),
    day("ended_on"),
    words("reason"),
    day("closed_on"),
    CheckConstraint("(proposed IS NULL) = (proposed_on IS NULL)", "proposal"),
    CheckConstraint("(agreed IS NULL) = (agreed_on IS NULL)", "agreement"),
    CheckConstraint("(paid IS NULL) = (paid_on IS NULL)", "payment"),
    CheckConstraint("(ended = '') = (ended_on IS NULL)", "end"),
    CheckConstraint("closed_on IS coalesce(ended_on, paid_on)", "closed"),
)
Index("ix_claims_case", claims.c.case_number)
Index("ix_claims_opened", claims.c.opened_on, claims.c.number)
Index("ix_claims_open", claims.c.opened_on, sqlite_where=text("closed_on IS NULL AND deleted_at IS NULL"))

claim_items = Table(
    "claim_items",
    metadata,
    Column("claim_id", Integer, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, CheckConstraint("position > 0", "position"), primary_key=True),
    words("number"),
    words("mail_class"),
    words("event"),
    fen("postage"),
    fen("insured"),
    fen("value"),
    fen("loss"),
    words("exemption"),
    flag("gross_negligence"),
    flag("terms_not_displayed"),
    fen("computed"),
    words("article_zh"),
    words("article_en"),
    sqlite_with_rowid=False,
)

#: The last number given in each year, for each branch code with desk letter. Only ever counts up.
claim_sequences = Table(
    "claim_sequences",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, CheckConstraint("last > 0", "last"), nullable=False),
    sqlite_with_rowid=False,
)
