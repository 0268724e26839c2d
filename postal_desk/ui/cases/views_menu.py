"""The saved views: each with how many cases it shows now; keeping a new one, deleting one, and the recycle
bin.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.sentences import Refusal
from postal_desk.i18n import _
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.line_dialog import LineDialog

if TYPE_CHECKING:
    from postal_desk.services.follow_ups import FollowUp
    from postal_desk.services.views import SavedView


class ViewsMenu(QObject):
    """``chosen`` gives the filter of the view somebody chose."""

    chosen = Signal(object)

    def __init__(self, ctx: Context, anchor: QWidget, columns: Callable[[], None]) -> None:
        super().__init__(anchor)
        self._ctx, self._anchor, self._columns = ctx, anchor, columns

    def open(self) -> None:
        """Read the views with their counts, then show them."""
        from postal_desk.services.follow_ups import due_follow_ups
        from postal_desk.services.views import list_views, view_counts

        desk = self._ctx.desk
        self._ctx.background.db(
            lambda: (list_views(desk), view_counts(desk), due_follow_ups(desk, desk.today())),
            lambda found: self._show(*found),
            owner=self,
        )

    def keep(self, filter: CaseFilter) -> None:
        """Ask for a name and keep the filter under it."""
        dialog = LineDialog(
            _("Save as view"), "", _("Name of the view"), _("Save"), "", self._anchor.window()
        )
        dialog.settled.connect(lambda name: self._keep(name, filter))
        dialog.open()

    def _show(self, views: list[SavedView], counts: dict[int, int], due: list[FollowUp]) -> None:
        menu = QMenu(self._anchor)
        everything = menu.addAction(_("All cases"))
        everything.triggered.connect(lambda: self.chosen.emit(CaseFilter()))
        if due:
            numbers = tuple(dict.fromkeys(follow_up.number for follow_up in due))
            follow = menu.addAction(_("Follow-ups due") + f"    {len(numbers):,}")
            follow.triggered.connect(lambda: self.chosen.emit(CaseFilter(numbers=numbers)))
        for view in views:
            action = menu.addAction(f"{view.name}    {counts.get(view.id, 0):,}")
            action.triggered.connect(lambda _on=False, view=view: self.chosen.emit(view.filter))
        menu.addSeparator()
        recycle = menu.addAction(icon("trash-2"), _("Recycle bin"))
        recycle.triggered.connect(lambda: self.chosen.emit(CaseFilter(deleted=True)))
        columns = menu.addAction(icon("columns-3"), _("Columns…"))
        columns.triggered.connect(lambda: self._columns())
        if views and offered(self._ctx, "view.delete"):
            removing = menu.addMenu(_("Delete a view"))
            for view in views:
                action = removing.addAction(view.name)
                action.triggered.connect(lambda _on=False, view=view: self._delete(view))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 2)))

    def _keep(self, name: str, filter: CaseFilter) -> None:
        from postal_desk.services.views import save_view

        desk = self._ctx.desk
        self._ctx.write(lambda: save_view(desk, name, filter), failed=self._refused, owner=self)

    def _delete(self, view: SavedView) -> None:
        from postal_desk.services.views import delete_view

        desk = self._ctx.desk
        self._ctx.write(lambda: delete_view(desk, view.id), failed=self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refusal):
            self._ctx.say(error.sentence)
        else:
            self._ctx.tell_fault(error)
