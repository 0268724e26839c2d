"""The list of keys that ? opens: those of the window, the pages, and the page in front."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.actions import ACTIONS, BACK
from postal_desk.ui.page import Page
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

Keys = list[tuple[Sentence, str]]


class ShortcutSheet(QDialog):
    """Closed with Esc."""

    help = "keyboard"

    def __init__(self, page: Page | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        inner = dress(QWidget(), kind="plain")
        self._grid = QGridLayout(inner)
        self._grid.setHorizontalSpacing(looks.px(24))
        self._grid.setVerticalSpacing(looks.px(6))
        self._section(_("Everywhere"), [(action.title, action.keys) for action in (*ACTIONS, BACK)])
        self._section(_("Pages"), [(entry.title, entry.shortcut) for entry in pages.PAGES if entry.shortcut])
        if page is not None and page.shortcuts:
            self._section(tell(pages.entry(page.name).title), list(page.shortcuts))
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        buttons = QDialogButtonBox()  # a standard button would bring an icon of the style
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(scroll)
        box.addWidget(buttons)
        self.resize(looks.px(520), min(looks.px(600), self.screen().availableGeometry().height() - 80))

    def _section(self, title: str, keys: Keys) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(text_label(title, "heading"), row, 0, 1, 2)
        for what, key in keys:
            row += 1
            self._grid.addWidget(text_label(tell(what), wrap=True), row, 0)
            self._grid.addWidget(text_label(key, "caption"), row, 1)
        self._grid.setColumnStretch(0, 1)
