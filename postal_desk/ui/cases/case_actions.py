"""What is done to cases from the list and the record: close, reopen, assign, delete, restore, print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.fields import field
from postal_desk.domain.sentences import Refusal, say
from postal_desk.domain.text_rule import clean
from postal_desk.i18n import _, tell
from postal_desk.ui.cases.close_dialog import CloseDialog
from postal_desk.ui.cases.reopen_dialog import ReopenDialog
from postal_desk.ui.context import Context
from postal_desk.ui.icons import icon
from postal_desk.ui.paper_printing import add_papers
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.choice_popup import choose
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.line_dialog import LineDialog

if TYPE_CHECKING:
    from postal_desk.services.cases import CaseView

MOST_AT_ONCE = 1000  # cases that one action may change: each is one row of history


class CaseActions(QObject):
    """Dialogs belong to ``window``; ``staff`` gives the people a case can be assigned to."""

    def __init__(self, ctx: Context, window: QWidget, staff: Callable[[], Sequence[Choice]]) -> None:
        super().__init__(window)
        self._ctx, self._window, self._staff = ctx, window, staff

    def close_case(self, view: CaseView, undone: Sequence[str] = ()) -> CloseDialog:
        """Ask what closing needs, then close."""
        from postal_desk.services import cases

        desk, number = self._ctx.desk, view.case.number
        dialog = CloseDialog(view.case, desk.rules, desk.today, self._window, undone)

        def close(closing: dict[str, Any]) -> None:
            try:
                closing["praise"] = clean(closing["praise"], field("praise").max_length, "praise").text
            except Refusal as refusal:
                dialog.refuse(tell(refusal.sentence))
                return
            self._write(lambda: cases.close_case(desk, number, closing), dialog)

        dialog.close_asked.connect(close)
        dialog.open()
        return dialog

    def reopen_case(self, view: CaseView) -> ReopenDialog:
        """Ask for day and reason, then reopen."""
        from postal_desk.services import cases

        desk, number = self._ctx.desk, view.case.number
        dialog = ReopenDialog(number, desk.today, self._window)

        def reopen(day: date, reason: str) -> None:
            try:
                text = clean(reason, field("steps.text").max_length, "reason").text
            except Refusal as refusal:
                dialog.refuse(tell(refusal.sentence))
                return
            self._write(lambda: cases.reopen_case(desk, number, day, text), dialog)

        dialog.reopen_asked.connect(reopen)
        dialog.open()
        return dialog

    def assign(self, numbers: Sequence[str], anchor: QWidget) -> None:
        """Choose who handles the cases."""
        from postal_desk.services import cases

        desk = self._ctx.desk

        def assign_to(name: str) -> None:
            self._ctx.write(lambda: cases.assign_cases(desk, numbers, name))

        nobody = Choice("", _("Nobody"))
        choose(anchor, _("Assign to…"), [*self._staff(), nobody], assign_to, search=True)

    def delete(self, numbers: Sequence[str]) -> None:
        """Move cases to the recycle bin; Undo brings them back."""
        from postal_desk.services import cases

        desk = self._ctx.desk
        if not numbers:
            return

        def delete(copied: bool) -> None:
            self._ctx.write(lambda: cases.delete_cases(desk, numbers, copied=copied))

        def copy(draw: Callable[[], object] | None) -> None:
            if draw is None:
                delete(False)
            else:  # seconds on a large desk: meanwhile everything else goes on
                count = len(numbers)
                self._ctx.say(say("The desk is copied first, then {count} cases are deleted…", count=count))
                self._ctx.background.pool(draw, lambda _copy: delete(True), owner=self)

        if len(numbers) < cases.BULK:
            delete(False)
        else:
            self._ctx.background.db(lambda: cases.begin_copy_before(desk, numbers), copy, owner=self)

    def restore(self, numbers: Sequence[str]) -> None:
        """Take cases out of the recycle bin."""
        from postal_desk.services import cases

        desk = self._ctx.desk
        if numbers:
            self._ctx.write(lambda: cases.restore_cases(desk, numbers))

    def hold(self, number: str) -> LineDialog:
        """Ask why, then put the case under legal hold."""
        from postal_desk.services import retention

        desk = self._ctx.desk
        told = _("A held case is kept whole until the hold ends, also in the recycle bin.")
        asked = _("Who asked for it, and the file number")
        dialog = LineDialog(_("Legal hold"), told, asked, _("Hold"), "", self._window)
        dialog.settled.connect(lambda reason: self._ctx.write(lambda: retention.hold(desk, [number], reason)))
        dialog.open()
        return dialog

    def release(self, number: str) -> None:
        """End the legal hold of the case."""
        from postal_desk.services import retention

        desk = self._ctx.desk
        self._ctx.write(lambda: retention.release(desk, [number]))

    def with_numbers(self, keys: Sequence[int], act: Callable[[list[str]], Any]) -> None:
        """Find the numbers of picked cases, then do it; too many at once are refused."""
        from postal_desk.services.case_lists import rows_by_key

        if len(keys) > MOST_AT_ONCE:
            self._ctx.say(
                say(
                    "{count} cases are too many at once; pick {most} at most",
                    count=len(keys),
                    most=MOST_AT_ONCE,
                )
            )
            return
        desk = self._ctx.desk
        self._ctx.background.db(lambda: [row.number for row in rows_by_key(desk, keys)], act, owner=self)

    def more_menu(self, view: CaseView, anchor: QWidget, command: Callable[[str], object]) -> None:
        """What is needed less often, under the record's … button."""
        menu = self._menu(view, anchor, command)
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))

    def row_menu(
        self, view: CaseView, parent: QWidget, command: Callable[[str], object], place: QPoint
    ) -> None:
        """Everything for one case, at ``place`` on the screen."""
        menu = self._menu(view, parent, command)
        before = menu.actions()[0]
        if view.deleted_at is not None:
            wanted = [("restore", "archive-restore", _("Restore"))]
        else:
            end = (
                ("close", "check", _("Close case"))
                if view.case.is_open
                else ("reopen", "rotate-ccw", _("Reopen"))
            )
            wanted = [("edit", "pencil", _("Edit")), end]
        for name, picture, words in wanted:
            action = QAction(icon(picture), words, menu)
            action.triggered.connect(partial(_ignoring_state, command, name))
            menu.insertAction(before, action)
        menu.popup(place)

    def picked_menu(
        self, in_bin: bool, parent: QWidget, command: Callable[[str], object], place: QPoint
    ) -> None:
        """Everything for several cases."""
        menu = QMenu(parent)
        names = ("restore",) if in_bin else ("assign", "view", "delete")
        words = {
            "restore": _("Restore"),
            "assign": _("Assign to…"),
            "view": _("Save as view…"),
            "delete": _("Delete"),
        }
        for name in names:
            if not offered(self._ctx, f"case.{name}" if name != "view" else "view.save"):
                continue
            menu.addAction(words[name]).triggered.connect(partial(_ignoring_state, command, name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _menu(self, view: CaseView, parent: QWidget, command: Callable[[str], object]) -> QMenu:
        number = view.case.number
        menu = QMenu(parent)
        copy = menu.addAction(icon("copy"), _("Copy number"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(number))
        if view.deleted_at is None:
            sheet = menu.addAction(icon("printer"), _("Print case sheet"))
            sheet.triggered.connect(partial(_ignoring_state, command, "print"))
            add_papers(menu, self._ctx, number, parent.window())
            assign = menu.addAction(icon("user"), _("Assign to…"))
            assign.triggered.connect(lambda: self.assign([number], parent))
            assign.setVisible(offered(self._ctx, "case.assign"))
            hold = menu.addAction(icon("shield-check"), _("End the hold") if view.hold else _("Legal hold…"))
            hold.triggered.connect(lambda: self.release(number) if view.hold else self.hold(number))
            hold.setVisible(offered(self._ctx, "case.hold"))
            menu.addSeparator()
            delete = menu.addAction(icon("trash-2", "red"), _("Delete"))
            delete.triggered.connect(lambda: self.delete([number]))
            delete.setVisible(offered(self._ctx, "case.delete"))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _write(self, work: Callable[[], Changes], dialog: CloseDialog | ReopenDialog) -> None:
        def refused(error: Exception) -> None:
            if isinstance(error, Refusal):
                dialog.refuse(tell(error.sentence))
            else:
                self._ctx.tell_fault(error)

        self._ctx.write(work, lambda _changes: dialog.accept(), refused, dialog)


def _ignoring_state(command: Callable[[str], object], name: str, _checked: bool = False) -> None:
    command(name)
