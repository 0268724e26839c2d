"""Page and text styles, in the units of print: millimetres for the page, points for text.

``gbt9704`` follows GB/T 9704—2012 (A4; margins 37, 28, 26, 35 mm; 22 lines of 28 characters of 16 pt FangSong; page
number ``— 1 —`` in 14 pt, outside). 28 × 16 pt is 158 mm and 22 × 29 pt is 638 pt, both a little more than the
156 × 225 mm of the text area, so characters are condensed and the line pitch is 579 twips.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

MM = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph looks. ``pitch`` is the exact line pitch; ``spacing`` is added to each full-width character.

    ``indent`` is the first-line indent and ``hanging`` the indent of the other lines, in characters of ``size``.
    Sizes, ``pitch``, ``spacing``, ``before`` and ``after`` are points. ``colour`` is a role of :data:`COLOURS`.
    """

    font: str
    size: float
    pitch: float
    align: str = "left"
    bold: bool = False
    indent: float = 0
    right_indent: float = 0
    spacing: float = 0.0
    before: float = 0.0
    after: float = 0.0
    colour: str = "ink"


@dataclass(frozen=True, slots=True)
class PageStyle:
    """A4 with its margins (millimetres), its text styles, and how it numbers pages and rules tables."""

    top: float
    bottom: float
    left: float
    right: float
    styles: dict[str, TextStyle] = field(default_factory=dict)
    page_number: str = "plain"  # "dashes" (— 1 —, outside), "plain" (centred), "" (none)
    number_gap: float = 7.0  # millimetres from the text area to the page number
    table_rules: str = "frame"  # "frame" (all cells ruled) or "open" (lines between rows, tinted head)
    cell_padding: float = 2.5  # points, above and below a cell's text
    grid_pitch: float = 0.0  # line pitch of the document grid in points, 0 for none
    width: float = 210.0
    height: float = 297.0

    @property
    def text_width(self) -> float:
        """Width of the text area in points."""
        return (self.width - self.left - self.right) * MM

    @property
    def text_height(self) -> float:
        """Height of the text area in points."""
        return (self.height - self.top - self.bottom) * MM


#: Colours of documents by role, as RGB hexadecimal; documents are printed, so there is one set: on white.
COLOURS: dict[str, str] = {
    "ink": "1D2723",
    "black": "000000",
    "muted": "5C6B64",
    "line": "C9D3CE",
    "primary": "0B7A4B",
    "primary_soft": "BFDDCE",
    "tint": "E7F4EE",
    "gold": "B87A00",
    "red": "C8372D",
    "ground": "FFFFFF",
}

PITCH = 28.95  # 579 twips
CONDENSED = (
    -0.25
)  # 5 twips, the finest that leaves room: 28 × (16 − 0.25) = 441 pt in a text width of 442.2 pt


def _official(font: str, size: float, pitch: float = PITCH, **more: object) -> TextStyle:
    return TextStyle(font, size, pitch, colour="black", **more)  # type: ignore[arg-type]  # fields of TextStyle by name


GBT9704 = PageStyle(
    top=37,
    bottom=35,
    left=28,
    right=26,
    page_number="dashes",
    grid_pitch=PITCH,
    styles={
        "title": _official("xiaobiaosong", 22, 34, align="centre"),
        "under": _official("kaiti", 16, align="centre", spacing=CONDENSED),
        "h1": _official("heiti", 16, indent=2, spacing=CONDENSED),
        "h2": _official("kaiti", 16, indent=2, spacing=CONDENSED),
        "h3": _official("fangsong", 16, indent=2, spacing=CONDENSED),
        "body": _official("fangsong", 16, align="justify", indent=2, spacing=CONDENSED),
        "flush": _official("fangsong", 16, spacing=CONDENSED),
        "sign": _official("fangsong", 16, align="right", right_indent=4, spacing=CONDENSED),
        "caption": _official("heiti", 12, 22, align="centre", before=6, after=2),
        "under_picture": _official("heiti", 12, 20, align="centre", after=6),
        "head": _official("heiti", 10.5, 15),
        "cell": _official("song", 10.5, 15),
        "note": _official("song", 10.5, 15, before=3),
        "footnote": _official("song", 9, 12.5, align="justify"),
        "page_number": _official("song", 14, 18),
        "tile_label": _official("song", 10.5, 15, align="centre"),
        "tile_value": _official("heiti", 16, 22, align="centre"),
        "tile_note": _official("song", 9, 12, align="centre"),
    },
)

PLAIN = PageStyle(
    top=22,
    bottom=22,
    left=22,
    right=22,
    page_number="plain",
    number_gap=6.0,
    table_rules="open",
    cell_padding=3.5,
    styles={
        "title": TextStyle("sans", 20, 28, bold=True, colour="ink"),
        "under": TextStyle("sans", 10.5, 16, colour="muted"),
        "h1": TextStyle("sans", 13, 20, bold=True, before=12, after=3, colour="primary"),
        "h2": TextStyle("sans", 11, 17, bold=True, before=6, after=2),
        "h3": TextStyle("sans", 10.5, 17, bold=True, before=4),
        "body": TextStyle("sans", 10.5, 17, align="justify", after=4),
        "flush": TextStyle("sans", 10.5, 17, after=4),
        "sign": TextStyle("sans", 10.5, 17, align="right"),
        "caption": TextStyle("sans", 9, 14, bold=True, before=6, after=3, colour="muted"),
        "under_picture": TextStyle("sans", 9, 14, after=6, colour="muted"),
        "head": TextStyle("sans", 9, 13, bold=True, colour="primary"),
        "cell": TextStyle("sans", 9, 13),
        "note": TextStyle("sans", 8.5, 12, before=3, colour="muted"),
        "footnote": TextStyle("sans", 8, 11, colour="muted"),
        "page_number": TextStyle("sans", 8.5, 12, align="centre", colour="muted"),
        "tile_label": TextStyle("sans", 9, 13, colour="muted"),
        "tile_value": TextStyle("sans", 17, 24, bold=True),
        "tile_note": TextStyle("sans", 8, 11, colour="muted"),
    },
)

SHEET = PageStyle(
    top=12,
    bottom=11,
    left=18,
    right=18,
    page_number="",
    styles={
        "title": _official("xiaobiaosong", 20, 30, align="centre"),
        "under": _official("song", 10.5, 16, align="right"),
        "h1": _official("heiti", 12, 20, before=4),
        "body": _official("song", 10.5, 17, align="justify", indent=2),
        "flush": _official("song", 10.5, 17),
        "head": _official("heiti", 10.5, 14),
        "cell": _official("song", 10.5, 14),
        "note": _official("song", 9, 12, before=3),
        "footnote": _official("song", 8, 11),
        "page_number": _official("song", 9, 12, align="centre"),
    },
)

#: Two copies of a slip on one page, to be cut along the line between them.
SLIP = replace(
    SHEET,
    styles={
        **SHEET.styles,
        "title": _official("xiaobiaosong", 16, 24, align="centre"),
        "note": _official("song", 10, 15, before=3),
    },
)

#: A letter: the measures of an official paper, without its grid, a little denser so that it stays on one page.
LETTER = replace(
    GBT9704,
    page_number="",
    grid_pitch=0.0,
    styles={
        **GBT9704.styles,
        "title": _official("xiaobiaosong", 22, 34, align="centre", after=4),
        "under": _official("fangsong", 12, 22, align="right", after=10),
        "body": _official("fangsong", 15, 27, align="justify", indent=2),
        "flush": _official("fangsong", 15, 27),
        "sign": _official("fangsong", 15, 27, align="right", right_indent=4),
    },
)

#: Many columns: landscape, small type, numbered pages.
REGISTER = PageStyle(
    top=15,
    bottom=14,
    left=12,
    right=12,
    page_number="plain",
    number_gap=3.0,
    cell_padding=1.8,
    width=297.0,
    height=210.0,
    styles={
        **SHEET.styles,
        "title": _official("xiaobiaosong", 18, 27, align="centre"),
        "under": _official("song", 10.5, 16, align="centre", after=3),
        "head": _official("heiti", 8.5, 12),
        "cell": _official("song", 8.5, 12),
        "caption": _official("heiti", 9, 1),
        "sign": _official("song", 10.5, 16, align="right", right_indent=4),
    },
)

STYLES: dict[str, PageStyle] = {
    "gbt9704": GBT9704,
    "plain": PLAIN,
    "sheet": SHEET,
    "slip": SLIP,
    "letter": LETTER,
    "register": REGISTER,
}

_TABLE_TEXT = ("head", "cell")


def page_style(name: str, language: str) -> PageStyle:
    """The page style of a document. English words are long: ragged lines, and tables half a size smaller."""
    style = STYLES[name]
    if language == "zh_CN":
        return style
    styles = dict(style.styles)
    styles["body"] = replace(styles["body"], align="left")
    for part in _TABLE_TEXT:
        if name in ("gbt9704", "plain"):
            styles[part] = replace(
                styles[part], size=min(styles[part].size, 10.5) - (1.5 if name == "gbt9704" else 0.5)
            )
    return replace(style, styles=styles)
