"""The page «Cases»: title with counts, search, chips, the list at the left and the record at the right."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.ui import looks
from postal_desk.ui.cases.list_and_record import ListAndRecord, bare_cards
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page

if TYPE_CHECKING:
    from postal_desk.domain.case_filters import CaseFilter
    from postal_desk.services.case_lists import CaseRow
    from postal_desk.ui.cases.case_desk import CaseDesk
    from postal_desk.ui.cases.case_model import CaseModel
    from postal_desk.ui.cases.case_table import CaseTable
    from postal_desk.ui.cases.page_tools import PageTools
    from postal_desk.ui.widgets.empty_state import EmptyState

_ONE_PANE = 820  # px of width below which list and record take turns
_RECORD = "postal_desk.ui.cases.case_desk"
_AFTER_THE_LIST_MS = 20  # its rows are painted by then
_RECORD_AT_THE_LATEST_MS = 1500  # even if the list never comes
_TOOLS_HEIGHT = 64  # title row and chips, before they are there


class CasesPage(Page):
    """``shown(number=…)`` puts a case in front, ``shown(filter=CaseFilter)`` shows other cases.

    First an empty table stands in the list's place; list, title, search and chips come with :meth:`complete`, the
    record and what acts on cases (:class:`CaseDesk`) when the desk is open.
    """

    model: CaseModel
    table: CaseTable
    tools: PageTools
    panes: ListAndRecord

    name = "cases"
    help = "follow-and-close"
    shortcuts = (
        (say("Open the case: write a step"), "Enter"),
        (say("Save the step"), "Enter"),
        (say("Channel, result, status, follow-up of the step"), "Alt+C, Alt+R, Alt+S, Alt+F"),
        (say("Result of the step by its place in the list"), "Alt+1 … Alt+0"),
        (say("Edit the case"), "Alt+E"),
        (say("Close the case"), "Ctrl+Enter"),
        (say("Show or hide personal data"), "Alt+M"),
        (say("Delete the selected cases"), "Delete"),
        (say("Keep what was copied (a screenshot, files) with the case"), "Ctrl+V"),
        (say("Attachments: look at one, rename it, remove it"), "Enter, F2, Delete"),
    )

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.desk: CaseDesk | None = None
        self._complete = False
        self._request: dict[str, object] = {}  # what was asked for before that
        self._wanted = ""  # a case to put in front as soon as the list knows its place
        self._claim = ""  # a claim to open as soon as the record is there
        self._step = False  # the wanted case is asked for to write a step
        self._fresh = True  # other cases are shown: begin at the first
        self._build_bare()
        if ctx.has_desk:
            self._desk_opened()
        else:
            ctx.opened.connect(self._desk_opened, Qt.ConnectionType.SingleShotConnection)
            ctx.opening_failed.connect(self._not_opened)

    def complete(self) -> None:
        if self._complete:
            return
        from postal_desk.ui.cases.case_model import CaseModel
        from postal_desk.ui.cases.case_table import CaseTable
        from postal_desk.ui.cases.page_tools import PageTools

        self._complete = True
        self.model = CaseModel(self.ctx)
        self.table = CaseTable(self.model, self.ctx.settings)
        self.tools = PageTools(self.ctx)
        self.panes = ListAndRecord(self.table, self.ctx.settings)
        self._build()
        self._connect()
        self.resizeEvent(QResizeEvent(self.size(), self.size()))
        self.table.setFocus()
        request, self._request = self._request, {}
        self.shown(**request)

    # -- what the window asks ------------------------------------------------------------------------

    def shown(self, **request: object) -> None:
        from postal_desk.domain.case_filters import CaseFilter

        if not self._complete:
            self._request = request
            return
        if isinstance(wanted := request.get("filter"), CaseFilter):
            self.show_filter(wanted)
        if claim := request.get("claim"):
            self._claim = str(claim)
            self._show_claim(known=bool(request.get("number")))
        if number := request.get("number"):
            self._step = request.get("act") == "step"
            self.show_number(str(number))
        else:  # also after a login, whose fields had it and are gone
            (self.focusWidget() or self.table).setFocus()

    def refresh(self, changes: Changes) -> None:
        if not (self.ctx.has_desk and self._complete):
            return
        if changes.cases or changes.rules or changes.staff or changes.outlets:
            self.model.reload()
        if changes.staff or changes.outlets:
            self.tools.bar.load_lists()
        if self.desk is not None:
            self.desk.record.refresh(changes)

    def keep(self) -> None:
        if self.desk is not None:
            self.desk.record.keep()

    def place(self) -> dict[str, object]:
        if not self._complete:
            return self._request
        number = self.desk.record.number if self.desk is not None else ""
        return {"filter": self.model.filter, "number": number}

    def command(self, name: str) -> bool:
        self.complete()
        if name == "search":
            self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.tools.search.selectAll()
            return True
        if name == "back":
            return self._back()
        return self.desk is not None and self.desk.command(name)

    # -- list and record -----------------------------------------------------------------------------

    def show_filter(self, wanted: CaseFilter) -> None:
        """Show other cases."""
        self._fresh = True
        self.table.forget()
        self.tools.show_filter(wanted)
        if self.ctx.has_desk:
            self.model.show(wanted)
            self._remember(wanted)

    def _show_claim(self, *, known: bool) -> None:
        """Open the claim that was asked for, now or when the record is there."""
        if self.desk is not None and self._claim:
            claim, self._claim = self._claim, ""
            self.desk.show_claim(claim, known=known)

    def show_number(self, number: str) -> None:
        """Put a case in front, whether the list shows it or not."""
        self._wanted = number
        if self.desk is not None:
            self.desk.record.show_number(number)
            self._show_record_pane(True)
            self.desk.find_key(number, self._choose)
            if self._step:
                self._step = False
                self.desk.record.focus_composer()

    def _choose(self, key: int) -> None:
        """The wanted case's key is known: choose its row, now or when the list knows its place."""
        if self.table.choose_key(key) or self.model.has_keys:
            self._wanted = ""
        else:
            self.table.expect(key)

    def _desk_opened(self) -> None:
        from postal_desk.domain.case_filters import CaseFilter
        from postal_desk.services.filter_json import filter_from_json

        self.complete()
        if self.desk is None:  # the list first: it is what people wait for
            self.model.filled.connect(self._make_desk_soon, Qt.ConnectionType.SingleShotConnection)
            QTimer.singleShot(_RECORD_AT_THE_LATEST_MS, self, self._make_desk)
        kept = self.ctx.settings["cases_filter"]
        self.show_filter(filter_from_json(kept) if kept else CaseFilter())

    def _make_desk_soon(self) -> None:
        """Import what the record needs on another thread, once the list has got all the time there was."""

        def begin() -> None:
            self.ctx.background.pool(
                lambda: import_module(_RECORD), lambda _module: self._make_desk(), owner=self
            )
            self.ctx.settle()

        # once more round: what waited for the painting comes first
        QTimer.singleShot(_AFTER_THE_LIST_MS, self, lambda: QTimer.singleShot(0, self, begin))

    def _make_desk(self) -> None:
        from postal_desk.ui.cases.case_desk import CaseDesk

        if (
            self.desk is not None or not self.ctx.has_desk
        ):  # made already, or closed again before this came to pass
            return
        self.tools.bar.load_lists()
        self.desk = CaseDesk(self.ctx, self, self.tools)
        self.panes.add_record(self.desk.record, self.desk.bar)
        self.desk.record.case_asked.connect(self.show_number)
        self._show_claim(known=bool(self._wanted))
        if self._wanted:
            self.show_number(self._wanted)
        else:
            self._current_changed(self.table.current_case())

    @property
    def empty(self) -> EmptyState:
        """What stands in the list's place where there is nothing."""
        return self.panes.empty

    def _not_opened(self, error: Exception) -> None:
        from postal_desk.ui.cases.list_states import show_not_open

        self.complete()
        show_not_open(self.empty, error, self.ctx)
        self.panes.show_list(False)

    def _remember(self, shown: CaseFilter) -> None:
        from postal_desk.domain.case_filters import CaseFilter
        from postal_desk.services.filter_json import filter_to_json

        # what names a customer stays out of a file in clear
        kept = replace(shown, text="", customer_phone="", numbers=(), deleted=False)
        self.ctx.settings["cases_filter"] = filter_to_json(kept) if kept != CaseFilter() else {}

    def _counted(self, total: int, closed: int, overdue: int) -> None:
        self.tools.show_counts(self.model.filter, total, closed, overdue)
        if total == 0:
            from postal_desk.domain.case_filters import CaseFilter
            from postal_desk.ui.cases.list_states import show_empty

            show_empty(self.empty, self.model, self.ctx, lambda: self.show_filter(CaseFilter()))
        self.panes.show_list(total > 0)

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
        if self.desk is not None:
            self.desk.bar.show_count(count, self.model.filter.deleted)

    def _back(self) -> bool:
        if self.panes.one_pane and self.panes.right.isVisible():
            self._show_record_pane(False)
        elif self.table.picked_count() > 1:
            self.table.choose_place(self.table.currentIndex().row())
        elif self.tools.search.text():
            self.tools.search.clear()
        elif self.table.hasFocus():
            return False
        self.table.setFocus()
        return True

    # -- arrangement ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._complete:
            self.panes.set_one_pane(self.width() < looks.px(_ONE_PANE))
            self._show_tools()

    def _show_record_pane(self, shown: bool) -> None:
        self.panes.show_record(shown)
        self._show_tools()

    def _show_tools(self) -> None:
        """The chips belong to the list."""
        self.tools.bar.setVisible(not self.panes.left.isHidden())

    def _build_bare(self) -> None:
        self._box = QVBoxLayout(self)
        gap = looks.px(16)
        self._box.setContentsMargins(gap, looks.px(10), gap, gap)
        self._box.setSpacing(looks.px(10))
        self._bare = bare_cards(self.ctx.settings, looks.px(_TOOLS_HEIGHT + 10))
        self._box.addWidget(self._bare)

    def _build(self) -> None:
        from postal_desk.ui.cases.ledger_catcher import LedgerCatcher

        self._box.removeWidget(self._bare)
        self._bare.hide()
        self._bare.deleteLater()
        self._box.addWidget(self.tools)
        self._box.addWidget(self.panes, 1)
        for part in (self.tools, self.panes):
            part.show()  # not only in the next turn: a window that comes to the front gives an unseen table no focus
        LedgerCatcher(self.ctx, self.panes.left, self.table)

    def _connect(self) -> None:
        self.model.counted.connect(self._counted)
        self.model.filled.connect(self._filled)
        self.table.current_changed.connect(self._current_changed)
        self.table.opened.connect(self._opened)
        self.table.picked_changed.connect(self._picked)
        self.tools.filter_changed.connect(self.show_filter)
        self.tools.search.left_downward.connect(self.table.setFocus)
        for keys, name in (("Ctrl+Return", "close"), ("Ctrl+Enter", "close"), ("Alt+E", "edit")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda name=name: self.command(name))
