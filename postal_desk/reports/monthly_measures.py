"""Section 8 of the monthly summary: measures by name, whether they helped, errors and exemptions; and for section 6
who answers for problems that came back too often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from postal_desk.domain.effects import line_sentence
from postal_desk.domain.summary_records import DONE, DUE, NEW, OVERDUE, CalledLine, ErrorLine, MeasureLine
from postal_desk.reports.document import Block, Heading, Picture
from postal_desk.reports.effect_chart import effect_chart
from postal_desk.reports.monthly_parts import Writing, noted, paragraph
from postal_desk.reports.words import Words

DRAWN = 4  # effects that have a chart too
_CHART_MM = 46.0  # high; two fit on a page with their sentences
NAMED = 10  # measures named in one sentence, and effects told; more are counted


def measures(writing: Writing) -> tuple[str, list[Block]]:
    """8: what happened to measures, each by name; what their own figures say; errors. Only what is on record."""
    summary, words = writing.summary, writing.words
    heading = words.t("Measures taken")
    blocks: list[Block] = []
    figures = summary.measures
    if figures.any:
        text = words.t(
            "Measures: {new} new, {due} due, {finished} finished, {overdue} overdue.",
            new=figures.new,
            due=figures.due,
            finished=figures.finished,
            overdue=figures.overdue,
        )
        blocks.append(noted(writing, [(text, "measures")]))
        blocks += [paragraph(sentence, words=words) for sentence in _named(words, summary.measure_lines)]
    else:
        blocks.append(paragraph(words.t("No measure is on record for the month."), words=words))
    told = [line for line in summary.measure_lines if line.effect is not None]
    if told:
        blocks.append(Heading(words.ordinal(1, 2) + words.t("Whether the measures helped"), 2))
        for place, line in enumerate(told[:NAMED]):
            drawn = _chart(writing, line) if place < DRAWN else []
            said = paragraph(_effect(words, line), words=words)
            blocks += [replace(said, keep_next=bool(drawn)), *drawn]
        if len(told) > NAMED:
            blocks.append(paragraph(words.t("Effects not told here: {n}.", n=len(told) - NAMED), words=words))
    if summary.errors:
        blocks.append(Heading(words.ordinal(2 if told else 1, 2) + words.t("Errors and exemptions"), 2))
        blocks.append(paragraph(*_errors(words, summary.errors), words=words))
    return heading, blocks


def _named(words: Words, lines: Sequence[MeasureLine]) -> list[str]:
    """One sentence for each state that some measure is in."""
    sentences = (
        (NEW, words.t("New measures: {measures}.", measures=_list(words, lines, NEW))),
        (DUE, words.t("Due in the month: {measures}.", measures=_list(words, lines, DUE))),
        (DONE, words.t("Finished measures: {measures}.", measures=_list(words, lines, DONE))),
        (OVERDUE, words.t("Overdue measures: {measures}.", measures=_list(words, lines, OVERDUE))),
    )
    return [sentence for state, sentence in sentences if any(state in line.states for line in lines)]


def _list(words: Words, lines: Sequence[MeasureLine], state: str) -> str:
    within = [line for line in lines if state in line.states]
    named = [_measure(words, line, state) for line in within[:NAMED]]
    if len(within) > NAMED:
        named.append(words.t("and {n} more", n=len(within) - NAMED))
    return ("；" if words.chinese else "; ").join(named)


def _measure(words: Words, line: MeasureLine, state: str) -> str:
    """``title (owner, due 10 November)``; a finished one says how it was judged."""
    facts = [line.owner] if line.owner else []
    if state in (DUE, OVERDUE) and line.due_on is not None:
        facts.append(words.t("due {day}", day=words.short_day(line.due_on)))
    if state == DONE and line.verdict:
        facts.append(words.t("judged: {verdict}", verdict=line.verdict))
    between = "，" if words.chinese else ", "
    return line.title + (words.bracketed(between.join(facts)) if facts else "")


def _effect(words: Words, line: MeasureLine) -> str:
    assert line.effect is not None  # only such lines are told
    said = words.t("{title}: {effect}.", title=line.title, effect=words.tell(line_sentence(line.effect)))
    if line.effect.after_peak:
        peak = words.t("It was taken after a peak and is compared with the usual months before that.")
        return words.joined((said, peak))
    return said


def _chart(writing: Writing, line: MeasureLine) -> list[Block]:
    """The months before and after, where they were compared; in both layouts, as it is the proof of the sentence."""
    drawn = line.effect.drawn if line.effect else None
    if drawn is None or not any(month.cases for month in drawn.months):
        return []
    words = writing.words
    unit = words.t("cases for 1,000 items a month") if drawn.by_items else words.t("cases a month")
    caption = words.t(
        "Figure {n}. {title}: {unit}, before and after",
        n=writing.picture_number(),
        title=line.title,
        unit=unit,
    )
    chart = effect_chart(drawn, words.language)
    return [Picture(chart, caption, _CHART_MM)]


def _errors(words: Words, errors: Sequence[ErrorLine]) -> list[str]:
    """How many, who is exempted on which ground, what is still open."""
    exempted = [one for one in errors if one.decision == "exempted"]
    open_ones = [one for one in errors if one.decision == "pending"]
    upheld = len(errors) - len(exempted) - len(open_ones)
    sentences = [
        words.t(
            "Errors on record: {n}; exempted {exempted}, held liable {upheld}, not decided {open}.",
            n=len(errors),
            exempted=len(exempted),
            upheld=upheld,
            open=len(open_ones),
        )
    ]
    if exempted:
        parts = words.listed(
            one.staff + (words.bracketed(words.kind(one.ground)) if one.ground else "")
            for one in exempted[:NAMED]
        )
        sentences.append(words.t("Exempted: {people}.", people=parts))
    return sentences


def at_limit(writing: Writing) -> list[Block]:
    """For section 6: problems that reached the limit, and who is held to account for them."""
    words, called = writing.words, writing.summary.called
    if not called:
        return []
    answered = [one for one in called if one.person]
    silent = [one for one in called if not one.person]
    sentences = []
    if answered:
        parts = "；" if words.chinese else "; "
        people = parts.join(_called(words, one) for one in answered[:NAMED])
        sentences.append(words.t("Held to account for problems that came back: {people}.", people=people))
    if silent:
        named = words.listed(
            words.t("{outlet}: {problem}", outlet=one.outlet, problem=_problem(words, one))
            for one in silent[:5]
        )
        sentences.append(
            words.t(
                "At the limit, and nobody held to account yet: {n}, most often {problems}.",
                n=len(silent),
                problems=named,
            )
        )
    return [paragraph(*sentences, words=words)]


def _problem(words: Words, one: CalledLine) -> str:
    name = words.name(one.name).rpartition(" › ")[2]
    return words.t("{name} ({n} times)", name=name, n=one.times)


def _called(words: Words, one: CalledLine) -> str:
    text = words.t(
        "{person} ({outlet}, {problem})", person=one.person, outlet=one.outlet, problem=_problem(words, one)
    )
    return text + (words.t(", settled") if one.settled else "")
