"""The page «Today»: everything that waits, in the order of urgency; every row opens its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.i18n import _, language, tell
from postal_desk.ui import looks, pages
from postal_desk.ui.context import Context
from postal_desk.ui.page import Page
from postal_desk.ui.role_guard import offer, offered
from postal_desk.ui.today.task_list import TaskList
from postal_desk.ui.today.task_model import TaskModel
from postal_desk.ui.today.task_words import act_right, keys_words, next_act, way_to
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from postal_desk.services.today import Task, Today

_PAUSE_MS = 60  # several changes at once are read once
_WEEKDAYS = (
    *(say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday")),
    *(say("Friday"), say("Saturday"), say("Sunday")),
)


class TodayPage(Page):
    """Read anew each time it is shown and after each change."""

    name = "today"
    help = "today"
    shortcuts = (
        (say("Open what is lit"), "Enter"),
        (say("Do what comes next: keep a promise, answer, re-check, pay, close"), "Space"),
    )

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.found: Today | None = None
        self._row = 0
        self.header = PageHeader(_("Today"))
        new = HintButton("＋ " + _("Log a case"), "Ctrl+N", primary=True)
        new.clicked.connect(lambda: ctx.navigator.go("entry"))
        offer(ctx, "case.add", new)
        self.header.add(new)
        self.model = TaskModel()
        self.list = TaskList(self.model)
        self.list.opened.connect(self.open_task)
        self.list.done.connect(self.go_on)
        self.list.lit.connect(self._tell_keys)
        self.empty = EmptyState("circle-check")
        offer(ctx, "case.add", self.empty.button)
        self.empty.show_text(
            _("Nothing is waiting today"),
            _(
                "Cases that fall due, promises to come back, re-checks and open claims appear here by themselves."
            ),
            _("Log a case"),
            lambda: ctx.navigator.go("entry"),
        )
        card = Card(margin=4)
        card.body.setContentsMargins(1, looks.px(2), 1, looks.px(4))
        holder = QWidget()
        self._layers = QStackedLayout(holder)
        self._layers.addWidget(self.list)
        self._layers.addWidget(self.empty)
        card.body.addWidget(holder, 1)
        box = QVBoxLayout(self)
        gap = looks.px(16)
        box.setContentsMargins(gap, looks.px(10), gap, gap)
        box.setSpacing(looks.px(10))
        box.addWidget(self.header)
        box.addWidget(card, 1)
        self.keys = text_label(kind="hint")
        box.addWidget(self.keys)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read)

    def shown(self, **request: object) -> None:
        self._read()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        if self.isVisible() and self.ctx.has_desk:
            self._pause.start(_PAUSE_MS)

    def open_task(self, task: Task) -> None:
        """Go to the record of a task."""
        self._go(task, *way_to(task))

    def go_on(self, task: Task) -> None:
        """Do what comes next with a task: tick it off, or open its record where the work goes on."""
        way = next_act(task) if offered(self.ctx, act_right(task)) else way_to(task)
        if way is None:
            self.mark_done(task)
        else:
            self._go(task, *way)

    def _go(self, task: Task, page: str, request: dict[str, object]) -> None:
        if pages.known(page):
            self.ctx.navigator.go(page, **request)
        else:
            self.ctx.say(say("{number} can't be opened here yet", number=task.number))

    def mark_done(self, task: Task) -> None:
        """Mark a promise as kept."""
        from postal_desk.services.today import mark_done

        desk = self.ctx.desk

        def refused(error: Exception) -> None:
            if isinstance(error, Refusal):
                self.ctx.say(error.sentence)
            else:
                self.ctx.tell_fault(error)

        self.ctx.write(lambda: mark_done(desk, task), None, refused, self)

    def _read(self) -> None:
        desk = self.ctx.desk

        def read() -> Today:
            from postal_desk.services.today import today

            return today(desk)

        self._row = self.list.currentIndex().row()
        self.ctx.background.db(read, self._show, owner=self)

    def _show(self, found: Today) -> None:
        lit = self.model.task(self._row)
        self.found = found
        self.model.show(found, self.ctx.desk.branch.prefix)
        self.list.light(self.model.place_of(lit, max(0, self._row)))
        self._tell_keys()
        self._layers.setCurrentWidget(self.list if found.groups else self.empty)
        self.keys.setVisible(bool(found.groups))
        self.header.facts.setText(tell(_facts(found)))

    def _tell_keys(self) -> None:
        task = self.model.task(self.list.currentIndex().row())
        acts = task is not None and offered(self.ctx, act_right(task))
        self.keys.setText(keys_words(task, acts) if task is not None else "")
        self.list.setAccessibleDescription(self.keys.text())


def _facts(found: Today) -> Sentence:
    from postal_desk.reports.words import Words

    day = Words(language()).day(found.on)
    weekday = _WEEKDAYS[found.on.weekday()]
    if not found.badge:
        return say("{day}, {weekday} · nothing is due", day=day, weekday=weekday)
    return say("{day}, {weekday} · {count} to do today", day=day, weekday=weekday, count=found.badge)
