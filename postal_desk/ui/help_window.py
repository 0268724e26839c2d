"""The manual, offline and in the window's language: contents and search at the left, the page at the right.

A window of its own that leaves the program usable beside it. Pages are Markdown in ``resources/help``; what changes
with the program (keys, placeholders, definitions) is put in when a page is shown.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from postal_desk import paths
from postal_desk.i18n import _, language
from postal_desk.ui import looks
from postal_desk.ui.help_pages import PAGES, page_text, pages_with, title_of
from postal_desk.ui.page import Page
from postal_desk.ui.widgets.labels import text_label


class HelpWindow(QDialog):
    """:meth:`show_page` opens a page by name. Esc closes, Alt+Left goes back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setWindowTitle(_("Help"))
        self.name = ""
        self._seen: list[str] = []
        self._words = ""
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(_("Search the manual"))
        self.search.setAccessibleName(_("Search the manual"))
        self.contents = QListWidget()
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setAccessibleName(_("Contents"))
        self.none = text_label(_("Nothing in the manual has all of these words."), "hint", wrap=True)
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setAccessibleName(_("Page of the manual"))
        self.browser.document().setDocumentMargin(looks.px(18))
        self.browser.document().setBaseUrl(QUrl.fromLocalFile(str(_folder()) + "/"))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.none)
        column.addWidget(self.contents, 1)
        split = QSplitter()
        split.addWidget(side)
        split.addWidget(self.browser)
        split.setSizes([looks.px(280), looks.px(720)])
        split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(12), looks.px(12), looks.px(12), looks.px(12))
        box.addWidget(split)
        self.search.textChanged.connect(self._find)
        self.contents.currentItemChanged.connect(self._chosen)
        self.browser.anchorClicked.connect(self._follow)
        for keys, act in (("Alt+Left", self.back), ("Ctrl+F", self.search.setFocus)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._fill(list(PAGES))
        room = self.screen().availableGeometry()
        self.resize(min(looks.px(1060), room.width() - 40), min(looks.px(680), room.height() - 40))

    def show_page(self, name: str) -> None:
        """Show a page; an unknown name shows the first one."""
        name = name if name in PAGES else PAGES[0]
        if name != self.name and self.name:
            self._seen.append(self.name)
        self._open(name)

    def back(self) -> None:
        """Return to the page before."""
        if self._seen:
            self._open(self._seen.pop())

    def _open(self, name: str) -> None:
        self.name = name
        document = self.browser.document()
        document.setMarkdown(page_text(name, language()), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._space()
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        if self._words:
            self.browser.find(self._words.split()[0])
        for row in range(self.contents.count()):
            if self.contents.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.contents.blockSignals(True)
                self.contents.setCurrentRow(row)
                self.contents.blockSignals(False)

    def _space(self) -> None:
        """Lines and paragraphs apart, as Markdown alone does not put them."""
        cursor = QTextCursor(self.browser.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(looks.px(7))
        cursor.mergeBlockFormat(spaced)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_page(str(item.data(Qt.ItemDataRole.UserRole)))

    def _follow(self, link: QUrl) -> None:
        self.show_page(Path(link.path()).stem)

    def _find(self, words: str) -> None:
        self._words = words.strip()
        found = pages_with(self._words, language())
        self._fill(found)
        self.none.setVisible(not found)
        if found and self._words:
            self.show_page(found[0])

    def _fill(self, names: list[str]) -> None:
        self.none.setVisible(not names)
        self.contents.blockSignals(True)
        self.contents.clear()
        for name in names:
            item = QListWidgetItem(title_of(name, language()))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.contents.addItem(item)
        self.contents.blockSignals(False)


def open_help(over: QWidget, page: Page | None, name: str = "") -> HelpWindow:
    """Open the manual, once for each window, at ``name`` or at what the page in front names."""
    window = over.findChild(HelpWindow) or HelpWindow(over)
    window.show_page(name or (page.help_page if page is not None else ""))
    window.show()
    window.raise_()
    window.activateWindow()
    return window


def _folder() -> Path:
    return paths.resources() / "help" / language()
