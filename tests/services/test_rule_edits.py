"""Rules edited as people edit them: another limit from a day on, back to what is shipped, a pasted notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.counting import due
from postal_desk.domain.error_records import ErrorRecord
from postal_desk.domain.holiday_notices import parse_notice
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.services import rule_book
from postal_desk.services.cases import add_cases, show_case
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.error_records import judge_error
from postal_desk.services.organisation import add_staff
from postal_desk.services.recurrences import recurrence_board
from postal_desk.services.rule_edits import back_to_shipped, change_from, change_limit, end_rule, take_notice
from postal_desk.services.undo import undo
from postal_desk.store import rule_store
from postal_desk.store.rule_records import RuleRecord

KEY = "postal_complaint"
SINCE = date(2026, 12, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with create_desk(tmp_path / "desk", "", "220204", today=lambda: date(2026, 11, 22)) as made:
        yield made


def periods(desk: Desk) -> list[tuple[int, date | None, date | None]]:
    """Limit and validity of the rules that follow the shipped one."""
    return [
        (r.limit, r.valid_from, r.valid_to)
        for r in desk.rules.clocks
        if r.key.startswith(KEY) and not r.regions
    ]


def test_new_limit_begins_where_the_old_one_ends(desk: Desk) -> None:
    change_limit(desk, KEY, 5, "working_days", SINCE, "省公司通知")
    assert periods(desk) == [(7, None, date(2026, 11, 30)), (5, SINCE, None)]
    assert due(desk.rules, KEY, date(2026, 11, 30)).rule.limit == 7
    assert due(desk.rules, KEY, SINCE).source.zh == "省公司通知"


def test_due_days_of_cases_follow_the_new_limit(desk: Desk) -> None:
    case = Case("complaint", "01", "counter", SINCE, "报纸两日未投", "letter")
    number = add_cases(desk, [case]).cases[0]
    change_limit(desk, KEY, 3, "days", SINCE, "省公司通知")
    clock = next(d for d in show_case(desk, number).deadlines if d.clock == KEY)
    assert clock.due == date(2026, 12, 4)


def test_rule_is_corrected_on_the_day_it_begins(desk: Desk) -> None:
    change_limit(desk, KEY, 5, "working_days", SINCE, "省公司通知")
    change_limit(desk, f"{KEY}__20261201", 6, "working_days", SINCE, "省公司更正")
    assert periods(desk) == [(7, None, date(2026, 11, 30)), (6, SINCE, None)]


def test_one_undo_takes_the_whole_edit_back(desk: Desk) -> None:
    changes = change_limit(desk, KEY, 5, "working_days", SINCE, "省公司通知")
    assert changes.undo is not None
    undo(desk, changes.undo)
    assert periods(desk) == [(7, None, None)]


def test_day_before_the_rule_began_is_refused(desk: Desk) -> None:
    change_limit(desk, KEY, 5, "working_days", SINCE, "省公司通知")
    with pytest.raises(FieldRefusal) as refused:
        change_limit(desk, f"{KEY}__20261201", 6, "days", date(2026, 11, 1), "省公司通知")
    assert refused.value.path == "since"


def test_limit_needs_its_source(desk: Desk) -> None:
    with pytest.raises(FieldRefusal):
        change_limit(desk, KEY, 5, "working_days", SINCE, "  ")
    assert periods(desk) == [(7, None, None)]


def test_impossible_limit_changes_neither_rule(desk: Desk) -> None:
    with pytest.raises(Refusal):
        change_limit(desk, KEY, 0, "working_days", SINCE, "省公司通知")
    assert periods(desk) == [(7, None, None)]


def test_back_to_shipped_drops_every_later_form(desk: Desk) -> None:
    change_limit(desk, KEY, 5, "working_days", SINCE, "省公司通知")
    change_limit(desk, f"{KEY}__20261201", 4, "working_days", date(2027, 1, 1), "省公司通知")
    back_to_shipped(desk, "clock", f"{KEY}__20270101")
    assert periods(desk) == [(7, None, None)]
    assert not any(entry.edited or entry.added for entry in rule_book.list_rules(desk, "clock"))


def test_notice_is_kept_with_its_source(desk: Desk) -> None:
    take_notice(desk, parse_notice("春节:2月5日至12日放假", 2027), "国办通知")
    year = desk.rules.calendar[2027]
    assert (len(year.holidays), year.source.zh) == (8, "国办通知")


def test_days_at_the_turn_of_the_year_reach_their_own_year(desk: Desk) -> None:
    take_notice(desk, parse_notice("元旦:2026年12月31日至2027年1月3日放假", 2027), "国办通知")
    assert date(2026, 12, 31) in desk.rules.calendar[2026].holidays
    assert date(2026, 12, 31) not in desk.rules.calendar[2027].holidays


def test_kept_edit_hides_the_newer_shipped_form(desk: Desk) -> None:
    entry = next(e for e in rule_book.list_rules(desk, "clock") if e.key == KEY)
    rule_book.edit_rule(desk, "clock", KEY, {**entry.payload, "limit": 6})
    with desk.work(write=True) as work:  # as an upgrade leaves it
        work.rows("UPDATE rules SET shipped = ? WHERE key = ?", ('{"limit": 8}', KEY))
        work.commit()
    assert next(e for e in rule_book.list_rules(desk, "clock") if e.key == KEY).shipped == {"limit": 8}
    rule_book.keep_edited(desk, "clock", KEY)
    kept = next(e for e in rule_book.list_rules(desk, "clock") if e.key == KEY)
    assert (kept.shipped, kept.payload["limit"], kept.edited) == (None, 6, True)


def recurrence(desk: Desk) -> list[tuple[int, date | None, date | None]]:
    """Limit and validity of the rules of recurrence."""
    return [(r.limit, r.valid_from, r.valid_to) for r in desk.rules.recurrence]


def test_limit_of_recurrence_is_another_from_a_day_on(desk: Desk) -> None:
    change_from(desk, "recurrence", "rolling_year", {"limit": 2}, SINCE, "市分公司通知")
    assert recurrence(desk) == [(3, None, date(2026, 11, 30)), (2, SINCE, None)]
    assert recurrence_board(desk, SINCE).rule.limit == 2
    assert recurrence_board(desk, date(2026, 11, 30)).rule.limit == 3
    back_to_shipped(desk, "recurrence", "rolling_year__20261201")
    assert recurrence(desk) == [(3, None, None)]


def test_error_is_judged_by_the_exemption_of_its_day(desk: Desk) -> None:
    add_staff(desk, "苏阳", joined_on=date(2026, 8, 1))
    change_from(desk, "error_exemption", "new_staff", {"months": 6}, SINCE, "市分公司通知")
    before, after = (
        judge_error(desk, ErrorRecord("苏阳", day, "错分")).exempt
        for day in (date(2026, 11, 30), date(2026, 12, 5))
    )
    assert (before, after) == (False, True)


def test_ended_exemption_exempts_nothing_afterwards(desk: Desk) -> None:
    add_staff(desk, "苏阳", joined_on=date(2026, 11, 1))
    end_rule(desk, "error_exemption", "new_staff", date(2026, 11, 30))
    assert judge_error(desk, ErrorRecord("苏阳", date(2026, 11, 30), "错分")).exempt
    assert not judge_error(desk, ErrorRecord("苏阳", SINCE, "错分")).exempt


def test_edited_exemption_survives_an_upgrade_that_ships_another(desk: Desk) -> None:
    change_from(desk, "error_exemption", "new_staff", {"months": 6}, SINCE, "市分公司通知")
    shipped = rule_book.shipped_rule("error_exemption", "new_staff")
    newer = RuleRecord(shipped.kind, shipped.key, {**shipped.payload, "months": 4})
    with desk.work(write=True) as work:
        _taken, held_back = rule_store.bring_forward(work, [newer])
        work.commit()
    assert [record.key for record in held_back] == ["new_staff"]
    entries = {e.key: e for e in rule_book.list_rules(desk, "error_exemption")}
    assert entries["new_staff"].payload["months"] == 3
    assert entries["new_staff"].shipped is not None
    assert entries["new_staff"].shipped["months"] == 4
    assert entries["new_staff__20261201"].payload["months"] == 6
