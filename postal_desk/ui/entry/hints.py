"""What the desk knows about the case being typed: probable duplicates, the customer's other cases, similar cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from postal_desk.ui.context import Context
from postal_desk.ui.entry.form import Form
from postal_desk.ui.entry.timers import one_shot

if TYPE_CHECKING:
    from postal_desk.services.case_lists import Duplicate
    from postal_desk.services.similar_cases import SimilarCase

PAUSE_MS = 350
#: Fewer characters tell too little to call a case similar.
_SHORTEST_STORY = 12
_SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, taken from the form; nothing is looked up twice for the same."""

    text: str
    category: str
    fraud: bool
    items: tuple[str, ...]
    phone: str
    opened_on: date
    exclude: str

    @classmethod
    def of(cls, form: Form, today: date, exclude: str) -> Question:
        """The question for a form; ``exclude`` is the case being edited."""
        opened = form.text("opened_on")
        suspected = bool(form["fraud"].value) or form["fraud"].suggestion is True
        return cls(
            text=form.text("narrative") or form.text("subject"),
            category=form.likely("category"),
            fraud=suspected,
            items=tuple(row.number for row in form.items.rows if row.number),
            phone=form.likely("customer.phone"),
            opened_on=date.fromisoformat(opened) if opened else today,
            exclude=exclude,
        )


@dataclass(frozen=True, slots=True)
class Hints:
    """The answer. ``fraud_cases`` counts the similar cases that were fraud."""

    duplicates: tuple[Duplicate, ...] = ()
    customer_cases: int = 0
    similar: tuple[SimilarCase, ...] = ()
    fraud_cases: int = 0


class HintFinder(QObject):
    """:meth:`ask` after each change; :attr:`found` gives the answer to the latest question only."""

    found = Signal(object)

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._question: Question | None = None
        self._answered: Question | None = None
        self._told_fault = False
        self._timer = one_shot(self, PAUSE_MS, self._look)

    def ask(self, question: Question) -> None:
        """The form has changed."""
        self._question = question
        if question != self._answered:
            self._timer.start()

    def forget(self) -> None:
        """Another form begins, or something was saved: old answers say nothing."""
        self._timer.stop()
        self._question = self._answered = None

    def _look(self) -> None:
        question = self._question
        if question is None or not self._ctx.has_desk:
            return
        desk = self._ctx.desk
        self._answered = question

        def look() -> Hints:
            from postal_desk.services.case_lists import entry_hints
            from postal_desk.services.similar_cases import similar_cases

            known = entry_hints(desk, question.items, question.phone, question.opened_on, question.exclude)
            if len(question.text) < _SHORTEST_STORY:
                return Hints(known.duplicates, known.customer_cases)
            similar = similar_cases(
                desk, question.text, question.category, question.fraud, question.exclude, _SIMILAR
            )
            fraud = sum(case.fraud for case in similar) if question.fraud else 0
            return Hints(known.duplicates, known.customer_cases, tuple(similar), fraud)

        self._ctx.background.db(look, lambda hints: self._answer(question, hints), self._failed, self)

    def _answer(self, question: Question, hints: Hints) -> None:
        if question == self._question:
            self.found.emit(hints)

    def _failed(self, error: Exception) -> None:
        self._answered = None
        if not self._told_fault:  # once: hints are a help, not a condition
            self._told_fault = True
            self._ctx.tell_fault(error)
