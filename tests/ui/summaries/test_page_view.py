"""Pages in the window: painted elsewhere, one by one, and only the document asked for last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from postal_desk.render import output
from postal_desk.reports.document import Document, PageBreak, Paragraph, Run
from postal_desk.ui.background import Background
from postal_desk.ui.widgets.page_view import PageView


def pages_of(count: int, name: str = "report") -> Document:
    """A document of so many pages."""
    blocks: list[Any] = []
    for number in range(count):
        blocks += [PageBreak(), Paragraph((Run(f"{name} {number}"),))]
    return Document(name, "en", "plain", name, tuple(blocks[1:]))


@pytest.fixture
def background() -> Iterator[Background]:
    faults: list[Exception] = []
    made = Background(faults.append)
    yield made
    made.close()
    assert faults == []


@pytest.fixture
def view(qtbot: Any, background: Background) -> PageView:
    made = PageView(background)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def shown(qtbot: Any, view: PageView, document: Document) -> None:
    with qtbot.waitSignal(view.painted):
        view.show_document(document)


def test_pages_are_painted_away_from_the_window(qtbot: Any, view: PageView, monkeypatch: Any) -> None:
    threads: set[int] = set()
    paint = output.page_images

    def watched(document: Document, dpi: float) -> Iterator[QImage]:
        for image in paint(document, dpi):
            threads.add(threading.get_ident())
            yield image

    monkeypatch.setattr(output, "page_images", watched)
    shown(qtbot, view, pages_of(3))
    assert view.count == 3
    assert threads
    assert threading.get_ident() not in threads


def test_pages_fill_the_width_with_the_screens_dots(qtbot: Any, view: PageView) -> None:
    shown(qtbot, view, pages_of(1))
    (sheet,) = view._sheets
    assert sheet.width() == view.page_width()
    assert abs(sheet.image.width() - view.page_width() * view.devicePixelRatioF()) <= 1
    qtbot.waitUntil(lambda: sheet.height() == round(sheet.width() * 297 / 210))


def test_a_shorter_document_takes_pages_away(qtbot: Any, view: PageView) -> None:
    shown(qtbot, view, pages_of(3))
    shown(qtbot, view, pages_of(1, "other"))
    assert view.count == 1


def test_only_the_last_document_counts(qtbot: Any, view: PageView, background: Background) -> None:
    painted: list[int] = []
    view.painted.connect(painted.append)
    view.show_document(pages_of(4, "first"))
    view.show_document(pages_of(2, "second"))
    qtbot.waitUntil(lambda: view.complete and not background.busy)
    assert painted == [2]
    assert view.count == 2


def test_another_width_paints_anew(qtbot: Any, view: PageView) -> None:
    shown(qtbot, view, pages_of(1))
    before = view._sheets[0].image.width()
    with qtbot.waitSignal(view.painted):
        view.resize(700, 500)
    assert view._sheets[0].image.width() > before


def test_enter_asks_for_the_full_size(qtbot: Any, view: PageView) -> None:
    shown(qtbot, view, pages_of(1))
    with qtbot.waitSignal(view.opened):
        QTest.keyClick(view, Qt.Key.Key_Return)
