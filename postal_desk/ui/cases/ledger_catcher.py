"""A ledger dropped onto the list of cases, or cells pasted into it, goes on to the page «Exchange»."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.attachments.drop_target import DropTarget

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


class LedgerCatcher(QObject):
    """Watches the list (``around``: the card it stands in). What is no ledger is left to others."""

    def __init__(self, ctx: Context, around: QWidget, table: QWidget) -> None:
        super().__init__(around)
        self._ctx = ctx
        target = DropTarget(around, lambda: ctx.has_desk and ctx.desk.may("case.import"), self.dropped)
        target.cover.setText(_("Drop an old ledger here to import it"))
        table.installEventFilter(self)

    def dropped(self, content: QMimeData) -> None:
        """Open the first ledger among the files."""
        paths = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
        ledger = next((path for path in paths if path.suffix.lower() in _ENDINGS), None)
        if ledger is not None:
            self._ctx.navigator.go("exchange", file=ledger)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            text = QGuiApplication.clipboard().text()
            if "\t" in text and self._ctx.has_desk:
                self._ctx.navigator.go("exchange", text=text)
                return True
        return super().eventFilter(watched, event)
