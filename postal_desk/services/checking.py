"""Looking a whole desk over: what is known to be lost, the file, its tables, the search index, the audit, the
attachments and what the rules say of each case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postal_desk.domain import states
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.deadlines import ClockTable
from postal_desk.domain.sentences import Sentence, say
from postal_desk.services.attachment_check import check_attachments
from postal_desk.services.cases import iter_cases
from postal_desk.services.desk import Desk
from postal_desk.store import audit, closing_records, integrity, ledger_records


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be, and where: a case number, a table, a row of the audit."""

    what: Sentence
    where: str


def check_desk(desk: Desk) -> list[Problem]:
    """Every problem of the desk, worst first; empty if all is in order. Reads everything, changes nothing."""
    with desk.work() as work:
        found = [Problem(what, where) for what, where in integrity.problems(work, desk.audit_secrets)]
    files = [Problem(one.what, one.where) for one in check_attachments(desk).problems]
    lost = [Problem(loss, "audit") for loss in desk.notices]
    return lost + found + files + list(_closing_problems(desk)) + list(_case_problems(desk))


def _closing_problems(desk: Desk) -> Iterator[Problem]:
    """A closing holds if its hash does, it follows the one before, and the audit still ends there where it did."""
    with desk.work() as work:
        closings = closing_records.every(work)
        heads = {one.audit_number: audit.head_at(work, one.audit_number) for one in closings}
    before = ""
    for closing in closings:
        head = heads[closing.audit_number]
        follows = closing.previous == (before if closing.revision > 1 else "")
        if not (closing.holds and follows and head is not None and head.hex() == closing.audit_head):
            where = f"{closing.month} r{closing.revision}"
            yield Problem(
                say("the frozen figures are not those that were closed; compare them with the paper"), where
            )
        before = closing.hash


def _case_problems(desk: Desk) -> Iterator[Problem]:
    clocks = ClockTable(desk.rules, desk.branch.code)
    with desk.work() as work:
        stored = integrity.stored_dues(work)
        imported = ledger_records.imported_numbers(work)
    for case in iter_cases(desk, CaseFilter()):
        if not case.is_open and case.number not in imported:  # those came as the old ledger had them
            for missing in states.missing_for_closing(case):
                yield Problem(say("closed, but: {missing}", missing=missing), case.number)
        if stored.get(case.number) != clocks.reply_dues(case):
            yield Problem(
                say("its due days are not those of the rules; save the case again to set them"), case.number
            )
