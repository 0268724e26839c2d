"""The sheets beside the one whose columns are shown, with ticks: those of like shape come in with it, in one import."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.exchange.import_work import ImportWork
from postal_desk.ui.widgets.labels import text_label

_ROW = 26
_MOST_ROWS = 4
_NAME = int(Qt.ItemDataRole.UserRole)


class OtherSheets(QWidget):
    """Hidden for a file of one sheet."""

    def __init__(self, work: ImportWork) -> None:
        super().__init__()
        self._work = work
        self.list = QListWidget()
        self.list.setAccessibleName(_("Sheets that come in with it"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemChanged.connect(self._changed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(4))
        box.addWidget(text_label(_("With it, by the same columns"), "caption"))
        box.addWidget(self.list)
        self.hide()

    def load(self) -> None:
        """Show what is offered beside the sheet in front."""
        offers = self._work.offers
        with QSignalBlocker(self.list):
            self.list.clear()
            for offer in offers:
                self.list.addItem(self._item(offer.name, offer.rows, like=offer.like))
        self.list.setFixedHeight(looks.px(_ROW * min(len(offers), _MOST_ROWS) + 6))
        self.setVisible(bool(offers))

    def _item(self, name: str, rows: int, *, like: bool) -> QListWidgetItem:
        done = name in self._work.done
        said = (
            _("{sheet} (imported)") if done else "{sheet}" if like else _("{sheet} (other headings)")
        ).format(sheet=name)
        item = QListWidgetItem(said)
        item.setData(_NAME, name)
        item.setToolTip(
            _("Down to row {rows}").format(rows=f"{rows:,}")
            if like
            else _("Its headings differ: choose it above and import it by itself")
        )
        flags = Qt.ItemFlag.ItemIsSelectable
        if like:
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
            item.setCheckState(
                Qt.CheckState.Checked if name in self._work.chosen else Qt.CheckState.Unchecked
            )
        item.setFlags(flags)
        return item

    def _changed(self, _item: QListWidgetItem) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        self._work.chosen = tuple(
            item.data(_NAME) for item in items if item.checkState() == Qt.CheckState.Checked
        )
