"""The register of errors: cause, evidence, what the rules of exemption say, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.error_records import EXEMPTED, PENDING
from postal_desk.i18n import _, label, tell
from postal_desk.ui.context import Context
from postal_desk.ui.measures.error_dialogs import DecisionDialog, ErrorDialog
from postal_desk.ui.measures.history_words import history_rows
from postal_desk.ui.measures.record_pane import Act, Part, RecordPane, Shown
from postal_desk.ui.measures.register_view import Empty, RegisterView
from postal_desk.ui.measures.words import DECISION_TONES, one_line, short_number
from postal_desk.ui.role_guard import choose_words
from postal_desk.ui.widgets.chip import Chip, FilterChip
from postal_desk.ui.widgets.choices import code_choices
from postal_desk.ui.widgets.record_table import Column
from postal_desk.ui.widgets.side_rows import RowContent

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.error_records import ErrorView


class ErrorRegister(RegisterView):
    """The errors, newest first."""

    name = "errors"

    def __init__(self, ctx: Context) -> None:
        codes = ctx.desk.rules.codes
        self.decision = FilterChip(_("Decision"), lambda: code_choices(codes["error_decisions"].values()))
        self.cause = FilterChip(_("Cause"), lambda: code_choices(codes["error_causes"].values()))
        self.exempt = Chip(_("A rule exempts"))
        self.view: ErrorView | None = None
        told = choose_words(ctx, _("Choose one in the list, or record one with Insert."))
        pane = RecordPane("shield-check", (_("No error chosen"), told))
        super().__init__(ctx, pane, _("Errors and exemptions"))
        for chip in (self.decision, self.cause):
            chip.changed.connect(lambda _value: self.draw())
        self.exempt.toggled.connect(lambda _on: self.draw())

    def columns(self) -> Sequence[Column]:
        return [
            Column(_("Number"), lambda v: short_number(v.record.number), 98),
            Column(_("Full name"), lambda v: v.record.staff, 84),
            Column(_("What went wrong"), lambda v: one_line(v.record.text), room=150),
            Column(_("Day"), lambda v: v.record.on.isoformat(), 92, drop=1),
            Column(
                _("Decision"), self._decision, 96, lambda v: DECISION_TONES.get(v.record.decision, "neutral")
            ),
        ]

    def read(self, desk: Desk) -> list[ErrorView]:
        from postal_desk.services.error_records import list_errors

        return list_errors(desk)

    def key(self, row: ErrorView) -> str:
        return row.record.number

    def searched(self, row: ErrorView) -> str:
        record = row.record
        return "\n".join(
            (record.number, record.staff, record.text, record.outlet, record.reason, *record.evidence)
        )

    def keeps(self, row: ErrorView) -> bool:
        return (
            self.decision.value in ("", row.record.decision)
            and self.cause.value in ("", row.record.cause)
            and (row.exempt or not self.exempt.isChecked())
        )

    def chips(self) -> Sequence[QWidget]:
        return (self.decision, self.cause, self.exempt)

    def nothing(self) -> Empty:
        return Empty(
            "shield-check",
            _("No error on record"),
            _(
                "An error is exempt within the first months after joining, or if equipment or system caused it."
            ),
            _("New error"),
        )

    def told(self) -> str:
        exempted = sum(1 for row in self.shown if row.record.decision == EXEMPTED)
        pending = sum(1 for row in self.shown if row.record.decision == PENDING)
        return _("Errors: {total} · exempted: {exempted} · to be decided: {pending}").format(
            total=len(self.shown), exempted=exempted, pending=pending
        )

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.records or changes.staff or changes.rules)

    def load(self, number: str) -> None:
        from postal_desk.services.error_records import show_error

        desk = self.ctx.desk
        self.ctx.background.db(
            lambda: show_error(desk, number), self._show, lambda error: self.failed(number, error), self
        )

    def add(self) -> None:
        self.open_dialog(ErrorDialog(self.ctx, None, self))

    def act(self, name: str) -> None:
        view = self.view
        if view is None or view.record.number != self.number:
            return
        if name == "edit":
            self.open_dialog(ErrorDialog(self.ctx, view.record, self))
        elif name == "decide":
            self.open_dialog(DecisionDialog(self.ctx, view, self))
        elif name == "delete":
            from postal_desk.services.error_records import delete_error

            desk, number = self.ctx.desk, view.record.number
            self.ctx.write(lambda: delete_error(desk, number))

    def _decision(self, view: ErrorView) -> str:
        return label(self.ctx.desk.rules.name("error_decisions", view.record.decision))

    def _show(self, view: ErrorView) -> None:
        record = view.record
        if record.number != self.number:
            return
        self.view = view
        rules, go = self.ctx.desk.rules, self.ctx.navigator.go
        joined = view.person.joined_on if view.person else None
        badges = [(self._decision(view), DECISION_TONES.get(record.decision, "neutral"))]
        if view.exempt and record.decision == PENDING:
            badges.append((_("a rule exempts it"), "good"))
        parts = [Part(_("What went wrong"), (record.text,))]
        for one in view.exemptions:
            mark = "✓" if one.holds else "×"
            said = tuple(tell(sentence) for sentence in one.why)
            parts.append(
                Part(f"{mark} {label(one.rule.name)}", (*said, label(one.rule.source)), hint=not one.holds)
            )
        if record.decision != PENDING:
            decided = _("{decision} by {name} on {day}").format(
                decision=self._decision(view), name=record.decided_by, day=record.decided_on
            )
            parts.append(Part(_("Decision"), tuple(text for text in (decided, record.reason) if text)))
        cases = [RowContent(number, pressed=partial(go, "cases", number=number)) for number in record.cases]
        self.pane.show_record(
            Shown(
                record.number,
                f"{record.staff} · {one_line(record.text)[:80]}",
                badges,
                [
                    Act(_("Decide"), "decide", "Ctrl+Return", primary=record.decision == PENDING),
                    Act(_("Edit"), "edit", "Alt+E"),
                    Act(_("Delete"), "delete"),
                ],
                [
                    (_("Day"), record.on.isoformat()),
                    (_("Joined"), joined.isoformat() if joined else "—"),
                    (_("Cause"), label(rules.name("error_causes", record.cause))),
                    (_("Outlet"), record.outlet or "—"),
                    (_("Category"), label(rules.category_name(record.category)) if record.category else "—"),
                    (_("Accepted by"), record.accepted_by or "—"),
                ],
                parts,
                [
                    (_("Evidence"), [RowContent(text, tip=text) for text in record.evidence]),
                    (_("Linked cases"), cases),
                    (_("Changes"), history_rows(view.history)),
                ],
            )
        )
