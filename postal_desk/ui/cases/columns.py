"""The columns of the case list, each declared once: what it shows and how wide it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, label
from postal_desk.ui.widgets.badge import status_tone

if TYPE_CHECKING:
    from postal_desk.domain.rules import Rules
    from postal_desk.services.case_lists import CaseRow

SOON_DAYS = 3  # a reply due in so many days is shown as due soon


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a row needs to become words: the desk's rules and the prefix of its own case numbers."""

    rules: Rules
    prefix: str

    def short_number(self, number: str) -> str:
        """The number without this branch's own code (``2019-07-0044``)."""
        return number.removeprefix(f"{self.prefix}-")

    def name(self, list_name: str, code: str) -> str:
        """The name of a code in the language in use; ``""`` for none."""
        return label(self.rules.name(list_name, code)) if code else ""


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in px at 100 %, 0 for the one that takes the rest. ``text`` makes the cell's words."""

    name: str
    title: Sentence
    width: int
    text: Callable[[CaseRow, Lookup], str]
    shown: bool = False


def customer_words(row: CaseRow, lookup: Lookup) -> str:
    """The customer's name, masked; — for an anonymous one."""
    from postal_desk.domain.masking import mask  # with the first row, not with the first paint

    return mask("name", row.customer, lookup.rules) or "—"


def subject_words(row: CaseRow, lookup: Lookup) -> str:
    """The subject, with the customer's name and whatever numbers it holds masked."""
    from postal_desk.domain.masking import mask_free_text

    names = [row.customer] if row.customer else []
    return mask_free_text(row.subject, names, lookup.rules.compound_surnames).text


def state_words(row: CaseRow, lookup: Lookup) -> tuple[str, str]:
    """What the status column says, and its tone: overdue and due soon come before the status."""
    if row.overdue_days > 0 and not row.closed_on:
        return _("{days} d late").format(days=row.overdue_days), "bad"
    return lookup.name("statuses", row.status), status_tone(row.status)


COLUMNS = (
    Column("number", say("Number"), 112, lambda row, look: look.short_number(row.number), shown=True),
    Column("subject", say("Subject"), 0, lambda row, look: subject_words(row, look), shown=True),
    Column("customer", say("Customer"), 74, lambda row, look: customer_words(row, look), shown=True),
    Column("status", say("Status"), 92, lambda row, look: state_words(row, look)[0], shown=True),
    Column("opened_on", say("Opened on"), 96, lambda row, look: row.opened_on.isoformat()),
    Column("due", say("Reply due"), 96, lambda row, look: row.due.isoformat() if row.due else "—"),
    Column("category", say("Category"), 150, lambda row, look: label(look.rules.category_name(row.category))),
    Column("kind", say("Kind"), 72, lambda row, look: look.name("kinds", row.kind)),
    Column("channel", say("Channel"), 96, lambda row, look: look.name("channels", row.channel)),
    Column("outlet", say("Outlet"), 120, lambda row, look: row.outlet or "—"),
    Column("handler", say("Handler"), 80, lambda row, look: row.handler or "—"),
    Column("elapsed_days", say("Days"), 56, lambda row, look: str(row.elapsed_days)),
)
BY_NAME = {column.name: column for column in COLUMNS}
