"""The clocks of a case and their states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.cases import Case, Disposition, MailItem, Step
from postal_desk.domain.deadlines import (
    ClockTable,
    Deadline,
    clocks_for_case,
    deadline_to_json,
    is_overdue,
    last_reply_due,
    reply_dues,
)
from postal_desk.domain.rules import ClockRule, Rules
from postal_desk.domain.sentences import Label

OPENED = date(2019, 7, 2)
INQUIRY = Case(
    kind="inquiry",
    category="07.domestic",
    channel="carrier",
    opened_on=OPENED,
    subject="两封挂号信",
    business="letter",
    items=(MailItem("XA24435342142", "registered_letter", date(2019, 6, 14)),),
)
COMPLAINT = replace(INQUIRY, kind="complaint", category="02", items=())


def clocks(case: Case, rules: Rules, today: date, division: str = "220204") -> dict[str, Deadline]:
    """The deadlines by clock (the last one, where items have clocks of their own)."""
    return {deadline.clock: deadline for deadline in clocks_for_case(case, rules, today, division)}


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (INQUIRY, {"inquiry_window", "inquiry_reply"}),
        (replace(INQUIRY, kind="help"), {"inquiry_window", "inquiry_reply"}),
        (replace(INQUIRY, items=(MailItem("XA24435342142"),)), {"inquiry_reply"}),
        (replace(INQUIRY, business="remittance"), {"inquiry_window", "remittance_inquiry_reply"}),
        (replace(INQUIRY, business="", category="07.remittance", items=()), {"remittance_inquiry_reply"}),
        (COMPLAINT, {"postal_complaint", "appeal_possible"}),
        (replace(COMPLAINT, business=""), {"postal_complaint", "appeal_possible"}),
        (replace(COMPLAINT, business="express"), {"express_complaint", "appeal_possible"}),
        (
            replace(COMPLAINT, business="", items=(MailItem(mail_class="express"),)),
            {"express_complaint", "appeal_possible"},
        ),
        (replace(COMPLAINT, kind="appeal"), {"appeal_report"}),
        (replace(COMPLAINT, kind="praise"), set()),
        (replace(COMPLAINT, kind="praise", category="09.dead_letter", business=""), {"dead_letter"}),
        (replace(INQUIRY, opened_on=date(2008, 7, 2)), {"inquiry_window"}),  # before the law; the item later
    ],
)
def test_which_clocks_run(seed_rules: Rules, case: Case, expected: set[str]) -> None:
    assert set(clocks(case, seed_rules, OPENED)) == expected


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, date(2019, 8, 1)),
        ({"category": "07.international"}, date(2019, 9, 2)),
        ({"category": "07.remote"}, date(2019, 9, 2)),
        ({"items": (MailItem("RR473124829GB"),)}, date(2019, 9, 2)),
        ({"items": (MailItem("rr 473 124 829 cn"),)}, date(2019, 8, 1)),
        ({"items": (MailItem(mail_class="international_parcel"),)}, date(2019, 9, 2)),
    ],
)
def test_abroad_and_far_away_the_reply_takes_sixty_days(
    seed_rules: Rules, changes: dict[str, object], due: date
) -> None:
    case = replace(INQUIRY, **changes)
    assert clocks(case, seed_rules, OPENED)["inquiry_reply"].due == due
    assert last_reply_due(case, seed_rules) == due


def test_every_item_has_its_own_window(seed_rules: Rules) -> None:
    items = (
        MailItem("XA24435342142", posted_on=date(2019, 6, 14)),
        MailItem("RR473124829GB", posted_on=date(2019, 6, 14)),
        MailItem("XA00000008042"),
    )
    found = clocks_for_case(replace(INQUIRY, items=items), seed_rules, OPENED)
    windows = {d.item_number: d.due for d in found if d.clock == "inquiry_window"}
    assert windows == {"XA24435342142": date(2020, 6, 15), "RR473124829GB": date(2019, 12, 11)}


@pytest.mark.parametrize(
    ("today", "changes", "state"),
    [
        (date(2019, 7, 26), {}, "running"),  # four working days left
        (date(2019, 7, 29), {}, "due_soon"),
        (date(2019, 8, 1), {}, "due_soon"),
        (date(2019, 8, 2), {}, "overdue"),
        (date(2019, 9, 1), {"answered_on": date(2019, 8, 1)}, "met"),
        (date(2019, 9, 1), {"answered_on": date(2019, 8, 2)}, "late"),
        (date(2019, 9, 1), {"closed_on": date(2019, 8, 1), "status": "closed"}, "met"),
        (
            date(2019, 9, 1),
            {"answered_on": date(2019, 8, 1), "closed_on": date(2019, 8, 9), "status": "closed"},
            "met",
        ),
    ],
)
def test_states_of_a_reply_clock(
    seed_rules: Rules, today: date, changes: dict[str, object], state: str
) -> None:
    case = replace(INQUIRY, **changes)
    assert clocks(case, seed_rules, today)["inquiry_reply"].state == state
    assert is_overdue(case, seed_rules, today) == (state == "overdue")


@pytest.mark.parametrize(
    ("opened", "status", "state"),
    [
        (date(2020, 6, 15), "registered", "running"),
        (date(2020, 6, 15), "closed", "met"),
        (date(2020, 6, 16), "registered", "ended"),
        (date(2020, 6, 16), "closed", "ended"),
    ],
)
def test_the_window_is_judged_on_the_day_of_the_inquiry(
    seed_rules: Rules, opened: date, status: str, state: str
) -> None:
    case = replace(INQUIRY, opened_on=opened, status=status)
    window = clocks(case, seed_rules, date(2024, 1, 1))["inquiry_window"]
    assert window.due == date(2020, 6, 15)
    assert window.state == state
    assert window.liability_ended == (state == "ended")
    assert any("liability ended" in str(sentence) for sentence in window.why) == (state == "ended")


@pytest.mark.parametrize(
    ("today", "answered", "state"),
    [
        (date(2019, 7, 3), None, "running"),
        (date(2019, 7, 9), None, "due_soon"),
        (date(2019, 7, 10), None, "ended"),
        (date(2019, 7, 20), date(2019, 7, 9), "met"),
        (date(2019, 7, 20), date(2019, 7, 10), "ended"),
    ],
)
def test_the_way_to_an_appeal_opens_when_no_answer_came(
    seed_rules: Rules, today: date, answered: date | None, state: str
) -> None:
    appeal = clocks(replace(COMPLAINT, answered_on=answered), seed_rules, today)["appeal_possible"]
    assert (appeal.state, appeal.reply) == (state, False)


def test_a_dead_letter_is_kept_from_the_step_that_confirmed_it(seed_rules: Rules) -> None:
    steps = (
        Step("2019-07-05", result="moved"),
        Step("2019-07-12T10:00", result="unclaimed"),
        Step("2019-07-20"),
    )
    case = replace(COMPLAINT, kind="help", category="09.dead_letter", steps=steps)
    kept = clocks(case, seed_rules, OPENED)["dead_letter"]
    assert (kept.start, kept.due) == (date(2019, 7, 12), date(2020, 1, 13))
    assert kept.state == "running"
    assert clocks(case, seed_rules, date(2020, 1, 14))["dead_letter"].state == "ended"
    assert clocks(replace(case, status="closed"), seed_rules, OPENED)["dead_letter"].state == "met"


def test_parcels_are_no_dead_letters(seed_rules: Rules) -> None:
    case = replace(COMPLAINT, kind="help", category="09.dead_letter", business="parcel")
    assert "dead_letter" not in clocks(case, seed_rules, OPENED)


def test_an_own_code_for_dead_letters_starts_the_clock(seed_rules: Rules) -> None:
    case = replace(INQUIRY, dispositions=(Disposition("dead_letter", on=date(2019, 7, 8)),))
    assert clocks(case, seed_rules, OPENED)["dead_letter"].start == date(2019, 7, 8)


def test_overdue_is_any_open_reply_clock(seed_rules: Rules) -> None:
    name = Label("时限", "clock")
    slow = ClockRule("slow", name, 90, "days", "inquiry", name, "law", reply=True)
    rules = replace(seed_rules, clocks=(*seed_rules.clocks, slow))
    assert reply_dues(INQUIRY, rules) == (date(2019, 8, 1), date(2019, 9, 30))
    assert is_overdue(INQUIRY, rules, date(2019, 8, 2))


def test_a_case_without_reply_clock_is_never_overdue(seed_rules: Rules) -> None:
    praise = replace(COMPLAINT, kind="praise")
    assert last_reply_due(praise, seed_rules) is None
    assert not is_overdue(praise, seed_rules, date(2030, 1, 1))


def test_an_impossible_posting_day_hides_only_its_own_window(seed_rules: Rules) -> None:
    case = replace(INQUIRY, items=(MailItem("XA24435342142", posted_on=date(9999, 6, 1)),))
    assert set(clocks(case, seed_rules, OPENED)) == {"inquiry_reply"}


def test_json_gives_the_rule_in_words(seed_rules: Rules) -> None:
    deadline = clocks(INQUIRY, seed_rules, OPENED)["inquiry_reply"]
    found = deadline_to_json(deadline, str, lambda label: label.en)
    assert {key: found[key] for key in ("clock", "due", "rule", "source", "state")} == {
        "clock": "inquiry_reply",
        "due": "2019-08-01",
        "rule": "Inquiry reply: 30 days",
        "source": "Postal Law, article 49",
        "state": "running",
    }


CASES = st.builds(
    Case,
    kind=st.sampled_from(["inquiry", "help", "complaint", "appeal", "praise"]),
    category=st.sampled_from(
        ["07.domestic", "07.international", "07.remote", "07.remittance", "01", "09.dead_letter"]
    ),
    channel=st.just("counter"),
    opened_on=st.dates(date(2005, 1, 1), date(2035, 1, 1)),
    subject=st.just("x"),
    business=st.sampled_from(["", "letter", "express", "remittance", "finance"]),
    answered_on=st.none() | st.dates(date(2018, 1, 1), date(2035, 1, 1)),
    items=st.lists(
        st.builds(
            MailItem,
            number=st.sampled_from(["", "XA24435342142", "RR473124829GB"]),
            posted_on=st.none() | st.dates(date(2010, 1, 1), date(2034, 1, 1)),
        ),
        max_size=2,
    ).map(tuple),
)


@given(case=CASES, division=st.sampled_from(["220204", "410102", "500101"]), ahead=st.integers(-20, 90))
def test_the_quick_way_agrees_with_the_full_one(
    seed_rules: Rules, case: Case, division: str, ahead: int
) -> None:
    today = case.opened_on + timedelta(days=ahead)
    replies = [d for d in clocks_for_case(case, seed_rules, today, division) if d.reply]
    dues = [deadline.due for deadline in replies]
    assert reply_dues(case, seed_rules, division) == ((min(dues), max(dues)) if dues else None)
    assert last_reply_due(case, seed_rules, division) == max(dues, default=None)
    assert is_overdue(case, seed_rules, today, division) == any(d.state == "overdue" for d in replies)


def test_edited_rules_are_not_answered_from_the_old_ones(seed_rules: Rules) -> None:
    assert last_reply_due(INQUIRY, seed_rules) == date(2019, 8, 1)
    doubled = tuple(replace(rule, limit=2 * rule.limit) for rule in seed_rules.clocks)
    assert last_reply_due(INQUIRY, replace(seed_rules, clocks=doubled)) == date(2019, 9, 2)
    assert last_reply_due(INQUIRY, seed_rules) == date(2019, 8, 1)


def test_one_table_counts_each_limit_once_for_each_day(seed_rules: Rules) -> None:
    table = ClockTable(seed_rules, "220204")
    days = [OPENED + timedelta(days=n % 30) for n in range(300)]
    for number, day in enumerate(days):
        table.reply_dues(replace(INQUIRY, opened_on=day, number=str(number)))
    assert len(table._ends) == 30
