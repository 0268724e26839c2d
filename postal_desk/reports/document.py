"""The neutral document: what a monthly summary or a case sheet says, before any writer gives it a format.

Plain data: builders make it from figures and sentences, writers (Word here, PDF and pictures in ``render``) lay it
out by :mod:`postal_desk.reports.page_style`. Widths are fractions of the text width; texts are final, already in the
document's language and masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from postal_desk.reports.charts import Chart


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one style; ``note`` is the number of a footnote whose mark follows the text (0: none)."""

    text: str
    strong: bool = False
    note: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title, one entry a line, and a smaller line under it (``as at 15 July``) or ``""``."""

    lines: tuple[str, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; its number is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``style`` names a text style, ``keep_next`` holds it on the page of what follows."""

    runs: tuple[Run, ...]
    style: str = "body"
    keep_next: bool = False

    @property
    def text(self) -> str:
        """The words without marks and styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of the strip at the top of a plain document."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A strip of figures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption above it and a head that is repeated on each page.

    ``widths`` are fractions that add up to 1; ``align`` is ``left``, ``centre`` or ``right`` for each column;
    ``total`` marks the last row as the sum.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    align: tuple[str, ...]
    total: bool = False

    def __post_init__(self) -> None:
        columns = {len(self.head), len(self.widths), len(self.align), *(len(row) for row in self.rows)}
        if len(columns) != 1:
            raise ValueError(f"table {self.caption!r}: rows of different lengths {sorted(columns)}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart over the whole text width, ``height`` in millimetres, with its caption below."""

    chart: Chart
    caption: str
    height: float


@dataclass(frozen=True, slots=True)
class SignOff:
    """Unit and date at the end of the text, at the right, with the place for the seal."""

    unit: str
    day: str
    seal: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """The block for the office that receives the report: pairs of label and value, two pairs a row."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form. ``width`` is a fraction; ``label`` cells are centred; lines are separated by ``\\n``."""

    text: str
    width: float
    label: bool = False
    align: str = "left"


#: Millimetres above which a form's cell begins at its top instead of standing in the middle.
TALL = 14.0


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form with its exact height in millimetres and its text size in points."""

    cells: tuple[FormCell, ...]
    height: float
    size: float = 10.5


@dataclass(frozen=True, slots=True)
class Form:
    """A form of ruled rows, all cells framed; it fits one page by construction."""

    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block: TypeAlias = Title | Heading | Paragraph | Tiles | Table | Picture | SignOff | HandIn | Form | PageBreak

LAYOUTS = ("gbt9704", "plain")


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    ``title`` goes into the file's properties and carries no personal data; ``style`` names a page style
    (``gbt9704``, ``plain``, ``sheet``); ``notes`` are the footnotes, number 1 first; ``stem`` is the proposed file
    name without folder and extension.
    """

    title: str
    language: str
    style: str
    stem: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    author: str = ""
