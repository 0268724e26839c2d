"""Pictures of attachments: small ones for a list, large ones to look at. The files are anybody's, so sizes are limited
before anything is decoded, and what can't be decoded is no picture rather than an error.

PDF pages are drawn by pypdfium2, which one thread at a time may use: the window's second thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

_MOST_PIXELS = 200_000_000  # a scan of A3 at 600 dpi has 70 million
_WIDEST = 4000
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Preview:
    """One page as a picture (null: it can't be shown), and how many pages there are."""

    image: QImage
    pages: int = 1


def preview_of(content: bytes, media: str, widest: int, highest: int, page: int = 0) -> Preview:
    """A picture of at most that size in pixels; ``page`` counts from 0 and matters for PDF only."""
    if media == PDF:
        return _pdf_page(content, widest, highest, page)
    return Preview(_picture(content, widest, highest))


def _picture(content: bytes, widest: int, highest: int) -> QImage:
    device = QBuffer()
    device.setData(QByteArray(content))
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > _MOST_PIXELS:
            return QImage()
        turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
        room = QSize(highest, widest) if turned else QSize(widest, highest)
        if size.width() > room.width() or size.height() > room.height():
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if not image.isNull() and (image.width() > widest or image.height() > highest):
        mode = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(widest, highest, Qt.AspectRatioMode.KeepAspectRatio, mode)
    return image


def _pdf_page(content: bytes, widest: int, highest: int, number: int) -> Preview:
    import pypdfium2  # type: ignore[import-untyped]  # no stubs

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:  # damaged, or protected by a password
        return Preview(QImage(), 0)
    try:
        pages = len(document)
        if not 0 <= number < pages:
            return Preview(QImage(), pages)
        page = document[number]
        width, height = page.get_size()
        scale = min(widest / max(width, 1.0), highest / max(height, 1.0), _WIDEST / max(width, height, 1.0))
        bitmap = page.render(scale=max(scale, 0.01), rev_byteorder=True)
        form = {3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}[bitmap.n_channels]
        image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, form).copy()
        return Preview(image, pages)
    except pypdfium2.PdfiumError:
        return Preview(QImage(), 0)
    finally:
        document.close()


def png_of(image: QImage) -> bytes:
    """A picture as PNG: how a pasted screenshot is kept."""
    content = QByteArray()
    device = QBuffer(content)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(device, "PNG")  # type: ignore[call-overload]  # the stubs know no bytes for the format
    return bytes(content.data())
