"""Retention: for how long closed cases are kept whole, which are past that, which are held, and which copies remain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from postal_desk.domain.changes import Changes
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offer
from postal_desk.ui.settings.confirm_dialog import ConfirmDialog
from postal_desk.ui.settings.section import Section
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.empty_state import EmptyState
from postal_desk.ui.widgets.form import ChoiceField
from postal_desk.ui.widgets.labels import text_label
from postal_desk.ui.widgets.line_dialog import LineDialog
from postal_desk.ui.widgets.record_table import Column, RecordTable

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.old_copies import Elsewhere, OldCopy
    from postal_desk.services.retention import KeptCase

_NAMES_SHOWN = 6
_YEARS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30)


@dataclass(frozen=True)
class _Found:
    years: int
    cases: list[KeptCase]
    own: list[OldCopy]
    elsewhere: list[Elsewhere]


class RetentionSection(Section):
    """Several cases can be picked. Nothing happens by itself."""

    name = "retention"
    help = "personal-data"
    right = "case.anonymise"
    scrolls = True

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._found: _Found | None = None

    def parts(self) -> Iterator[None]:
        ctx = self.ctx
        self.anonymise_button = QPushButton(_("Make anonymous…"))
        self.anonymise_button.clicked.connect(self.anonymise)
        self.hold_button = QPushButton(_("Legal hold…"))
        self.hold_button.clicked.connect(self.hold)
        self.release_button = QPushButton(_("End the hold"))
        self.release_button.clicked.connect(self.release)
        for button in (self.anonymise_button, self.hold_button, self.release_button):
            self.head.addWidget(button)
        offer(ctx, self.right, self.anonymise_button, self.hold_button, self.release_button)
        yield
        self.body.addWidget(self._term_card())
        yield
        card = Card(margin=4)
        self.body.addWidget(card, 1)
        self.table = RecordTable(self.accessibleName(), self._columns())
        card.body.addWidget(self.table)
        self.table.setSelectionMode(RecordTable.SelectionMode.ExtendedSelection)
        self.table.opened.connect(lambda case: ctx.navigator.go("cases", number=case.number))
        self.table.selectionModel().selectionChanged.connect(lambda *_what: self._picked())
        yield
        self.empty = EmptyState("shield-check")
        self.empty.show_text(
            _("No case is past its term"),
            _("Closed cases appear here when their term is over. Nothing is taken out before you say so."),
        )
        card.body.addWidget(self.empty, 1)
        yield
        self.copies = text_label(kind="hint", wrap=True, selectable=True)
        copies = Card(_("Copies made before"))
        copies.body.addWidget(self.copies)
        self.body.addWidget(copies)
        self._picked()

    def load(self) -> None:
        def read(desk: Desk) -> _Found:
            from postal_desk.services import keeping_settings, old_copies, retention

            due = retention.past_term(desk)
            known = {case.number for case in due}
            held = [case for case in retention.held_cases(desk) if case.number not in known]
            years = keeping_settings.get(desk).years
            return _Found(
                years, [*due, *held], old_copies.own_copies(desk), old_copies.copies_elsewhere(desk)
            )

        self.ask(read, self._show)

    def picked(self) -> list[KeptCase]:
        """The cases that are picked, from the top."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.table.records.rows[row] for row in rows]

    def anonymise(self) -> ConfirmDialog | None:
        """Ask, then make the picked cases anonymous."""
        numbers = [case.number for case in self.picked() if case.held_on is None]
        if not numbers:
            return None
        told = _(
            "Name, phone, address, item numbers and every free text of these cases ({count}) are taken out for good, "
            "with their history, files and drafts, and the files of the measures, problems, errors and visits linked "
            "with no other case. What is counted stays. This can't be taken back."
        ).format(count=len(numbers))
        told += "\n\n" + ", ".join(numbers[:_NAMES_SHOWN]) + (" …" if len(numbers) > _NAMES_SHOWN else "")
        dialog = ConfirmDialog(_("Make anonymous"), told, _("Make anonymous"), self)
        dialog.confirmed.connect(lambda: self._write(lambda desk: _anonymise(desk, numbers)))
        dialog.open()
        return dialog

    def hold(self) -> LineDialog | None:
        """Ask why, then hold the picked cases."""
        numbers = [case.number for case in self.picked() if case.held_on is None]
        if not numbers:
            return None
        told = _("A held case is kept whole until the hold ends, also in the recycle bin.")
        dialog = LineDialog(
            _("Legal hold"), told, _("Who asked for it, and the file number"), _("Hold"), "", self
        )
        dialog.settled.connect(lambda reason: self._write(lambda desk: _hold(desk, numbers, reason)))
        dialog.open()
        return dialog

    def release(self) -> None:
        """End the hold on the picked cases."""
        numbers = [case.number for case in self.picked() if case.held_on is not None]
        if numbers:
            self._write(lambda desk: _release(desk, numbers))

    def _write(self, work: Callable[[Desk], Changes]) -> None:
        desk = self.ctx.desk
        self.ctx.write(lambda: work(desk))

    def _show(self, found: _Found) -> None:
        self._found = found
        if self.years.findData(found.years) < 0:  # set on the command line
            self.years.addItem(_years_words(found.years), found.years)
        self.years.show_value(found.years)
        self.table.show_rows(found.cases, keep=lambda case: case.number)
        self.table.setVisible(bool(found.cases))
        self.empty.setVisible(not found.cases)
        self.pick_link.setVisible(bool(found.cases) and self.allowed)
        held = sum(case.held_on is not None for case in found.cases)
        due = len(found.cases) - held
        facts = [_("{count} past their term").format(count=due)] if due else []
        facts += [_("{count} held").format(count=held)] if held else []
        self.facts.setText(" · ".join(facts))
        self.copies.setText("\n".join(_copies_words(found)))
        self._picked()

    def _picked(self) -> None:
        free = any(case.held_on is None for case in self.picked())
        self.anonymise_button.setEnabled(free)
        self.hold_button.setEnabled(free)
        self.release_button.setEnabled(any(case.held_on is not None for case in self.picked()))

    def _set_years(self, years: object) -> None:
        if self._found is None or not isinstance(years, int) or years == self._found.years:
            return

        def work(desk: Desk) -> Changes:
            from postal_desk.services import keeping_settings

            return keeping_settings.set(desk, years=years)

        self._write(work)

    def _term_card(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        label = text_label(_("Kept whole after the closing"), "caption")
        self.years = ChoiceField([(years, _years_words(years)) for years in _YEARS])
        self.years.setAccessibleName(_("Kept whole after the closing, in years"))
        self.years.picked.connect(self._set_years)
        self.years.setEnabled(self.allowed)
        label.setBuddy(self.years)
        row.addWidget(label)
        row.addWidget(self.years)
        row.addStretch(1)
        self.pick_link = link_button(_("Pick all that are past their term"), self._pick_all)
        row.addWidget(self.pick_link)
        card.body.addLayout(row)
        return card

    def _pick_all(self) -> None:
        self.table.selectAll()
        self.table.setFocus()

    @staticmethod
    def _columns() -> Sequence[Column]:
        return [
            Column(_("Number"), lambda case: case.number, 180),
            Column(_("About"), lambda case: case.subject),
            Column(_("Customer"), lambda case: case.customer, 90, drop=2),
            Column(_("Closed on"), lambda case: str(case.closed_on or ""), 100, drop=1),
            Column(_("Term until"), lambda case: str(case.ends_on or ""), 100),
            Column(_("Legal hold"), lambda case: case.reason, 150, tone=lambda _case: "attention"),
        ]


def _years_words(years: int) -> str:
    return _("1 year") if years == 1 else _("{count} years").format(count=years)


def _copies_words(found: _Found) -> list[str]:
    lines = []
    if found.own:
        last = max(copy.goes_on for copy in found.own)
        lines.append(
            _(
                "Copies in the desk's folder that still hold what is taken out today: {count}; the last goes on {day}."
            ).format(count=len(found.own), day=last.isoformat())
        )
        dated = [f"{copy.made_at:%Y-%m-%d %H:%M} → {copy.goes_on}" for copy in found.own[:_NAMES_SHOWN]]
        lines.append("   ".join(dated) + (" …" if len(found.own) > _NAMES_SHOWN else ""))
    if found.elsewhere:
        names = ", ".join(dict.fromkeys(one.name for one in found.elsewhere[:_NAMES_SHOWN]))
        lines.append(_("Copies made elsewhere have to be deleted by hand: {names}").format(names=names))
    return lines or [_("There are no copies yet.")]


def _anonymise(desk: Desk, numbers: Sequence[str]) -> Changes:
    from postal_desk.services import retention

    return retention.anonymise(desk, numbers)


def _hold(desk: Desk, numbers: Sequence[str], reason: str) -> Changes:
    from postal_desk.services import retention

    return retention.hold(desk, numbers, reason)


def _release(desk: Desk, numbers: Sequence[str]) -> Changes:
    from postal_desk.services import retention

    return retention.release(desk, numbers)
