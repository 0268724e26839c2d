"""Section 10 of the monthly summary: the problems that the figures show, and the work that follows from each."""

from __future__ import annotations

from collections.abc import Iterator

from postal_desk.domain.summaries import OutletFigures, Recurrence, rises
from postal_desk.reports.document import Block, Heading
from postal_desk.reports.monthly_outlets import recurrence_text
from postal_desk.reports.monthly_parts import Writing, paragraph, recorded

#: Level-1 categories whose growth is no problem: consultation, suggestion, praise.
WELCOME = frozenset({"16", "17", "18"})
NAMED = 3


def outlook(writing: Writing) -> tuple[str, list[Block]]:
    """10: what rose, what is overdue, what came back, who was dissatisfied; and what is to be done about each."""
    words = writing.words
    found = [pair for pair in _problems(writing) if pair is not None]
    blocks: list[Block] = [Heading(words.ordinal(1, 2) + words.t("Problems"), 2)]
    if found:
        blocks += [paragraph(_numbered(n, problem), words=words) for n, (problem, _) in enumerate(found, 1)]
    else:
        text = words.t(
            "The figures show no problem: nothing is overdue, no problem came back, no category rose markedly "
            "and no customer was dissatisfied."
        )
        blocks.append(paragraph(text, words=words))
    blocks.append(Heading(words.ordinal(2, 2) + words.t("Next month"), 2))
    work = [step for _, step in found]
    work.append(_due_next(writing))
    blocks += [paragraph(_numbered(n, step), words=words) for n, step in enumerate(work, 1)]
    return words.t("Problems and next month"), blocks


def _numbered(number: int, text: str) -> str:
    return f"{number}. {text}"


def _problems(writing: Writing) -> Iterator[tuple[str, str] | None]:
    yield _overdue(writing)
    yield _late(writing)
    yield _risen(writing)
    yield _recurring(writing)
    yield _dissatisfied(writing)
    yield _unasked(writing)


def _overdue(writing: Writing) -> tuple[str, str] | None:
    summary, words = writing.summary, writing.words
    cases = summary.overdue_cases
    if not cases:
        return None
    where = sorted({case.outlet for case in cases if case.outlet})
    problem = words.t(
        "Overdue and unanswered: {cases}, the longest by {days}.",
        cases=words.cases(len(cases)),
        days=words.days(cases[0].days),
    )
    if where:
        named = words.listed(where[:NAMED]) + (words.t(" and others") if len(where) > NAMED else "")
        problem = words.joined((problem, words.t("Outlets concerned: {outlets}.", outlets=named)))
    nobody = sum(1 for case in cases if not case.handler)
    step = words.t("Answer the overdue cases one by one, the longest overdue first.")
    if nobody:
        named_first = words.t("Name a handler for those that have none ({n}).", n=words.cases(nobody))
        step = words.joined((step, named_first))
    return problem, step


def _late(writing: Writing) -> tuple[str, str] | None:
    summary, words = writing.summary, writing.words
    rate = summary.now.in_time
    late = rate.whole - rate.part
    if not summary.finished or late <= 0:
        return None
    problem = words.t(
        "Not answered in time: {n} of the {whole} whose last reply fell due in the month.",
        n=late,
        whole=words.cases(rate.whole),
    )
    return problem, words.t("Look daily at the cases that fall due soon, and remind their handlers.")


def _risen(writing: Writing) -> tuple[str, str] | None:
    summary, words = writing.summary, writing.words
    if not summary.finished or not recorded(summary.previous):
        return None
    grown = [part for part in rises(summary.by_category) if part.code not in WELCOME][:NAMED]
    if not grown:
        return None
    parts = words.listed(
        words.t(
            "{name} from {before} to {now}",
            name=words.kind(part.name),
            before=part.previous,
            now=part.received,
        )
        for part in grown
    )
    names = words.listed(words.kind(part.name) for part in grown)
    problem = words.t("More cases than the month before: {parts}.", parts=parts)
    step = words.t(
        "Go through this month's cases of {names}, find the cause of the rise and answer it.", names=names
    )
    return problem, step


def _recurring(writing: Writing) -> tuple[str, str] | None:
    words = writing.words
    found = _worst(writing.summary.by_outlet)
    if not found:
        return None
    row, recurrence = found[0]
    problem = words.t(
        "Problems that came back in the month (twelve months): {n}, most often at {outlet}: {problem}.",
        n=len(found),
        outlet=row.outlet,
        problem=recurrence_text(words, recurrence),
    )
    step = words.t(
        "Check the problems that came back against the standard, outlet by outlet, and record a measure for each."
    )
    return problem, step


def _worst(rows: tuple[OutletFigures, ...]) -> list[tuple[OutletFigures, Recurrence]]:
    found = [(row, recurrence) for row in rows if row.outlet for recurrence in row.recurrences]
    return sorted(found, key=lambda pair: (-pair[1].times, pair[0].outlet, pair[1].category))


def _dissatisfied(writing: Writing) -> tuple[str, str] | None:
    summary, words = writing.summary, writing.words
    satisfaction = summary.now.satisfaction
    unhappy = satisfaction.whole - satisfaction.part
    if not unhappy:
        return None
    problem = words.t("Customers not satisfied with how their case ended: {n}.", n=unhappy)
    return problem, words.t("Call these customers back and record what they still miss.")


def _unasked(writing: Writing) -> tuple[str, str] | None:
    summary, words = writing.summary, writing.words
    unasked = summary.now.closed - summary.now.satisfaction.whole
    if not unasked:
        return None
    problem = words.t("Closed without the customer's opinion: {cases}.", cases=words.cases(unasked))
    return problem, words.t("Ask for the customer's opinion before a case is closed.")


def _due_next(writing: Writing) -> str:
    summary, words = writing.summary, writing.words
    month = summary.month.next if summary.finished else summary.month
    if not summary.due_next:
        return words.t("No unanswered case falls due in {month}.", month=words.month_name(month))
    if not summary.finished:
        return words.t(
            "Still to be answered by the end of {month}: {cases}.",
            month=words.month_name(month),
            cases=words.cases(summary.due_next),
        )
    return words.t(
        "Falling due in {month} and not answered yet: {cases}.",
        month=words.month_name(month),
        cases=words.cases(summary.due_next),
    )
