"""The keys of the whole window, each declared once: the window binds them, the shortcut sheet lists them."""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.domain.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Action:
    """``name`` is what the page in front gets as :meth:`Page.command`, unless the window does it itself."""

    name: str
    title: Sentence
    keys: str


ACTIONS = (
    Action("new", say("Log a case"), "Ctrl+N"),
    Action("search", say("Search"), "Ctrl+F"),
    Action("save", say("Save"), "Ctrl+S"),
    Action("print", say("Print"), "Ctrl+P"),
    Action("export", say("Export"), "Ctrl+E"),
    Action("goto", say("Go to anything: a page, a case number, any words"), "Ctrl+K"),
    Action("undo", say("Undo the last change"), "Ctrl+Z"),
    Action("lock", say("Lock the desk"), "Ctrl+L"),
    Action("help", say("Help for where you are"), "F1"),
    Action("sheet", say("This list of keys"), "?"),
)
#: Esc is not bound as a shortcut: it first closes lists and dialogs, and reaches the window only if nobody
#: wants it.
BACK = Action("back", say("Back, or close what is open"), "Esc")
