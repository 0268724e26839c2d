"""The figures of a month, read from the desk into one ``Summary``; and the cases behind each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from postal_desk.domain import periods
from postal_desk.domain.closed_months import ClosedWithin
from postal_desk.domain.day_ranges import whole_months
from postal_desk.domain.month_ranges import Span, first_month, last_month, months_of
from postal_desk.domain.periods import Month, months_until
from postal_desk.domain.recurrences import Recurring
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import (
    POSITIVE_OPINIONS,
    ClaimFigures,
    MeasureFigures,
    Opinion,
    OutletFigures,
    OverdueCase,
    Part,
    Period,
    PraisedPerson,
    Rate,
    Recurrence,
    Summary,
    TrendMonth,
    TypicalCase,
)
from postal_desk.reports.personal import masked_case
from postal_desk.reports.summary_json import summary_to_json
from postal_desk.services import summary_records
from postal_desk.services.desk import Desk
from postal_desk.services.typed_totals import Totals
from postal_desk.store import (
    case_records,
    claim_records,
    closing_records,
    measure_records,
    record_queries,
)
from postal_desk.store import summary_queries as queries
from postal_desk.store.column_values import yuan
from postal_desk.store.work import Work

__all__ = ["summary", "summary_to_json"]

TREND = 13  # months: this one and the same of last year are the ends
LONGEST_TREND = 36
OUTLET_TREND = 6
ROLLING = 12  # months within which a problem counts as come back
NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class _Counts:
    """What the queries found about one month, or several."""

    month: Span
    received: list[queries.ReceivedNow]
    closed: list[queries.ClosedNow]
    open: list[queries.OpenCases]
    due: dict[str, queries.Due]
    categories_now: dict[str, int]  # typed ones only
    categories_before: dict[str, int]
    categories_last_year: dict[str, int]
    outlet_trend: list[dict[str, int]]
    recurring: list[Recurring]


def summary(desk: Desk, month: Span) -> Summary:
    """The figures of a month (or several months as one period) as they stand today; while it runs, ``as_of`` is today.

    Totals typed for months without cases are in what is compared, and in the figures of a period that holds such a
    month; what they are in is marked ``typed``.
    """
    as_of = periods.as_of(month, desk.today())
    span = _span(month)
    with desk.work() as work:
        totals = Totals(work)
        counts = _counts(work, month, as_of, totals)
        own = _period(work, span)
        now = totals.added(own, month)
        reopened = queries.closed_after_reopening(work, span)
        compensated, amount = queries.outcomes(work, "compensated", span)
        return Summary(
            month=month,
            branch=desk.branch.name,
            as_of=as_of,
            now=now,
            previous=_compared(work, totals, month.previous),
            last_year=_compared(work, totals, month.same_month_last_year),
            year_to_date=totals.added(_period(work, month.year_to_date), whole_months(*month.year_to_date)),
            in_progress=sum(row.cases for row in counts.open),
            overdue=sum(row.overdue for row in counts.open),
            acknowledged=Rate(sum(row.accepted for row in counts.received), own.received),
            closed_first_time=Rate(own.closed - reopened, own.closed),
            repeated=len(queries.repeated_numbers(work, span)),
            opinions=_opinions(counts, desk.rules),
            due_next=queries.due_and_unanswered(work, _next_span(month, as_of), as_of),
            by_category=_by_category(counts, desk.rules),
            by_kind=_parts(counts, attrgetter("kind"), _names(desk.rules, "kinds")),
            by_channel=_parts(counts, attrgetter("channel"), _names(desk.rules, "channels")),
            by_business=_parts(counts, attrgetter("business"), _names(desk.rules, "business")),
            by_outlet=_by_outlet(counts, desk.rules),
            compensated=compensated,
            compensation=amount,
            praise=sum(row.praised for row in counts.received),
            measures=MeasureFigures(*measure_records.counts(work, *span, as_of)),
            measure_lines=summary_records.measure_lines(work, *span, as_of),
            errors=summary_records.error_lines(work, desk.rules, *span),
            called=summary_records.called_lines(desk, work, as_of),
            claims=_claims(work, span, as_of),
            praised=tuple(PraisedPerson(*row) for row in queries.praised_people(work, span)),
            fraud_prevented=queries.outcomes(work, "fraud_prevented", span)[0],
            overdue_cases=tuple(
                _overdue(row, as_of, desk.rules) for row in queries.overdue_cases(work, as_of)
            ),
            typical=_typical(work, span, desk.rules),
            trend=tuple(_trend_month(work, totals, each) for each in _trend_months(month)),
            closed_months=_closed_within(work, totals, month),
        )


def rolling_span(month: Span) -> queries.Span:
    """The twelve months within which a problem counts as come back; all of a longer period."""
    return min(months_until(last_month(month), ROLLING)[0], first_month(month)).first, month.last


def _compared(work: Work, totals: Totals, month: Span) -> Period:
    return totals.added(_period(work, _span(month)), month)


def _trend_months(month: Span) -> Iterable[Month]:
    """Thirteen months; of a longer period all of them, as far as bars can still be told apart."""
    return months_until(last_month(month), min(max(TREND, len(months_of(month))), LONGEST_TREND))


def _closed_within(work: Work, totals: Totals, month: Span) -> tuple[ClosedWithin, ...]:
    if isinstance(month, Month):
        return ()
    known, found = closing_records.closed_months(work), []
    for each in months_of(month):
        closing = closing_records.newest(work, each) if str(each) in known else None
        if closing is not None:
            frozen, now = closing.summary.now, _compared(work, totals, each)
            counts = (frozen.received, frozen.closed, now.received, now.closed)
            found.append(ClosedWithin(each, closing.number, closing.revision, *counts, frozen != now))
    return tuple(found)


def _trend_month(work: Work, totals: Totals, month: Month) -> TrendMonth:
    if (typed := totals.of(month)) is not None:
        return TrendMonth(month, typed.received, typed.closed, typed=True)
    span = _span(month)
    return TrendMonth(month, queries.received_count(work, span), queries.closed_count(work, span))


def _counts(work: Work, month: Span, as_of: date, totals: Totals) -> _Counts:
    span = _span(month)
    previous, last_year = month.previous, month.same_month_last_year
    return _Counts(
        month=month,
        received=queries.received(work, span),
        closed=queries.closed(work, span),
        open=queries.open_cases(work, as_of),
        due=queries.due_by_outlet(work, span),
        categories_now=totals.categories({}, month),
        categories_before=totals.categories(queries.received_by_category(work, _span(previous)), previous),
        categories_last_year=totals.categories(
            queries.received_by_category(work, _span(last_year)), last_year
        ),
        outlet_trend=[
            queries.received_by_outlet(work, _span(each))
            for each in months_until(last_month(month), OUTLET_TREND)
        ],
        recurring=_recurring(work, month),
    )


def _recurring(work: Work, month: Span) -> list[Recurring]:
    """Problems that came back within the rolling months, and in this one; most often first."""
    found = work.once(record_queries.recurring_cases, *rolling_span(month))
    return sorted(
        (one for one in found if one.last >= month.first), key=lambda one: (-one.times, one.category)
    )


def _span(month: Span) -> queries.Span:
    return month.first, month.last


def _next_span(month: Span, as_of: date) -> queries.Span:
    """The next month; while this one runs, what is left of it."""
    return (month.next.first, month.next.last) if as_of >= month.last else (as_of, month.last)


def _period(work: Work, span: queries.Span) -> Period:
    """The figures that are compared; ``closing`` is by the end of the span."""
    closed = queries.closed_totals(work, span)
    due = queries.due(work, span)
    return Period(
        received=queries.received_count(work, span),
        closed=closed.cases,
        days=closed.days,
        closing=Rate(due.closed, due.cases),
        in_time=Rate(due.in_time, due.cases),
        satisfaction=Rate(closed.positive, closed.asked),
    )


def _claims(work: Work, span: queries.Span, as_of: date) -> ClaimFigures:
    found = claim_records.totals(work, *span, as_of)
    oldest = (as_of - date.fromisoformat(found.oldest)).days if found.oldest else None
    amount = yuan(found.amount)
    assert amount is not None
    return ClaimFigures(found.new, found.paid, amount, found.refused, found.open, oldest)


def _names(rules: Rules, list_name: str) -> dict[str, Label]:
    """The codes of a list with their names, in the list's order."""
    return {code: entry.name for code, entry in rules.codes[list_name].items()}


def _parts(
    counts: _Counts,
    code_of: Callable[[queries.ReceivedNow | queries.ClosedNow | queries.OpenCases], str],
    names: dict[str, Label],
) -> tuple[Part, ...]:
    """A breakdown: every known code in order, then any that only cases know (``""``: not stated)."""
    received: Counter[str] = Counter()
    responsible: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for row in counts.received:
        received[code_of(row)] += row.cases
        responsible[code_of(row)] += row.responsible
    for done in counts.closed:
        closed[code_of(done)] += done.cases
    for still in counts.open:
        overdue[code_of(still)] += still.overdue
    return tuple(
        Part(code, name, received[code], closed[code], overdue[code], responsible=responsible[code])
        for code, name in _with_unknown(names, (received, closed, +overdue)).items()
    )


def _with_unknown(names: dict[str, Label], found: Iterable[Iterable[str]]) -> dict[str, Label]:
    unknown = sorted({code for codes in found for code in codes} - names.keys())
    return names | {code: Label(code, code) if code else Label("未注明", "Not stated") for code in unknown}


def _by_category(counts: _Counts, rules: Rules) -> tuple[Part, ...]:
    before, last_year = counts.categories_before, counts.categories_last_year
    typed = counts.categories_now
    names = _with_unknown({top.code: top.name for top in rules.top_categories()}, (before, last_year, typed))
    parts = _parts(counts, attrgetter("category"), dict(sorted(names.items())))
    return tuple(
        Part(
            part.code,
            part.name,
            part.received + typed.get(part.code, 0),
            part.closed,
            part.overdue,
            before.get(part.code, 0),
            last_year.get(part.code, 0),
            part.responsible,
        )
        for part in parts
    )


def _by_outlet(counts: _Counts, rules: Rules) -> tuple[OutletFigures, ...]:
    """The outlets that received, closed, owed or had overdue cases in the month, by received, most first."""
    received, praise, closed, overdue = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for now in counts.received:
        received[now.outlet] += now.cases
        praise[now.outlet] += now.praised
    for done in counts.closed:
        closed[done.outlet] += done.cases
    for still in counts.open:
        overdue[still.outlet] += still.overdue
    satisfaction = _satisfaction(counts.closed)
    again: defaultdict[str, list[Recurrence]] = defaultdict(list)
    for found in counts.recurring:
        name = rules.category_name(found.category)
        again[found.outlet].append(Recurrence(found.category, name, found.times))
    outlets = [
        OutletFigures(
            outlet,
            received[outlet],
            closed[outlet],
            overdue[outlet],
            _in_time(counts.due.get(outlet)),
            satisfaction.get(outlet, Rate()),
            tuple(again[outlet]),
            tuple(month.get(outlet, 0) for month in counts.outlet_trend),
            praise[outlet],
        )
        for outlet in received.keys() | closed.keys() | (+overdue).keys() | counts.due.keys()
    ]
    return tuple(sorted(outlets, key=lambda row: (-row.received, row.outlet == "", row.outlet)))


def _in_time(due: queries.Due | None) -> Rate:
    return Rate(due.in_time, due.cases) if due else Rate()


def _satisfaction(closed: list[queries.ClosedNow]) -> dict[str, Rate]:
    asked, positive = Counter[str](), Counter[str]()
    for row in closed:
        if row.opinion not in ("", NOT_ASKED):
            asked[row.outlet] += row.cases
            if row.opinion in POSITIVE_OPINIONS:
                positive[row.outlet] += row.cases
    return {outlet: Rate(positive[outlet], count) for outlet, count in asked.items()}


def _opinions(counts: _Counts, rules: Rules) -> tuple[Opinion, ...]:
    found: Counter[str] = Counter()
    for row in counts.closed:
        found[row.opinion or NOT_ASKED] += row.cases
    names = _with_unknown(_names(rules, "opinions"), (found,))
    return tuple(Opinion(code, name, found[code]) for code, name in names.items())


def _overdue(row: queries.Overdue, as_of: date, rules: Rules) -> OverdueCase:
    name = rules.category_name(row.category)
    return OverdueCase(
        row.number, row.category, name, row.outlet, row.handler, row.due, (as_of - row.due).days
    )


def _typical(work: Work, span: queries.Span, rules: Rules) -> tuple[TypicalCase, ...]:
    """The released cases, masked here: nothing that a summary carries names a customer."""
    numbers = queries.typical_numbers(work, span)
    placed = case_records.by_numbers(work, numbers)
    found = []
    for number in numbers:
        case = masked_case(placed[number].case, rules)
        assert case.closed_on is not None  # the query asked for closed ones
        found.append(
            TypicalCase(
                number,
                case.subject,
                case.narrative,
                case.category,
                rules.category_name(case.category),
                case.outlet,
                case.opened_on,
                case.closed_on,
                tuple(d.kind for d in case.dispositions),
                tuple(rules.name("dispositions", d.kind) for d in case.dispositions),
            )
        )
    return tuple(found)
