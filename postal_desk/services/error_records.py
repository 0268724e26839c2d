"""Errors of staff, what the rules of exemption say of each, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from postal_desk.domain.changes import Changes
from postal_desk.domain.error_records import (
    ERROR_FORM,
    EXEMPTED,
    ErrorRecord,
    Exemption,
    check_decision,
    exemptions,
)
from postal_desk.domain.sentences import say
from postal_desk.services.case_reading import HistoryLine
from postal_desk.services.desk import Desk
from postal_desk.services.registers import Register
from postal_desk.store import organisation_records, record_store
from postal_desk.store.organisation_records import Staff
from postal_desk.store.work import Work

__all__ = [
    "ERRORS",
    "ErrorView",
    "add_errors",
    "delete_error",
    "edit_error",
    "judge_error",
    "list_errors",
    "restore_error",
    "show_error",
]


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An error with the person it belongs to and every rule's judgement; a list leaves ``history`` empty."""

    record: ErrorRecord
    person: Staff | None
    exemptions: tuple[Exemption, ...]
    history: tuple[HistoryLine, ...] = ()

    @property
    def exempt(self) -> bool:
        """True if a rule exempts it, whatever was decided."""
        return any(one.holds for one in self.exemptions)


def _check(desk: Desk, work: Work, error: ErrorRecord) -> ErrorRecord:
    """An exemption rests on a rule that holds; which one is written down."""
    person = _staff(work).get(error.staff)
    ground = check_decision(error, person.joined_on if person else None, desk.rules)
    return replace(error, ground=ground if error.decision == EXEMPTED else "")


ERRORS: Register[ErrorRecord] = Register(
    ERROR_FORM, check=_check, missing=say("There is no error record {number}; look it up in the list")
)


def add_errors(desk: Desk, errors: Sequence[ErrorRecord], action: str = "") -> Changes:
    """Save new errors, all or none. Refuses an exemption that no rule allows, with what every rule says."""
    return ERRORS.add(desk, errors, action)


def edit_error(
    desk: Desk, number: str, changes: Mapping[str, object], revision: int | None = None
) -> Changes:
    """Change fields of an error, the decision among them."""
    return ERRORS.edit(desk, number, changes, revision)


def delete_error(desk: Desk, number: str) -> Changes:
    """Put an error into the recycle bin."""
    return ERRORS.delete(desk, number)


def restore_error(desk: Desk, number: str) -> Changes:
    """Bring an error back from the recycle bin."""
    return ERRORS.restore(desk, number)


def show_error(desk: Desk, number: str) -> ErrorView:
    """One error with its history."""
    found = ERRORS.show(desk, number)
    with desk.work() as work:
        return _view(desk, found.record, _staff(work), found.history)


def list_errors(desk: Desk, decision: str = "", limit: int = 0) -> list[ErrorView]:
    """The living errors, newest first; ``decision`` keeps those decided so."""
    with desk.work() as work:
        staff = _staff(work)
        found = [placed.record for placed in record_store.listed(work, ERROR_FORM)]
    kept = [_view(desk, one, staff) for one in found if not decision or one.decision == decision]
    return kept[:limit] if limit else kept


def judge_error(desk: Desk, error: ErrorRecord) -> ErrorView:
    """What the rules say of an error that is not saved yet."""
    with desk.work() as work:
        return _view(desk, error, _staff(work))


def _staff(work: Work) -> dict[str, Staff]:
    return {person.name: person for person in organisation_records.all_staff(work)}


def _view(
    desk: Desk, error: ErrorRecord, staff: Mapping[str, Staff], history: tuple[HistoryLine, ...] = ()
) -> ErrorView:
    person = staff.get(error.staff)
    return ErrorView(
        error, person, exemptions(error, person.joined_on if person else None, desk.rules), history
    )
