"""The pages that have been made, one of them in front, and the way back through them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from postal_desk.ui import pages
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page


class PageStack(QStackedWidget):
    """Makes a page when it is first asked for. Until :attr:`complete` a page leaves for later what the first paint can
    do without.
    """

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._made: dict[str, Page] = {}
        self._trail: list[str] = []  # names, the one in front last
        self.complete = False

    def __iter__(self) -> Iterator[Page]:
        return iter(self._made.values())

    @property
    def page(self) -> Page | None:
        """The page in front."""
        front = self.currentWidget()
        return front if isinstance(front, Page) else None

    @property
    def previous(self) -> str:
        """The page that was in front before (the cases if there was none)."""
        return self._trail[-2] if len(self._trail) > 1 else "cases"

    def bring(self, name: str) -> Page:
        """Put a page in front."""
        page = self.made(name)
        if page is not self.page or not self._trail:
            self._trail = [*(seen for seen in self._trail if seen != name), name]
            self.setCurrentWidget(page)
        return page

    def made(self, name: str) -> Page:
        """A page, made if it has not been."""
        if (page := self._made.get(name)) is None:
            page = self._made[name] = pages.entry(name).make(self._ctx)
            if self.complete:
                page.complete()
            self.addWidget(page)
        return page

    def has(self, name: str) -> bool:
        """True if a page has been made."""
        return name in self._made

    def places(self) -> list[tuple[str, dict[str, object]]]:
        """Every page that was shown with the request that brings it back to where it is; the one in front comes last.
        What was typed is kept first.
        """
        for page in self:
            page.keep()
        return [(name, self._made[name].place()) for name in self._trail]

    def take_focus(self) -> None:
        """Put the focus into the page in front, where it was or at its beginning; nothing if it is there."""
        page, lit = self.page, self.window().focusWidget()
        if page is None or (lit is not None and page.isAncestorOf(lit) and lit.isVisibleTo(page)):
            return
        last: QWidget | None = page.focusWidget()
        if last is None or not _takes(last, page):
            last = page.nextInFocusChain()
            while last is not None and last is not page and not _takes(last, page):
                last = last.nextInFocusChain()
        if last is not None:
            last.setFocus(Qt.FocusReason.OtherFocusReason)


def _takes(widget: QWidget, page: Page) -> bool:
    tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tab and widget.isEnabled() and page.isAncestorOf(widget) and widget.isVisibleTo(page)
