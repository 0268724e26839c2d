"""Compensation by the shipped articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from postal_desk.domain.compensation import Compensation, compensate, parse_claim
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal, Refusal

ON = date(2019, 7, 2)
SUMS = st.decimals(0, 100_000, places=2)
UNINSURED = ["registered_letter", "parcel", "registered_printed_matter"]
INSURED = ["insured_letter", "insured_parcel"]
ORDINARY = ["ordinary_letter", "printed_matter"]
LOSSES = ["lost", "totally_destroyed", "partly_damaged", "contents_short"]


def given_by(rules: Rules, mail_class: str, event: str, **more: Any) -> Compensation:
    return compensate(parse_claim({"class": mail_class, "event": event, **more}, rules), rules, ON)


def yuan(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@pytest.mark.parametrize(
    ("mail_class", "event", "sums", "amount"),
    [
        ("registered_letter", "lost", {"postage": "4.20"}, "12.60"),
        ("registered_letter", "partly_damaged", {"postage": "4.20", "loss": "1.00"}, "12.60"),
        ("insured_parcel", "partly_damaged", {"insured": "500", "value": "1000", "loss": "300"}, "150.00"),
        ("insured_letter", "contents_short", {"insured": "500", "value": "1000", "loss": "300"}, "150.00"),
        ("insured_parcel", "lost", {"insured": "500", "value": "1000"}, "500.00"),
        ("parcel", "lost", {"postage": "10", "loss": "80"}, "30.00"),
        ("parcel", "lost", {"postage": "10", "loss": "20"}, "20.00"),
        ("registered_letter", "contents_short", {"postage": "4.20", "loss": "9.00"}, "9.00"),
        ("registered_letter", "contents_short", {"postage": "4.20", "loss": "50"}, "12.60"),
        ("ordinary_letter", "lost", {}, "0.00"),
        ("printed_matter", "contents_short", {"postage": "1.20", "loss": "5"}, "0.00"),
        ("express", "lost", {"postage": "20", "loss": "80"}, None),
        ("newspaper", "lost", {}, None),
    ],
)
def test_vectors(
    seed_rules: Rules, mail_class: str, event: str, sums: dict[str, str], amount: str | None
) -> None:
    assert yuan(given_by(seed_rules, mail_class, event, **sums).amount) == amount


@pytest.mark.parametrize(
    "mail_class", [*UNINSURED, *INSURED, *ORDINARY, "express", "remittance", "newspaper"]
)
def test_delay_is_not_loss(seed_rules: Rules, mail_class: str) -> None:
    found = given_by(seed_rules, mail_class, "delayed", postage="4.20", loss="50", gross_negligence=True)
    assert found.amount is None
    assert "a delay is not a loss" in str(found.why[1])


def test_outside_the_universal_service_contract_and_civil_law_decide(seed_rules: Rules) -> None:
    found = given_by(seed_rules, "express", "lost", postage="20", exemption="force_majeure")
    assert found.amount is None
    assert "civil law" in str(found.why[-1])


@pytest.mark.parametrize("exemption", ["force_majeure", "nature_of_goods", "sender_or_addressee_fault"])
@pytest.mark.parametrize("mail_class", UNINSURED)
def test_exemptions_free_from_liability(seed_rules: Rules, mail_class: str, exemption: str) -> None:
    found = given_by(seed_rules, mail_class, "lost", exemption=exemption)  # no sums are needed
    assert yuan(found.amount) == "0.00"
    assert "48" in found.article.en


def test_insured_items_are_paid_even_in_force_majeure(seed_rules: Rules) -> None:
    found = given_by(seed_rules, "insured_parcel", "lost", insured="500", exemption="force_majeure")
    assert yuan(found.amount) == "500.00"
    assert any("does not exempt" in str(sentence) for sentence in found.why)
    spoiled = given_by(seed_rules, "insured_parcel", "lost", insured="500", exemption="nature_of_goods")
    assert yuan(spoiled.amount) == "0.00"


@pytest.mark.parametrize("ground", ["gross_negligence", "terms_not_displayed"])
@pytest.mark.parametrize("mail_class", [*UNINSURED, *INSURED])
def test_without_the_cap_the_proven_loss_is_due(seed_rules: Rules, mail_class: str, ground: str) -> None:
    flags = {ground: True}
    assert (
        yuan(given_by(seed_rules, mail_class, "lost", postage="4.20", loss="900", **flags).amount) == "900.00"
    )
    unproven = given_by(seed_rules, mail_class, "lost", postage="4.20", **flags)
    assert unproven.amount is None
    assert "proven" in str(unproven.why[-1])


def test_ordinary_mail_is_paid_on_intent_or_gross_negligence_only(seed_rules: Rules) -> None:
    assert (
        yuan(given_by(seed_rules, "ordinary_letter", "lost", loss="8", gross_negligence=True).amount)
        == "8.00"
    )
    assert given_by(seed_rules, "ordinary_letter", "lost", gross_negligence=True).amount is None
    assert (
        yuan(given_by(seed_rules, "ordinary_letter", "lost", loss="8", terms_not_displayed=True).amount)
        == "0.00"
    )


def test_an_insured_sum_of_an_uninsured_class_is_told_not_used(seed_rules: Rules) -> None:
    found = given_by(seed_rules, "parcel", "lost", postage="10", loss="80", insured="500")
    assert yuan(found.amount) == "30.00"
    assert any("insured sum is not used" in str(sentence) for sentence in found.why)


def test_the_reasons_show_the_arithmetic(seed_rules: Rules) -> None:
    found = given_by(seed_rules, "parcel", "lost", postage="10", loss="80")
    assert [str(sentence) for sentence in found.why] == [
        "Parcel, Lost: Postal Law, article 47, paragraph 1, item 2.",
        "3 × postage 10.00 yuan = 30.00 yuan.",
        "Loss 80.00 yuan, at most 30.00 yuan: 30.00 yuan.",
    ]


@given(mail_class=st.sampled_from(INSURED), insured=SUMS, value=SUMS, loss=SUMS)
def test_an_insured_share_is_never_more_than_insured_or_lost(
    seed_rules: Rules, mail_class: str, insured: Decimal, value: Decimal, loss: Decimal
) -> None:
    assume(value > 0)
    amount = given_by(
        seed_rules, mail_class, "partly_damaged", insured=str(insured), value=str(value), loss=str(loss)
    ).amount
    assert amount is not None
    assert amount <= min(insured, loss)
    assert amount.as_tuple().exponent == -2
    exact = loss * insured / value
    assert amount in (insured, loss) or abs(amount - exact) <= Decimal("0.005")


@given(mail_class=st.sampled_from(UNINSURED), event=st.sampled_from(LOSSES), postage=SUMS, loss=SUMS)
def test_an_uninsured_item_never_gets_more_than_three_times_its_postage(
    seed_rules: Rules, mail_class: str, event: str, postage: Decimal, loss: Decimal
) -> None:
    amount = given_by(seed_rules, mail_class, event, postage=str(postage), loss=str(loss)).amount
    assert amount is not None
    assert 0 <= amount <= 3 * postage


def test_shares_are_rounded_half_up_to_the_fen(seed_rules: Rules) -> None:
    sums = {"insured": "1.00", "value": "8.00", "loss": "0.12"}  # 0.015
    assert yuan(given_by(seed_rules, "insured_letter", "partly_damaged", **sums).amount) == "0.02"


@pytest.mark.parametrize(
    ("changes", "path", "reason"),
    [
        ({"postgae": "1"}, "postgae", "unknown field; the fields are class, event, postage"),
        ({"class": None}, "class", "is missing; use one of"),
        ({"class": "balloon"}, "class", "'balloon' is not one of"),
        ({"class": 7}, "class", "not one of"),
        ({"event": "eaten"}, "event", "not one of.*delayed"),
        ({"exemption": "sunday"}, "exemption", "not one of.*force_majeure"),
        ({"postage": "4,20"}, "postage", "no amount"),
        ({"postage": 4.2}, "postage", "no amount"),
        ({"postage": "4.205"}, "postage", "no amount"),
        ({"postage": "1e3"}, "postage", "no amount"),
        ({"postage": "NaN"}, "postage", "no amount"),
        ({"postage": "１２"}, "postage", "no amount"),
        ({"postage": "-4.20"}, "postage", "must not be negative"),
        ({"postage": None}, "postage", "is missing"),
        ({"loss": []}, "loss", "no amount"),
        ({"gross_negligence": "yes"}, "gross_negligence", "true or false is expected"),
        ({"terms_not_displayed": 1}, "terms_not_displayed", "true or false is expected"),
    ],
)
def test_a_wrong_field_is_refused_by_name(
    seed_rules: Rules, changes: dict[str, Any], path: str, reason: str
) -> None:
    claim = {"class": "registered_letter", "event": "lost", "postage": "4.20", **changes}
    with pytest.raises(FieldRefusal, match=reason) as refused:
        compensate(parse_claim(claim, seed_rules), seed_rules, ON)
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("mail_class", "event", "sums", "path"),
    [
        ("parcel", "lost", {"postage": "10"}, "loss"),
        ("parcel", "lost", {"loss": "10"}, "postage"),
        ("insured_parcel", "lost", {}, "insured"),
        ("insured_parcel", "partly_damaged", {"insured": "5", "loss": "5"}, "value"),
        ("insured_parcel", "partly_damaged", {"insured": "5", "loss": "5", "value": "0"}, "value"),
    ],
)
def test_a_sum_that_the_rule_needs_is_asked_for(
    seed_rules: Rules, mail_class: str, event: str, sums: dict[str, str], path: str
) -> None:
    with pytest.raises(FieldRefusal) as refused:
        given_by(seed_rules, mail_class, event, **sums)
    assert refused.value.path == path


def test_every_class_and_event_is_covered(seed_rules: Rules) -> None:
    sums = {"postage": "5", "insured": "5", "value": "5", "loss": "5"}
    for mail_class in seed_rules.codes["classes"]:
        for event in seed_rules.codes["events"]:
            assert given_by(seed_rules, mail_class, event, **sums).article.zh


def test_without_an_article_nothing_is_invented(seed_rules: Rules) -> None:
    claim = parse_claim({"class": "parcel", "event": "lost", "postage": "1", "loss": "1"}, seed_rules)
    with pytest.raises(Refusal, match="No compensation rule on file"):
        compensate(claim, replace(seed_rules, compensation=()), ON)
