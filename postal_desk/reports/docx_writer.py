"""The neutral document as a Word file, by python-docx.

Charts come in as PNG pictures from whoever can paint (``chart_png``). Style, grid, footnotes and tables are written
out explicitly, so that Word, WPS and LibreOffice lay the page out alike.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from postal_desk.reports import docx_parts as parts
from postal_desk.reports.charts import Chart
from postal_desk.reports.document import (
    Block,
    Document,
    Form,
    HandIn,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    SignOff,
    Table,
    Tiles,
    Title,
)
from postal_desk.reports.docx_tables import (
    form_element,
    hand_in_element,
    table_element,
    text_run,
    tiles_element,
)
from postal_desk.reports.page_style import MM, PageStyle, page_style

_WHOLE = frozenset({"caption", "under_picture"})  # no page break inside
ChartPainter = Callable[[Chart, float, float], bytes]  # chart, width and height in points → PNG
_OUTLINE = {"h1": 0, "h2": 1, "h3": 2}
_KEPT = frozenset({"title", "h1", "h2", "h3", "caption"})


def write_docx(document: Document, path: Path, chart_png: ChartPainter | None = None) -> None:
    """Write a Word file. Raises :class:`ValueError` for a document with charts if nobody paints them."""
    _Writer(document, chart_png).write(path)


class _Writer:
    def __init__(self, document: Document, chart_png: ChartPainter | None) -> None:
        self.document = document
        self.page: PageStyle = page_style(document.style, document.language)
        self.chart_png = chart_png
        self.chinese = document.language == "zh_CN"
        self.file = docx.Document()
        self.body: Any = self.file.element.body

    def write(self, path: Path) -> None:
        self._prepare()
        for block in self.document.blocks:
            self._block(block)
        if isinstance(self.document.blocks[-1], Table | HandIn | Form | Tiles):
            self._end_after_table()
        if self.document.notes:
            style = self.page.styles["footnote"]
            parts.footnotes_part(self.file.part, self.document.notes, style, self.chinese)
        self.file.save(str(path))

    def _prepare(self) -> None:
        page, section = self.page, self.file.sections[0]
        if page.width > page.height:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(page.width), Mm(page.height)
        section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
        section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
        self._grid(section)
        for name, style in page.styles.items():
            parts.add_style(
                self.file.styles,
                parts.style_id(name),
                style,
                self.chinese,
                keep_next=name in _KEPT,
                outline=_OUTLINE.get(name),
            )
        parts.font_table(self.file.part)
        parts.compatibility(self.file.settings, odd_and_even=page.page_number == "dashes")
        if page.page_number:
            self._page_numbers(section)
        self._properties()

    def _grid(self, section: Any) -> None:
        properties = section._sectPr
        for old in properties.findall(qn("w:docGrid")):
            properties.remove(old)
        if self.page.grid_pitch:
            # "lines" and not "linesAndChars": LibreOffice gives a condensed character two cells of a character grid;
            # the condensing stands in the styles.
            properties.append(
                parts.element("docGrid", type="lines", linePitch=parts.twips(self.page.grid_pitch))
            )
        if self.document.notes and self.chinese:
            note = parts.element("footnotePr")
            note.append(parts.element("numFmt", val="decimalEnclosedCircle"))
            properties.insert(0, note)

    def _page_numbers(self, section: Any) -> None:
        page = self.page
        style = page.styles["page_number"]
        height = style.pitch / MM
        section.footer_distance = Mm(max(5.0, page.bottom - page.number_gap - height))
        section.footer.is_linked_to_previous = False
        self._number(section.footer.paragraphs[0], "right")
        if page.page_number == "dashes":
            section.even_page_footer.is_linked_to_previous = False
            self._number(section.even_page_footer.paragraphs[0], "left")

    def _number(self, paragraph: Any, side: str) -> None:
        style = self.page.styles["page_number"]
        element = paragraph._p
        properties = element.get_or_add_pPr()
        for child in list(properties):
            properties.remove(child)
        properties.append(parts.element("pStyle", val=parts.style_id("page_number")))
        dashes = self.page.page_number == "dashes"
        if dashes:  # one character free at the outer edge (GB/T 9704, 7.5)
            properties.append(parts.element("ind", **{side: parts.twips(style.size)}))
            properties.append(parts.element("jc", val=side))
            element.append(text_run("— "))
        for run in parts.page_number_field():
            element.append(run)
        if dashes:
            element.append(text_run(" —"))

    def _properties(self) -> None:
        core = self.file.core_properties
        core.title = self.document.title
        core.author = self.document.author
        core.last_modified_by = ""
        core.comments = ""
        core.keywords = ""
        core.language = self.document.language.replace("_", "-")
        core.created = core.modified = datetime.now(UTC).replace(microsecond=0)
        links = self.file.part.package.rels
        for link in [key for key, one in links.items() if one.reltype.endswith("/thumbnail")]:
            links.pop(link)  # the library's model comes with a picture of an empty page

    def _block(self, block: Block) -> None:
        if isinstance(block, Title):
            for line in block.lines:
                self._text(line, "title")
            if block.under:
                self._text(block.under, "under")
            if self.page.grid_pitch:
                self._text("", "flush")
        elif isinstance(block, Heading):
            self._text(block.text, f"h{block.level}")
        elif isinstance(block, Paragraph):
            self._paragraph(block.runs, block.style, block.keep_next)
        elif isinstance(block, Table):
            if block.caption:
                self._text(block.caption, "caption")
            self._append(table_element(block, self.page))
            self._gap()
        elif isinstance(block, Tiles):
            self._append(tiles_element(block, self.page))
            self._gap()
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, SignOff):
            self._sign_off(block)
        elif isinstance(block, HandIn):
            self._append(hand_in_element(block, self.page))
        elif isinstance(block, Form):
            self._append(form_element(block, self.page))
        elif isinstance(block, PageBreak):
            self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _append(self, element: Any) -> None:
        self.body.insert(len(self.body) - 1, element)  # the section's properties stay last

    def _text(self, text: str, style: str) -> None:
        self._paragraph((Run(text),), style, False)

    def _paragraph(self, runs: tuple[Run, ...], style: str, keep_next: bool) -> None:
        made = parts.element("p")
        properties = parts.element("pPr")
        properties.append(parts.element("pStyle", val=parts.style_id(style)))
        if keep_next:
            properties.append(parts.element("keepNext"))
        if style in _WHOLE:
            properties.append(parts.element("keepLines"))
        made.append(properties)
        for run in runs:
            made.append(text_run(run.text, run.strong))
            if run.note:
                made.append(parts.footnote_mark(run.note))
        self._append(made)

    def _gap(self) -> None:
        """A table must not touch the next text: a line of a third of the cell's pitch."""
        made = parts.element("p")
        properties = parts.element("pPr")
        properties.append(parts.element("pStyle", val=parts.style_id("cell")))
        properties.append(parts.element("spacing", before=0, after=0, line=120, lineRule="exact"))
        made.append(properties)
        self._append(made)

    def _end_after_table(self) -> None:
        """Word wants a paragraph after a table; this one is a point high, so that it makes no page of its own."""
        made = parts.element("p")
        properties = parts.element("pPr")
        properties.append(parts.element("pStyle", val=parts.style_id("cell")))
        properties.append(parts.element("spacing", before=0, after=0, line=20, lineRule="exact"))
        made.append(properties)
        self._append(made)

    def _sign_off(self, block: SignOff) -> None:
        self._paragraph((Run(""),), "flush", True)  # never a page with the signature alone
        self._paragraph((Run(f"{block.unit}{block.seal}"),), "sign", True)
        self._paragraph((Run(block.day),), "sign", True)
        self._paragraph((Run(""),), "flush", True)

    def _picture(self, block: Picture) -> None:
        if self.chart_png is None:
            raise ValueError("the document has charts, and nobody was given who paints them")
        width, height = self.page.text_width, block.height * MM
        picture = io.BytesIO(self.chart_png(block.chart, width, height))
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(2)
        shape = paragraph.add_run().add_picture(picture, width=Pt(width))
        shape._inline.docPr.set("descr", block.caption)
        self._text(block.caption, "under_picture")
