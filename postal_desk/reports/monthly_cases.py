"""Sections 1 and 2 of the monthly summary: the month as a whole, and what the cases were about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from postal_desk.domain.day_ranges import DayRange
from postal_desk.domain.month_ranges import MonthRange, last_month
from postal_desk.domain.periods import Month
from postal_desk.domain.summaries import DEFINITIONS, Part, Period, Summary, TrendMonth, largest, rises
from postal_desk.reports.charts import CategoryBars, MonthBars, Series
from postal_desk.reports.closed_within import closed_notes
from postal_desk.reports.document import Block, Heading, Paragraph, Picture, Run, Table, Tile, Tiles
from postal_desk.reports.monthly_parts import (
    Writing,
    months_between,
    moved,
    moved_in_a_year,
    noted,
    paragraph,
    recorded,
    share_of,
    table,
)
from postal_desk.reports.words import NONE, Words

_TREND = 13  # months of the trend, where the period is no longer
TYPED = "*"  # after a figure that comes from totals typed in
MOST = 3  # categories named in the sentence; the table has them all


def overall(writing: Writing) -> tuple[str, list[Block]]:
    """1: received, closed, in progress, against last month, last year and the year so far."""
    summary, words = writing.summary, writing.words
    blocks: list[Block] = []
    if writing.plain:
        blocks.append(_tiles(writing))
    blocks.append(_received_and_closed(writing))
    to_date = words.t(
        "From {months} the branch received {received} and closed {closed} in all.",
        months=_to_date(summary, words),
        received=words.cases(summary.year_to_date.received),
        closed=words.cases(summary.year_to_date.closed),
    )
    told = [(_in_progress(writing), "overdue")]
    blocks.append(noted(writing, told if _whole_year(summary) else [*told, (to_date, "")]))
    blocks.append(_comparison(writing))
    if summary.typed:
        blocks.append(Paragraph((Run(TYPED + " " + words.tell(DEFINITIONS["typed"])),), "note"))
    blocks += [Paragraph((Run(text),), "note") for text in closed_notes(summary, words.language)]
    if writing.plain:
        chart = trend_chart(summary.trend, words)
        number, months = writing.picture_number(), longer_trend(summary.trend, words)
        caption = (
            words.t("Figure {n}. Received and closed, {months}", n=number, months=months)
            if months
            else words.t("Figure {n}. Received and closed, the last thirteen months", n=number)
        )
        blocks.append(Picture(chart, caption, 58))
    return words.t("The month as a whole"), blocks


def _whole_year(summary: Summary) -> bool:
    """True for a year: what it counts is the year to date, and the year before is the period before."""
    return isinstance(summary.month, MonthRange) and summary.month.kind == "year"


def _to_date(summary: Summary, words: Words) -> str:
    """The months of the year so far; days where the period does not end with a month."""
    first, last = summary.month.year_to_date
    if isinstance(summary.month, DayRange):
        return f"{words.short_day(first)}{'至' if words.chinese else ' to '}{words.short_day(last)}"
    return months_between(words, Month.of(first), last_month(summary.month))


def _received_and_closed(writing: Writing) -> Paragraph:
    summary, words = writing.summary, writing.words
    now, before, last_year = summary.now, summary.previous, summary.last_year
    if _whole_year(summary) and summary.finished:
        return _year_received_and_closed(writing)
    if not summary.finished:
        days = {"first": words.short_day(summary.month.first), "last": words.short_day(summary.as_of)}
        if _whole_year(summary):
            received = words.t(
                "From {first} to {last} the branch received{mark} {cases} (the whole of the year before: {before}).",
                **days,
                cases=words.cases(now.received),
                before=before.received,
            )
        else:
            received = words.t(
                "From {first} to {last} the branch received{mark} {cases} (the whole of the month before: {before}; "
                "the whole of the same month last year: {last_year}).",
                **days,
                cases=words.cases(now.received),
                before=before.received,
                last_year=last_year.received,
            )
        closed = words.t("It closed{mark} {cases}.", cases=words.cases(now.closed))
        return noted(writing, [(received, "received"), (closed, "closed")])
    received = words.t(
        "In {month} the branch received{mark} {cases} of customer service, {previous}, {last_year}.",
        month=words.month_name(summary.month),
        cases=words.cases(now.received),
        previous=moved(words, now.received, before.received, recorded(before)),
        last_year=moved_in_a_year(words, now.received, last_year.received, recorded(last_year)),
    )
    closed = words.t(
        "It closed{mark} {cases}, {previous}, {last_year}.",
        cases=words.cases(now.closed),
        previous=moved(words, now.closed, before.closed, recorded(before)),
        last_year=moved_in_a_year(words, now.closed, last_year.closed, recorded(last_year)),
    )
    return noted(writing, [(received, "received"), (closed, "closed")])


def _year_received_and_closed(writing: Writing) -> Paragraph:
    """A year has one comparison only: the year before is the same period last year."""
    summary, words = writing.summary, writing.words
    now, before = summary.now, summary.previous
    received = words.t(
        "In {month} the branch received{mark} {cases} of customer service, {last_year}.",
        month=words.month_name(summary.month),
        cases=words.cases(now.received),
        last_year=moved_in_a_year(words, now.received, before.received, recorded(before)),
    )
    closed = words.t(
        "It closed{mark} {cases}, {last_year}.",
        cases=words.cases(now.closed),
        last_year=moved_in_a_year(words, now.closed, before.closed, recorded(before)),
    )
    return noted(writing, [(received, "received"), (closed, "closed")])


def _in_progress(writing: Writing) -> str:
    summary, words = writing.summary, writing.words
    day, cases = words.short_day(summary.as_of), words.cases(summary.in_progress)
    if not summary.in_progress:
        return words.t("At the end of {day} no case was in progress.", day=day)
    if not summary.overdue:
        return words.t(
            "In progress at the end of {day}: {cases}, none of them overdue{mark}.", day=day, cases=cases
        )
    return words.t(
        "In progress at the end of {day}: {cases}, {n} of them overdue{mark}.",
        day=day,
        cases=cases,
        n=summary.overdue,
    )


def _tiles(writing: Writing) -> Tiles:
    summary, words = writing.summary, writing.words
    now, before = summary.now, summary.previous
    return Tiles(
        (
            Tile(
                words.t("Received"),
                str(now.received),
                words.t("month before {n}", n=_marked(str(before.received), before)),
            ),
            Tile(words.t("Closing rate"), words.percent(now.closing.value), _counts(now.closing.pair)),
            Tile(words.t("Answered in time"), words.percent(now.in_time.value), _counts(now.in_time.pair)),
            Tile(words.t("Mean days to close"), words.mean(now.mean_days), words.cases(now.closed)),
            Tile(
                words.t("Satisfaction"), words.percent(now.satisfaction.value), _counts(now.satisfaction.pair)
            ),
        )
    )


def _counts(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}"


def _comparison(writing: Writing) -> Table:
    """The figures of the month beside those of the month before, of a year before and of the year so far."""
    summary, words = writing.summary, writing.words
    columns = [
        (words.t("This month"), 20, summary.now),
        (words.t("Month before"), 20, summary.previous),
        (words.t("Same month last year"), 20, summary.last_year),
        (words.t("Year to date"), 22, summary.year_to_date),
    ]
    if _whole_year(summary):
        del columns[2:]

    def cell(show: Callable[[Period], str], of: Period) -> str:
        told = of is summary.now or recorded(of)  # this month's nought is a figure
        return _marked(show(of), of) if told else NONE

    def row(name: str, show: Callable[[Period], str]) -> tuple[str, ...]:
        return (name, *(cell(show, of) for _head, _width, of in columns))

    rows = (
        row(words.t("Received (cases)"), lambda period: str(period.received)),
        row(words.t("Closed (cases)"), lambda period: str(period.closed)),
        row(words.t("Closing rate"), lambda period: words.cell_rate(period.closing)),
        row(words.t("Answered in time"), lambda period: words.cell_rate(period.in_time)),
        row(words.t("Mean days to close"), lambda period: words.mean(period.mean_days)),
        row(words.t("Satisfaction"), lambda period: words.cell_rate(period.satisfaction)),
    )
    heads = ((words.t("Figure"), 20, "left"), *((head, width, "right") for head, width, _of in columns))
    return table(writing, words.t("Main figures"), heads, rows)


def _marked(text: str, period: Period) -> str:
    """What a cell says of a period, with the sign of totals typed in."""
    return text + TYPED if period.typed and text != NONE else text


def breakdown(writing: Writing) -> tuple[str, list[Block]]:
    """2: by category, kind, channel and business."""
    summary, words = writing.summary, writing.words
    heading = words.t("What the cases were about")
    if not summary.now.received:
        return heading, [paragraph(words.t("No case was received in the month."), words=words)]
    blocks: list[Block] = [Heading(words.ordinal(1, 2) + words.t("By category"), 2)]
    blocks.append(paragraph(*_categories(writing), words=words))
    blocks.append(_category_table(writing))
    if writing.plain:
        top = largest(summary.by_category)[:10]
        caption = words.t("Figure {n}. Cases received by category", n=writing.picture_number())
        blocks.append(Picture(category_chart(top, words), caption, 10 + 6 * len(top)))
    blocks.append(Heading(words.ordinal(2, 2) + words.t("By kind, channel and business"), 2))
    by_kind = words.t("By kind: {parts}.", parts=listed_parts(words, summary.by_kind, summary.now.received))
    channels = listed_parts(words, summary.by_channel, summary.now.received)
    by_channel = words.t("By channel: {parts}.", parts=channels)
    business = listed_parts(words, summary.by_business, summary.now.received)
    by_business = words.t("By business: {parts}.", parts=business)
    blocks.append(paragraph(by_kind, by_channel, by_business, words=words))
    return heading, blocks


def _categories(writing: Writing) -> list[str]:
    summary, words = writing.summary, writing.words
    parts = largest(summary.by_category)
    whole = summary.now.received
    named = words.listed(
        words.t(
            "{name} with {cases}", name=words.kind(part.name), cases=share_of(words, part.received, whole)
        )
        for part in parts[:MOST]
    )
    if len(parts) <= MOST:
        sentences = [words.t("The cases concerned {parts}.", parts=named)]
    else:
        together = sum(part.received for part in parts[:MOST])
        sentences = [
            words.t(
                "Most cases concerned {parts}, together {percent} of all.",
                parts=named,
                percent=words.percent(together / whole),
            )
        ]
    grown = rises(summary.by_category)[:MOST] if summary.finished and recorded(summary.previous) else []
    if grown:
        growth = words.listed(
            words.t(
                "{name} (by {n}, to {now})",
                name=words.kind(p.name),
                n=p.received - p.previous,
                now=p.received,
            )
            for p in grown
        )
        sentences.append(words.t("The largest rises on the month before were {parts}.", parts=growth))
    return sentences


def _category_table(writing: Writing) -> Table:
    summary, words = writing.summary, writing.words
    parts = [part for part in summary.by_category if not part.empty]
    whole = summary.now.received
    rows: list[tuple[str, ...]] = [
        (
            words.name(part.name),
            str(part.received),
            words.percent(part.received / whole),
            str(part.responsible),
            _marked(str(part.previous), summary.previous),
            _marked(str(part.last_year), summary.last_year),
            str(part.closed),
            str(part.overdue),
        )
        for part in parts
    ]
    sums = tuple(
        str(sum(getattr(part, name) for part in parts))
        for name in ("responsible", "previous", "last_year", "closed", "overdue")
    )
    rows.append((words.t("Total"), str(whole), words.percent(1.0), *sums))
    columns: tuple[tuple[str, float, str], ...] = (
        (words.t("Category"), 24, "left"),
        (words.t("Received"), 12, "right"),
        (words.t("Share of all"), 11, "right"),
        (words.t("At fault"), 10, "right"),
        (words.t("Month before"), 11, "right"),
        (words.t("Year before"), 12, "right"),
        (words.t("Closed"), 10, "right"),
        (words.t("Overdue"), 12, "right"),
    )
    if _whole_year(summary):  # the year before is the period before: one column says it
        columns = (*columns[:5], *columns[6:])
        rows = [(*row[:5], *row[6:]) for row in rows]
    return table(writing, words.t("Cases by category"), columns, rows, total=True)


def listed_parts(words: Words, parts: Sequence[Part], whole: int) -> str:
    """The parts that received something, most first, each with its count and share."""
    return words.listed(
        words.t("{name} {cases}", name=words.kind(part.name), cases=share_of(words, part.received, whole))
        for part in largest(parts)
    )


def longer_trend(trend: Sequence[TrendMonth], words: Words) -> str:
    """From when to when the trend of a longer period goes; empty for the usual thirteen months."""
    if len(trend) <= _TREND:
        return ""
    return words.name(MonthRange(trend[0].month, trend[-1].month).label)


def trend_chart(trend: Sequence[TrendMonth], words: Words) -> MonthBars:
    """Received and closed by month."""
    return MonthBars(
        labels=tuple(words.month_tick(row.month) + (TYPED if row.typed else "") for row in trend),
        series=(
            Series(words.t("Received"), tuple(row.received for row in trend), "primary_soft"),
            Series(words.t("Closed"), tuple(row.closed for row in trend), "primary"),
        ),
        keys=tuple(str(row.month) for row in trend),
    )


def category_chart(parts: Sequence[Part], words: Words) -> CategoryBars:
    """What was received, by category."""
    return CategoryBars(
        labels=tuple(words.name(part.name) for part in parts),
        values=tuple(part.received for part in parts),
        keys=tuple(part.code for part in parts),
    )
