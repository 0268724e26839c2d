"""The figures of a month, defined once: what screens, documents and JSON show comes from one :class:`Summary`.

``received`` counts cases by ``opened_on``, ``closed`` by ``closed_on`` (a reopened case by its last closing);
``in_progress`` and ``overdue`` hold at ``as_of``, the month's last day or today while the month runs. The rates of
answering are over the cases whose last reply clock falls due in the month. A deleted case counts nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from postal_desk.domain.closed_months import ClosedWithin
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Label, Sentence, say
from postal_desk.domain.summary_records import CalledLine, ErrorLine, MeasureLine

POSITIVE_OPINIONS = ("satisfied", "fairly_satisfied")


@dataclass(frozen=True, slots=True)
class Rate:
    """``part`` of ``whole`` cases. Its value is a fraction, ``None`` where there is nothing to divide by."""

    part: int = 0
    whole: int = 0

    @property
    def value(self) -> float | None:
        """The fraction, unrounded."""
        return self.part / self.whole if self.whole else None

    @property
    def pair(self) -> tuple[int, int]:
        """Numerator and denominator, which stand beside every percentage."""
        return self.part, self.whole

    def plus(self, other: Rate) -> Rate:
        """Both together."""
        return Rate(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Period:
    """The figures that are compared between periods. ``days`` is the sum of opened→closed over ``timed`` cases: those
    closed, but for typed ones whose days nobody knows. ``typed`` if totals typed for months without cases are in it.
    """

    received: int = 0
    closed: int = 0
    days: int = 0
    closing: Rate = Rate()
    in_time: Rate = Rate()
    satisfaction: Rate = Rate()
    typed: bool = False
    timed: int | None = None  # ``None``: all that were closed

    @property
    def days_of(self) -> int:
        """Over how many closed cases the days are summed up."""
        return self.closed if self.timed is None else self.timed

    @property
    def mean_days(self) -> float | None:
        """Mean days from opening to closing, over the cases closed in the period."""
        return self.days / self.days_of if self.days_of else None

    def plus(self, other: Period) -> Period:
        """Both together."""
        return Period(
            self.received + other.received,
            self.closed + other.closed,
            self.days + other.days,
            self.closing.plus(other.closing),
            self.in_time.plus(other.in_time),
            self.satisfaction.plus(other.satisfaction),
            self.typed or other.typed,
            self.days_of + other.days_of,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a breakdown. ``previous`` and ``last_year`` are its received cases a month and a year before;
    ``responsible`` is how many of the received ones were found to be the post's responsibility so far.
    """

    code: str
    name: Label
    received: int = 0
    closed: int = 0
    overdue: int = 0
    previous: int = 0
    last_year: int = 0
    responsible: int = 0

    @property
    def empty(self) -> bool:
        """True if every figure is nought."""
        return not (self.received or self.closed or self.overdue or self.previous or self.last_year)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A problem that came back: ``times`` in the twelve months that end with this one, the latest in this month."""

    category: str
    name: Label
    times: int


@dataclass(frozen=True, slots=True)
class OutletFigures:
    """One outlet's month; ``trend`` is what it received in the six months that end with this one."""

    outlet: str
    received: int = 0
    closed: int = 0
    overdue: int = 0
    in_time: Rate = Rate()
    satisfaction: Rate = Rate()
    recurrences: tuple[Recurrence, ...] = ()
    trend: tuple[int, ...] = ()
    praise: int = 0


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """Received and closed in one month of the trend."""

    month: Month
    received: int
    closed: int
    typed: bool = False  # nobody's cases: totals typed for this month


@dataclass(frozen=True, slots=True)
class OverdueCase:
    """A case that was overdue at ``as_of``: ``due`` is the day missed, ``days`` how long ago that was."""

    number: str
    category: str
    name: Label  # of the category
    outlet: str
    handler: str
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class TypicalCase:
    """A closed case that somebody released as a typical one. All texts are masked already."""

    number: str
    subject: str
    narrative: str
    category: str
    name: Label  # of the category
    outlet: str
    opened_on: date
    closed_on: date
    dispositions: tuple[str, ...]
    outcomes: tuple[Label, ...]  # the names of the dispositions


@dataclass(frozen=True, slots=True)
class Opinion:
    """How many of the cases closed in the month brought this opinion; ``not_asked`` includes those without any."""

    code: str
    name: Label
    cases: int


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """What happened to measures in the month."""

    new: int = 0
    due: int = 0
    finished: int = 0
    overdue: int = 0

    @property
    def any(self) -> bool:
        """True if a measure was new, due, finished or overdue."""
        return bool(self.new or self.due or self.finished or self.overdue)


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """What happened to claims in the month; ``open`` and the age of the oldest (days) hold at ``as_of``."""

    new: int = 0
    paid: int = 0
    amount: Decimal = Decimal("0.00")
    refused: int = 0
    open: int = 0
    oldest_days: int | None = None

    @property
    def any(self) -> bool:
        """True if a claim was opened, paid, refused or is open."""
        return bool(self.new or self.paid or self.refused or self.open)


@dataclass(frozen=True, slots=True)
class PraisedPerson:
    """A member of the staff whose cases brought praise in the month."""

    name: str
    outlet: str
    cases: int


@dataclass(frozen=True, slots=True)
class ClosingMark:
    """Which closing the figures are those of: serial number, revision (from 1), hash, moment."""

    number: str
    revision: int
    hash: str
    closed_at: str

    @property
    def check_code(self) -> str:
        """The hash as people compare it with a paper."""
        return check_code(self.hash)


def check_code(digest: str) -> str:
    """The beginning of a hash in four groups of four."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Summary:
    """Every figure of one month, or of several as one period (``month`` is a range then). ``Part`` rows stand in code
    order, all codes; outlets by received, most first. ``previous`` is as many months just before.
    """

    month: Span
    branch: str
    as_of: date
    now: Period
    previous: Period
    last_year: Period
    year_to_date: Period
    in_progress: int
    overdue: int
    acknowledged: Rate
    closed_first_time: Rate
    repeated: int
    opinions: tuple[Opinion, ...]
    due_next: int  # open and unanswered, due in the next month; in this one while it runs
    by_category: tuple[Part, ...]
    by_kind: tuple[Part, ...]
    by_channel: tuple[Part, ...]
    by_business: tuple[Part, ...]
    by_outlet: tuple[OutletFigures, ...]
    compensated: int
    compensation: Decimal
    praise: int
    fraud_prevented: int
    overdue_cases: tuple[OverdueCase, ...]  # the longest overdue first
    typical: tuple[TypicalCase, ...]
    trend: tuple[TrendMonth, ...]  # thirteen months or the longer period, its last month last
    measures: MeasureFigures = MeasureFigures()
    claims: ClaimFigures = ClaimFigures()
    praised: tuple[PraisedPerson, ...] = ()
    measure_lines: tuple[MeasureLine, ...] = ()
    errors: tuple[ErrorLine, ...] = ()  # of the month, in their order
    called: tuple[CalledLine, ...] = ()  # problems at the limit, most often first
    closed_months: tuple[ClosedWithin, ...] = ()  # of a longer period, oldest first
    closing: ClosingMark | None = None  # set where the month is closed and these are its frozen figures

    @property
    def typed(self) -> bool:
        """True if totals typed in stand behind any figure."""
        periods = (self.now, self.previous, self.last_year, self.year_to_date)
        return any(period.typed for period in periods) or any(row.typed for row in self.trend)

    @property
    def finished(self) -> bool:
        """True once the month is over."""
        return self.as_of >= self.month.last

    @property
    def nil(self) -> bool:
        """True if nothing happened: no case came in or was closed, none is open, nothing was paid or praised."""
        return not (
            self.now.received
            or self.now.closed
            or self.in_progress
            or self.overdue
            or self.compensated
            or self.praise
            or self.fraud_prevented
            or self.measures.any
            or self.claims.any
        )


@dataclass(frozen=True, slots=True)
class Change:
    """The difference to an earlier figure; ``share`` is a fraction of it, ``None`` where it was nought."""

    difference: int
    share: float | None


def change(now: int, before: int) -> Change:
    """How a count moved."""
    return Change(now - before, (now - before) / before if before else None)


def ranks(outlets: Sequence[OutletFigures]) -> dict[str, int]:
    """Places by answering in time, then fewer overdue, then satisfaction; equal figures share a place.

    An outlet in which nothing fell due in the month has nothing to be ranked by and is absent.
    """
    keyed = {row.outlet: _merit(row) for row in outlets if row.in_time.whole}
    ordered = sorted(keyed.values())
    return {outlet: ordered.index(merit) + 1 for outlet, merit in keyed.items()}


def _merit(row: OutletFigures) -> tuple[float, int, float]:
    satisfaction = row.satisfaction.value
    return (-(row.in_time.value or 0.0), row.overdue, -satisfaction if satisfaction is not None else 0.0)


def rises(parts: Iterable[Part], least: int = 2) -> list[Part]:
    """The parts that grew on the month before by at least ``least`` cases, the largest growth first."""
    grown = [part for part in parts if part.received - part.previous >= least]
    return sorted(grown, key=lambda part: (part.previous - part.received, part.code))


def largest(parts: Iterable[Part]) -> list[Part]:
    """The parts that received something, most first."""
    return sorted((part for part in parts if part.received), key=lambda part: (-part.received, part.code))


#: What each figure means, by the name it has in JSON. One sentence each; documents print them as footnotes.
DEFINITIONS: dict[str, Sentence] = {
    "received": say("Received: cases whose opening day lies in the month."),
    "closed": say("Closed: cases closed in the month; a reopened case counts at its last closing."),
    "in_progress": say("In progress: cases opened and not closed by the reporting day."),
    "overdue": say("Overdue: cases with a reply clock past due and no answer by the reporting day."),
    "closing_rate": say(
        "Closing rate: of the cases whose last reply clock falls due in the month, those closed by the month's end."
    ),
    "in_time_rate": say(
        "Answered in time: of the cases whose last reply clock falls due in the month, those answered by the due date."
    ),
    "mean_days": say("Mean days: from opening to closing, over the cases closed in the month."),
    "satisfaction_rate": say(
        "Satisfaction: satisfied and fairly satisfied customers, of those asked, over the cases closed in the month."
    ),
    "acknowledged_rate": say(
        "Accepted the same day: of the cases received in the month, those accepted on their opening day."
    ),
    "closed_first_time_rate": say(
        "Closed at the first time: of the cases closed in the month, those that were never reopened."
    ),
    "repeated": say(
        "Repeated: cases received in the month that are linked as a duplicate, a follow-up or an appeal of an earlier "
        "case, or whose telephone number already had a case of the same top category in the twelve months before."
    ),
    "recurrences": say(
        "Recurrence: the same category at the same outlet within twelve months, counting cases found to be the post's "
        "responsibility and complaints, appeals and petitions whose responsibility is not decided yet."
    ),
    "compensation": say("Compensation: by the day on which it was decided; a case counts once."),
    "claims": say(
        "Claims: opened, paid and refused by their days; open are those opened and neither paid nor ended by the "
        "reporting day."
    ),
    "praise": say("Praise: cases received in the month that are praise or bring words of praise, each once."),
    "fraud_prevented": say("Fraud prevented: by the day of the outcome; a case counts once."),
    "measures": say(
        "Measures: new by the day on which the problem was found (of the recording, where that is not known), due and "
        "finished by their days, overdue if their day had passed, unfinished, by the reporting day; withdrawn ones are "
        "neither due nor overdue."
    ),
    "previous_month": say("Previous month: the whole month before."),
    "same_month_last_year": say("Same month last year: the whole month a year before."),
    "year_to_date": say("Year to date: from 1 January to the end of the month."),
    "typed": say("Typed: totals entered by hand for months of which this desk holds no cases."),
}
