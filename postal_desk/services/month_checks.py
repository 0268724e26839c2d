"""What still contradicts itself in a month, each finding with the record where it is put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from postal_desk.domain.contradictions import ERROR, NOTICE, OF_CASES, OF_CLAIMS, Contradiction
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import say
from postal_desk.services import branch_settings
from postal_desk.services.desk import Desk
from postal_desk.services.drafts import visible
from postal_desk.store import closing_records, draft_records, measure_records, user_records
from postal_desk.store import month_checks as checks
from postal_desk.store.work import Work

_HAND_IN = ("prepared_by", "approved_by", "telephone", "serial_number")
_ALWAYS, _NEVER = "0000-00-00", "9999-99-99"


def check_month(desk: Desk, month: Month) -> list[Contradiction]:
    """Everything open in a month, errors first; empty if it can be closed without a second thought."""
    found: list[Contradiction] = []
    with desk.work() as work:
        for part in (_cases, _claims, _measures, _drafts, _earlier):
            found += part(desk, work, month)
    found += _hand_in(desk)
    return sorted(found, key=lambda one: one.level != ERROR)


def _cases(desk: Desk, work: Work, month: Month) -> Iterator[Contradiction]:
    for code, kind in OF_CASES.items():
        if code == "category_not_valid":
            numbers = list(_categories(desk, work, month))
        else:
            numbers = checks.cases(work, code, month.first, month.last, desk.today())
        for number in numbers:
            what = say("{number}: {what}", number=number, what=kind.what)
            yield Contradiction(code, kind.level, what, "case", number)


def _categories(desk: Desk, work: Work, month: Month) -> Iterator[str]:
    for code, first, last in checks.categories(work, month.first, month.last):
        entry = desk.rules.categories.get(code)
        begin = _iso(entry.valid_from, _ALWAYS) if entry else _NEVER
        end = _iso(entry.valid_to, _NEVER) if entry else _ALWAYS
        if first < begin or last > end:
            yield from checks.outside(work, code, month.first, month.last, begin, end)


def _iso(day: date | None, otherwise: str) -> str:
    return day.isoformat() if day is not None else otherwise


def _claims(_desk: Desk, work: Work, month: Month) -> Iterator[Contradiction]:
    for code, kind in OF_CLAIMS.items():
        for number in checks.claims(work, code, month.first, month.last):
            what = say("{number}: {what}", number=number, what=kind.what)
            yield Contradiction(code, kind.level, what, "claim", number)


def _measures(_desk: Desk, work: Work, month: Month) -> Iterator[Contradiction]:
    for placed in measure_records.listed(work, overdue_on=month.last):
        measure = placed.measure
        if not any(entry.on in month for entry in measure.progress):
            what = say("{number}: overdue, and its log says nothing of this month", number=measure.number)
            yield Contradiction("measure_silent", NOTICE, what, "measure", measure.number)
    for placed in measure_records.listed(work, "finished"):
        for check in placed.measure.rechecks:
            if check.done_on is None and check.due <= month.last:
                number = placed.measure.number
                what = say("{number}: the re-check due on {due} was not done", number=number, due=check.due)
                yield Contradiction("recheck_missed", NOTICE, what, "measure", number)


def _drafts(desk: Desk, work: Work, _month: Month) -> Iterator[Contradiction]:
    own = {draft.key for draft in visible(desk, work)}
    names = {user.uid: user.name for user in user_records.all_users(work)}
    for draft in draft_records.newest_first(work):
        if draft.form == "case":
            at = draft.saved_at[:16].replace("T", " ")
            if draft.key in own:
                what = say("A case typed at {at} is not saved yet; no month counts it", at=at)
                yield Contradiction("draft_left", NOTICE, what, "draft", draft.key)
            else:  # only its own user can go on with it
                who = names.get(draft.user, "?")
                what = say(
                    "A case that {who} typed at {at} is not saved yet; no month counts it", who=who, at=at
                )
                yield Contradiction("draft_left", NOTICE, what, "", "")


def _earlier(_desk: Desk, work: Work, month: Month) -> Iterator[Contradiction]:
    closed = closing_records.closed_months(work)
    if closed and min(closed) < str(month.previous) and str(month.previous) not in closed:
        what = say("{month} before it is not closed", month=month.previous.label)
        yield Contradiction("month_before_open", NOTICE, what, "month", str(month.previous))


def _hand_in(desk: Desk) -> Iterator[Contradiction]:
    settings = branch_settings.get(desk)
    labels = {declared.name: declared.label for declared in branch_settings.DECLARED}
    for name in _HAND_IN:
        if not getattr(settings, name).strip():
            what = say("The hand-in block lacks: {name}", name=labels[name])
            yield Contradiction("hand_in_missing", NOTICE, what, "settings", "branch")
