"""The printers of this PC, and sending a document to one.

Qt's print support is loaded when it is first asked for; an installation without it, like a PC without a printer,
simply has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postal_desk.reports.document import Document

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def printer_names() -> list[str]:
    """The printers, the one that the system prints on first."""
    try:
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError:
        return []
    names = list(QPrinterInfo.availablePrinterNames())
    first = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != first, names.index(name)))


def printer_named(name: str, copies: int = 1) -> QPrinter:
    """A printer ready for a document of A4 pages."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setCopyCount(copies)
    return printer


def print_document(document: Document, printer: QPrinter) -> int:
    """Print all pages and return how many; for a thread of its own. Raises :class:`OSError` if the printer refuses.

    The job's name is the document's title, which carries no personal data.
    """
    from postal_desk.render.output import paint_on

    printer.setDocName(document.title)
    return paint_on(document, printer, printer.printerName())
