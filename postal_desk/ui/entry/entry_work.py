"""What happens on the page «Log a case»: the parts joined, for a new case, a stored one or a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.domain.attachments import CASE, DRAFT
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.numbering import shorten
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context
from postal_desk.ui.entry.canned_story import CannedStory
from postal_desk.ui.entry.deadline_note import deadline_note
from postal_desk.ui.entry.draft_keeper import DraftKeeper
from postal_desk.ui.entry.entry_view import Acts, EntryView
from postal_desk.ui.entry.form import Form
from postal_desk.ui.entry.hint_panel import HintPanel
from postal_desk.ui.entry.leave_dialog import LeaveDialog
from postal_desk.ui.entry.old_drafts import OldDrafts
from postal_desk.ui.entry.pick_lists import PickLists
from postal_desk.ui.entry.saver import Saver, changed_meanwhile
from postal_desk.ui.entry.sheet import Sheet
from postal_desk.ui.entry.spans import Span, spans
from postal_desk.ui.entry.story_reader import StoryReader
from postal_desk.ui.widgets.attachments.panel import AttachmentPanel
from postal_desk.ui.widgets.dressing import dress

if TYPE_CHECKING:
    from postal_desk.domain.story.reading import Found, Reading
    from postal_desk.services.case_reading import CaseView

#: Fields that the deadline box depends on.
_CLOCK_FIELDS = frozenset(
    {"kind", "category", "business", "opened_on", "answered_on", "items.posted_on", "items"}
)


class EntryWork(QWidget):
    """The whole page, once the desk is open and its :attr:`parts` are made. :meth:`new`, :meth:`edit` and
    :meth:`resume` put a sheet in front.
    """

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.desk = ctx.desk  # for as long as the page lives: another desk gets another window
        self.sheet = Sheet(self._new_form())
        self._another = False
        #: another page was opened from here, to come back
        self.away = False
        self.reader = StoryReader(ctx, self)
        self.keeper = DraftKeeper(ctx, lambda: self.sheet.payload(), self)
        desk = self.desk
        self.view = EntryView(
            lambda: self.form,
            desk.rules,
            desk.today,
            lambda number: shorten(number, desk.branch.prefix),
            self._acts(),
            lambda: AttachmentPanel(ctx, DRAFT),
            self,
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        #: makes the rest, one piece a step
        self.parts: Iterator[None] = self._make_parts()

    def _make_parts(self) -> Iterator[None]:
        ctx = self.ctx
        yield
        yield from self.view.parts
        yield
        self.lists = PickLists(ctx, self.view.fields.set_choices, self)
        self.old_drafts = OldDrafts(ctx, self.view.drafts, self)
        self.hints = HintPanel(ctx, self.view)
        self.saver = Saver(ctx, self.view)
        self.canned = CannedStory(ctx, self.view, lambda: self.form)
        yield
        self._connect()
        yield from self._showing()

    def _acts(self) -> Acts:
        return Acts(
            save=self.save,
            save_and_new=lambda: self.save(another=True),
            cancel=self.cancel,
            open_case=lambda number: self._go_away("cases", number=number),
            link=lambda number: self.hints.link(number),
            mark_fraud=self._mark_fraud,
            resume=lambda draft: self.resume(draft.key),
            discard=lambda draft: self.old_drafts.discard(draft),
        )

    @property
    def form(self) -> Form:
        """The form in front."""
        return self.sheet.form

    # -- what is in front ---------------------------------------------------------------------------------

    def new(self) -> None:
        """A new, empty case; what was typed before stays as a draft."""
        self.reader.warm()
        self.keeper.flush()
        self.keeper.renew()
        self._put(Sheet(self._new_form()))

    def edit(self, number: str) -> None:
        """A stored case, unless it is the one in front with changes in it."""
        if number != self.sheet.number or not self.sheet.changed:
            self.keeper.flush()
            self._load(number, self._edit)

    def resume(self, key: str) -> None:
        """A draft, unless it is the one in front."""
        if key != self.keeper.key:
            self.keeper.flush()
            self.old_drafts.load(key, self._resume)

    def offer_drafts(self) -> None:
        """Offer the drafts on disk, besides the one in front."""
        self.old_drafts.offer(self.keeper.key)

    def place(self) -> dict[str, object]:
        """The request that brings the page back to where it is."""
        if self.keeper.stored:
            return {"draft": self.keeper.key}
        return {"number": self.sheet.number} if self.sheet.number else {}

    def refresh(self, changes: Changes) -> None:
        """Something was written somewhere."""
        if changes.outlets or changes.staff or changes.rules:
            self.lists.forget()
            self.lists.load(self._opened_on())
        self.view.files.refresh(changes)
        if changes.drafts or changes.cases:
            self.old_drafts.offer(self.keeper.key)
        if changes.cases:
            self.hints.finder.forget()
        if self.sheet.number and self.sheet.number in changes.cases and not self.saver.busy:
            if self.sheet.changed:
                self.view.tell_problem(changed_meanwhile(self.sheet.number))
            else:
                self._load(self.sheet.number, self._edit)

    def _load(self, number: str, show: Callable[[CaseView], None]) -> None:
        desk = self.desk

        def read() -> CaseView:
            from postal_desk.services.cases import show_case
            from postal_desk.services.unmasking import note_unmasked

            view = show_case(desk, number)
            note_unmasked(desk, number, "form")  # its fields stand there in clear
            return view

        self.ctx.background.db(read, show, owner=self)

    def _edit(self, view: CaseView) -> None:
        self.keeper.renew()
        self._put(Sheet.of_case(view.case))

    def _resume(self, key: str, payload: Mapping[str, object]) -> None:
        number = str(payload.get("number") or "")

        def show(sheet: Sheet) -> None:
            sheet.restore(payload)
            self.keeper.renew(key, stored=True)
            self._put(sheet)
            self.view.story.edit.moveCursor(QTextCursor.MoveOperation.End)  # where typing stopped
            self.old_drafts.offer(key)

        if number:
            self._load(number, lambda view: show(Sheet.of_case(view.case)))
        else:
            show(Sheet(self._new_form()))

    def _put(self, sheet: Sheet) -> None:
        """Show another sheet from the beginning."""
        self.sheet = sheet
        self.reader.forget()
        self._show_all()
        if text := self.form.text("narrative"):
            self.reader.feed(text, self._opened_on())

    def _new_form(self) -> Form:
        return Form(self.desk.today().isoformat())

    def _opened_on(self) -> date:
        text = self.form.text("opened_on")
        return date.fromisoformat(text) if text else self.desk.today()

    # -- showing ------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        view = self.view
        view.story.edit.changed.connect(self._story_typed)
        view.story.chat_wanted.connect(self._take_chat)
        view.files.counted.connect(self._files_counted)
        view.fields.changed.connect(self._field_changed)
        view.fields.items.removed.connect(lambda undo: self.ctx.offer(say("Item taken away"), undo))
        view.fields.customer_asked.connect(self._show_customer)
        self.reader.arrived.connect(self._read)
        self.hints.linked.connect(self.keeper.touch)
        self.keeper.saved.connect(self._draft_saved)
        self.keeper.failed.connect(self._draft_failed)
        self.saver.started.connect(self.keeper.hold)
        self.saver.saved.connect(self._saved)
        self.saver.refused.connect(self.keeper.touch)
        self.saver.unchanged.connect(self._unchanged)
        self._bind("Ctrl+Shift+S", lambda: self.save(another=True))
        self._bind("Ctrl+Return", self.take_suggestions)
        self._bind("Ctrl+Enter", self.take_suggestions)

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _show_all(self) -> None:
        for _step in self._showing():
            pass

    def _showing(self) -> Iterator[None]:
        """Show the sheet, one part of the page a step."""
        view, number = self.view, self.sheet.number
        view.header.title.setText(_("Edit {number}").format(number=number) if number else _("Log a case"))
        view.save_and_new.setVisible(not number)
        view.tell_problem(None)
        self.saver.forget()
        text = self.form.text("narrative")
        view.story.edit.set_text(text)
        view.story.count(text)
        view.story.tell(None)
        self._draft_saved(None)
        view.files.show_record(number or self.keeper.key, kind=CASE if number else DRAFT)
        yield
        yield from view.fields.showing()
        self.lists.load(self._opened_on())
        yield
        self._show_chat()
        self._show_deadline()
        self.hints.begin(self.sheet)

    def _show_deadline(self) -> None:
        desk = self.desk
        self.view.deadline.show_note(deadline_note(self.form, desk.rules, desk.today(), desk.branch.code))

    def _show_chat(self) -> None:
        reading = self.form.reading
        proposed = reading.steps if reading is not None else ()
        self.view.story.chat.show_steps(proposed, self.sheet.chat_steps)

    def _draft_saved(self, at: datetime | None) -> None:
        dress(self.view.header.facts, kind="hint")
        said = (
            _("Draft saved by itself · {time}").format(time=at.strftime("%H:%M:%S")) if at is not None else ""
        )
        self.view.header.facts.setText(said)

    def _draft_failed(self, error: Exception) -> None:
        sentence = getattr(error, "sentence", None)
        if not isinstance(sentence, Sentence):
            self.ctx.tell_fault(error)
            return
        dress(self.view.header.facts, kind="error")
        self.view.header.facts.setText(_("Draft not saved: {reason}").format(reason=tell(sentence)))

    # -- acts ---------------------------------------------------------------------------------------------

    def _story_typed(self, text: str) -> None:
        self.form["narrative"].enter(text)
        self.reader.feed(text, self._opened_on())
        self.keeper.touch()
        self.hints.ask()

    def _files_counted(self, count: int) -> None:
        """The files of a new case wait with its draft: there has to be one."""
        if not self.sheet.number and count != self.sheet.files:
            self.sheet.files = count
            self.keeper.touch()

    def _field_changed(self, name: str) -> None:
        if name in _CLOCK_FIELDS:
            self._show_deadline()
        if name == "opened_on":
            self.lists.load(self._opened_on())
            self.reader.feed(self.form.text("narrative"), self._opened_on())
        self.view.story.edit.show_spans(self._spans())
        self.saver.follow(self.sheet)
        self.keeper.touch()
        self.hints.ask()

    def _read(self, reading: Reading, mail_class: Found | None) -> None:
        """What the story says now; nothing a person wrote is touched."""
        if not self.ctx.has_desk:  # closed while it was read
            return
        changed = self.form.read(reading, mail_class)
        self.view.story.edit.show_spans(self._spans())
        self.view.fields.show_fields(changed - {"items"})
        self.saver.follow(self.sheet)
        # a row of fields for each item takes its time: after what is waiting (a key, a repaint)
        QTimer.singleShot(0, self, lambda: self._show_items(changed))

    def _show_items(self, changed: set[str]) -> None:
        self.view.fields.show_fields(changed & {"items"})
        if changed & _CLOCK_FIELDS:
            self._show_deadline()
        self._show_chat()
        self.hints.ask()

    def _spans(self) -> Sequence[Span]:
        reading = self.form.reading
        same = reading is not None and reading.text == self.view.story.edit.text()
        return spans(self.form) if same else ()

    def _take_chat(self, wanted: bool) -> None:
        reading = self.form.reading
        self.sheet.take_chat(reading.steps if wanted and reading is not None else ())
        self._show_chat()
        self.keeper.touch()

    def take_suggestions(self) -> None:
        """Take everything the story suggests, once it has been read."""
        self.reader.when_read(self.view.fields.accept_all)

    def _mark_fraud(self) -> None:
        self.view.fields.fields["fraud"].enter(True)
        self.view.fields.show_fields({"fraud"})

    def _go_away(self, page: str, **request: object) -> None:
        """Show another page; coming back finds everything as it is here."""
        self.away = True
        self.ctx.navigator.go(page, **request)

    def _show_customer(self) -> None:
        self._go_away("cases", filter=CaseFilter(customer_phone=self.form.likely("customer.phone")))

    def cancel(self) -> None:
        """Leave; what was typed is kept as a draft, or dropped with a way back."""
        if self.saver.busy:
            return
        if not self.sheet.changed:
            self.keeper.drop()
            self._out()
            return
        LeaveDialog(self, bool(self.sheet.number), self._keep_and_leave, self._discard_and_leave).open()

    def _keep_and_leave(self) -> None:
        self.keeper.flush()
        self._out()

    def _discard_and_leave(self) -> None:
        payload, key = self.sheet.payload(), self.keeper.key
        self.keeper.drop()
        self._out()
        if payload is not None:
            self.old_drafts.offer_back(key, payload)

    def _out(self) -> None:
        self.keeper.renew()
        self._put(Sheet(self._new_form()))
        self.ctx.navigator.back()

    # -- saving -------------------------------------------------------------------------------------------

    def save(self, another: bool = False) -> None:
        """Save as soon as the story has been read to its end."""
        if not self.saver.busy:
            self._another = another
            self.reader.when_read(lambda: self.saver.save(self.sheet, self.keeper.key))

    def _saved(self, number: str) -> None:
        if self.sheet.number:
            self.keeper.drop()
        self.keeper.done()
        self.keeper.renew()
        self._put(Sheet(self._new_form()))
        if self._another:
            self.view.story.edit.setFocus()
        else:
            self.ctx.navigator.go("cases", number=number)

    def _unchanged(self) -> None:
        self.ctx.say(say("Nothing was changed"))
        self._out()
