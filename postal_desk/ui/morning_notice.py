"""A notification of the desktop: how much is to do today. Where the desktop shows none, there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from postal_desk import paths
from postal_desk.domain.sentences import say
from postal_desk.i18n import _, tell

_SHOWN_MS = 20_000


class MorningNotice(QObject):
    """The icon stands in the tray only while the notification does. ``pressed`` opens the page."""

    def __init__(self, pressed: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tray = QSystemTrayIcon(QIcon(str(paths.resources() / "icons" / "postal-desk.svg")), self)
        self._tray.messageClicked.connect(lambda: pressed())
        self._tray.activated.connect(lambda _why: pressed())
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(_SHOWN_MS)
        self._hide.timeout.connect(self._tray.hide)

    @staticmethod
    def possible() -> bool:
        """True if this desktop shows notifications."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def tell(self, number: int) -> None:
        """Say how much is to do; no customer is named where others can see it."""
        self._tray.show()
        text = tell(say("{count} to do today: cases due, promises, re-checks", count=number))
        self._tray.showMessage(_("Postal Desk"), text, self._tray.icon(), _SHOWN_MS)
        self._hide.start()
