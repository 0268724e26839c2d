"""Claims through the desk: amounts by the articles, the steps in order, the case's compensation, undo and the bin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.claim_json import claim_to_json, parse_claim, parse_claim_changes
from postal_desk.domain.sentences import FieldRefusal, Refusal
from postal_desk.services import claims
from postal_desk.services.cases import add_cases, delete_cases, restore_cases, show_case
from postal_desk.services.desk import Desk
from postal_desk.services.undo import purge_bin, undo

ITEM = {"number": "XA22010000322", "class": "registered_letter", "event": "lost", "postage": "4.20"}


@pytest.fixture
def case(desk: Desk, make_case: Callable[..., Case]) -> str:
    """An inquiry of 2 July whose thirty days are over on 20 August."""
    mail = {
        "number": "XA22010000322",
        "class": "registered_letter",
        "posted_on": "2019-06-20",
        "postage": "4.20",
    }
    return add_cases(desk, [make_case(items=[mail])]).cases[0]


@pytest.fixture
def claim(desk: Desk, case: str) -> str:
    """A claim for the letter, opened on 5 August."""
    data = {"case": case, "opened_on": "2019-08-05", "items": [ITEM]}
    return claims.add_claims(desk, [parse_claim(data, desk.rules, desk.today())]).claims[0]


def edit(desk: Desk, number: str, **changes: Any) -> None:
    claims.edit_claim(desk, number, parse_claim_changes(changes, desk.rules, desk.today()))


def test_amount_and_article_come_from_the_rules(desk: Desk, claim: str) -> None:
    found = claims.show_claim(desk, claim).claim
    assert claim == "220204-C-2019-0001"
    assert found.computed == Decimal("12.60")
    assert "47" in found.items[0].article.en or "四十七" in found.items[0].article.zh


def test_overdue_inquiry_proposes_a_claim_until_there_is_one(desk: Desk, case: str) -> None:
    proposed = claims.claims_of_case(desk, case)
    assert proposed.proposal is not None
    assert proposed.proposal.computed == Decimal("12.60")
    assert proposed.deadline is not None
    claims.add_claims(desk, [proposed.proposal])
    assert claims.claims_of_case(desk, case).proposal is None


def test_found_item_proposes_nothing(
    desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any]
) -> None:
    finished |= {
        "closed_on": "2019-08-15",
        "dispositions": [{"kind": "found_and_delivered", "on": "2019-08-14"}],
    }
    (number,) = add_cases(desk, [make_case(**finished)]).cases
    assert claims.claims_of_case(desk, number).proposal is None


def test_steps_of_a_claim_follow_each_other(desk: Desk, claim: str) -> None:
    with pytest.raises(FieldRefusal, match="agree an amount first"):
        edit(desk, claim, paid={"amount": "12.60"})
    edit(desk, claim, proposed={"amount": "12.60", "on": "2019-08-06"})
    with pytest.raises(FieldRefusal, match="before"):
        edit(desk, claim, agreed={"amount": "12.60", "on": "2019-08-01"})
    edit(desk, claim, agreed={"amount": "12.60", "on": "2019-08-07"})
    assert claims.show_claim(desk, claim).claim.status == "agreed"


def test_another_amount_than_the_articles_give_needs_a_reason(desk: Desk, claim: str) -> None:
    with pytest.raises(FieldRefusal, match=r"12\.60"):
        edit(desk, claim, agreed={"amount": "20.00", "on": "2019-08-07"})
    edit(desk, claim, agreed={"amount": "20.00", "on": "2019-08-07"}, reason="经分公司研究")
    assert claims.show_claim(desk, claim).claim.agreed is not None


def test_payment_becomes_the_case_s_compensation_and_both_are_taken_back(
    desk: Desk, case: str, claim: str
) -> None:
    edit(desk, claim, agreed={"amount": "12.60", "on": "2019-08-07"})
    changes = parse_claim_changes(
        {"paid": {"amount": "12.60", "on": "2019-08-08", "receipt": "No. 17"}}, desk.rules, desk.today()
    )
    paid = claims.edit_claim(desk, claim, changes)
    (outcome,) = show_case(desk, case).case.dispositions
    assert (outcome.kind, outcome.amount, outcome.on) == ("compensated", Decimal("12.60"), date(2019, 8, 8))
    assert claims.show_claim(desk, claim).claim.status == "paid"
    assert paid.undo is not None
    undo(desk, paid.undo)
    assert show_case(desk, case).case.dispositions == ()
    assert claims.show_claim(desk, claim).claim.status == "agreed"


def test_amount_worked_out_once_stays_when_something_else_changes(desk: Desk, claim: str) -> None:
    before = claims.show_claim(desk, claim).claim.items
    edit(desk, claim, basis="查询期满未找到")
    assert claims.show_claim(desk, claim).claim.items == before
    edit(desk, claim, items=[{**ITEM, "postage": "5.20"}])
    assert claims.show_claim(desk, claim).claim.computed == Decimal("15.60")


def test_deleted_claim_comes_back_and_goes_for_good_after_thirty_days(
    desk: Desk, case: str, claim: str
) -> None:
    deleted = claims.delete_claim(desk, claim)
    with pytest.raises(Refusal, match="no claim"):
        claims.show_claim(desk, claim)
    assert deleted.undo is not None
    undo(desk, deleted.undo)
    assert claims.show_claim(desk, claim).claim.case == case
    claims.delete_claim(desk, claim)
    claims.restore_claim(desk, claim)
    claims.delete_claim(desk, claim)
    desk.now = lambda: datetime(2019, 10, 1, 9, 0)
    assert purge_bin(desk).claims == (claim,)
    assert claims.claims_of_case(desk, case).deleted == ()


def test_new_claim_is_taken_back_into_the_bin(desk: Desk, case: str) -> None:
    data = {"case": case, "items": [ITEM]}
    added = claims.add_claims(desk, [parse_claim(data, desk.rules, desk.today())])
    assert added.undo is not None
    undo(desk, added.undo)
    assert len(claims.claims_of_case(desk, case).deleted) == 1


def test_claim_of_a_deleted_case_waits_with_it_and_goes_with_it(desk: Desk, case: str, claim: str) -> None:
    delete_cases(desk, [case])
    assert claims.list_claims(desk, only_open=True) == []
    restore_cases(desk, [case])
    assert len(claims.list_claims(desk, only_open=True)) == 1
    delete_cases(desk, [case])
    desk.now = lambda: datetime(2019, 10, 1, 9, 0)
    assert purge_bin(desk).claims == (claim,)
    assert claims.list_claims(desk) == []


def test_unknown_case_is_refused(desk: Desk) -> None:
    data = {"case": "2019-07-0999", "items": [ITEM]}
    with pytest.raises(FieldRefusal, match="there is no case"):
        claims.add_claims(desk, [parse_claim(data, desk.rules, desk.today())])


def test_what_goes_out_can_come_in_again(desk: Desk, claim: str) -> None:
    found = claims.show_claim(desk, claim).claim
    out = claim_to_json(found)
    back = {
        k: v for k, v in out.items() if k in ("case", "opened_on", "items", "basis", "proposed", "reason")
    }
    again = parse_claim(back, desk.rules, desk.today())
    bare = tuple(replace(i, computed=None, article=again.items[0].article) for i in found.items)
    assert again.items == bare


def test_missing_sum_leaves_the_amount_open_and_says_so(desk: Desk, case: str) -> None:
    data = {"case": case, "items": [{"class": "registered_letter", "event": "lost"}]}
    (number,) = claims.add_claims(desk, [parse_claim(data, desk.rules, desk.today())]).claims
    view = claims.show_claim(desk, number)
    assert view.claim.computed is None
    assert "postage" in str(view.worked[0].why[0])
