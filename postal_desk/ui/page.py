"""What a page of the main window is."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Sentence
from postal_desk.ui.context import Context


class Page(QWidget):
    """One page. It is made when it is first shown and made anew when the language changes.

    Pages never import each other: they ask ``ctx.navigator.go(name, **request)``.
    """

    name: str = ""
    #: the page of the manual that F1 opens here
    help: str = "first-day"
    #: keys of this page for the shortcut sheet: (what, key sequence as text)
    shortcuts: tuple[tuple[Sentence, str], ...] = ()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setProperty("kind", "page")

    @property
    def help_page(self) -> str:
        """The page of the manual for what is in front."""
        return self.help

    def complete(self) -> None:
        """The window has been painted: make what the first paint could do without (the page first shown only)."""

    #: modules that :meth:`parts` needs, besides the page's own
    modules: tuple[str, ...] = ()

    def parts(self) -> Iterator[None]:
        """Make what the page otherwise makes when it is first shown, one piece a step, while it stands unseen in the
        window. May be left off after any piece: :meth:`shown` makes the rest.
        """
        return iter(())

    def shown(self, **request: object) -> None:
        """The page comes to the front; ``request`` is what ``navigator.go`` was given. Put the focus
        somewhere useful.
        """

    def refresh(self, changes: Changes) -> None:
        """Something was written, perhaps by another page. Runs also while the page is hidden."""

    def may_leave(self) -> bool:
        """False if the user must first decide something here (the page has asked)."""
        return True

    def keep(self) -> None:
        """The window closes or is rebuilt: ask the background to save what was typed. Don't wait, don't
        ask.
        """

    def place(self) -> dict[str, object]:
        """The request that brings the page back to where it is now, after a rebuild."""
        return {}

    def command(self, name: str) -> bool:
        """A key of the whole window: ``search`` Ctrl+F, ``save`` Ctrl+S, ``export`` Ctrl+E, ``print`` Ctrl+P,
        ``back`` Esc. True if the page did something with it."""
        return False
