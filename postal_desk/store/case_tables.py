"""The tables of the cases and the indexes that keep lists, searches and months quick at a million of them.

A case's row is narrow: long texts stand in ``case_texts``, so that a scan of many rows reads few pages. ``sort_key``
(``domain.numbering``) orders by business date, then number, and holds the date in its high bits: a month is a range
of it, and it is the row id of the search index. Indexes of lists cover living cases only (``deleted_at IS NULL``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from postal_desk.store.tables import day, flag, identity, metadata, words

LIVING = "deleted_at IS NULL"
STATUSES = (
    "registered",
    "accepted",
    "investigating",
    "waiting",
    "answered",
    "closed",
    "escalated",
    "reopened",
)

cases = Table(
    "cases",
    metadata,
    *identity(),
    Column("deleted_at", Text),
    Column("number", Text, nullable=False),
    Column("sort_key", Integer, nullable=False),
    Column("status", Text, CheckConstraint(f"status IN {STATUSES!r}", "status"), nullable=False),
    Column("kind", Text, CheckConstraint("kind <> ''", "kind"), nullable=False),
    words("business"),
    Column(
        "category_top", Text, CheckConstraint("category_top = substr(category, 1, 2)", "top"), nullable=False
    ),
    Column("category", Text, CheckConstraint("length(category) >= 2", "category"), nullable=False),
    Column("channel", Text, CheckConstraint("channel <> ''", "channel"), nullable=False),
    day("opened_on", nullable=False),
    day("accepted_on"),
    day("answered_on"),
    day("closed_on"),
    day("replied_on"),
    day("first_due"),
    day("last_due"),
    Column("outlet_id", Integer, ForeignKey("outlets.id")),
    Column("handler_id", Integer, ForeignKey("staff.id")),
    Column("subject", Text, CheckConstraint("subject <> ''", "subject"), nullable=False),
    words("severity"),
    flag("fraud"),
    flag("typical"),
    flag("praised"),
    flag("compensated"),
    words("responsibility"),
    words("opinion"),
    words("customer_name"),
    words("customer_phone"),
    words("customer_address"),
    words("phone_digits"),
    words("age_band"),
    words("vulnerable"),
    flag("anonymous"),
    Column("added_by", Integer, ForeignKey("audit.id")),
    # the earliest day that somebody promised to come back to and nothing has followed; NULL once the case is closed
    Column("follow_up_on", Text),
    CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", "closed"),
    CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", "closed_after"),
    CheckConstraint("replied_on IS coalesce(answered_on, closed_on)", "replied"),
    CheckConstraint("(first_due IS NULL) = (last_due IS NULL) AND first_due <= last_due", "dues"),
)


def _living(name: str, *columns: str, where: str = "") -> Index:
    """An index of living cases. ``deleted_at`` is in it, though always NULL: without, SQLite looks each row up."""
    condition = f"{LIVING} AND {where}" if where else LIVING
    return Index(
        name, *(cases.c[column] for column in (*columns, "deleted_at")), sqlite_where=text(condition)
    )


Index("ix_cases_number", cases.c.number, unique=True)
Index("ix_cases_key", cases.c.sort_key, unique=True)
_living("ix_cases_living", "sort_key")
_living("ix_cases_status", "status", "sort_key")
_living("ix_cases_category", "category_top", "sort_key")
_living("ix_cases_subcategory", "category", "sort_key")
_living("ix_cases_outlet", "outlet_id", "sort_key")
_living("ix_cases_handler", "handler_id", "sort_key")
_living("ix_cases_fraud", "sort_key", "fraud", where="fraud = 1")
_living("ix_cases_unreplied", "sort_key", "first_due", "replied_on", where="replied_on IS NULL")
_living("ix_cases_phone", "phone_digits", "sort_key", "category_top", "opened_on", where="phone_digits <> ''")
# Lists by the codes that no index of their own answers.
_living("ix_cases_codes", "sort_key", "kind", "channel", "business", "praised", "compensated", "opinion")
# The month's figures, each read from its index alone.
_living("ix_cases_received", "opened_on", "category_top", "outlet_id", "kind", "category", "responsibility")
_living(
    "ix_cases_closed",
    *("closed_on", "opened_on", "opinion", "category_top", "outlet_id"),
    where="closed_on IS NOT NULL",
)
_living("ix_cases_due", "last_due", "replied_on", "closed_on", "outlet_id", where="last_due IS NOT NULL")
_living(
    "ix_cases_open",
    *("sort_key", "status", "category_top", "outlet_id", "replied_on", "first_due", "last_due", "closed_on"),
    where="closed_on IS NULL",
)
# The day's work, read from the front of its own index however many cases there are.
_living("ix_cases_first_due", "first_due", "sort_key", where="replied_on IS NULL AND first_due IS NOT NULL")
_living("ix_cases_follow_up", "follow_up_on", "sort_key", where="follow_up_on IS NOT NULL")
Index("ix_cases_bin", cases.c.sort_key, cases.c.deleted_at, sqlite_where=text("deleted_at IS NOT NULL"))

case_texts = Table(
    "case_texts",
    metadata,
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    words("narrative"),
    words("remedy"),
    words("praise"),
)


def _part_of_case(*columns: Column[Any], name: str) -> Table:
    """A list inside a case: rows of one case stand together, in the order of ``position`` (from 1)."""
    return Table(
        name,
        metadata,
        Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, CheckConstraint("position > 0", "position"), primary_key=True),
        *columns,
        sqlite_with_rowid=False,
    )


def fen(name: str) -> Column[int]:
    """An amount of money in fen, exact."""
    return Column(name, Integer, CheckConstraint(f"{name} >= 0", name))


items = _part_of_case(
    words("number"),
    words("mail_class"),
    day("posted_on"),
    fen("postage"),
    fen("insured"),
    fen("value"),
    name="items",
)
Index("ix_items_number", items.c.number, sqlite_where=text("number <> ''"))

steps = _part_of_case(
    Column("at", Text, CheckConstraint("length(at) IN (10, 16)", "at"), nullable=False),
    words("actor"),
    words("channel"),
    words("counterpart"),
    words("result"),
    words("text"),
    words("status"),
    day("follow_up_on"),
    name="steps",
)
Index("ix_steps_follow_up", steps.c.follow_up_on, sqlite_where=text("follow_up_on IS NOT NULL"))

dispositions = _part_of_case(
    Column("kind", Text, CheckConstraint("kind <> ''", "kind"), nullable=False),
    fen("amount"),
    day("on"),
    name="dispositions",
)
Index("ix_dispositions_kind", dispositions.c.kind, dispositions.c.on, dispositions.c.amount)

attempts = _part_of_case(
    Column("on", Text, CheckConstraint('"on" IS date("on")', "on"), nullable=False),
    words("result"),
    name="attempts",
)

relations = _part_of_case(
    Column("number", Text, CheckConstraint("number <> ''", "number"), nullable=False),
    Column("kind", Text, CheckConstraint("kind <> ''", "kind"), nullable=False),
    name="relations",
)
Index("ix_relations_number", relations.c.number)
