"""Checklists and canned texts over a real desk: what fits a case, what does a line, undo, edits that stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postal_desk import i18n
from postal_desk.domain.canned import STEP, STORY, offered
from postal_desk.domain.case_json import parse_step
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import FieldRefusal
from postal_desk.services.canned_texts import filled
from postal_desk.services.cases import add_cases, add_step, show_case
from postal_desk.services.checklists import checklist, tick
from postal_desk.services.desk import Desk
from postal_desk.services.rule_book import edit_rule, list_rules, reset_rule
from postal_desk.services.undo import undo

RECEIPT, TRACKING = "lost_registered_receipt", "lost_registered_tracking"


@pytest.fixture
def number(desk: Desk, make_case: Callable[..., Case]) -> str:
    customer = {"name": "周建国", "phone": "13804321176"}
    return add_cases(desk, [make_case(customer=customer, items=[{"number": "XA22010000322"}])]).cases[0]


def done(desk: Desk, number: str) -> dict[str, str]:
    return {line.key: line.done for line in checklist(desk, number)}


def test_lines_are_those_of_the_category(desk: Desk, number: str, make_case: Callable[..., Case]) -> None:
    assert len(done(desk, number)) == 5
    (other,) = add_cases(desk, [make_case(kind="suggestion", category="17")]).cases
    assert done(desk, other) == {}


def test_suspected_fraud_brings_its_lines_whatever_the_category(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    (other,) = add_cases(desk, [make_case(category="10", fraud=True)]).cases
    assert "fraud_warn" in done(desk, other)


def test_step_does_a_line_and_a_tick_does_the_others(desk: Desk, number: str) -> None:
    add_step(desk, number, parse_step({"channel": "tracking", "text": "查询"}, desk.rules, desk.now()))
    ticked = tick(desk, number, RECEIPT)
    assert done(desk, number)[TRACKING] == "step"
    assert done(desk, number)[RECEIPT] == "hand"
    with pytest.raises(FieldRefusal, match="a step"):
        tick(desk, number, TRACKING, done=False)
    assert ticked.undo is not None
    undo(desk, ticked.undo)
    assert done(desk, number)[RECEIPT] == ""


def test_unknown_line_is_refused_with_those_there_are(desk: Desk, number: str) -> None:
    with pytest.raises(FieldRefusal, match=RECEIPT):
        tick(desk, number, "nonsense")


def test_variables_are_filled_and_the_rest_stays_a_blank(desk: Desk, number: str) -> None:
    i18n.use("en")
    text = filled(desk, "accepted", show_case(desk, number).case)
    assert (
        text
        == f"Accepted what 周建国 reported, number {number}; an answer follows by 2019-08-01 at the latest."
    )
    assert "____" in filled(desk, "returned")
    i18n.use("zh_CN")
    assert "2019-08-01" in filled(desk, "accepted", show_case(desk, number).case)


def test_texts_for_what_is_set_come_first(desk: Desk) -> None:
    first = offered(desk.rules.canned, desk.today(), STEP, result="no_answer", channel="telephone")[0]
    assert first.key == "no_answer"
    assert all("story" in text.places for text in offered(desk.rules.canned, desk.today(), STORY))


def test_edited_text_stays_until_it_is_reset(desk: Desk) -> None:
    entry = next(entry for entry in list_rules(desk, "canned") if entry.key == "no_answer")
    edit_rule(desk, "canned", "no_answer", {**entry.payload, "text": {"zh": "没人接", "en": "Nobody"}})
    assert next(t for t in desk.rules.canned if t.key == "no_answer").text.en == "Nobody"
    reset_rule(desk, "canned", "no_answer")
    assert next(t for t in desk.rules.canned if t.key == "no_answer").text.en != "Nobody"


def test_unknown_variable_and_category_are_refused(desk: Desk) -> None:
    both = {"zh": "你好{wer}", "en": "x"}
    with pytest.raises(FieldRefusal, match="wer"):
        edit_rule(desk, "canned", "own_1", {"name": both | {"zh": "a"}, "text": both})
    name = {"zh": "一", "en": "one"}
    with pytest.raises(FieldRefusal, match="77"):
        edit_rule(desk, "check_item", "own_2", {"name": name, "checklist": name, "categories": ["77"]})
