"""The end of a case's term: who it was about is taken out, what is counted stays. Held cases wait.

Nothing happens by itself: what is past its term is listed, and made anonymous when somebody says so.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from postal_desk.domain.anonymity import anonymous, due_before, term_end
from postal_desk.domain.case_json import apply_changes, case_to_json, parse_changes
from postal_desk.domain.cases import Case
from postal_desk.domain.changes import Changes
from postal_desk.domain.masking import mask, mask_free_text
from postal_desk.domain.sentences import Refusal, Sentence, say
from postal_desk.services import keeping_settings
from postal_desk.services.case_reading import found_case, full_number
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.history_json import to_json
from postal_desk.services.linked_texts import MEASURE, LinkedTexts
from postal_desk.services.placing import Placer
from postal_desk.services.purging import clear_shelf, purge_files
from postal_desk.store import (
    attachment_records,
    audit,
    case_records,
    claim_records,
    draft_records,
    keeping_records,
    mask_words,
    organisation_records,
    view_records,
)
from postal_desk.store.audit import Change
from postal_desk.store.case_rows import Placed
from postal_desk.store.keeping_records import Keeping
from postal_desk.store.work import Work

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case whose term is over, or that is held; ``subject`` and ``customer`` are masked."""

    number: str
    subject: str
    customer: str
    closed_on: date | None
    ends_on: date | None
    held_on: date | None = None
    reason: str = ""


def past_term(desk: Desk, limit: int = 0) -> list[KeptCase]:
    """The closed cases whose term is over, oldest first, held ones among them; ``limit`` 0 is all."""
    years = keeping_settings.get(desk).years
    before = due_before(desk.today(), years).isoformat()
    with desk.work() as work:
        found = keeping_records.past_term(work, before, limit or -1)
    return [_kept(desk, one, years) for one in found]


def held_cases(desk: Desk) -> list[KeptCase]:
    """The cases under legal hold, the oldest hold first."""
    years = keeping_settings.get(desk).years
    with desk.work() as work:
        found = keeping_records.held(work)
    return [_kept(desk, one, years) for one in found]


def hold(desk: Desk, numbers: Sequence[str], reason: str) -> Changes:
    """Hold cases: they are neither made anonymous nor taken from the recycle bin until the hold ends."""
    reason = checked_text(reason, "reason", _LONGEST_REASON)
    if not reason:
        raise Refusal(say("A legal hold needs a reason: who asked for it, and the file number"))
    said = (say("{number} is held"), say("{count} cases are held"))
    return _set_holds(desk, numbers, "case.hold", desk.today().isoformat(), reason, said)


def release(desk: Desk, numbers: Sequence[str]) -> Changes:
    """End the hold on cases."""
    said = (say("The hold on {number} has ended"), say("The hold on {count} cases has ended"))
    return _set_holds(desk, numbers, "case.release", None, "", said)


def anonymise(desk: Desk, numbers: Sequence[str], reason: str = "") -> Changes:
    """Make cases anonymous for good, all or none, in one commit: it can't be taken back.

    Names, phones, addresses, item numbers and free texts go, with the values in the history, the files, the drafts and
    the claims' texts, whoever they name from the texts of linked records, and those records' files (unless another case
    that is not anonymous is linked with them, too); counts stay. Refuses held cases, open ones, and (unless a
    ``reason`` is given: the customer demands it) cases whose term is not over.
    """
    wanted = list(dict.fromkeys(full_number(desk, number) for number in numbers))
    years = keeping_settings.get(desk).years
    if not wanted:
        return Changes()
    with desk.work(write=True) as work:
        known = case_records.by_numbers(work, wanted)
        placed = [found_case(desk, work, number, known=known) for number in wanted]
        _check(desk, work, placed, years, reason)
        fields = (f"reason: {reason.strip()}".replace(",", "，"),) if reason.strip() else ()
        linked = LinkedTexts(desk, work, placed)
        act = desk.record(
            work,
            "case.anonymise",
            "case",
            wanted[0] if len(wanted) == 1 else "",
            fields=fields,
            count=len(wanted),
            changes=[
                *(Change("case", old.id, old.case.revision + 1) for old in placed),
                *linked.changes,
            ],
        )
        taking = _TakingOut(desk, work, act)
        for old in placed:
            taking.take(old)
        with_files = linked.with_files
        linked.take(act)
        work.commit()
    clear_shelf(desk)
    desk.reload_rules()
    said = (
        say("{number} is anonymous now", number=wanted[0])
        if len(wanted) == 1
        else say("{count} cases are anonymous now", count=len(wanted))
    )
    files = (*(("case", number) for number in wanted), *with_files)
    stay = say(
        "{count} files stay, as their records are linked with other cases, too; they go with the last of those. "
        "Look through them now if they show this person",
        count=linked.kept_files,
    )
    return Changes(
        cases=tuple(wanted),
        measures=tuple(number for _kind, number in linked.numbers(MEASURE)),
        records=tuple(one for one in linked.numbers() if one[0] != MEASURE),
        attachments=files,
        claims=tuple(taking.claims),
        drafts=True,
        said=said,
        warnings=(stay,) if linked.kept_files else (),
    )


def _check(desk: Desk, work: Work, placed: Sequence[Placed], years: int, reason: str) -> None:
    known = keeping_records.of_cases(work, [one.id for one in placed])
    for one in placed:
        number, closed_on = one.case.number, one.case.closed_on
        held_on, why, done_at = known.get(one.id, (None, "", None))
        if held_on is not None:
            raise Refusal(
                say(
                    "{number} is held since {day} ({reason}); end the hold first",
                    number=number,
                    day=held_on,
                    reason=why,
                )
            )
        if done_at is not None:
            raise Refusal(say("{number} is anonymous already", number=number))
        if closed_on is None:
            raise Refusal(say("{number} is not closed; close it first", number=number))
        if not reason.strip() and term_end(closed_on, years) >= desk.today():
            raise Refusal(
                say(
                    "The term of {number} runs until {day}; before that a reason is needed",
                    number=number,
                    day=term_end(closed_on, years),
                )
            )


class _TakingOut:
    """Takes the person out of cases within one work; ``act`` is the audited act."""

    def __init__(self, desk: Desk, work: Work, act: int) -> None:
        self._desk, self._work, self._act = desk, work, act
        self._placer = Placer(desk, work)
        self._staff = organisation_records.names(work, "staff")
        self.claims: list[str] = []

    def take(self, old: Placed) -> None:
        """One case with all that hangs on it."""
        work, rules, case = self._work, self._desk.rules, old.case
        changes = anonymous(case_to_json(case), rules.category_name(case.category).zh, self._staff)
        blank = apply_changes(case, parse_changes(changes, rules), rules)
        case_records.replace(work, old, self._placer.changed(old, blank))
        audit.blank(work, "case", old.id, self._act)
        audit.blank(work, "hold", old.id, self._act)
        purge_files(work, attachment_records.of_record(work, "case", old.id, removed=True), self._act)
        self._take_claims(case.number)
        self._take_drafts(case.number)
        self._take_views(case)
        self._take_words(case)
        keeping_records.set_anonymous(work, old.id, self._placer.moment)

    def _take_claims(self, number: str) -> None:
        for deleted in (False, True):
            for old in claim_records.of_case(self._work, number, deleted=deleted):
                claim = old.claim
                paid = replace(claim.paid, receipt="") if claim.paid is not None else None
                items = tuple(replace(item, number="") for item in claim.items)
                blank = replace(claim, items=items, basis="", reason="", paid=paid)
                claim_records.replace(self._work, old, replace(old, claim=blank))
                audit.blank(self._work, "claim", old.id, self._act)
                files = attachment_records.of_record(self._work, "claim", old.id, removed=True)
                purge_files(self._work, files, self._act)
                self.claims.append(claim.number)

    def _take_drafts(self, number: str) -> None:
        for draft in draft_records.newest_first(self._work):
            if draft.payload.get("number") == number:
                purge_files(self._work, attachment_records.of_draft(self._work, draft.key), self._act)
                draft_records.drop(self._work, draft.key)

    def _take_views(self, case: Case) -> None:
        """A saved view that looks for this customer says who it was."""
        told = [text for text in (case.customer.name, case.customer.phone) if len(text) > 1]
        for view_id, _name, content in view_records.in_order(self._work):
            if any(text in json.dumps(content, ensure_ascii=False) for text in told):
                view_records.remove(self._work, view_id)
                audit.blank(self._work, "view", view_id, self._act)

    def _take_words(self, case: Case) -> None:
        """A word to be starred that is this customer's name, or part of the address, says who it was."""
        told = f"{case.customer.name}\n{case.customer.address}"
        words = mask_words.read(self._work)
        kept = tuple(word for word in words if word not in told)
        if kept != words:
            mask_words.write(self._work, kept)


def _set_holds(
    desk: Desk,
    numbers: Sequence[str],
    action: str,
    held_on: str | None,
    reason: str,
    said: tuple[Sentence, Sentence],
) -> Changes:
    wanted = list(dict.fromkeys(full_number(desk, number) for number in numbers))
    with desk.work(write=True) as work:
        placed = [found_case(desk, work, number) for number in wanted]
        known = keeping_records.of_cases(work, [one.id for one in placed]) if placed else {}
        changes = []
        for one in placed:
            before = known.get(one.id, (None, "", None))
            if (before[0] is None) == (held_on is None):
                continue
            keeping_records.set_hold(work, one.id, held_on, reason)
            then, now = {"held_on": before[0], "reason": before[1]}, {"held_on": held_on, "reason": reason}
            changes.append(Change("hold", one.id, one.case.revision, to_json(then), to_json(now)))
        if not changes:
            return Changes()
        record = wanted[0] if len(wanted) == 1 else ""
        undo = desk.record(work, action, "case", record, count=len(changes), changes=changes)
        work.commit()
    sentence = Sentence(said[len(wanted) > 1].msgid, {"number": wanted[0], "count": len(changes)})
    return Changes(cases=tuple(wanted), undo=undo, said=sentence)


def _kept(desk: Desk, one: Keeping, years: int) -> KeptCase:
    closed = date.fromisoformat(one.closed_on) if one.closed_on else None
    names = [one.customer] if one.customer else []

    subject = mask_free_text(one.subject, names, desk.rules.compound_surnames).text
    return KeptCase(
        one.number,
        subject,
        mask("name", one.customer, desk.rules) if one.customer else "",
        closed,
        term_end(closed, years) if closed else None,
        date.fromisoformat(one.held_on) if one.held_on else None,
        one.reason,
    )
