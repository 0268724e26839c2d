"""What acts on the cases of the page: the record, the saved views, the commands. Made once the desk is
open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.ui.cases.case_actions import CaseActions
from postal_desk.ui.cases.record import Record
from postal_desk.ui.cases.selection_bar import SelectionBar
from postal_desk.ui.cases.views_menu import ViewsMenu
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer

if TYPE_CHECKING:
    from postal_desk.services.case_lists import ListHead
    from postal_desk.ui.cases.cases_page import CasesPage
    from postal_desk.ui.cases.page_tools import PageTools


class CaseDesk(QObject):
    """Joins the page's parts: what is picked in the list or open in the record, and what can be done with
    it.
    """

    def __init__(self, ctx: Context, page: CasesPage, tools: PageTools) -> None:
        super().__init__(page)
        self._ctx, self._page = ctx, page
        self.record = Record(ctx)
        self.bar = SelectionBar()
        offer(ctx, "case.assign", self.bar.assign)
        offer(ctx, "view.save", self.bar.view)
        offer(ctx, "case.delete", self.bar.delete)
        offer(ctx, "case.restore", self.bar.restore)
        self.actions = CaseActions(ctx, page, tools.bar.staff_choices)
        self.views = ViewsMenu(ctx, tools.bar.views, page.table.choose_columns)
        self.record.asked.connect(self.command)
        tools.bar.views_asked.connect(self.views.open)
        tools.bar.keep_asked.connect(lambda: self.views.keep(page.model.filter))
        self.views.chosen.connect(page.show_filter)
        page.table.delete_asked.connect(
            lambda: self.picked("restore" if page.model.filter.deleted else "delete")
        )
        page.table.menu_asked.connect(self._row_menu)
        self.bar.asked.connect(self.picked)

    def command(self, name: str) -> bool:
        """Do something with the case in the record; False if there is none, or the name is not known here."""
        view = self.record.view
        if view is None or self.record.number != view.case.number:
            return False
        show_sheet = partial(self._show_sheet, view.case.number)
        deleted, is_open = view.deleted_at is not None, view.case.is_open
        close = partial(self.actions.close_case, view, self.record.checklist.open_lines())
        acts: dict[str, tuple[bool, Callable[[], object]]] = {
            "save": (is_open, self.record.composer.save),
            "edit": (not deleted, lambda: self._ctx.navigator.go("entry", number=view.case.number)),
            "close": (is_open and not deleted, close),
            "reopen": (not is_open and not deleted, lambda: self.actions.reopen_case(view)),
            "restore": (deleted, lambda: self.actions.restore([view.case.number])),
            "print": (not deleted, show_sheet),
            "more": (True, lambda: self.actions.more_menu(view, self.record.header.more, self.command)),
            "customer": (
                True,
                lambda: self._page.show_filter(CaseFilter(customer_phone=view.case.customer.phone)),
            ),
        }
        possible, act = acts.get(name, (False, None))
        if not possible or act is None:
            return False
        act()
        return True

    def _row_menu(self, at: QPoint) -> None:
        """What can be done with the row under the pointer; with several picked, with all of them."""
        place = self._page.table.viewport().mapToGlobal(at)
        view = self.record.view
        if self._page.table.picked_count() > 1:
            self.actions.picked_menu(self._page.model.filter.deleted, self._page, self.picked, place)
        elif view is not None and view.case.number == self.record.number:
            more = self.record.header.more
            anchor = more if more.isVisible() else self._page.table
            self.actions.row_menu(view, anchor, self.command, place)

    def _show_sheet(self, number: str) -> None:
        from postal_desk.ui.printing import print_case_sheet

        print_case_sheet(self._ctx, number, self._page)

    def picked(self, name: str) -> None:
        """Do something with every picked case."""
        page = self._page
        if name == "none":
            page.table.choose_place(max(0, page.table.currentIndex().row()))
            return
        acts: dict[str, Callable[[list[str]], object]] = {
            "assign": lambda numbers: self.actions.assign(numbers, self.bar.assign),
            "delete": self.actions.delete,
            "restore": self.actions.restore,
            "view": lambda numbers: self.views.keep(CaseFilter(numbers=tuple(numbers))),
        }
        self.actions.with_numbers(page.table.picked_keys(), acts[name])

    def show_claim(self, number: str, *, known: bool) -> None:
        """Open a claim with its case; which case that is, is looked up unless it is ``known`` to be asked for."""
        self.record.claims.want(number)
        if known:
            return
        desk = self._ctx.desk

        def read() -> str:
            from postal_desk.services.claims import show_claim

            return show_claim(desk, number).claim.case

        self._ctx.background.db(read, self._page.show_number, owner=self)

    def find_key(self, number: str, found: Callable[[int], object]) -> None:
        """Ask for a case's sort key."""
        from postal_desk.services.case_lists import list_head

        desk = self._ctx.desk

        def keep(head: ListHead) -> None:
            if head.rows:
                found(head.rows[0].key)

        self._ctx.background.db(lambda: list_head(desk, CaseFilter(numbers=(number,)), 1), keep, owner=self)
