"""Shows what the desk knows about the case being typed, and what can be done with it: open, link, mark as fraud."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from postal_desk.domain.sentences import say
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_view import EntryView
from postal_desk.ui.entry.hints import HintFinder, Hints, Question
from postal_desk.ui.entry.sheet import Sheet


class HintPanel(QObject):
    """Asks after each change of the sheet in front and fills similar cases, duplicates, known customer and reminder."""

    linked = Signal()  # a link to another case was made or taken back

    def __init__(self, ctx: Context, view: EntryView) -> None:
        super().__init__(view)
        self._ctx, self._view, self._desk = ctx, view, ctx.desk
        self._sheet: Sheet | None = None
        self._hints = Hints()
        self.finder = HintFinder(ctx, self)
        self.finder.found.connect(self._show)

    def begin(self, sheet: Sheet) -> None:
        """Another sheet is in front: nothing is known yet."""
        self._sheet = sheet
        self.finder.forget()
        self._show(Hints())
        self.ask()

    def ask(self) -> None:
        """The form has changed."""
        if self._sheet is not None:
            self.show_fraud()
            self.finder.ask(Question.of(self._sheet.form, self._desk.today(), self._sheet.number))

    def show_fraud(self) -> None:
        """Show or hide the reminder by the form as it is."""
        if self._sheet is not None:
            self._view.fraud.show_signs(self._sheet.form, self._hints.fraud_cases)

    def link(self, number: str) -> None:
        """Note that case as the one this is a duplicate of."""
        if self._sheet is None:
            return
        related = self._sheet.form.related
        relation: dict[str, object] = {"number": number, "kind": "duplicate"}
        related.append(relation)
        self._links_changed()

        def undo() -> None:
            if relation in related:
                related.remove(relation)
                self._links_changed()

        self._ctx.offer(say("Linked as a duplicate of {number}", number=number), undo)

    def _links_changed(self) -> None:
        self._show(self._hints)
        self.linked.emit()

    def _show(self, hints: Hints) -> None:
        if self._sheet is None:
            return
        self._hints, form = hints, self._sheet.form
        linked = {str(record.get("number")) for record in form.related}
        self._view.similar.show_cases(hints.similar, self._desk.rules, waiting=not form.text("narrative"))
        self._view.duplicates.show_hints(hints, linked)
        self._view.fields.show_customer(hints.customer_cases)
        self.show_fraud()
