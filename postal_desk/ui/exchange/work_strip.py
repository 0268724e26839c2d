"""What a long work says of itself, with its way out. It stays hidden while the work is short."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.exchange.import_work import Counter
from postal_desk.ui.widgets.buttons import PressButton
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import text_label

_PATIENCE_MS = 400
_LOOK_MS = 100


class WorkStrip(QFrame):
    """``stopped``: somebody pressed Cancel. The work itself says when it has ended (:meth:`end`)."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, kind="card")
        row = QHBoxLayout(self)
        row.setContentsMargins(looks.px(12), looks.px(6), looks.px(8), looks.px(6))
        row.setSpacing(looks.px(12))
        self.label = text_label(kind="caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = PressButton(_("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        self._counter: Counter | None = None
        self._total = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.hide()

    def begin(self, said: Sentence, counter: Counter, total: int) -> None:
        """A work begins; it is shown if it takes long enough to wonder."""
        self._counter, self._total = counter, total
        self._said = tell(said)
        self.label.setText(self._said)
        self.bar.setAccessibleName(self._said)
        self.bar.setRange(0, total)
        self.cancel_button.setEnabled(True)
        self._timer.start(_PATIENCE_MS)

    def end(self) -> None:
        """The work has ended."""
        self._timer.stop()
        self._counter = None
        self.hide()

    def _look(self) -> None:
        if self._counter is None:
            return
        self.show()
        self._timer.start(_LOOK_MS)
        if self._total:
            self.bar.setValue(min(self._counter.done, self._total))
            self.label.setText(f"{self._said}  {self._counter.done:,} / {self._total:,}")

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.stopped.emit()
