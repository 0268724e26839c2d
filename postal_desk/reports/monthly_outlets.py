"""Sections 6, 7 and 9 of the monthly summary: the outlets, typical cases, praise."""

from __future__ import annotations

from postal_desk.domain.summaries import OutletFigures, Recurrence, TypicalCase, ranks
from postal_desk.reports.document import Block, Heading, Paragraph, Run, Table
from postal_desk.reports.monthly_measures import at_limit
from postal_desk.reports.monthly_parts import Writing, noted, paragraph, table
from postal_desk.reports.words import NONE, Words

SHOWN = 1  # recurrences named in an outlet's row; the sentence below the table names more
NAMED = 5  # recurrences named in the sentence
STORY = 600  # code points of a typical case's narrative; what is longer says where the rest stands


def outlets(writing: Writing) -> tuple[str, list[Block]]:
    """6: each outlet with its place, and the problems that came back."""
    summary, words = writing.summary, writing.words
    heading = words.t("The outlets")
    if not summary.by_outlet:
        return heading, [paragraph(words.t("No case of the month names an outlet."), words=words)]
    places = ranks(summary.by_outlet)
    blocks: list[Block] = []
    sentences: list[tuple[str, str]] = []
    busiest = summary.by_outlet[0]
    if busiest.received:
        text = words.t(
            "{outlet} received most cases ({n}).",
            outlet=_outlet(words, busiest),
            n=words.cases(busiest.received),
        )
        sentences.append((text, ""))
    first = [row.outlet for row in summary.by_outlet if places.get(row.outlet) == 1]
    if first:
        text = words.t(
            "The ranks go by answering in time, then by fewer overdue cases, then by satisfaction; "
            "{outlets} came first.",
            outlets=words.listed(first[:NAMED]),
        )
        sentences.append((text, ""))
    blocks.append(noted(writing, sentences))
    blocks.append(_outlet_table(writing, places))
    blocks.append(_recurrence_sentence(writing))
    blocks += at_limit(writing)
    return heading, blocks


def _outlet(words: Words, row: OutletFigures) -> str:
    return row.outlet or words.t("(no outlet)")


def _outlet_table(writing: Writing, places: dict[str, int]) -> Table:
    summary, words = writing.summary, writing.words
    ordered = sorted(
        summary.by_outlet,
        key=lambda row: (places.get(row.outlet, len(places) + 1), -row.received, row.outlet),
    )
    rows = [
        (
            str(places.get(row.outlet, NONE)),
            _outlet(words, row),
            str(row.received),
            str(row.closed),
            str(row.overdue),
            words.cell_rate(row.in_time),
            words.cell_rate(row.satisfaction),
            _recurrence_cell(words, row.recurrences),
        )
        for row in ordered
    ]
    count = 8 if words.chinese else 12.5  # English heads are long
    columns = (
        (words.t("Rank"), 8, "centre"),
        (words.t("Outlet"), 18, "left"),
        (words.t("Received"), count, "right"),
        (words.t("Closed"), count, "right"),
        (words.t("Overdue"), count, "right"),
        (words.t("In time"), 18, "right"),
        (words.t("Satisfaction"), 18, "right"),
        (words.t("Recurring problems"), 23, "left"),
    )
    return table(writing, words.t("The outlets"), columns, rows)


def _recurrence_cell(words: Words, found: tuple[Recurrence, ...]) -> str:
    if not found:
        return NONE
    shown = "\n".join(recurrence_text(words, recurrence) for recurrence in found[:SHOWN])
    more = len(found) - SHOWN
    return shown + ("\n" + words.t("and {n} more", n=more) if more > 0 else "")


def recurrence_text(words: Words, recurrence: Recurrence) -> str:
    """``misdelivery, time 3``; a child category goes by its own name."""
    name = words.name(recurrence.name).rpartition(" › ")[2]
    return words.t("{name} ({n} times)", name=name, n=recurrence.times)


def _recurrence_sentence(writing: Writing) -> Paragraph:
    summary, words = writing.summary, writing.words
    found = [(row, recurrence) for row in summary.by_outlet if row.outlet for recurrence in row.recurrences]
    if not found:
        text = words.t("No problem came back{mark} in the month (same outlet, twelve months).")
        return noted(writing, [(text, "recurrences")])
    found.sort(key=lambda pair: (-pair[1].times, pair[0].outlet, pair[1].category))
    parts = words.listed(
        words.t("{outlet}: {problem}", outlet=row.outlet, problem=recurrence_text(words, recurrence))
        for row, recurrence in found[:NAMED]
    )
    if len(found) > NAMED:
        text = words.t(
            "Problems that came back{mark} in the month (same outlet, twelve months): {n} in all, among them {parts}.",
            n=len(found),
            parts=parts,
        )
    else:
        text = words.t(
            "Problems that came back{mark} in the month (same outlet, twelve months): {parts}.",
            parts=parts,
        )
    return noted(writing, [(text, "recurrences")])


def typical(writing: Writing) -> tuple[str, list[Block]]:
    """7: the closed cases of the month that somebody released, masked."""
    summary, words = writing.summary, writing.words
    heading = words.t("Typical cases")
    if not summary.typical:
        return heading, [paragraph(words.t("No typical case was released in the month."), words=words)]
    blocks: list[Block] = []
    for number, case in enumerate(summary.typical, 1):
        blocks.append(Heading(words.ordinal(number, 2) + case.subject, 2))
        blocks += [Paragraph((Run(line),)) for line in _story(case, words)]
        blocks.append(paragraph(_ending(case, words), words=words))
    return heading, blocks


def _story(case: TypicalCase, words: Words) -> list[str]:
    lines = [line.strip() for line in case.narrative.splitlines() if line.strip()]
    shown: list[str] = []
    room = STORY
    for line in lines:
        if len(line) > room:
            stop = max(line.rfind(mark, 0, room) for mark in "。！？.!?") + 1
            rest = words.t("(The whole story stands in case {number}.)", number=case.number)
            return [*shown, words.joined((line[: stop or room], rest))]
        shown.append(line)
        room -= len(line)
    return shown


def _ending(case: TypicalCase, words: Words) -> str:
    outcomes = words.listed(words.kind(label) for label in case.outcomes)
    return words.t(
        "Case {number}, opened {opened}, closed {closed} ({days}). Outcome: {outcomes}.",
        number=case.number,
        opened=words.short_day(case.opened_on),
        closed=words.short_day(case.closed_on),
        days=words.days((case.closed_on - case.opened_on).days),
        outcomes=outcomes or NONE,
    )


def praise(writing: Writing) -> tuple[str, list[Block]]:
    """9: praise by outlet and by who handled it, and frauds prevented. Staff may be named; customers never are."""
    summary, words = writing.summary, writing.words
    sentences: list[tuple[str, str]] = []
    if summary.praise:
        rows = sorted(
            (row for row in summary.by_outlet if row.praise), key=lambda row: (-row.praise, row.outlet)
        )
        parts = words.listed(
            words.t("{name} {cases}", name=_outlet(words, row), cases=words.cases(row.praise)) for row in rows
        )
        text = words.t(
            "Praise{mark} came in with {cases} ({parts}).", cases=words.cases(summary.praise), parts=parts
        )
        sentences.append((text, "praise"))
        if summary.praised:
            named = words.listed(
                words.t("{name} ({cases})", name=person.name, cases=words.cases(person.cases))
                for person in summary.praised[:NAMED]
            )
            text = words.t("Praised in the cases they handled: {people}.", people=named)
            sentences.append((text, ""))
    else:
        sentences.append((words.t("No praise came in."), ""))
    if summary.fraud_prevented:
        text = words.t("In {cases} a fraud was prevented{mark}.", cases=words.cases(summary.fraud_prevented))
        sentences.append((text, "fraud_prevented"))
    return words.t("Praise received"), [noted(writing, sentences)]
