"""What the sections of the monthly summary share: footnotes, table numbers, how a figure is said to have moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from postal_desk.domain.periods import Month
from postal_desk.domain.summaries import DEFINITIONS, Period, Rate, Summary, change
from postal_desk.reports.document import Block, Paragraph, Run, Table
from postal_desk.reports.words import MARK, Words


class Notes:
    """Footnotes in the order of their first mention; the second mention of a figure carries no mark."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._names: list[str] = []

    def mark(self, name: str) -> int:
        """The number of the footnote that defines a figure, 0 if it was explained before."""
        if name in self._names:
            return 0
        self._names.append(name)
        return len(self._names)

    @property
    def texts(self) -> tuple[str, ...]:
        """The footnotes, number 1 first."""
        return tuple(self._words.tell(DEFINITIONS[name]) for name in self._names)


class Writing:
    """One document being written: its figures, its language, its footnotes and the numbers of its tables."""

    def __init__(self, summary: Summary, words: Words, layout: str) -> None:
        self.summary = summary
        self.words = words
        self.layout = layout
        self.notes = Notes(words)
        self._tables = 0
        self._pictures = 0

    @property
    def plain(self) -> bool:
        """True for the modern layout, which carries charts and tiles."""
        return self.layout == "plain"

    def table_number(self) -> int:
        """The number of the next table."""
        self._tables += 1
        return self._tables

    def picture_number(self) -> int:
        """The number of the next chart."""
        self._pictures += 1
        return self._pictures


Section: TypeAlias = Callable[[Writing], tuple[str, list[Block]]]


def paragraph(*sentences: str, words: Words) -> Paragraph:
    """A paragraph of whole sentences; empty ones are left out."""
    return Paragraph((Run(words.joined(sentences)),))


def noted(writing: Writing, parts: Iterable[tuple[str, str]]) -> Paragraph:
    """A paragraph of sentences, each with the name of the figure that its footnote defines (``""`` for none).

    The mark of the footnote goes where the sentence has its ``{mark}``, else to its end.
    """
    runs: list[Run] = []
    for text, name in parts:
        if not text:
            continue
        between = " " if runs and not writing.words.chinese else ""
        before, _, after = text.partition(MARK)
        runs.append(Run(between + before, note=writing.notes.mark(name) if name else 0))
        if after:
            runs.append(Run(after))
    return Paragraph(tuple(runs))


def table(
    writing: Writing,
    caption: str,
    columns: tuple[tuple[str, float, str], ...],
    rows: Iterable[tuple[str, ...]],
    total: bool = False,
) -> Table:
    """A numbered table; ``columns`` are (head, width, align), the widths in any unit."""
    words = writing.words
    whole = sum(width for _, width, _ in columns)
    return Table(
        caption=words.t("Table {n}. {caption}", n=writing.table_number(), caption=caption),
        head=tuple(head for head, _, _ in columns),
        rows=tuple(rows),
        widths=tuple(width / whole for _, width, _ in columns),
        align=tuple(align for _, _, align in columns),
        total=total,
    )


def moved(words: Words, now: int, before: int, known: bool) -> str:
    """How a count stands to that of the month before; ``known`` is false if that month has no records at all."""
    if not known:
        return words.t("no records of the month before")
    moves = change(now, before)
    if moves.difference == 0:
        return words.t("as many as the month before")
    if moves.share is None:
        return words.t("none the month before")
    percent = words.percent(abs(moves.share))
    if moves.difference > 0:
        return words.t("{n} more than the month before (+{percent})", n=moves.difference, percent=percent)
    return words.t("{n} fewer than the month before (−{percent})", n=-moves.difference, percent=percent)


def moved_in_a_year(words: Words, now: int, before: int, known: bool) -> str:
    """How a count stands to that of the same month last year."""
    if not known:
        return words.t("no records of a year before")
    moves = change(now, before)
    if moves.difference == 0:
        return words.t("as many as a year before")
    if moves.share is None:
        return words.t("none a year before")
    percent = words.percent(abs(moves.share))
    if moves.difference > 0:
        return words.t("{n} more than a year before (+{percent})", n=moves.difference, percent=percent)
    return words.t("{n} fewer than a year before (−{percent})", n=-moves.difference, percent=percent)


def recorded(period: Period) -> bool:
    """True if the desk holds anything of a period: a month without any case may lie before the desk began."""
    return bool(period.received or period.closed)


def share_of(words: Words, count: int, whole: int) -> str:
    """A count with its share of the whole: ``10 cases (21.7%)``."""
    share = Rate(count, whole).value
    return words.cases(count) + (words.bracketed(words.percent(share)) if share is not None else "")


def months_between(words: Words, first: Month, last: Month) -> str:
    """``January to July`` or one month's name."""
    if first == last:
        return words.month_name(last)
    if words.chinese:
        return f"{first.month}至{words.month_name(last)}"
    return f"{words.month_name(first)} to {words.month_name(last)}"
