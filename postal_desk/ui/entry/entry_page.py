"""The page «Log a case»: asked for by Ctrl+N, by «Edit», or to resume a draft."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_work import EntryWork
from postal_desk.ui.page import Page
from postal_desk.ui.readying import rest


class EntryPage(Page):
    """``shown()`` begins a new case, ``shown(number=…)`` edits one, ``shown(draft=…)`` resumes a draft."""

    name = "entry"
    help = "log-a-case"
    shortcuts = (
        (say("Save and log another"), "Ctrl+Shift+S"),
        (say("Confirm what was recognised and go to the next field"), "Tab"),
        (say("Take a suggestion"), "Enter"),
        (say("Take all suggestions"), "Ctrl+Enter"),
        (say("Why this day?"), "Alt+W"),
    )

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.work: EntryWork | None = None
        self._coming: EntryWork | None = None  # not whole yet
        self._seen = False
        self._request: dict[str, object] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        if not ctx.has_desk:  # asked for before the desk was open
            ctx.opened.connect(lambda: self.shown(**self._request), Qt.ConnectionType.SingleShotConnection)

    def shown(self, **request: object) -> None:
        self._request = request
        if not self.ctx.has_desk:
            return
        work, self._seen = self._work(), True
        away, work.away = work.away, False
        if draft := request.get("draft"):
            work.resume(str(draft))
        elif number := request.get("number"):
            work.edit(str(number))
        elif not (away and work.sheet.changed):
            work.new()
        work.offer_drafts()
        work.view.story.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        if self.work is not None and self._seen:
            self.work.refresh(changes)
        elif self.work is not None and (changes.outlets or changes.staff or changes.rules):
            self.work.lists.forget()

    def may_leave(self) -> bool:
        self.keep()
        return True

    def keep(self) -> None:
        if self.work is not None:
            self.work.keeper.flush()

    def place(self) -> dict[str, object]:
        return self.work.place() if self.work is not None else self._request

    def command(self, name: str) -> bool:
        acts = {"save": self.work.save, "back": self.work.cancel} if self.work is not None else {}
        if name not in acts:
            return False
        acts[name]()
        return True

    def parts(self) -> Iterator[None]:
        if self.ctx.has_desk and self.ctx.desk.may("case.add") and self.work is None:
            yield from self._whole()

    def _work(self) -> EntryWork:
        """The page's inside, made when it stands in the window: made before, all of it would be dressed twice."""
        for _part in self._whole() if self.work is None else ():
            pass
        assert self.work is not None
        return self.work

    def _whole(self) -> Iterator[None]:
        if self._coming is None:
            self._coming = EntryWork(self.ctx, self)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._coming)
        yield from rest(self._coming.parts)
        self.work = self._coming
