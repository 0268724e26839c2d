"""Pages onto paper: PDF files, printers, pictures for the preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from postal_desk.render.application import ensure_application
from postal_desk.render.chart_painter import chart_png
from postal_desk.render.fonts import DPI
from postal_desk.render.pdf_text import mend_text
from postal_desk.render.typeset import typeset
from postal_desk.reports.charts import Chart
from postal_desk.reports.document import Document
from postal_desk.reports.page_style import page_style

CREATOR = "Postal Desk"


class QtRenderer:
    """What the services are lent for everything that has to be painted (see ``services.documents.Renderer``)."""

    def pdf(self, document: Document, path: Path) -> None:
        """Write a PDF file. Raises :class:`OSError` if the file can't be written."""
        ensure_application()
        write_pdf(document, path)

    def chart_png(self, chart: Chart, width: float, height: float) -> bytes:
        """A chart as a PNG picture; width and height in points."""
        ensure_application()
        return chart_png(chart, width, height)


def write_pdf(document: Document, path: Path) -> int:
    """Write a PDF file page by page and return how many pages it has."""
    writer = QPdfWriter(str(path))
    writer.setTitle(document.title)
    writer.setCreator(CREATOR)
    writer.setResolution(DPI)
    pages = paint_on(document, writer, str(path))
    mend_text(path)
    return pages


def paint_on(document: Document, device: QPagedPaintDevice, name: str = "") -> int:
    """Paint all pages on a paged device (a PDF writer or a printer) whose resolution may be any; returns the count."""
    if name and not Path(name).parent.is_dir():
        raise OSError(f"{name}: the folder can't be written")
    margins = QMarginsF(0, 0, 0, 0)
    style = page_style(document.style, document.language)
    wide = style.width > style.height
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, margins))
    painter = QPainter()
    if not painter.begin(device):
        raise OSError(f"{name or document.stem}: the file can't be written")
    laid_out = typeset(document)
    count = 0
    try:
        for count, page in enumerate(laid_out.pages(), 1):
            if count > 1 and not device.newPage():
                raise OSError(f"{name or document.stem}: page {count} can't be written")
            painter.resetTransform()
            painter.scale(device.logicalDpiX() / DPI, device.logicalDpiY() / DPI)
            laid_out.paint(page, count, painter)
    finally:
        painter.end()
    return count


def page_images(document: Document, dpi: float = 96.0, limit: int | None = None) -> Iterator[QImage]:
    """Pictures of the pages for the preview, one by one, at most ``limit``."""
    laid_out = typeset(document)
    width, height = laid_out.size
    scale = dpi / DPI
    for number, page in enumerate(laid_out.pages(), 1):
        if limit is not None and number > limit:
            return
        image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        laid_out.paint(page, number, painter)
        painter.end()
        yield image
