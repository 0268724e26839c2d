"""Taking a change back, and the recycle bin.

Every change keeps the values before and after it. Taking it back puts the old values in place of the new ones, as a
change of its own (so it can be taken back too), and is refused where something has changed the same fields since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from postal_desk.domain.case_json import apply_changes, case_to_json, parse_changes
from postal_desk.domain.changes import TAKEN_BACK, Changes
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services import (
    attachment_owners,
    checklists,
    rights,
    rule_book,
    templates,
    typed_totals,
    users,
    volumes,
)
from postal_desk.services.attachment_intake import shown_name
from postal_desk.services.attachments import attachment_change, attachment_state
from postal_desk.services.cases import difference_of
from postal_desk.services.claim_placing import ClaimPlacer, claim_change, claim_state
from postal_desk.services.claims import purge_claims
from postal_desk.services.desk import Desk
from postal_desk.services.history_json import from_json, to_json
from postal_desk.services.measure_placing import MeasurePlacer, measure_change, measure_state
from postal_desk.services.placing import Placer
from postal_desk.services.problems import PROBLEMS
from postal_desk.services.purging import clear_shelf, purge_cases, purge_old_files
from postal_desk.services.record_bin import purge_records
from postal_desk.services.record_kinds import REGISTERS
from postal_desk.store import (
    attachment_records,
    audit,
    case_records,
    claim_records,
    keeping_records,
    ledger_records,
    measure_records,
    organisation_records,
    settings_records,
    view_records,
)
from postal_desk.store.audit import Change
from postal_desk.store.batches import batches
from postal_desk.store.case_rows import Placed
from postal_desk.store.column_values import day
from postal_desk.store.organisation_records import Outlet, Staff
from postal_desk.store.work import Work

BIN_DAYS = 30
_PURGE_BATCH = 500


def undo(desk: Desk, history_id: int) -> Changes:
    """Take the change with this id (``Changes.undo``) back, all of it or nothing.

    Refuses an unknown id, what can't be taken back, and records that were changed since in the same fields.
    """
    with desk.work(write=True) as work:
        row = audit.row(work, history_id)
        changes = audit.changes_of(work, history_id) if row else []
        if row is None or not changes:
            raise Refusal(say("This can't be taken back; change it by hand"))
        taking = _Taking(desk, work)
        taken = [done for change in reversed(changes) for done in taking.back(change)]
        rights.check_undo(desk.user, desk.role_day, work, row.action, row.kind, taken)
        fields = dict.fromkeys(name for change in taken for name in from_json(change.before))
        again = desk.record(
            work, "undo", row.kind, row.record, fields=tuple(fields), count=len(taken), changes=taken
        )
        work.commit()
    kinds = {change.kind for change in taken}
    if "rule" in kinds:
        desk.reload_rules()
    if "user" in kinds:
        users.refresh(desk)
    return Changes(
        cases=tuple(taking.cases),
        measures=tuple(taking.measures),
        attachments=tuple(dict.fromkeys(taking.attachments)),
        claims=tuple(taking.claims),
        records=tuple(dict.fromkeys(taking.records)),
        volumes=taking.volumes,
        outlets="outlet" in kinds,
        staff="staff" in kinds,
        rules="rule" in kinds,
        settings="setting" in kinds,
        users="user" in kinds,
        views="view" in kinds,
        totals="total" in kinds,
        templates="template" in kinds,
        undo=again,
        said=TAKEN_BACK,
    )


class _Taking:
    """Takes single changes back within one work; answers with the change that this is."""

    def __init__(self, desk: Desk, work: Work) -> None:
        self._desk = desk
        self._work = work
        self._placer = Placer(desk, work)
        self.cases: list[str] = []
        self.measures: list[str] = []
        self.attachments: list[tuple[str, str]] = []
        self.claims: list[str] = []
        self.records: list[tuple[str, str]] = []
        self.volumes = False
        self._kinds: Mapping[str, Callable[[Change], Iterator[Change]]] = {
            "case": self._case,
            "measure": self._measure,
            "attachment": self._attachment,
            "hold": self._hold,
            "claim": self._claim,
            "check": self._check,
            "volume": self._volume,
            **dict.fromkeys(REGISTERS, self._record),
            "outlet": self._outlet,
            "staff": self._staff,
            "view": self._view,
            "setting": self._setting,
            "user": self._user,
            "rule": self._rule,
            "template": lambda change: templates.take_back(work, change, self._placer.moment),
            "total": lambda change: typed_totals.take_back(work, change, self._placer.moment),
            "ledger": self._ledger,
        }

    def back(self, change: Change) -> Iterator[Change]:
        """Take one change back."""
        return self._kinds[change.kind](change)

    # -- cases --------------------------------------------------------------------------------------------

    def _case(self, change: Change) -> Iterator[Change]:
        if change.record_id is None:  # a run of new cases
            first, last = from_json(change.after)["ids"]
            for some in batches(range(first, last + 1), _PURGE_BATCH):
                for placed in case_records.by_ids(self._work, some):
                    if placed.deleted_at is None:
                        yield self._replaced(placed, {"deleted_at": self._placer.moment})
            return
        known = list(case_records.by_ids(self._work, [change.record_id]))
        if not known:
            raise Refusal(say("The case is no longer in the recycle bin; it can't be brought back"))
        case, before, after = known[0], from_json(change.before), from_json(change.after)
        now = {**case_to_json(case.case), "deleted_at": case.deleted_at}
        if any(now[name] != value for name, value in after.items()):
            raise _changed_since(case.case.number)
        yield self._replaced(case, before)

    def _replaced(self, old: Placed, values: Mapping[str, Any]) -> Change:
        """Put field values (JSON) into a case, its status and place in the bin among them."""
        given = dict(values)
        deleted_at = given.pop("deleted_at", old.deleted_at)
        status = given.pop("status", old.case.status)
        case = apply_changes(old.case, parse_changes(given, self._desk.rules), self._desk.rules)
        new = replace(self._placer.changed(old, replace(case, status=status)), deleted_at=deleted_at)
        before, after = difference_of(old, new)
        case_records.replace(self._work, old, new)
        self.cases.append(new.case.number)
        return Change("case", old.id, new.case.revision, to_json(before), to_json(after))

    def _measure(self, change: Change) -> Iterator[Change]:
        known = measure_records.by_id(self._work, change.record_id or 0)
        if known is None:
            raise Refusal(say("This can't be taken back; change it by hand"))
        before, after = from_json(change.before), from_json(change.after)
        now = measure_state(known)
        if any(now.get(name, value) != value for name, value in after.items()):
            raise _changed_since(known.measure.number)
        placer = MeasurePlacer(self._desk, self._work)
        new = placer.put(known, before)
        measure_records.replace(self._work, known, new)
        self.measures.append(new.measure.number)
        # what answers a case is shown with the case
        self.cases += dict.fromkeys((*known.measure.cases, *new.measure.cases))
        if new.measure.problem_number:
            self.records.append((PROBLEMS.form.kind, new.measure.problem_number))
        yield from placer.problem_changes
        yield measure_change(known, new)

    def _record(self, change: Change) -> Iterator[Change]:
        """A problem, a field visit, an error, an accountability item."""
        register = REGISTERS[change.kind]
        old, new = register.take_back(self._desk, self._work, change)
        self.records.append((change.kind, new.record.number))
        yield register.change(old, new)

    def _volume(self, change: Change) -> Iterator[Change]:
        volumes.put_back(self._work, from_json(change.before), from_json(change.after))
        self.volumes = True
        yield _swapped(change)

    def _attachment(self, change: Change) -> Iterator[Change]:
        known = attachment_records.by_id(self._work, change.record_id or 0)
        if known is None:
            raise Refusal(say("The file is no longer in the recycle bin; it can't be brought back"))
        before, after = from_json(change.before), from_json(change.after)
        now = attachment_state(known)
        if any(now[name] != value for name, value in after.items()):
            raise _changed_since(shown_name(known.name))
        new = replace(known, **(before or {"deleted_at": self._placer.moment}))
        attachment_records.change(self._work, known.id, self._placer.moment, attachment_state(new))
        number = attachment_owners.numbers_of(self._work, [known])[known.id]
        self.attachments.append((known.kind, number))
        yield attachment_change(known, new)

    def _check(self, change: Change) -> Iterator[Change]:
        if not checklists.taken_back(self._work, change):
            raise _changed_since(str(from_json(change.after)["item"]))
        self.cases += [
            placed.case.number for placed in case_records.by_ids(self._work, [change.record_id or 0])
        ]
        yield _swapped(change)

    def _claim(self, change: Change) -> Iterator[Change]:
        known = claim_records.by_id(self._work, change.record_id or 0)
        if known is None:
            raise Refusal(say("This can't be taken back; change it by hand"))
        before, after = from_json(change.before), from_json(change.after)
        now = claim_state(known)
        if any(now[name] != value for name, value in after.items()):
            raise _changed_since(known.claim.number)
        new = ClaimPlacer(self._desk, self._work).put(known, before)
        claim_records.replace(self._work, known, new)
        self.claims.append(new.claim.number)
        self.cases += dict.fromkeys((known.claim.case, new.claim.case))
        yield claim_change(known, new)

    def _hold(self, change: Change) -> Iterator[Change]:
        """A legal hold, or its end."""
        case_id = change.record_id or 0
        now = keeping_records.of_cases(self._work, [case_id]).get(case_id, (None, "", None))
        if {"held_on": now[0], "reason": now[1]} != from_json(change.after):
            raise _changed_since(from_json(change.after or change.before)["reason"])
        before = from_json(change.before)
        keeping_records.set_hold(self._work, case_id, before["held_on"], before["reason"])
        self.cases += [placed.case.number for placed in case_records.by_ids(self._work, [case_id])]
        yield _swapped(change)

    # -- everything else ----------------------------------------------------------------------------------

    def _outlet(self, change: Change) -> Iterator[Change]:
        known = {outlet.id: outlet for outlet in organisation_records.all_outlets(self._work)}
        old = self._unchanged(change, known)
        if not change.before:
            self._drop("outlets", old)
        else:
            values = from_json(change.before)
            for name in ("valid_from", "valid_to"):
                values[name] = day(values[name])
            organisation_records.update_outlet(self._work, self._placer.moment, Outlet(**values))
        yield _swapped(change)

    def _staff(self, change: Change) -> Iterator[Change]:
        known = {person.id: person for person in organisation_records.all_staff(self._work)}
        old = self._unchanged(change, known)
        if not change.before:
            self._drop("staff", old)
        else:
            values = from_json(change.before)
            for name in ("joined_on", "left_on"):
                values[name] = day(values[name])
            organisation_records.update_staff(self._work, self._placer.moment, Staff(**values))
        yield _swapped(change)

    def _unchanged(self, change: Change, known: Mapping[int, Any]) -> Any:
        """The record, if it is as the change left it. One that the change deleted can't be brought back by this."""
        record = known.get(change.record_id or 0)
        if record is None or from_json(to_json(asdict(record))) != from_json(change.after):
            raise _changed_since(record.name if record else str(change.record_id))
        return record

    def _drop(self, table: str, record: Outlet | Staff) -> None:
        if organisation_records.is_used(self._work, table, record.id):
            raise Refusal(say("{name} is in use already; give it a last day instead", name=record.name))
        organisation_records.remove(self._work, table, record.id)

    def _view(self, change: Change) -> Iterator[Change]:
        now = {number: {"name": n, "filter": f} for number, n, f in view_records.in_order(self._work)}
        if now.get(change.record_id or 0, {}) != from_json(change.after):
            raise _changed_since(from_json(change.after or change.before)["name"])
        before = from_json(change.before)
        if before:
            view_records.put(self._work, before["name"], before["filter"], change.record_id)
        else:
            view_records.remove(self._work, change.record_id or 0)
        yield _swapped(change)

    def _setting(self, change: Change) -> Iterator[Change]:
        now = settings_records.read(self._work)
        for name, value in from_json(change.after).items():
            if now.get(name, "") != value:
                raise _changed_since(name)
        settings_records.write(self._work, from_json(change.before))
        yield _swapped(change)

    def _user(self, change: Change) -> Iterator[Change]:
        users.put_back(self._desk, self._work, change)
        yield _swapped(change)

    def _rule(self, change: Change) -> Iterator[Change]:
        rule_book.put_back(self._desk, self._work, from_json(change.before), from_json(change.after))
        yield _swapped(change)

    def _ledger(self, change: Change) -> Iterator[Change]:
        """An import: its rows are no longer known, so that the same ledger can come in again."""
        number = change.record_id or 0
        undone = bool(from_json(change.before).get("undone", 1))
        if ledger_records.is_undone(self._work, number) == undone:
            raise _changed_since(str(number))
        ledger_records.set_undone(self._work, number, undone)
        yield _swapped(change)


def _swapped(change: Change) -> Change:
    return replace(change, before=change.after, after=change.before)


def _changed_since(name: str) -> Refusal:
    return Refusal(say("{name} was changed since; change it by hand", name=name))


def purge_bin(desk: Desk, days: int = BIN_DAYS) -> Changes:
    """Remove for good what was deleted more than ``days`` days ago; the values kept in its history are blanked.

    Numbers are not given again, and the audit still says that the records existed.
    """
    limit = (desk.now() - timedelta(days=days)).isoformat(timespec="seconds")
    with desk.work(write=True) as work:
        numbers = purge_cases(desk, work, case_records.deleted_before(work, limit))
        claims = purge_claims(desk, work, limit)
        others = purge_records(desk, work, limit)
        files = purge_old_files(desk, work, limit)
        if not (numbers or claims or files or others != Changes()):
            return Changes()
        work.commit()
    clear_shelf(desk)
    return replace(others, cases=tuple(numbers), claims=tuple(claims))
