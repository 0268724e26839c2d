"""Copies: which there are, whether they would come back, and the second place that does not burn down with this PC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.copy_work import CopyWork, size_words
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.banner import Banner
from postal_desk.ui.widgets.buttons import HintButton
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.form import Form
from postal_desk.ui.widgets.progress import ProgressStrip
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.copies import Copy
    from postal_desk.services.copy_trials import Trial
    from postal_desk.services.desk import Desk
    from postal_desk.services.second_place import Away


@dataclass(frozen=True)
class Line:
    """One copy in the list: where it stands, and when it was last proved by hand."""

    copy: Copy
    own: bool
    proved: str


@dataclass(frozen=True)
class Found:
    """What the section shows."""

    lines: list[Line]
    away: Away
    drill: str


class CopiesSection(Section):
    """Copy (Insert), restore (Enter), verify, drill; the second place of this PC below."""

    name = "copies"
    help = "copies"
    scrolls = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._made: Path | None = None
        self.progress = ProgressStrip()
        self.work = CopyWork(ctx, self.progress)

    def parts(self) -> Iterator[None]:
        self.body.addWidget(self.progress)
        card = Card(margin=4)
        card.body.setContentsMargins(1, looks.px(4), 1, looks.px(4))
        self.body.addWidget(card, 1)
        self.table = RecordTable(self.accessibleName(), self._columns(), lambda line: not line.copy.sound)
        self.table.opened.connect(self.restore)
        card.body.addWidget(self.table)
        yield
        self.empty = EmptyState("archive-restore")
        self.empty.show_text(
            _("No copy yet"),
            _("One is made every 30 minutes with changes, and when the desk is closed."),
            _("Copy now"),
            self.copy_now,
        )
        self.empty.hide()
        card.body.addWidget(self.empty, 1)
        yield
        self._add_tools()
        yield
        self.body.addWidget(self._away_card())
        yield
        self.work.busy_changed.connect(self._lock)
        key = QShortcut(QKeySequence(Qt.Key.Key_Insert), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.copy_now)

    # -- what can be done ---------------------------------------------------------------------------------

    def copy_now(self) -> None:
        """Make a copy among the desk's own."""
        desk = self.ctx.desk

        def begin() -> Callable[[Any], Copy]:
            from postal_desk.services import copies

            return copies.begin_copy(desk)

        def done(copy: Copy) -> None:
            self.ctx.tell_copied(copy.made_at)
            self.ctx.say(
                say(
                    "A copy is made and proved: {count} cases, {size}",
                    count=copy.cases,
                    size=size_words(copy.size),
                )
            )
            self._made = copy.path
            self.load()

        self.work.run(_("Copying the desk…"), begin, None, done)

    def verify(self) -> None:
        """Read the copy that is lit through."""
        line, desk = self.table.current(), self.ctx.desk
        if line is None:
            return

        def begin() -> Callable[[Any], Trial]:
            from postal_desk.services.copy_trials import begin_verify

            return begin_verify(desk, line.copy.path)

        def note(trial: Trial) -> Changes:
            from postal_desk.services.copy_trials import note_verified

            return replace(note_verified(desk, trial), settings=True)

        self.work.run(_("Reading the copy through…"), begin, note)

    def drill(self) -> None:
        """Restore the newest copy on trial."""
        desk = self.ctx.desk

        def begin() -> Callable[[Any], Trial]:
            from postal_desk.services.copy_trials import begin_drill

            return begin_drill(desk)

        def note(trial: Trial) -> Changes:
            from postal_desk.services.copy_trials import note_drill

            return replace(note_drill(desk, trial), settings=True)

        self.work.run(_("Restoring the newest copy on trial…"), begin, note)

    def restore(self, line: Line | None = None) -> None:
        """Make a desk of the copy that is lit, beside this one."""
        from postal_desk.ui.restore_dialog import RestoreDialog

        line = line or self.table.current()
        if line is not None:
            self.open_dialog(RestoreDialog(self.ctx, line.copy, self.ctx.desk.path, self._offer, self))

    def carry(self) -> None:
        """Carry the newest copy to the second place."""
        desk, place = self.ctx.desk, Path(self.second.text().strip())

        def begin() -> Callable[[Any], Path]:
            from postal_desk.services.second_place import begin_carrying

            return begin_carrying(desk, place)

        def note(arrived: Path) -> Changes:
            from postal_desk.services.second_place import note_carried

            return replace(note_carried(desk, arrived), settings=True)

        self.work.run(_("Copying to the second place…"), begin, note)

    # -- showing ------------------------------------------------------------------------------------------

    def load(self) -> None:
        place = self.ctx.settings["copy_folder"]

        def read(desk: Desk) -> Found:
            from postal_desk.services import copies, copy_trials, second_place

            proved = copy_trials.trials(desk)
            found = [(copy, True) for copy in copies.list_copies(desk)]
            found += [(copy, False) for copy in (second_place.copies_at(Path(place)) if place else [])]
            found.sort(key=lambda one: one[0].made_at, reverse=True)
            lines = [Line(copy, own, proved.get(copy.path.name, "")) for copy, own in found]
            return Found(lines, second_place.away(desk), proved.get("", ""))

        self.ask(read, self._show)

    def _show(self, found: Found) -> None:
        self.table.show_rows(found.lines, keep=lambda line: line.copy.path)
        if self._made is not None:  # what was just made is what Verify and Restore are about
            paths = [line.copy.path for line in found.lines]
            self.table.light(paths.index(self._made) if self._made in paths else -1)
            self._made = None
        self.table.setVisible(bool(found.lines))
        self.empty.setVisible(not found.lines)
        count = len(found.lines)
        facts = _("1 copy") if count == 1 else _("{count} copies").format(count=count)
        drill = found.drill[:16].replace("T", " ") or _("never")
        self.facts.setText(facts + " · " + _("last restore drill: {time}").format(time=drill))
        self._show_away(found.away)

    def _show_away(self, away: Away) -> None:
        if away.at is None:
            text = _("No copy is kept off this disk yet: if the PC breaks or is stolen, everything is lost.")
        else:
            text = _("Newest copy off this disk: {time}, in {place}").format(
                time=f"{away.at:%Y-%m-%d %H:%M}", place=away.place
            )
        if away.at is not None and away.overdue:
            text += " · " + _("older than 7 days")
        self.away.show_text(text, "attention" if away.overdue or away.at is None else "good")

    def _offer(self, path: Path) -> None:
        """A desk was restored: it can be opened from here."""
        text = _("A desk was restored in {place}").format(place=path)
        self.body.insertWidget(1, Banner(text, _("Open it"), lambda: self.ctx.navigator.open_desk(path)))

    def _lock(self, busy: bool) -> None:
        for tool in self.tools:
            tool.setEnabled(not busy)

    def _add_tools(self) -> None:
        self.verify_button = QPushButton(_("Verify"))
        self.verify_button.clicked.connect(self.verify)
        self.restore_button = QPushButton(_("Restore to a folder…"))
        self.restore_button.clicked.connect(lambda: self.restore())
        self.drill_button = QPushButton(_("Restore drill"))
        self.drill_button.setToolTip(
            _("Restores the newest copy on trial, opens it, and takes it away again")
        )
        self.drill_button.clicked.connect(self.drill)
        self.copy_button = HintButton("＋ " + _("Copy now"), "Insert", primary=True)
        self.copy_button.clicked.connect(self.copy_now)
        self.tools = [self.verify_button, self.restore_button, self.drill_button, self.copy_button]
        for tool in self.tools:
            self.head.addWidget(tool)

    def _away_card(self) -> Card:
        card = Card(_("Second place"))
        self.away = NoteBox(tone="attention")
        self.second = QLineEdit(self.ctx.settings["copy_folder"])
        self.second.setPlaceholderText(_("A USB stick, another disk or a network share"))
        self.second.editingFinished.connect(self._keep_place)
        choose = QPushButton(_("Choose…"))
        choose.setAccessibleName(_("Choose the second place for copies"))
        choose.clicked.connect(self.choose_place)
        self.carry_button = QPushButton(_("Copy there now"))
        self.carry_button.clicked.connect(self.carry)
        self.tools.append(self.carry_button)
        self.form = Form()
        self.form.add(
            _("Folder"),
            self.second,
            _("While it is connected the newest copy is put there every day by itself"),
            "place",
            choose,
        )
        card.body.addWidget(self.away)
        card.body.addLayout(self.form)
        card.body.addWidget(self.carry_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def choose_place(self) -> QFileDialog:
        """Ask for the second place."""
        dialog = QFileDialog(self, _("Second place for copies"), self.second.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        self.open_dialog(dialog)
        return dialog

    def _chosen(self, folder: str) -> None:
        self.second.setText(folder)
        self._keep_place()

    def _keep_place(self) -> None:
        typed = self.second.text().strip()
        known = not typed or Path(typed).is_dir()
        self.form.refuse("place", "" if known else _("There is no such folder; choose one that exists"))
        dress(self.second, state="" if known else "bad")
        if known and typed != self.ctx.settings["copy_folder"]:
            self.ctx.settings["copy_folder"] = typed
            self.load()

    def _columns(self) -> list[Column]:
        return [
            Column(_("Made at"), lambda line: f"{line.copy.made_at:%Y-%m-%d %H:%M}", 140),
            Column(_("Cases"), lambda line: f"{line.copy.cases:,}" if line.copy.sound else "", 80),
            Column(_("Size"), lambda line: size_words(line.copy.size), 90, drop=2),
            Column(_("Status"), _state, 200, lambda line: "good" if line.copy.sound else "bad"),
            Column(_("Place"), _place),
        ]


def _state(line: Line) -> str:
    if not line.copy.sound:
        return _("damaged")
    if line.proved:
        return _("proved again {time}").format(time=line.proved[5:16].replace("T", " "))
    return _("verified when made")


def _place(line: Line) -> str:
    return _("this desk") if line.own else str(line.copy.path.parent)
