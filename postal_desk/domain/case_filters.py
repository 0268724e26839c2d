"""Which cases a list shows. All parts hold at once; an empty part does not filter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """``opened_from``/``opened_to`` bound ``opened_on``, both inclusive (a month is its first and last day).

    ``category`` includes its children; ``outlet`` and ``handler`` are exact names; ``numbers`` picks single cases
    (the cases behind a figure); ``deleted`` shows the recycle bin instead; ``text`` is the search box.
    """

    opened_from: date | None = None
    opened_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    due_from: date | None = None  # last reply clock
    due_to: date | None = None
    statuses: tuple[str, ...] = ()
    category: str = ""
    kind: str = ""
    business: str = ""
    channel: str = ""
    outlet: str = ""
    handler: str = ""
    customer_phone: str = ""
    overdue: bool = False
    fraud: bool = False
    praise: bool = False
    compensated: bool = False
    opinions: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""
    deleted: bool = False
