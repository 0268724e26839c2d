"""The two rows over the list: title with counts, search and «log a case»; under them the chips."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.cases.filter_bar import FilterBar
from postal_desk.ui.cases.filter_words import period_words
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.page_header import PageHeader
from postal_desk.ui.widgets.search_line import SearchLine


class PageTools(QWidget):
    """``filter_changed`` gives the filter that chips and search box make together."""

    filter_changed = Signal(object)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._filter = CaseFilter()
        self.header = PageHeader(_("Cases"))
        self.search = SearchLine(_("Search: name, number, story…  Ctrl+F"), _("Search cases"))
        self.header.add(self.search, 1)
        self.new_button = HintButton(_("＋ Log a case"), "Ctrl+N", primary=True)
        self.new_button.clicked.connect(lambda: ctx.navigator.go("entry"))
        offer(ctx, "case.add", self.new_button)
        self.header.add(self.new_button)
        self.bar = FilterBar(ctx)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addWidget(self.bar)
        self.search.searched.connect(self._searched)
        self.bar.changed.connect(self._changed)

    def show_filter(self, filter: CaseFilter) -> None:
        """Show a filter; nothing is emitted."""
        self._filter = filter
        self.bar.show_filter(filter)
        self.search.show_text(filter.text)

    def show_counts(self, filter: CaseFilter, total: int, closed: int, overdue: int) -> None:
        """What the list shows, in words and figures."""
        parts = [period_words(filter, self._ctx.desk.today())]
        if filter.deleted:
            parts.append(_("Recycle bin"))
        parts.append(
            _("{total} cases, {closed} closed, {overdue} overdue").format(
                total=f"{total:,}", closed=f"{closed:,}", overdue=f"{overdue:,}"
            )
        )
        self.header.facts.setText(" · ".join(part for part in parts if part))

    def _searched(self, text: str) -> None:
        self._changed(replace(self._filter, text=text))

    def _changed(self, filter: CaseFilter) -> None:
        self._filter = filter
        self.bar.show_filter(filter)
        self.filter_changed.emit(filter)
