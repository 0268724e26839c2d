"""The first run: four steps to a desk, or a practice desk first. Shown while there is no desk."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from postal_desk import i18n, paths
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.first_run.branch_step import BranchStep
from postal_desk.ui.first_run.copies_step import CopiesStep
from postal_desk.ui.first_run.making import Making, Progress, Work
from postal_desk.ui.first_run.name_step import NameStep
from postal_desk.ui.first_run.people_step import PeopleStep
from postal_desk.ui.first_run.step import Step
from postal_desk.ui.first_run.trail import Trail
from postal_desk.ui.page import Page
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.chip import Chip
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label
from postal_desk.ui.widgets.progress import ProgressStrip

if TYPE_CHECKING:
    from postal_desk.services.beginning import Beginning, ShippedWords

_WIDEST = 960
_PRACTICE_CASES = 300
_PRACTICE_MONTHS = 14


class FirstRunPage(Page):
    """``go("first_run", path=FOLDER)``: the desk is made there (default: the user's own folder), then opened."""

    name = "first_run"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.path = paths.default_desk()
        self._making: Making | None = None
        self._code = ""  # of the desk that was just made
        self._place = ""  # where its copies go besides
        self._chosen = False  # somebody named the folder: it is not asked for
        self.chips: dict[str, Chip] = {}
        self.branch, self.people, self.me = BranchStep(), PeopleStep(), NameStep()
        self.copies = CopiesStep(ctx.settings["copy_folder"])
        self.steps: tuple[Step, ...] = (self.branch, self.people, self.me, self.copies)
        self.trail = Trail([_("Branch"), _("Outlets and staff"), _("Manager"), _("Backup folder")])
        self.trail.asked.connect(self._asked)
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(_scrolled(step))
            step.changed.connect(self._clear_problem)
        self.people.refused.connect(self._say)
        self.problem = text_label(kind="error", wrap=True)
        self.progress = ProgressStrip()
        self.back_button = QPushButton(_("Previous step"))
        self.back_button.clicked.connect(lambda: self._to(self.stack.currentIndex() - 1))
        self.next_button = dress(QPushButton(), kind="primary")
        self.next_button.clicked.connect(self.forward)
        self.practise_button = link_button(_("Practise first, with invented cases"), self.practise)
        self.practise_button.setToolTip(
            _(
                "Opens a separate desk with invented cases. The real register is made later and starts at 0001."
            )
        )
        self.bring_button = link_button(_("Bring a desk from another PC…"), self.bring)
        self.bring_button.setToolTip(_("Makes a desk of a copy, for example one on a stick"))
        self._lay_out()
        self._to(0)
        ctx.background.db(_words, self._offer, owner=self)

    # -- page ---------------------------------------------------------------------------------------------

    def shown(self, **request: object) -> None:
        path, state = request.get("path"), request.get("state")
        if isinstance(path, Path):
            self.path = path
            self._chosen = path not in (paths.default_desk(), paths.shared_desk())
        if isinstance(state, tuple):
            at, *states = state
            for step, typed in zip(self.steps, states, strict=True):
                step.restore(typed)
            self._to(at)
        self.steps[self.stack.currentIndex()].begin()

    def place(self) -> dict[str, object]:
        return {
            "path": self.path,
            "state": (self.stack.currentIndex(), *(step.state() for step in self.steps)),
        }

    def command(self, name: str) -> bool:
        if name == "back" and self.stack.currentIndex() and self._making is None:
            self._to(self.stack.currentIndex() - 1)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif self.next_button.isEnabled():
            self.forward()

    # -- steps --------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """On to the next step, or make the desk after the last; says what is missing instead."""
        at = self.stack.currentIndex()
        problem = self.steps[at].problem()
        if problem:
            self._say(problem)
            self.steps[at].begin()
        elif at + 1 < len(self.steps):
            self._to(at + 1)
        else:
            self.make()

    def make(self) -> None:
        """Make the desk and open it."""
        from postal_desk.services.beginning import Beginning

        name, code, letter = self.branch.values()
        outlets, staff = self.people.values()
        me, password, shared = self.me.value(), self.me.password(), self.me.shared()
        wanted = Beginning(name, code, letter, outlets, staff, me, password, shared)
        self.ctx.settings["user"] = me
        path, place = self.me.place(), self.copies.value()

        def work(progress: Progress) -> None:
            if place:
                _check_place(Path(place), path)
            self._code = _begin(path, wanted, progress)
            self._place = place

        self._start(path, work, _("Making the desk…"))

    def practise(self) -> None:
        """Open the practice desk; make it first if there is none."""
        path = paths.practice_desk()
        self._start(path, lambda progress: _make_practice(path, progress), _("Making the practice desk…"))

    def bring(self) -> None:
        """Make a desk of a copy instead."""
        from postal_desk.ui.copy_opening import bring_desk

        self.opening = bring_desk(self.ctx, self, self.progress, self.path)

    def _start(self, path: Path, work: Work, text: str) -> None:
        self._clear_problem()
        making = Making(self.ctx.background, work, self)
        self._making = making
        making.advanced.connect(self.progress.set_fraction)
        making.done.connect(lambda: self._made(path))
        making.stopped.connect(lambda: self._not_made(_("Stopped; nothing was made.")))
        making.failed.connect(self._failed)
        self._enable(False)
        making.start()
        self.progress.watch(making.handle, text)

    def _made(self, path: Path) -> None:
        from postal_desk.services.access import Credential

        self._making = None
        code, self._code = self._code, ""
        if self._place:
            self.ctx.settings["copy_folder"] = self._place
        if not code:
            self.ctx.navigator.open_desk(path)
            return
        credential = Credential.password(self.me.password(), self.me.value())
        self.me.new.clear()
        self.ctx.opened.connect(lambda: self._show_code(code), Qt.ConnectionType.SingleShotConnection)
        self.ctx.navigator.enter(path, credential, self._failed)

    def _show_code(self, code: str) -> None:
        """The desk is open: its recovery code, before anything is written in it."""
        from postal_desk.ui.password_dialogs import show_code

        QTimer.singleShot(0, self, lambda: show_code(self.ctx, code, self.window()))

    def _failed(self, error: Exception) -> None:
        sentence = getattr(error, "sentence", None)
        if isinstance(sentence, Sentence):
            self._not_made(tell(sentence))
        else:
            self._not_made("")
            self.ctx.tell_fault(error)

    def _not_made(self, why: str) -> None:
        self._making = None
        self._enable(True)
        self.steps[self.stack.currentIndex()].begin()
        self._say(why)

    def _enable(self, on: bool) -> None:
        for part in (
            self.stack,
            self.trail,
            self.back_button,
            self.next_button,
            self.practise_button,
            self.bring_button,
        ):
            part.setEnabled(on)

    def _to(self, at: int) -> None:
        at = max(0, min(at, len(self.steps) - 1))
        self._clear_problem()
        self.stack.setCurrentIndex(at)
        self.trail.light(at)
        self.back_button.setVisible(at > 0)
        self.next_button.setText(_("Make the desk") if at == len(self.steps) - 1 else _("Next step"))
        if at == 2:
            branch, code, letter = self.branch.values()
            outlets, staff = len(self.people.outlets.rows.rows()), self.people.staff.rows.rows()
            self.me.tell(
                f"{branch} · {code}{letter}",
                outlets,
                [row[0] for row in staff],
                self.path,
                self._has_choice(),
            )
        if self.steps[at] is self.copies:
            self.copies.tell(without_password=not self.me.password())
        self.steps[at].begin()

    def _has_choice(self) -> bool:
        from postal_desk.services.beginning import can_share

        return not self._chosen and can_share(paths.shared_desk())

    def _asked(self, at: int) -> None:
        """Somebody wants another step: back at once, forward only past what is complete."""
        while self.stack.currentIndex() < at:
            before = self.stack.currentIndex()
            self.forward()
            if self.stack.currentIndex() == before:
                return
        self._to(at)

    def _say(self, problem: str) -> None:
        problem = problem[:1].upper() + problem[1:]  # on the command line it stands after the field's name
        self.problem.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.setVisible(bool(problem))

    def _clear_problem(self) -> None:
        self._say("")

    def _offer(self, words: ShippedWords) -> None:
        self.branch.set_divisions(words.divisions)
        self.people.set_words(words)

    def _speak(self, language: str) -> None:
        for name, chip in self.chips.items():
            chip.setChecked(name == language)
        self.ctx.settings["language"] = language

    # -- layout -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        card = Card(margin=24)
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.setSpacing(looks.px(8))
        foot.addWidget(self.practise_button)
        foot.addWidget(self.bring_button)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        middle = QWidget()
        middle.setMaximumWidth(looks.px(_WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(14))
        column.addLayout(self._head())
        column.addWidget(self.trail)
        column.addWidget(card, 1)
        column.addWidget(self.progress)
        column.addLayout(foot)
        box = QHBoxLayout(self)
        gap = looks.px(24)
        box.setContentsMargins(gap, gap, gap, gap)
        box.addStretch(1)
        box.addWidget(middle, 1000)  # a narrow window keeps nothing free beside it
        box.addStretch(1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(looks.px(10))
        head.addWidget(text_label(_("Welcome to Postal Desk"), "title"))
        head.addWidget(ElidedLabel(_("Four short steps, then the first case can be logged"), "hint"), 1)
        for language, name in (("zh_CN", "中文"), ("en", "English")):
            chip = Chip(name)
            chip.setChecked(i18n.language() == language)
            chip.clicked.connect(lambda _on=False, language=language: self._speak(language))
            self.chips[language] = chip
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        return head


def _scrolled(step: Step) -> QScrollArea:
    """A step scrolls where the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(step.title)
    area.setWidget(dress(step, kind="plain"))
    return area


def _words() -> ShippedWords:
    from postal_desk.services.beginning import shipped_words

    return shipped_words(date.today())


def _begin(path: Path, wanted: Beginning, progress: Progress) -> str:
    from postal_desk.services.beginning import begin

    return begin(path, wanted, progress)


def _check_place(place: Path, desk: Path) -> None:
    from postal_desk.services.second_place import check_place

    check_place(place, desk)


def _make_practice(path: Path, progress: Progress) -> None:
    from postal_desk.domain.periods import Month
    from postal_desk.services.demo import make_demo
    from postal_desk.services.desk import desk_exists

    if desk_exists(path):
        return
    today = date.today()
    make_demo(
        path,
        cases=_PRACTICE_CASES,
        months=_PRACTICE_MONTHS,
        until=Month.of(today),
        as_of=today,
        progress=progress,
    )
