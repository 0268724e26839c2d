"""Closing months: what is open, what is frozen, what a later edit shows, and that nothing frozen can be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from postal_desk.domain.case_json import parse_changes
from postal_desk.domain.cases import Case, Step
from postal_desk.domain.closings import canonical, summary_of
from postal_desk.domain.month_ranges import quarter_of
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.domain.spans import parse_span
from postal_desk.reports.closed_within import closed_sentences
from postal_desk.reports.monthly import HandIn, monthly_document
from postal_desk.reports.monthly_cases import longer_trend
from postal_desk.reports.summary_json import summary_to_json
from postal_desk.reports.words import Words
from postal_desk.services import months
from postal_desk.services.cases import add_cases, add_step, close_case, edit_case, reopen_case
from postal_desk.services.checking import check_desk
from postal_desk.services.demo import make_demo
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.month_checks import check_month
from postal_desk.services.summaries import summary
from postal_desk.store import month_checks

JULY = Month(2019, 7)


@pytest.fixture
def july(desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any]) -> list[str]:
    """One closed and one open case of July, each with outlet and handler."""
    who = {"outlet": "船营投递部", "handler": "苏阳"}
    return list(add_cases(desk, [make_case(**who, **finished), make_case(**who, subject="汇款查询")]).cases)


def codes(desk: Desk) -> set[str]:
    return {one.code for one in check_month(desk, JULY)}


def test_closing_freezes_figures_with_number_hash_and_audit(desk: Desk, july: list[str]) -> None:
    months.close_month(desk, JULY, "首次结账")
    closing = months.month_state(desk, JULY).closing
    assert closing is not None
    assert (closing.number, closing.revision) == ("220204-S-2019-07", 1)
    assert closing.holds
    assert closing.audit_number > 0
    assert months.figures(desk, JULY).closing is not None


def test_later_edit_shows_as_a_difference_and_the_figures_stay(
    desk: Desk, july: list[str], make_case: Callable[..., Case]
) -> None:
    months.close_month(desk, JULY, "首次结账")
    saved = add_cases(desk, [make_case(subject="补登")])
    assert any("closed" in str(warning) for warning in saved.warnings)
    state = months.month_state(desk, JULY)
    assert state.state == "changed"
    received = next(one for one in state.differences if one.path == "received")
    assert (received.before, received.after) == ("2", "3")
    assert months.figures(desk, JULY).now.received == 2
    assert summary(desk, JULY).now.received == 3


def test_later_work_on_a_case_leaves_the_month_closed_and_warns_of_nothing(
    desk: Desk, july: list[str], finished: dict[str, Any]
) -> None:
    months.close_month(desk, JULY, "首次结账")
    closed, still_open = july
    step = add_step(desk, still_open, Step("2019-08-18T09:00", "苏阳", text="联系收件人"))
    later = {**{k: v for k, v in finished.items() if k != "steps"}, "closed_on": "2019-08-18"}
    later["dispositions"] = [{"kind": "found_and_delivered", "on": "2019-08-18"}]
    ended = close_case(desk, still_open, parse_changes({**later, "answered_on": "2019-08-18"}, desk.rules))
    told = edit_case(desk, closed, parse_changes({"opinion": "dissatisfied"}, desk.rules))
    assert [*step.warnings, *ended.warnings, *told.warnings] == []
    state = months.month_state(desk, JULY)
    assert state.state == "closed"
    assert "opinions/dissatisfied" in {one.path for one in state.differences}
    months.close_month(desk, JULY, "按回访结果更正")  # who wants to may still revise


def test_reopened_case_stays_counted_where_it_was_closed(desk: Desk, july: list[str]) -> None:
    months.close_month(desk, JULY, "首次结账")
    assert reopen_case(desk, july[0], JULY.next.first, "客户再次来电").warnings == ()
    state = months.month_state(desk, JULY)
    assert state.state == "closed"
    assert ("closed", "1", "0", True) in {(d.path, d.before, d.after, d.later) for d in state.differences}


def test_entry_that_belongs_into_the_month_asks_for_a_revision(desk: Desk, july: list[str]) -> None:
    months.close_month(desk, JULY, "首次结账")
    saved = edit_case(desk, july[1], parse_changes({"category": "05"}, desk.rules))
    assert len(saved.warnings) == 1
    state = months.month_state(desk, JULY)
    assert state.state == "changed"
    assert not any(one.later for one in state.differences if one.path.startswith("by_category"))


def test_closed_again_only_as_a_revision_with_its_reason(
    desk: Desk, july: list[str], make_case: Callable[..., Case]
) -> None:
    months.close_month(desk, JULY, "首次结账")
    with pytest.raises(Refusal, match="nothing to revise"):
        months.close_month(desk, JULY)
    add_cases(desk, [make_case(subject="补登", outlet="船营投递部", handler="苏阳")])
    with pytest.raises(FieldRefusal, match="say why it is revised"):
        months.close_month(desk, JULY)
    months.close_month(desk, JULY, "补登一件")
    state = months.month_state(desk, JULY)
    assert state.state == "closed"
    first, second = (revision.closing for revision in state.revisions)
    assert (second.revision, second.number, second.previous) == (2, first.number, first.hash)
    assert "received" in {one.path for one in state.revisions[1].differences}


def test_running_month_can_t_be_closed(desk: Desk) -> None:
    with pytest.raises(Refusal, match="2019-09-01"):
        months.close_month(desk, Month(2019, 8))


def test_open_contradictions_need_a_reason(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(opened_on="2019-07-02", outlet="船营投递部", handler="苏阳")])
    desk.now = lambda: datetime(2019, 9, 20, 9, 0)
    desk.today = lambda: date(2019, 9, 20)
    assert "overdue_without_step" not in codes(desk)  # it was not due in July
    add_cases(desk, [make_case(opened_on="2019-07-03", kind="complaint", category="01")])
    assert "overdue_without_step" in codes(desk)
    with pytest.raises(FieldRefusal, match=r"open contradictions \(1\)"):
        months.close_month(desk, JULY)
    months.close_month(desk, JULY, "人员外出，下月处理")


def test_nothing_frozen_can_be_changed(desk: Desk, july: list[str]) -> None:
    months.close_month(desk, JULY, "首次结账")
    for sql in ("UPDATE month_closings SET hash = hash", "DELETE FROM month_closings"):
        with pytest.raises(DatabaseError, match="never changed"), desk.work(write=True) as work:
            work.rows(sql)


def test_exchanged_figures_are_found_by_the_check(desk: Desk, july: list[str]) -> None:
    months.close_month(desk, JULY, "首次结账")
    assert check_desk(desk) == []
    with desk.work(write=True) as work:
        work.rows("DROP TRIGGER month_closings_no_update")
        work.rows("UPDATE month_closings SET figures = replace(figures, '\"received\":2', '\"received\":1')")
        work.commit()
    assert any("2019-07" in problem.where for problem in check_desk(desk))


#: What no service lets in, and a merge or an older program may have brought.
FORCED = {
    "answered_before_opened": "answered_on = '2019-07-01', replied_on = '2019-07-01'",
    "accepted_before_opened": "accepted_on = '2019-07-01'",
    "answered_without_day": "status = 'answered'",
    "answer_without_status": "answered_on = '2019-07-05', replied_on = '2019-07-05'",
}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        *((code, {}) for code in FORCED),
        ("no_outlet", {"outlet": ""}),
        ("no_handler", {"handler": ""}),
        ("step_in_future", {"steps": [{"at": "2019-12-01", "text": "误填"}]}),
        ("outcome_without_day", {"dispositions": [{"kind": "compensated", "amount": "12.60"}]}),
        ("praise_without_words", {"kind": "praise", "category": "18"}),
    ],
)
def test_contradictions_are_found(
    desk: Desk, july: list[str], make_case: Callable[..., Case], code: str, values: dict[str, Any]
) -> None:
    assert code not in codes(desk)
    given = {"outlet": "船营投递部", "handler": "苏阳", **values}
    (number,) = add_cases(desk, [make_case(**given)]).cases
    if code in FORCED:
        with desk.work(write=True) as work:
            work.rows(f"UPDATE cases SET {FORCED[code]} WHERE number = ?", (number,))
            work.commit()
    assert (code, number) in {(one.code, one.number) for one in check_month(desk, JULY)}


def test_same_item_in_two_cases_is_found_until_they_are_related(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    mail = [{"number": "XA22010000322"}]
    first, second = add_cases(desk, [make_case(items=mail), make_case(items=mail)]).cases
    assert "item_twice" in codes(desk)
    from postal_desk.domain.case_json import parse_changes

    edit_case(desk, second, parse_changes({"related": [{"number": first, "kind": "duplicate"}]}, desk.rules))
    assert "item_twice" not in codes(desk)


@pytest.mark.parametrize("code", month_checks.case_codes())
def test_no_question_of_the_check_reads_the_whole_table(desk: Desk, code: str) -> None:
    sql = month_checks.sql_of(code)
    values = {"first": "2019-07-01", "last": "2019-07-31", "today": "2019-08-20", "most": 200}
    used = {name: value for name, value in values.items() if f":{name}" in sql}
    with desk.work() as work:
        plan = [row[3] for row in work.run(text(f"EXPLAIN QUERY PLAN {sql}"), used)]
    assert not [line for line in plan if line in ("SCAN cases", "SCAN steps", "SCAN items")], plan


def test_missing_hand_in_block_is_told(desk: Desk) -> None:
    assert "hand_in_missing" in codes(desk)


def test_frozen_figures_read_back_to_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("demo") / "desk"
    make_demo(path, cases=60, months=3, until=JULY, seed=3)
    with open_desk(path, today=lambda: date(2019, 8, 20)) as desk:
        found = summary(desk, JULY)
        import json

        assert summary_of(json.loads(canonical(found))) == found


def test_months_to_close_are_the_last_one_and_those_left_behind(desk: Desk, july: list[str]) -> None:
    assert months.months_to_close(desk, desk.today()) == [JULY]
    months.close_month(desk, JULY, "首次结账")
    assert months.months_to_close(desk, desk.today()) == []
    assert months.months_to_close(desk, date(2019, 10, 3)) == [Month(2019, 8), Month(2019, 9)]


def test_a_longer_period_names_its_closed_months(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(opened_on="2019-07-02")])
    months.close_month(desk, JULY, "handed in")
    quarter = months.figures(desk, quarter_of(JULY))
    (july,) = quarter.closed_months
    assert (july.month, july.received, july.received_now, july.differs) == (JULY, 1, 1, False)
    add_cases(desk, [make_case(opened_on="2019-07-03")])
    quarter = months.figures(desk, quarter_of(JULY))
    (july,) = quarter.closed_months
    assert (july.received, july.received_now, july.differs) == (1, 2, True)
    assert summary_to_json(quarter, "en")["closed_months"][0]["differs"] is True
    said = [str(sentence) for sentence in closed_sentences(quarter)]
    assert "July 2019 was handed in with 1 received" in said[1]
    assert quarter.now.received == 2


def test_what_is_said_of_closed_months_is_no_figure(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(opened_on="2019-07-02")])
    months.close_month(desk, JULY, "handed in")
    quarter = months.figures(desk, quarter_of(JULY))
    assert canonical(quarter) == canonical(replace(quarter, closed_months=()))


def test_a_longer_trend_says_from_when_to_when(desk: Desk) -> None:
    two_years = months.figures(desk, parse_span("2018-01..2019-12"))
    assert len(two_years.trend) == 24
    assert longer_trend(two_years.trend, Words("en")) == "January 2018 to December 2019"
    assert longer_trend(months.figures(desk, JULY).trend, Words("en")) == ""


def test_days_from_and_to_are_a_period_of_their_own(desk: Desk, make_case: Callable[..., Case]) -> None:
    for day in ("2019-06-25", "2019-06-26", "2019-07-25", "2019-07-26", "2018-07-01"):
        add_cases(desk, [make_case(opened_on=day)])
    days = months.figures(desk, parse_span("2019-06-26..2019-07-25"))
    assert (days.now.received, days.previous.received, days.last_year.received) == (2, 1, 1)
    assert days.year_to_date.received == 3
    document = monthly_document(days, HandIn(), "zh_CN", "gbt9704")
    assert "6月26日至7月25日" in repr(document.blocks)
    assert "1月1日至7月25日累计" in repr(document.blocks)
