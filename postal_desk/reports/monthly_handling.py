"""Sections 3 to 5 of the monthly summary: how cases were handled, what was paid, what customers thought of it."""

from __future__ import annotations

from postal_desk.domain.summaries import Rate
from postal_desk.reports.document import Block, Paragraph
from postal_desk.reports.monthly_parts import Writing, noted, paragraph, share_of, table

LONGEST = 20  # overdue cases listed in the document; the workbook lists them all


def handling(writing: Writing) -> tuple[str, list[Block]]:
    """3: accepted, answered and closed in time, repeated cases, mean days, the overdue list."""
    summary, words = writing.summary, writing.words
    blocks: list[Block] = [_promptness(writing), _endings(writing)]
    if not summary.overdue_cases:
        text = words.t("No case was overdue at the end of {day}.", day=words.short_day(summary.as_of))
        blocks.append(paragraph(text, words=words))
        return words.t("How cases were handled"), blocks
    cases = summary.overdue_cases
    listed = cases[:LONGEST]
    overdue = len(cases)
    text = words.t(
        "Overdue and unanswered at the end of {day}: {cases}, the longest by {days}; the table lists them.",
        day=words.short_day(summary.as_of),
        cases=words.cases(overdue),
        days=words.days(cases[0].days),
    )
    rest = ""
    if overdue > len(listed):
        rest = words.t(
            "It shows the {n} longest overdue; all of them stand in the case list of the workbook.",
            n=len(listed),
        )
    blocks.append(paragraph(text, rest, words=words))
    columns = (
        (words.t("Number"), 25, "left"),
        (words.t("Category"), 22, "left"),
        (words.t("Outlet"), 17, "left"),
        (words.t("Handler"), 12, "left"),
        (words.t("Reply was due"), 14, "right"),
        (words.t("Days late"), 12, "right"),
    )
    rows = (
        (
            case.number,
            words.name(case.name),
            case.outlet or "—",
            case.handler or "—",
            case.due.isoformat(),
            str(case.days),
        )
        for case in listed
    )
    blocks.append(table(writing, words.t("Overdue cases"), columns, rows))
    return words.t("How cases were handled"), blocks


def _promptness(writing: Writing) -> Paragraph:
    summary, words = writing.summary, writing.words
    month = words.month_name(summary.month)
    accepted, in_time, closing = summary.acknowledged, summary.now.in_time, summary.now.closing
    sentences: list[tuple[str, str]] = []
    if accepted.whole:
        text = words.t(
            "Of the {n} received in {month}, {part} were accepted on the same day{mark}, a share of {percent}.",
            n=words.cases(accepted.whole),
            month=month,
            part=accepted.part,
            percent=words.percent(accepted.value),
        )
        sentences.append((text, "acknowledged_rate"))
    if not in_time.whole:
        sentences.append((words.t("No reply fell due in {month}.", month=month), ""))
        return noted(writing, sentences)
    text = words.t(
        "The last reply of {n} fell due in {month}; {part} were answered in time{mark}, a share of {percent}",
        n=words.cases(in_time.whole),
        month=month,
        part=in_time.part,
        percent=words.percent(in_time.value),
    )
    sentences.append((text, "in_time_rate"))
    end = words.short_day(summary.as_of)
    text = words.t(
        "; {part} were closed by {day}, a closing rate{mark} of {percent}.",
        part=closing.part,
        day=end,
        percent=words.percent(closing.value),
    )
    return _run_on(noted(writing, sentences), noted(writing, [(text, "closing_rate")]))


def _run_on(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two halves of one sentence, so that each can carry its own footnote."""
    return Paragraph(first.runs + second.runs)


def _endings(writing: Writing) -> Paragraph:
    summary, words = writing.summary, writing.words
    now = summary.now
    sentences: list[tuple[str, str]] = []
    if now.closed:
        first = summary.closed_first_time
        text = words.t(
            "Of the {n} closed, {part} were closed at the first time{mark}, a share of {percent}.",
            n=words.cases(first.whole),
            part=first.part,
            percent=words.percent(first.value),
        )
        sentences.append((text, "closed_first_time_rate"))
        text = words.t("Closing took {days} days on average{mark}.", days=words.mean(now.mean_days))
        sentences.append((text, "mean_days"))
    else:
        sentences.append((words.t("No case was closed in the month."), ""))
    if summary.repeated:
        text = words.t("Repeated cases{mark}: {n}.", n=summary.repeated)
    else:
        text = words.t("No case was a repeated one{mark}.")
    sentences.append((text, "repeated"))
    return noted(writing, sentences)


def compensation(writing: Writing) -> tuple[str, list[Block]]:
    """4: cases and yuan."""
    summary, words = writing.summary, writing.words
    month = words.month_name(summary.month)
    if summary.compensated:
        text = words.t(
            "In {month} compensation{mark} was paid in {cases}, {amount} in all.",
            month=month,
            cases=words.cases(summary.compensated),
            amount=words.money(summary.compensation),
        )
    else:
        text = words.t("In {month} no compensation was paid.", month=month)
    sentences = [(text, "compensation" if summary.compensated else "")]
    return words.t("Compensation"), [noted(writing, sentences), *_claims(writing)]


def _claims(writing: Writing) -> list[Block]:
    """What happened to claims, and how long those still open have waited; nothing where the desk keeps none."""
    found, words = writing.summary.claims, writing.words
    if not found.any:
        return []
    text = words.t(
        "Claims{mark}: {new} opened, {paid} paid ({amount}), {refused} refused.",
        new=found.new,
        paid=found.paid,
        amount=words.money(found.amount),
        refused=found.refused,
    )
    rest = words.t("None was open at the end of {day}.", day=words.short_day(writing.summary.as_of))
    if found.open:
        rest = words.t(
            "Open at the end of {day}: {open}, the oldest for {days}.",
            day=words.short_day(writing.summary.as_of),
            open=found.open,
            days=words.days(found.oldest_days or 0),
        )
    return [noted(writing, [(text, "claims"), (rest, "")])]


def opinion(writing: Writing) -> tuple[str, list[Block]]:
    """5: what the customers whose cases were closed thought of it."""
    summary, words = writing.summary, writing.words
    heading = words.t("Customers' opinion")
    if not summary.now.closed:
        return heading, [paragraph(words.t("No case was closed, so no opinion was asked."), words=words)]
    satisfaction = summary.now.satisfaction
    asked = Rate(satisfaction.whole, summary.now.closed)
    if not satisfaction.whole:
        text = words.t(
            "Of the {n} closed, no customer was asked for an opinion; the satisfaction rate{mark} is —.",
            n=words.cases(asked.whole),
        )
        return heading, [noted(writing, [(text, "satisfaction_rate")])]
    text = words.t(
        "Of the customers of the {n} closed, {asked} gave an opinion ({percent}).",
        n=words.cases(asked.whole),
        asked=asked.part,
        percent=words.percent(asked.value),
    )
    given = [row for row in summary.opinions if row.code != "not_asked" and row.cases]
    parts = words.listed(
        words.t("{name} {cases}", name=words.kind(row.name), cases=share_of(words, row.cases, asked.part))
        for row in given
    )
    sentences = [(text, ""), (words.t("Opinions: {parts}.", parts=parts), "")]
    text = words.t("The satisfaction rate{mark} is {rate}.", rate=words.rate(satisfaction))
    sentences.append((text, "satisfaction_rate"))
    return heading, [noted(writing, sentences)]
