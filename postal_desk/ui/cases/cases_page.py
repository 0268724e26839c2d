"""The page «Cases»: title with counts, search, chips, the list at the left and the record at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.cases.case_model import CaseModel
from postal_desk.ui.cases.case_table import CaseTable
from postal_desk.ui.cases.filter_bar import FilterBar
from postal_desk.ui.cases.filter_words import period_words
from postal_desk.ui.cases.list_states import show_empty, show_not_open
from postal_desk.ui.cases.search_box import SearchBox
from postal_desk.ui.cases.selection_bar import SelectionBar
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from postal_desk.services.case_lists import CaseRow
    from postal_desk.ui.cases.case_desk import CaseDesk

_ONE_PANE = 820  # px of width below which list and record take turns
_LIST_WIDTH = 470


class CasesPage(Page):
    """``shown(number=…)`` puts a case in front, ``shown(filter=CaseFilter)`` shows other cases.

    The list is there at once; the record and what acts on cases (:class:`CaseDesk`) are made when the desk
    is open.
    """

    name = "cases"
    shortcuts = (
        (say("Open the case: write a step"), "Enter"),
        (say("Save the step"), "Enter"),
        (say("Channel, result, status, follow-up of the step"), "Alt+C, Alt+R, Alt+S, Alt+F"),
        (say("Result of the step by its place in the list"), "Alt+1 … Alt+0"),
        (say("Edit the case"), "Alt+E"),
        (say("Close the case"), "Ctrl+Enter"),
        (say("Show or hide personal data"), "Alt+M"),
        (say("Delete the picked cases"), "Delete"),
    )

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.desk: CaseDesk | None = None
        self._wanted = ""  # a case to put in front as soon as the list knows its place
        self._fresh = True  # other cases are shown: begin at the first
        self.model = CaseModel(ctx)
        self.table = CaseTable(self.model, ctx.settings)
        self._build()
        self._connect()
        if ctx.has_desk:
            self._desk_opened()
        else:
            ctx.opened.connect(self._desk_opened, Qt.ConnectionType.SingleShotConnection)
            ctx.opening_failed.connect(self._not_opened)

    # -- what the window asks
    # -----------------------------------------------------------------------------------

    def shown(self, **request: object) -> None:
        if isinstance(wanted := request.get("filter"), CaseFilter):
            self.show_filter(wanted)
        if number := request.get("number"):
            self.show_number(str(number))
        elif self.focusWidget() is None:
            self.table.setFocus()

    def refresh(self, changes: Changes) -> None:
        if not self.ctx.has_desk:
            return
        if changes.cases or changes.rules or changes.staff or changes.outlets:
            self.model.reload()
        if changes.staff or changes.outlets:
            self.bar.load_lists()
        if self.desk is not None:
            self.desk.record.refresh(changes)

    def keep(self) -> None:
        if self.desk is not None:
            self.desk.record.keep()

    def place(self) -> dict[str, object]:
        number = self.desk.record.number if self.desk is not None else ""
        return {"filter": self.model.filter, "number": number}

    def command(self, name: str) -> bool:
        if name == "search":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
            return True
        if name == "back":
            return self._back()
        return self.desk is not None and self.desk.command(name)

    # -- list and record
    # ----------------------------------------------------------------------------------------

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show other cases."""
        self._fresh = True
        self.table.forget()
        self.bar.show_filter(wanted)
        self.search.show_text(wanted.text)
        if self.ctx.has_desk:
            self.model.show(wanted)
            self._remember(wanted)

    def show_number(self, number: str) -> None:
        """Put a case in front, whether the list shows it or not."""
        self._wanted = number
        if self.desk is not None:
            self.desk.record.show_number(number)
            self._show_record_pane(True)
            self.desk.find_key(number, self._choose)

    def _choose(self, key: int) -> None:
        """The wanted case's key is known: choose its row, now or when the list knows its place."""
        if self.table.choose_key(key) or self.model.has_keys:
            self._wanted = ""
        else:
            self.table.expect(key)

    def _desk_opened(self) -> None:
        from postal_desk.services.filter_json import filter_from_json

        if self.desk is None:
            QTimer.singleShot(0, self, self._make_desk)
        self.bar.load_lists()
        kept = self.ctx.settings["cases_filter"]
        self.show_filter(filter_from_json(kept) if kept else CaseFilter())

    def _make_desk(self) -> None:
        from postal_desk.ui.cases.case_desk import CaseDesk

        self.desk = CaseDesk(self.ctx, self)
        self._right.addWidget(self.desk.record)
        self._right.setCurrentWidget(self.desk.record)
        self.desk.record.case_asked.connect(self.show_number)
        if self._wanted:
            self.show_number(self._wanted)
        else:
            self._current_changed(self.table.current_case())

    def _not_opened(self, error: Exception) -> None:
        show_not_open(self.empty, error, self.ctx)
        self._left.setCurrentWidget(self.empty)

    def _remember(self, shown: CaseFilter) -> None:
        from postal_desk.services.filter_json import filter_to_json

        kept = replace(shown, text="", numbers=(), deleted=False)
        self.ctx.settings["cases_filter"] = filter_to_json(kept) if kept != CaseFilter() else {}

    def _counted(self, total: int, closed: int, overdue: int) -> None:
        shown = self.model.filter
        parts = [period_words(shown, self.ctx.desk.today())]
        if shown.deleted:
            parts.append(_("Recycle bin"))
        parts.append(
            _("{total} cases, {closed} closed, {overdue} overdue").format(
                total=f"{total:,}", closed=f"{closed:,}", overdue=f"{overdue:,}"
            )
        )
        self.header.facts.setText(" · ".join(part for part in parts if part))
        if total == 0:
            show_empty(self.empty, self.model, self.ctx, lambda: self.show_filter(CaseFilter()))
        self._left.setCurrentWidget(self.empty if total == 0 else self.table)

    def _filled(self) -> None:
        fresh, self._fresh = self._fresh, False
        if self.model.rowCount() == 0:
            if self.desk is not None and not self._wanted:
                self.desk.record.show_nothing()
        elif fresh and not self._wanted:
            self.table.choose_place(0)

    def _current_changed(self, row: CaseRow | None) -> None:
        if row is not None and self.desk is not None:
            self.desk.record.show_number(row.number)

    def _opened(self, row: CaseRow | None) -> None:
        if row is not None and self.desk is not None:
            self._show_record_pane(True)
            self.desk.record.show_number(row.number)
            self.desk.record.focus_composer()

    def _picked(self, count: int) -> None:
        self.picked.show_count(count, self.model.filter.deleted)

    def _back(self) -> bool:
        if self._one_pane and self.right.isVisible():
            self._show_record_pane(False)
        elif self.table.picked_count() > 1:
            self.table.choose_place(self.table.currentIndex().row())
        elif self.search.text():
            self.search.clear()
        self.table.setFocus()
        return True

    # -- arrangement
    # --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        one_pane = self.width() < looks.px(_ONE_PANE)
        if one_pane != self._one_pane:
            self._one_pane = one_pane
            self._show_record_pane(False)

    def _show_record_pane(self, shown: bool) -> None:
        """Where there is room for one of them only: the record or the list."""
        self.right.setVisible(shown or not self._one_pane)
        self.left.setVisible(not shown or not self._one_pane)

    def _build(self) -> None:
        self._one_pane = False
        self.header = PageHeader(_("Cases"))
        self.search = SearchBox()
        self.header.add(self.search, 1)
        self.new_button = HintButton(_("＋ Log a case"), "Ctrl+N", primary=True)
        self.header.add(self.new_button)
        self.bar = FilterBar(self.ctx)
        self.picked = SelectionBar()
        self.empty = EmptyState("inbox")
        self.left, self.right = dress(QFrame(), kind="card"), QWidget()
        self.left.setMinimumWidth(looks.px(300))
        self._left = QStackedLayout()
        self._left.addWidget(self.table)
        self._left.addWidget(self.empty)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._left, 1)
        column.addWidget(self.picked)
        self._right = QStackedLayout(self.right)
        self._right.addWidget(dress(QFrame(), kind="card"))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(looks.px(12))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(self.ctx.settings["cases_split"] or [looks.px(_LIST_WIDTH), looks.px(700)])
        box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(10), gap, gap)
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addWidget(self.bar)
        box.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(lambda: self.ctx.navigator.go("entry"))
        self.search.searched.connect(lambda text: self.show_filter(replace(self.model.filter, text=text)))
        self.search.left_downward.connect(self.table.setFocus)
        self.bar.changed.connect(self.show_filter)
        self.model.counted.connect(self._counted)
        self.model.filled.connect(self._filled)
        self.table.current_changed.connect(self._current_changed)
        self.table.opened.connect(self._opened)
        self.table.picked_changed.connect(self._picked)
        self.splitter.splitterMoved.connect(self._split_moved)
        for keys, name in (("Ctrl+Return", "close"), ("Ctrl+Enter", "close"), ("Alt+E", "edit")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda name=name: self.desk and self.desk.command(name))

    def _split_moved(self) -> None:
        if not self._one_pane:
            self.ctx.settings["cases_split"] = self.splitter.sizes()
