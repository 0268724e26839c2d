"""The rules a desk works by, as plain records read from ``seeds/`` or from the desk's own edited copy.

Nothing here is a constant of the program: each record carries where it comes from (``source``, ``mark``) and
from when to when it holds. ``Rules`` is what every calculation receives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from postal_desk.domain.sentences import Label, Refusal, say


class Dated(Protocol):
    """Anything that holds from a day (inclusive) to a day (inclusive); ``None`` is open."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def holds(record: Dated, on: date) -> bool:
    """True if the record is valid on that day (both ends inclusive)."""
    return (record.valid_from is None or record.valid_from <= on) and (
        record.valid_to is None or on <= record.valid_to
    )


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list: a stable English word and its names."""

    code: str
    name: Label
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    hint: Label | None = None
    source: Label | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A node of the category tree: ``07`` (level 1) or ``07.domestic`` (child, ``parent`` = ``07``)."""

    code: str
    name: Label
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    source: Label | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A time limit, counted in ``unit``: days, working_days, months or years.

    ``variant`` is ``""``, ``international`` or ``remote``.
    ``start`` is what the clock runs from: posting, inquiry, complaint, forwarding, undeliverable.
    ``reply`` marks the clocks that an answer stops. ``kinds`` and ``business`` select the cases it runs for
    (empty = any; ``""`` among ``business`` = a case that names none); ``regions`` are division-code prefixes
    (empty = everywhere; the longest prefix that fits wins). Several rules may carry the same ``clock``; the
    first that fits is the general one. ``key`` names the rule in its file and in a desk.
    """

    clock: str
    name: Label
    limit: int
    unit: str
    start: str
    source: Label
    mark: str
    variant: str = ""
    reply: bool = False
    kinds: tuple[str, ...] = ()
    business: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: Label | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class CountingRule:
    """The law by which periods are counted, with its validity (one replaced the other in 2021)."""

    source: Label
    mark: str
    valid_from: date | None = None
    valid_to: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class CompensationRule:
    """What a class of mail gets for an event.

    ``basis``: ``postage_multiple`` (fixed ``factor`` × postage), ``actual_loss_capped`` (loss, at most
    ``factor`` × postage), ``insured_amount``, ``insured_share`` (loss × insured ÷ value), ``none`` (no
    liability, 0.00), ``no_amount`` (the articles give no amount). ``note`` says why where the article
    alone doesn't.
    """

    classes: tuple[str, ...]
    events: tuple[str, ...]
    basis: str
    article: Label
    mark: str
    factor: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: Label | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ExemptionRule:
    """A cause that frees the post from liability for these classes (0.00); elsewhere it changes nothing."""

    exemption: str
    classes: tuple[str, ...]
    article: Label
    mark: str
    valid_from: date | None = None
    valid_to: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class CapLossRule:
    """A ground on which the post can't limit its liability for these classes.

    The proven loss is owed; without one no amount can be told. ``ground`` is ``gross_negligence`` (intent
    included) or ``terms_not_displayed``.
    """

    ground: str
    classes: tuple[str, ...]
    article: Label
    mark: str
    valid_from: date | None = None
    valid_to: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """Public holidays (rest days, weekends inside them included) and make-up working days of one year."""

    year: int
    holidays: Mapping[date, Label]
    working_days: frozenset[date]
    source: Label


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division code with its validity."""

    code: str
    name: Label
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    source: Label | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that public reports give, as an example of the register."""

    code: str
    name: Label
    unit: Label
    period: str
    organisation: Label
    value: Decimal
    source: Label
    mark: str
    target: Decimal | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ErrorExemptionRule:
    """A ground on which an error brings no penalty.

    ``ground`` is ``new_staff`` (within ``months`` of joining) or ``accepted_cause`` (one of ``causes``, with evidence
    that was accepted).
    """

    name: Label
    ground: str
    source: Label
    mark: str
    months: int = 0
    causes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: Label | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """How often the same problem may come up at one outlet within rolling ``months`` before somebody answers for it."""

    name: Label
    limit: int
    months: int
    source: Label
    mark: str
    valid_from: date | None = None
    valid_to: date | None = None
    note: Label | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class CannedText:
    """A text offered where people type. ``places`` are ``step`` (the default) and ``story``; the codes say for which
    step or disposition it is offered first.
    """

    name: Label
    text: Label
    places: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    dispositions: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a checklist, and the cases it is for (empty = any; ``fraud``: suspected fraud of other categories
    too). A step with one of the ``channels`` and ``results`` does it; one without both is ticked by hand.
    """

    name: Label
    checklist: Label
    categories: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    fraud: bool = False
    channels: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    key: str = ""


#: Names of the code lists, as ``seeds/codes.toml`` holds them.
CODE_LISTS = (
    "kinds",
    "business",
    "channels",
    "classes",
    "events",
    "step_results",
    "dispositions",
    "responsibility",
    "opinions",
    "statuses",
    "age_bands",
    "vulnerabilities",
    "severities",
    "outlet_kinds",
    "positions",
    "roles",
    "exemptions",
    "relations",
    "attempt_results",
    "measure_kinds",
    "measure_statuses",
    "problem_sources",
    "problem_areas",
    "claim_statuses",
    "error_causes",
    "error_decisions",
    "clocks",
)


@dataclass(frozen=True)
class Rules:
    """Everything that is data and not code. Immutable; a desk builds a new one when a rule is edited."""

    codes: Mapping[str, Mapping[str, Code]]
    categories: Mapping[str, Category]
    clocks: tuple[ClockRule, ...]
    counting: tuple[CountingRule, ...]
    compensation: tuple[CompensationRule, ...]
    calendar: Mapping[int, CalendarYear]
    divisions: Mapping[str, tuple[Division, ...]]
    indicators: tuple[Indicator, ...] = ()
    compound_surnames: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    exemptions: tuple[ExemptionRule, ...] = ()
    cap_losses: tuple[CapLossRule, ...] = ()
    error_exemptions: tuple[ErrorExemptionRule, ...] = ()
    canned: tuple[CannedText, ...] = ()
    check_items: tuple[CheckItem, ...] = ()
    recurrence: tuple[RecurrenceRule, ...] = ()
    #: the story reader's word lists, by file section; see ``seeds/reader``
    reader: Mapping[str, object] = field(default_factory=dict)
    #: words of the desk's own that every export stars
    also_masked: tuple[str, ...] = ()

    def name(self, list_name: str, code: str) -> Label:
        """The names of a code; an unknown code (from an older desk) names itself."""
        entry = self.codes.get(list_name, {}).get(code)
        return entry.name if entry else Label(code, code)

    def category_name(self, code: str) -> Label:
        """The names of a category, a child with its parent's before it (``查询 › 给据邮件``)."""
        entry = self.categories.get(code)
        if entry is None:
            return Label(code, code)
        if entry.parent is None:
            return entry.name
        parent = self.category_name(entry.parent)
        return Label(f"{parent.zh} › {entry.name.zh}", f"{parent.en} › {entry.name.en}")

    def top_categories(self) -> list[Category]:
        """Level-1 categories in code order."""
        return sorted((c for c in self.categories.values() if c.parent is None), key=lambda c: c.code)

    def require(self, list_name: str, code: str) -> Code:
        """The entry of a code, or :class:`Refusal` naming the list's codes."""
        entries = self.codes[list_name]
        if code not in entries:
            raise Refusal(say("{code} is not one of: {codes}", code=repr(code), codes=tuple(sorted(entries))))
        return entries[code]


def current(records: Iterable[D], on: date) -> list[D]:
    """The records that hold on a day."""
    return [record for record in records if holds(record, on)]
