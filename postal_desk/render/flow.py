"""Blocks of a document as a flow of parts, and the flow cut into pages.

A part is what no page break may divide: a line, a table row, a chart. Footnotes stand at the foot of the page that
refers to them and take their room from it. All lengths are page units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QPainter

Paint = Callable[[QPainter, float], None]  # painter (origin at the text area's left edge) and the part's top


@dataclass(frozen=True)
class Part:
    """An indivisible part. ``gap`` is blank room above, dropped at the top of a page; ``keep`` holds it to the next.

    ``repeat`` is the table head that is painted again when the part begins a page.
    """

    height: float
    paint: Paint
    gap: float = 0.0
    keep: bool = False
    notes: tuple[int, ...] = ()
    repeat: Part | None = None
    page_break: bool = False


@dataclass
class Page:
    """What stands on one page: parts with their tops, and the numbers of its footnotes."""

    placed: list[tuple[float, Part]] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    used: float = 0.0

    def add(self, part: Part) -> None:
        """Place a part below the others."""
        top = self.used + (part.gap if self.placed else 0.0)
        self.placed.append((top, part))
        self.used = top + part.height
        self.notes += [note for note in part.notes if note not in self.notes]


def paginate(
    parts: Iterable[Part], height: float, notes_height: Callable[[list[int]], float]
) -> Iterator[Page]:
    """Cut a flow into pages of ``height``; ``notes_height`` gives the room that a page's footnotes take."""
    page = Page()
    for chain in _chains(parts):
        if chain[0].page_break:
            if page.placed:
                yield page
                page = Page()
            continue
        if page.placed and not _fits(page, chain, height, notes_height):
            yield page
            page = _fresh(chain[0])
        for part in chain:  # a chain taller than a page is broken where it must be
            if page.placed and not _fits(page, [part], height, notes_height):
                yield page
                page = _fresh(part)
            page.add(part)
    if page.placed:
        yield page


def _fresh(part: Part) -> Page:
    page = Page()
    if part.repeat is not None:
        page.add(part.repeat)
    return page


def _chains(parts: Iterable[Part]) -> Iterator[list[Part]]:
    chain: list[Part] = []
    for part in parts:
        chain.append(part)
        if not part.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _fits(page: Page, chain: list[Part], height: float, notes_height: Callable[[list[int]], float]) -> bool:
    notes = list(page.notes)
    used = page.used
    for part in chain:
        used += part.gap + part.height
        notes += [note for note in part.notes if note not in notes]
    return used + notes_height(notes) <= height + 0.5
