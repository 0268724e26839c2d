"""The first row of the page: the month, how far the figures go, and the tools. Narrow, the tools stand below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from postal_desk.domain.periods import Month
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.summaries.month_field import MonthField
from postal_desk.ui.widgets.buttons import HintButton, PressButton, icon_button, paint_list_arrow
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.flow_layout import FlowLayout
from postal_desk.ui.widgets.labels import PartsLabel, text_label


class ChoiceButton(PressButton):
    """A button that shows what is chosen and opens the list: «公文版式 ⌄». ``chosen`` gives the value."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: list[Choice]) -> None:
        super().__init__()
        self._name, self._choices = name, choices
        self.value = ""
        dress(self, arrow="true")
        self.clicked.connect(self.open_list)

    def show_value(self, value: str) -> None:
        """Show a value; nothing is emitted."""
        self.value = value
        text = next(choice.text for choice in self._choices if choice.value == value)
        self.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.setToolTip(self._name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_list_arrow(self)

    def open_list(self) -> None:
        """Open the list of choices."""
        from postal_desk.ui.widgets.choice_popup import choose

        choose(self, self._name, self._choices, self._take, self.value)

    def _take(self, value: str) -> None:
        if value != self.value:
            self.show_value(value)
            self.chosen.emit(value)


class SummaryHeader(QWidget):
    """``asked`` names what a tool wants: ``docx xlsx pdf print more``."""

    asked = Signal(str)

    def __init__(self, this: Callable[[], Month]) -> None:
        super().__init__()
        self.title = text_label(_("Monthly summary"), "title")
        self.month = MonthField(this)
        self.facts = PartsLabel(kind="hint")
        self.layout_choice = ChoiceButton(
            _("Layout of the document"),
            [
                Choice("gbt9704", _("Official layout"), "GB/T 9704"),
                Choice("plain", _("Plain layout")),
            ],
        )
        self.language_choice = ChoiceButton(
            _("Language of the document"), [Choice("zh_CN", "中文"), Choice("en", "English")]
        )
        self.excel = self._button(PressButton("Excel"), "xlsx", _("Export as Excel workbook"))
        self.pdf = self._button(PressButton("PDF"), "pdf", _("Export as PDF file"))
        self.word = self._button(HintButton(_("Export Word"), "Ctrl+E", primary=True), "docx", "")
        self.print = icon_button("printer", _("Print"), lambda: self.asked.emit("print"))
        self.print.setToolTip(_("Print") + "  Ctrl+P")
        self.more = icon_button("ellipsis", _("More"), lambda: self.asked.emit("more"))
        for button in (self.print, self.more):
            button.setFixedSize(looks.px(30), looks.px(30))
        self._tools = QWidget()
        tools = FlowLayout(self._tools, looks.px(8))
        for tool in (
            *(self.layout_choice, self.language_choice, self.excel, self.pdf, self.print, self.more),
            self.word,
        ):
            tools.addWidget(tool)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(looks.px(10))
        self._grid.setVerticalSpacing(looks.px(8))
        self._grid.addWidget(self.title, 0, 0)
        self._grid.addWidget(self.month, 0, 1)
        self._grid.addWidget(self.facts, 0, 2)
        self._grid.setColumnStretch(2, 1)
        self._two_rows: bool | None = None
        self.set_two_rows(False)

    def set_two_rows(self, two_rows: bool) -> None:
        """Put the tools below the month, or beside it."""
        if two_rows == self._two_rows:
            return
        self._two_rows = two_rows
        if two_rows:
            self._tools.setMinimumWidth(0)
            self._grid.addWidget(self._tools, 1, 0, 1, 4)
        else:
            self._tools.setMinimumWidth(self._tools.sizeHint().width())
            self._grid.addWidget(self._tools, 0, 3)

    def one_row_width(self) -> int:
        """The width that title, month and tools need side by side."""
        parts = (self.title, self.month, self._tools)
        return sum(part.sizeHint().width() for part in parts) + 4 * looks.px(10) + looks.px(80)

    def tell(self, *words: str) -> None:
        """The line of facts: what matters most comes first."""
        self.facts.show_parts(*words)

    def _button(self, button: PressButton, name: str, spoken: str) -> PressButton:
        if spoken:
            button.setAccessibleName(spoken)
            button.setToolTip(spoken)
        button.clicked.connect(lambda: self.asked.emit(name))
        return button
