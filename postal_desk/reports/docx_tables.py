"""Tables, tiles, hand-in block and forms in WordprocessingML: fixed widths, exact rows, repeated heads."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from docx.oxml.ns import qn

from postal_desk.reports.column_fit import SIDE, fitted_widths
from postal_desk.reports.document import TALL, Form, FormCell, FormRow, HandIn, Table, Tiles
from postal_desk.reports.docx_parts import element, style_id, twips
from postal_desk.reports.page_style import COLOURS, MM, PageStyle

_ALIGN = {"left": "left", "centre": "center", "right": "right", "justify": "both"}


def table_element(block: Table, page: PageStyle) -> Any:
    """A data table. Its head repeats on each page, and no row is split between pages."""
    frame = page.table_rules == "frame"
    colour = COLOURS["black"] if frame else COLOURS["line"]
    widths = fitted_widths(block, page)
    made = _table(widths, _borders(colour, inside=frame, rows=True, sides=frame), page.cell_padding)
    shade = None if frame else COLOURS["tint"]
    head = ["centre"] * len(block.head) if frame else list(block.align)
    made.append(_row(block.head, widths, "head", head, header=True, shade=shade))
    last = len(block.rows) - 1
    for index, row in enumerate(block.rows):
        style = "head" if block.total and index == last else "cell"
        made.append(_row(row, widths, style, list(block.align), keep_next=index < 1))
    return made


def tiles_element(block: Tiles, page: PageStyle) -> Any:
    """Figures side by side on a tinted ground."""
    count = len(block.tiles)
    widths = [page.text_width / count] * count
    made = _table(
        widths, _borders(COLOURS["ground"], inside=True, rows=False, sides=False), page.cell_padding
    )
    for name in ("label", "value", "note"):
        texts = tuple(getattr(tile, name) or " " for tile in block.tiles)
        align = [page.styles[f"tile_{name}"].align] * count
        made.append(_row(texts, widths, f"tile_{name}", align, shade=COLOURS["tint"], keep_next=True))
    return made


def hand_in_element(block: HandIn, page: PageStyle) -> Any:
    """The hand-in block: two pairs of label and value a row, kept on one page."""
    frame = page.table_rules == "frame"
    colour = COLOURS["black"] if frame else COLOURS["line"]
    widths = [page.text_width * width for width in (0.16, 0.40, 0.16, 0.28)]
    made = _table(widths, _borders(colour, inside=frame, rows=True, sides=frame), page.cell_padding)
    pairs = list(block.pairs)
    for index in range(0, len(pairs), 2):
        texts = tuple(text for pair in pairs[index : index + 2] for text in pair)
        align = ["centre" if frame else "left", "left"] * 2
        made.append(_row(texts, widths, "cell", align, keep_next=index + 2 < len(pairs)))
    return made


def form_element(form: Form, page: PageStyle) -> Any:
    """A form: rows of exact height whose cells may lie over several columns of one grid."""
    edges = sorted({round(edge, 4) for row in form.rows for edge in _edges(row)} | {0.0})
    columns = [(right - left) * page.text_width for left, right in pairwise(edges)]
    made = _table(columns, _borders(COLOURS["black"], inside=True, rows=True, sides=True), 1.5)
    for row in form.rows:
        made.append(_form_row(row, edges, page))
    return made


def _edges(row: FormRow) -> list[float]:
    edges, at = [], 0.0
    for cell in row.cells:
        at += cell.width
        edges.append(at)
    return edges


def _form_row(row: FormRow, edges: list[float], page: PageStyle) -> Any:
    made = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    properties.append(element("trHeight", val=twips(row.height * MM), hRule="exact"))
    made.append(properties)
    left = 0.0
    for cell, right in zip(row.cells, _edges(row), strict=True):
        span = sum(1 for edge in edges if left + 1e-4 < edge <= right + 1e-4)
        made.append(_form_cell(cell, row, span, page))
        left = right
    return made


def _form_cell(cell: FormCell, row: FormRow, span: int, page: PageStyle) -> Any:
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=twips(cell.width * page.text_width), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    tall = len(cell.text.split("\n")) > 2 or row.height > TALL
    properties.append(element("vAlign", val="center" if cell.label or not tall else "top"))
    made.append(properties)
    align = "centre" if cell.label else cell.align
    for line in cell.text.split("\n"):
        paragraph = _paragraph(line, "head" if cell.label else "cell", align)
        pitch = round(row.size * 1.32, 1)
        spacing = element("spacing", before=0, after=0, line=twips(pitch), lineRule="exact")
        paragraph.find(qn("w:pPr")).insert(1, spacing)
        for run in paragraph.findall(qn("w:r")):
            size = element("rPr")
            size.append(element("sz", val=round(row.size * 2)))
            run.insert(0, size)
        made.append(paragraph)
    return made


def _table(widths: list[float], borders: Any, padding: float) -> Any:
    made = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblW", w=twips(sum(widths)), type="dxa"))
    properties.append(element("jc", val="center"))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for name, size in (("top", padding), ("left", SIDE), ("bottom", padding), ("right", SIDE)):
        margins.append(element(name, w=twips(size), type="dxa"))
    properties.append(margins)
    made.append(properties)
    grid = element("tblGrid")
    for width in widths:
        grid.append(element("gridCol", w=twips(width)))
    made.append(grid)
    return made


def _borders(colour: str, *, inside: bool, rows: bool, sides: bool) -> Any:
    made = element("tblBorders")
    ruled = {"top": rows, "left": sides, "bottom": rows, "right": sides, "insideH": rows, "insideV": inside}
    for name, wanted in ruled.items():
        if wanted:
            made.append(element(name, val="single", sz=4, space=0, color=colour))
        else:
            made.append(element(name, val="nil"))
    return made


def _row(
    texts: tuple[str, ...],
    widths: list[float],
    style: str,
    align: list[str],
    *,
    header: bool = False,
    shade: str | None = None,
    keep_next: bool = False,
) -> Any:
    made = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    made.append(properties)
    for text, width, side in zip(texts, widths, align, strict=True):
        cell = element("tc")
        cell_properties = element("tcPr")
        cell_properties.append(element("tcW", w=twips(width), type="dxa"))
        if shade:
            cell_properties.append(element("shd", val="clear", color="auto", fill=shade))
        cell_properties.append(element("vAlign", val="center"))
        cell.append(cell_properties)
        for line in text.split("\n"):
            cell.append(_paragraph(line, style, side, keep_next=keep_next or header))
        made.append(cell)
    return made


def _paragraph(text: str, style: str, align: str, keep_next: bool = False) -> Any:
    made = element("p")
    properties = element("pPr")
    properties.append(element("pStyle", val=style_id(style)))
    if keep_next:
        properties.append(element("keepNext"))
    properties.append(element("jc", val=_ALIGN[align]))
    made.append(properties)
    made.append(text_run(text))
    return made


def text_run(text: str, strong: bool = False) -> Any:
    """A run of text; ``strong`` makes it bold."""
    run = element("r")
    if strong:
        properties = element("rPr")
        properties.append(element("b"))
        run.append(properties)
    content = element("t")
    content.set(qn("xml:space"), "preserve")
    content.text = text
    run.append(content)
    return run
