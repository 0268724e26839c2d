"""The foot of a record: add a step. One line and Enter; what it recognised stands below and can be set by
keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from postal_desk.domain.cases import Case
from postal_desk.domain.rules import Rules
from postal_desk.domain.states import MOVES
from postal_desk.i18n import _, label
from postal_desk.ui import looks
from postal_desk.ui.cases.step_line import StepLine, read_step_line
from postal_desk.ui.widgets.attachments.drop_target import DropTarget
from postal_desk.ui.widgets.attachments.incoming import offers_files
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.buttons import icon_button
from postal_desk.ui.widgets.chip import FilterChip
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.labels import text_label

_DRAFT_MS = 1500
_LINES = 4
_TENTH = "risk_notice_given"  # a warning against fraud gets a digit: it is given more often than some reasons of return


@dataclass
class _Set:
    """What somebody set by hand; it wins over what the line says."""

    channel: str = ""
    result: str = ""
    status: str = ""
    follow_up_on: date | None = None


class StepText(QPlainTextEdit):
    """One to four lines. Enter saves, Shift+Enter begins a new line, Tab leaves."""

    entered = Signal()
    pasted = Signal(object)  # QMimeData with files or a picture

    def __init__(self) -> None:
        super().__init__()
        self._hint = ""
        dress(self, kind="bare")
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._grow)
        # a text that came in one piece is laid out, and known to be longer, only afterwards
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def show_hint(self, hint: str) -> None:
        """What to type here, on one line; its second part, after two blanks, only where there is room for it."""
        self._hint = hint
        room = self.viewport().width() - 2 * round(self.document().documentMargin()) - 1
        metrics = self.fontMetrics()
        said = hint if metrics.horizontalAdvance(hint) <= room else hint.partition("  ")[0]
        self.setPlaceholderText(metrics.elidedText(said, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_hint(self._hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            if event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
                self.entered.emit()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return offers_files(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if offers_files(source):
            self.pasted.emit(source)
        else:
            super().insertFromMimeData(source)

    def _grow(self) -> None:
        first = self.document().firstBlock()
        tall = self.blockBoundingRect(first).height()  # lays it out, so it comes before the lines are counted
        lines = max(1, round(self.document().size().height()))
        scrolls = lines > _LINES
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        line = tall / max(1, first.lineCount())  # of the script written in
        height = max(self.fontMetrics().lineSpacing(), round(line)) * min(_LINES, lines)
        self.setFixedHeight(height + looks.px(10))


class Composer(QFrame):
    """``save_asked`` gives a step as ``parse_step`` reads it; ``typed``, after a pause, the text for a draft."""

    save_asked = Signal(dict)
    typed = Signal(str)

    def __init__(self, files: AttachmentPanel) -> None:
        super().__init__()
        dress(self, kind="composer", active="false")
        self.files = files
        self._case: Case | None = None
        self._rules: Rules | None = None
        self._today: Callable[[], date] = date.today
        self._set = _Set()
        self._channel = "telephone"  # the last one used
        self._read = StepLine("")
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_MS)
        self._pause.timeout.connect(self.flush)
        self._unsaved = False
        self.text.textChanged.connect(self._text_changed)
        self.text.entered.connect(self.save)
        self.text.installEventFilter(self)
        self._bind_keys()

    # -- what the record asks ------------------------------------------------------------------------

    def show_case(
        self, case: Case, rules: Rules, today: Callable[[], date], key: str, draft: str = ""
    ) -> None:
        """Steps go to this case now. ``today`` is the desk's; ``draft`` is restored, the files wait under ``key``."""
        self.flush()
        same = self._case is not None and self._case.number == case.number
        self._case, self._rules = case, rules
        self._today = today
        self.setEnabled(case.is_open)
        if not same:
            self._clear(draft)
        self.files.show_record(key)
        self._show()

    @property
    def number(self) -> str:
        """The number of the case that steps go to."""
        return self._case.number if self._case is not None else ""

    def chosen(self) -> tuple[str, str]:
        """Channel and result as they stand, set by hand or recognised."""
        return self._set.channel or self._read.channel, self._set.result or self._read.result

    def suggest(self, channel: str, result: str) -> None:
        """Set channel and result, unless somebody has set them."""
        wanted = {"channel": channel, "result": result}
        parts = {name: code for name, code in wanted.items() if code and not getattr(self._set, name)}
        if parts:
            self._by_hand(**parts)

    def wait(self) -> None:
        """Another case is on its way: take no text until it is shown."""
        self.flush()
        self.setEnabled(False)

    def leave_to(self, other: QWidget) -> None:
        """It is about to be hidden: whoever is in it must not be left without the focus."""
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            other.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Hand over what was typed since the last pause."""
        if self._unsaved:
            self._unsaved = False
            self._pause.stop()
            self.typed.emit(self.text.toPlainText())

    def saved(self) -> None:
        """The step is on disk, its files with it: ready for the next."""
        self._unsaved = False
        self.files.reload()
        self._clear("")
        self._show()

    def save(self) -> None:
        """Ask for the step to be saved; nothing typed and nothing set saves nothing."""
        step = self.step()
        if step is not None:
            self.save_asked.emit(step)

    def step(self) -> dict[str, object] | None:
        """The step as it stands, in the form of ``parse_step``; ``None`` if there is nothing to save."""
        if self._case is None or not (
            self._read.text or self._read.result or self._set.result or self._set.status or self.files.files
        ):
            return None
        day = self._read.day
        follow_up = self.follow_up.value()
        self._channel = self._set.channel or self._read.channel or self._channel
        return {
            "at": day.isoformat() if day and day != self._today() else None,  # None is now
            "actor": self._case.handler,
            "channel": self._channel,
            "counterpart": self._read.counterpart,
            "result": self._set.result or self._read.result,
            "text": self._read.text,
            "status": self._set.status,
            "follow_up_on": follow_up.isoformat() if follow_up else None,
        }

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(looks.px(10), looks.px(6), looks.px(10), looks.px(6))
        box.setSpacing(looks.px(4))
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        self.channel = FilterChip(_("Channel"), self._channels)
        self.text = StepText()
        self.text.setAccessibleName(_("Add a step"))
        self.text.show_hint(_("Who: result…  Enter saves"))
        self.button = QPushButton(_("Add"))
        dress(self.button, kind="primary")
        self.button.clicked.connect(self.save)
        row.addWidget(self.channel, 0, Qt.AlignmentFlag.AlignTop)
        self.file_button = icon_button("paperclip", _("Add a file to this step…"), self.files.choose)
        row.addWidget(self.text, 1)
        row.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        box.addWidget(self.files)
        self.text.pasted.connect(self.files.take_dropped)
        self.target = DropTarget(self, lambda: self.files.takes_files, self.files.take_dropped)
        self.details = QWidget()
        flow = FlowLayout(self.details, looks.px(8))
        self.said = text_label(kind="good")
        self.result = FilterChip(_("Result"), self._results)
        self.status = FilterChip(_("Status"), self._statuses)
        self.follow_up = DateEdit(_("Follow up on"), lambda: self._today())
        self.follow_up.setPlaceholderText(_("Follow up on…"))
        self.follow_up.setFixedWidth(looks.px(164))
        for widget in (self.result, self.status, self.follow_up, self.said):
            flow.addWidget(widget)
        box.addWidget(self.details)
        self.details.hide()
        self.channel.changed.connect(lambda value: self._by_hand(channel=value))
        self.result.changed.connect(lambda value: self._by_hand(result=value))
        self.status.changed.connect(lambda value: self._by_hand(status=value))

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Alt+C", self.channel.open_list),
            ("Alt+R", self.result.open_list),
            ("Alt+S", self.status.open_list),
            ("Alt+F", self.follow_up.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            dress(self, active="true")
            self.details.show()
        elif event.type() == QEvent.Type.FocusOut:
            dress(self, active="false")
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._digit(event):
            return True
        return super().eventFilter(watched, event)

    def _digit(self, event: QKeyEvent) -> bool:
        """Alt with a digit sets the result of that place in the list."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.AltModifier:
            return False
        place = "1234567890".find(chr(event.key())) if event.key() < 0x80 else -1
        results = self._results()
        if not 0 <= place < len(results):
            return False
        self._by_hand(result=results[place].value)
        return True

    def _text_changed(self) -> None:
        if self._case is None or self._rules is None:
            return
        self._unsaved = True
        self._pause.start()
        self._show()

    def _by_hand(self, **parts: str) -> None:
        self._set = replace(self._set, **parts)  # type: ignore[arg-type]  # parts of _Set by name
        self._show()
        self.text.setFocus()

    def _show(self) -> None:
        if self._case is None or self._rules is None:
            return
        rules = self._rules
        self._read = read_step_line(self.text.toPlainText(), rules, self._case.opened_on, self._today())
        channel = self._set.channel or self._read.channel or self._channel
        self.channel.show_value("", "")
        self.channel.setText(label(rules.name("channels", channel)))
        self.channel.setAccessibleName(
            _("Channel: {name}").format(name=label(rules.name("channels", channel)))
        )
        result = self._set.result or self._read.result
        self.result.show_value(result, label(rules.name("step_results", result)) if result else "")
        status = self._set.status
        self.status.show_value(status, label(rules.name("statuses", status)) if status else "")
        parts = []
        if self._read.day:
            parts.append(self._read.day.isoformat())
        if self._read.counterpart:
            parts.append(_("with {counterpart}").format(counterpart=self._read.counterpart))
        if self.text.toPlainText():
            self.details.show()
        self.said.setText(" · ".join(parts))
        self.said.setVisible(bool(parts))

    def _clear(self, draft: str) -> None:
        self._set = _Set()
        self.follow_up.set_value(None)
        self.text.blockSignals(True)
        self.text.setPlainText(draft)
        self.text.blockSignals(False)
        self.text._grow()
        self.details.setVisible(bool(draft) or self.text.hasFocus())

    def _channels(self) -> list[Choice]:
        assert self._rules is not None
        return code_choices(self._rules.codes["channels"].values())

    def _results(self) -> list[Choice]:
        assert self._rules is not None
        choices = code_choices(self._rules.codes["step_results"].values())
        early = [choice for choice in choices if choice.value != _TENTH]
        choices = [*early[:9], *(choice for choice in choices if choice.value == _TENTH), *early[9:]]
        return [
            replace(choice, hint=f"Alt+{'1234567890'[place]}") if place < 10 else choice
            for place, choice in enumerate(choices)
        ]

    def _statuses(self) -> list[Choice]:
        assert self._rules is not None
        assert self._case is not None
        moves = MOVES.get(self._case.status, ())
        return [Choice(code, label(self._rules.name("statuses", code))) for code in moves]
