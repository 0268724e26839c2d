"""What the scan of free texts found and no export stars yet, with the way to star it; shown before something leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.domain.personal_scan import kind_words
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.personal_scan import FoundInCase

_MOST = 60
_ROWS = 5
_WORD = int(Qt.ItemDataRole.UserRole)


class PersonalBox(QFrame):
    """Hidden while nothing is left. ``starred`` comes when words were starred: what is shown has to be made anew."""

    starred = Signal()
    scanned = Signal(int)  # how many stretches no export stars yet

    def __init__(self, ctx: Context, scan: Callable[[], list[FoundInCase]]) -> None:
        super().__init__()
        dress(self, kind="note", tone="attention")
        self._ctx, self._scan = ctx, scan
        self.told = text_label(wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Personal data left in the texts"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROWS * looks.px(24))
        self.list.itemActivated.connect(self._toggle)
        self.button = QPushButton(_("Star the ticked ones"))
        self.button.setToolTip(_("In every export from now on"))
        self.button.setAccessibleDescription(self.button.toolTip())
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.star)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        gap = looks.px(12)
        box.setContentsMargins(gap, looks.px(8), gap, looks.px(8))
        box.setSpacing(looks.px(6))
        box.addWidget(self.told)
        box.addWidget(self.list)
        box.addLayout(row)
        self.hide()
        self.scan()

    def scan(self) -> None:
        """Look through the texts, on the desk's thread."""
        self._ctx.background.db(self._scan, self._show, owner=self)

    def ticked(self) -> list[str]:
        """The words that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [str(item.data(_WORD)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def star(self) -> None:
        """Star the ticked words in every export from now on."""
        desk, words = self._ctx.desk, self.ticked()

        def work() -> Changes:
            from postal_desk.services.personal_scan import mask_also

            return mask_also(desk, words)

        def done(_changes: Changes) -> None:
            self.starred.emit()
            self.scan()

        if words:
            self._ctx.write(work, done, owner=self)

    def _show(self, found: list[FoundInCase]) -> None:
        left = [one for one in found if not one.finding.masked]
        by_word: dict[str, list[FoundInCase]] = {}
        for one in left:
            by_word.setdefault(one.finding.text, []).append(one)
        self.list.clear()
        for word, places in list(by_word.items())[:_MOST]:
            item = QListWidgetItem(_line(word, places))
            item.setToolTip(item.text())  # the side of a preview is narrow
            item.setData(_WORD, word)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        starred = len(found) - len(left)
        self.told.setText(
            _(
                "Perhaps personal data and not starred: {left} (starred: {starred}). Read them, then decide."
            ).format(left=len(left), starred=starred)
        )
        self.setVisible(bool(left))
        self.scanned.emit(len(left))

    @staticmethod
    def _toggle(item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)


def _line(word: str, places: list[FoundInCase]) -> str:
    first = places[0]
    where = f"{first.number} {tell(first.label)} {first.finding.start + 1}–{first.finding.end}"
    more = f" +{len(places) - 1}" if len(places) > 1 else ""
    return f"{word}   {tell(kind_words(first.finding.kind))} · {where}{more}"
