"""Taking a year's holidays from a pasted notice or a file: what was understood is shown while one types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.settings.section import scrolled
from postal_desk.ui.settings.year_view import holiday_lines
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.holiday_preview import NoticePreview

_PAUSE_MS = 200


class HolidayDialog(Editor):
    """Text at the left, its reading at the right; it can be saved once every line is understood."""

    def __init__(self, ctx: Context, year: int, parent: QWidget) -> None:
        super().__init__(ctx, _("Public holidays of {year}").format(year=year), parent, grows=False)
        self.year = year
        self._preview: NoticePreview | None = None
        self._named = False
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text of the notice"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(
            _("Paste the notice here, or a list with one day a line:\n{example}").format(
                example=f"{year}-01-01 元旦 放假\n{year}-02-14 上班"
            )
        )
        self.text.textChanged.connect(self._typed)
        self.told = text_label(wrap=True, selectable=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.wrong = text_label(kind="error", wrap=True, selectable=True)
        self.wrong.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.source = QLineEdit()
        self.source.textEdited.connect(self._source_typed)
        self.form.add(_("Source"), self.source, key="source")
        self.file_button = QPushButton(_("From a file…"))
        self.file_button.setAutoDefault(False)
        self.file_button.clicked.connect(self.choose_file)
        self.buttons.insertWidget(0, self.file_button)
        self.inner.insertLayout(0, self._columns(), 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.read)
        room = self.screen().availableGeometry()
        self.resize(min(looks.px(860), room.width() - 40), min(looks.px(520), room.height() - 40))
        self.read()

    def fields(self) -> list[QWidget]:
        return [self.text, *super().fields(), self.file_button]

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_edits import take_notice

        self.read()
        preview, desk, source = self._preview, self.ctx.desk, self.source.text()
        if preview is None or preview.notice is None or not preview.complete:
            raise Refusal(say("Correct the lines that were not understood first"))
        notice = preview.notice
        return lambda: take_notice(desk, notice, source)

    def read(self) -> None:
        """Show what the text is understood as."""
        from postal_desk.services.holiday_preview import preview_notice

        text = self.text.toPlainText()
        self._preview = preview_notice(text, self.year) if text.strip() else None
        self._show(self._preview)

    def choose_file(self) -> QFileDialog:
        """Ask for a text or csv file."""
        dialog = QFileDialog(self, _("Holidays of {year}").format(year=self.year))
        dialog.setNameFilters([_("Text or csv (*.txt *.csv)"), _("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def take_file(self, file: Path) -> None:
        """Put a file's text in place of what stands there."""
        from postal_desk.services.holiday_preview import read_notice_file

        try:
            self.text.setPlainText(read_notice_file(file))
        except Refusal as refusal:
            self.refused(refusal)
            return
        self.problem.hide()
        self.read()

    def _typed(self) -> None:
        self.problem.hide()
        self._pause.start(_PAUSE_MS)

    def _source_typed(self, _text: str) -> None:
        self._named = True

    def _show(self, preview: NoticePreview | None) -> None:
        self.save_button.setEnabled(preview is not None and preview.complete)
        if not self._named:
            self.source.setText(self._guessed_source())
        if preview is None:
            self.told.setText(_("Nothing yet."))
            self._say_wrong("")
            return
        calendar = preview.notice.calendar if preview.notice else None
        if calendar is not None:
            head = _("{rest} rest days, {work} working weekend days").format(
                rest=len(calendar.holidays), work=len(calendar.working_days)
            )
            self.told.setText("\n".join([head, *holiday_lines(calendar)]))
        else:
            self.told.setText(tell(preview.reason) if preview.reason else _("Nothing was understood yet."))
        self._say_wrong(
            "\n".join(
                _("Line {line}: {reason} — “{text}”").format(line=p.line, reason=tell(p.reason), text=p.text)
                for p in preview.problems
            )
        )

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setAccessibleName(text)
        self.wrong.setVisible(bool(text))

    def _guessed_source(self) -> str:
        """The line that names the notice, else that it was pasted."""
        for line in self.text.toPlainText().splitlines():
            if "通知" in line and str(self.year) in line and len(line) <= 60:
                return line.strip()
        return _("Holiday notice of {year}, pasted").format(year=self.year)

    def _columns(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        row.addWidget(self.text, 3)
        reading = Card(_("Understood"))
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.wrong)
        box.addWidget(self.told)
        box.addStretch(1)
        reading.body.addWidget(scrolled(inner, _("Understood")), 1)
        row.addWidget(reading, 2)
        return row
