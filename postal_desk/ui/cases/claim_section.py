"""The claims of the case in front, in the record's quiet column; an overdue inquiry proposes one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.i18n import _, label, tell
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.side_rows import RowContent, SideSection

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from postal_desk.domain.claims import Claim
    from postal_desk.services.claims import CaseClaims, ClaimView
    from postal_desk.ui.cases.claim_dialog import ClaimDialog

_TONES = {"opened": "attention", "proposed": "attention", "agreed": "attention", "paid": "good"}


class ClaimSection(QObject):
    """Fills :attr:`section`. ``show_case`` for another case, :meth:`open_claim` when somebody asked for one."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._ctx, self._window = ctx, window
        self.section = SideSection(_("Claims"))
        self._number = ""
        self._wanted = ""  # a claim to be opened as soon as its case is shown
        self.dialog: ClaimDialog | None = None
        self.found: CaseClaims | None = None

    def show_case(self, number: str) -> None:
        """Read the claims of a case; an empty number shows none."""
        if number != self._number:
            self.section.fill([])
            self.found = None
        self._number = number
        if not number:
            return
        desk = self._ctx.desk

        def read() -> CaseClaims:
            from postal_desk.services.claims import claims_of_case

            return claims_of_case(desk, number)

        self._ctx.background.db(read, lambda found: self._show(number, found), owner=self)

    def refresh(self, changes: Changes) -> None:
        """Read again if claims were written; a change of the case comes with :meth:`show_case`."""
        if changes.claims and self._number not in changes.cases:
            self.show_case(self._number)

    def want(self, number: str) -> None:
        """Open this claim once its case is shown."""
        self._wanted = number
        if self.found is not None:
            self._open_wanted()

    def open_claim(self, claim: Claim) -> ClaimDialog:
        """Open a claim, or a new one."""
        from postal_desk.ui.cases.claim_dialog import ClaimDialog

        self.dialog = ClaimDialog(self._ctx, claim, self._window)
        self.dialog.open()
        return self.dialog

    def new_claim(self) -> None:
        """Open a claim as the case suggests it."""
        desk, number = self._ctx.desk, self._number

        def read() -> Claim:
            from postal_desk.services.claims import proposal

            return proposal(desk, number)

        self._ctx.background.db(read, self.open_claim, owner=self)

    def _show(self, number: str, found: CaseClaims) -> None:
        if number != self._number:
            return
        self.found = found
        rows = [self._row(view) for view in found.claims]
        if found.proposal is not None:
            rows.append(self._proposal(found.proposal))
        else:
            if offered(self._ctx, "claim.add"):
                rows.append(RowContent("＋ " + _("New claim"), pressed=self.new_claim))
        rows += [self._binned(claim) for claim in found.deleted]
        self.section.fill(rows)
        self._open_wanted()

    def _open_wanted(self) -> None:
        found = self.found.claims if self.found is not None else ()
        view = next((one for one in found if one.claim.number == self._wanted), None)
        if view is not None:
            self._wanted = ""
            self.open_claim(view.claim)

    def _row(self, view: ClaimView) -> RowContent:
        claim, rules = view.claim, self._ctx.desk.rules
        status = label(rules.name("claim_statuses", claim.status))
        parts = [tell(say("day {n}", n=view.age_days))] if claim.is_open else []
        latest = claim.paid or claim.agreed or claim.proposed
        amount = latest.amount if latest is not None else claim.computed
        if amount is not None:
            parts.append(_("{amount} yuan").format(amount=f"{amount:.2f}"))
        short = claim.number.removeprefix(f"{self._ctx.desk.branch.prefix}-")
        return RowContent(
            short,
            " · ".join(parts),
            (status, _TONES.get(claim.status, "neutral")),
            pressed=lambda: self.open_claim(claim),
            spoken=f"{claim.number} {status} {' '.join(parts)}",
        )

    def _proposal(self, claim: Claim) -> RowContent:
        amount = claim.computed
        owed = _("{amount} yuan by the articles").format(amount=f"{amount:.2f}") if amount is not None else ""
        return RowContent(
            "＋ " + _("Propose compensation"),
            owed or _("the inquiry period is over and nothing was found"),
            (_("owed"), "bad") if amount else ("", "neutral"),
            pressed=self._in_turn(claim),
            tip=claim.basis,
            spoken=f"{_('Propose compensation')}: {claim.basis}",
        )

    def _in_turn(self, claim: Claim) -> Callable[[], object]:
        return lambda: self.open_claim(claim)

    def _binned(self, claim: Claim) -> RowContent:
        desk = self._ctx.desk

        def restore() -> object:
            from postal_desk.services.claims import restore_claim

            return self._ctx.write(lambda: restore_claim(desk, claim.number))

        short = claim.number.removeprefix(f"{desk.branch.prefix}-")
        return RowContent(
            _("Restore {number}").format(number=short), _("in the recycle bin"), pressed=restore
        )
