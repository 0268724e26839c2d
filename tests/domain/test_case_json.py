"""A case as JSON: what comes in is checked to the last key, what goes out can come in again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from postal_desk import paths
from postal_desk.domain.case_json import apply_changes, case_to_json, parse_case, parse_changes, parse_step
from postal_desk.domain.cases import Case, Customer
from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS, field
from postal_desk.domain.rules import CODE_LISTS, Rules
from postal_desk.domain.sentences import FieldRefusal, Sentence
from postal_desk.store.seeding import load_rules

PLAIN = {
    "kind": "inquiry",
    "category": "07.domestic",
    "channel": "counter",
    "opened_on": "2019-07-02",
    "subject": "挂号信未收到",
}
NOW = datetime(2019, 7, 3, 9, 5)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(paths.seeds())


def case(rules: Rules, **values: Any) -> Case:
    return parse_case({**PLAIN, **values}, rules)


def refused(rules: Rules, **values: Any) -> str:
    with pytest.raises(FieldRefusal) as caught:
        case(rules, **values)
    return caught.value.path


def test_the_required_fields_are_enough(rules: Rules) -> None:
    assert case(rules) == Case("inquiry", "07.domestic", "counter", date(2019, 7, 2), "挂号信未收到")


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("value", [None, ""])
def test_each_required_field_is_missed_by_name(rules: Rules, name: str, value: object) -> None:
    assert refused(rules, **{name: value}) == name


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"colour": "red"}, "colour"),
        ({"number": "220204-2019-07-0001"}, "number"),
        ({"status": "closed"}, "status"),
        ({"kind": "Inquiry"}, "kind"),
        ({"kind": 3}, "kind"),
        ({"category": "7"}, "category"),
        ({"category": ["07"]}, "category"),
        ({"opened_on": "2019-7-2"}, "opened_on"),
        ({"opened_on": "2019-02-29"}, "opened_on"),
        ({"opened_on": "0019-07-02"}, "opened_on"),
        ({"opened_on": 20190702}, "opened_on"),
        ({"subject": "一\n二"}, "subject"),
        ({"subject": "字" * 201}, "subject"),
        ({"subject": "a\x00b"}, "subject"),
        ({"subject": "\ud800"}, "subject"),
        ({"narrative": 5}, "narrative"),
        ({"narrative": "信" * 100_001}, "narrative"),
        ({"fraud": "yes"}, "fraud"),
        ({"fraud": 1}, "fraud"),
        ({"fraud": ""}, "fraud"),
        ({"customer": []}, "customer"),
        ({"customer": {"tel": "1"}}, "customer.tel"),
        ({"customer": {"age_band": "old"}}, "customer.age_band"),
        ({"customer": {"vulnerable": "elderly"}}, "customer.vulnerable"),
        ({"customer": {"vulnerable": ["elderly", "poor"]}}, "customer.vulnerable[2]"),
        ({"items": {}}, "items"),
        ({"items": [{}]}, "items[1]"),
        ({"items": [{"number": "RR473124829GB"}, "x"]}, "items[2]"),
        ({"items": [{"class": "letter"}]}, "items[1].class"),
        ({"items": [{"postage": 4.2}]}, "items[1].postage"),
        ({"items": [{"postage": "4.205"}]}, "items[1].postage"),
        ({"items": [{"postage": "-1"}]}, "items[1].postage"),
        ({"items": [{"number": "1"}] * 1001}, "items"),
        ({"steps": [{"text": "x"}]}, "steps[1].at"),
        ({"steps": [{"at": "2019-07-03"}]}, "steps[1]"),
        ({"steps": [{"at": "2019-07-03T24:00", "text": "x"}]}, "steps[1].at"),
        ({"steps": [{"at": "2019-07-03 09:00", "text": "x"}]}, "steps[1].at"),
        ({"steps": [{"at": "2019-07-03", "text": "x", "result": "ok"}]}, "steps[1].result"),
        ({"dispositions": [{"amount": "1.00"}]}, "dispositions[1].kind"),
        ({"opinion_attempts": [{"on": "yesterday"}]}, "opinion_attempts[1].on"),
        ({"related": [{"number": "220204-2019-07-0001"}]}, "related[1].kind"),
        ({"closed_on": "2019-07-01"}, "closed_on"),
        ({"answered_on": "2019-07-01"}, "answered_on"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_place(rules: Rules, values: dict[str, Any], path: str) -> None:
    assert refused(rules, **values) == path


def test_the_record_of_a_file_stands_before_the_place(rules: Rules) -> None:
    with pytest.raises(FieldRefusal) as caught:
        parse_case({**PLAIN, "customer": {"tel": "1"}}, rules, "[3]")
    assert caught.value.path == "[3].customer.tel"


@pytest.mark.parametrize("data", [[], "x", None, 5])
def test_a_case_is_an_object(rules: Rules, data: Any) -> None:
    with pytest.raises(FieldRefusal, match="JSON object"):
        parse_case(data, rules)


def test_texts_follow_the_text_rule_and_say_so(rules: Rules) -> None:
    notes: list[Sentence] = []
    read = parse_case({**PLAIN, "subject": " 挂号\u200b信 ", "narrative": "一\r\n二"}, rules, notes=notes)
    assert (read.subject, read.narrative) == ("挂号信", "一\n二")
    assert [note.params["field"] for note in notes] == ["subject"]


def test_item_numbers_are_normalised(rules: Rules) -> None:
    assert case(rules, items=[{"number": "ＲＲ 473124829 gb"}]).items[0].number == "RR473124829GB"


def test_money_keeps_two_digits(rules: Rules) -> None:
    item = case(rules, items=[{"number": "1", "postage": "4.2", "value": "100"}]).items[0]
    assert (str(item.postage), str(item.value)) == ("4.20", "100.00")


def test_null_is_an_empty_field(rules: Rules) -> None:
    assert case(rules, business=None, customer=None, items=None, closed_on=None, fraud=None) == case(rules)


def test_what_goes_out_comes_in_again(rules: Rules) -> None:
    read = case(
        rules,
        customer={"name": "刘德", "phone": "13812345678", "vulnerable": ["elderly"]},
        items=[{"number": "RR473124829GB", "class": "registered_letter", "postage": "4.20"}],
        steps=[{"at": "2019-07-03T09:05", "text": "打电话", "follow_up_on": "2019-07-05"}],
        dispositions=[{"kind": "compensated", "amount": "12.60", "on": "2019-07-09"}],
        opinion_attempts=[{"on": "2019-07-09"}],
        related=[{"number": "220204-2019-07-0001", "kind": "duplicate"}],
    )
    document = case_to_json(read)
    given = ("number", "status", "measures", "revision", "created_at", "changed_at")
    assert parse_case({key: value for key, value in document.items() if key not in given}, rules) == read


def test_every_declared_field_goes_out() -> None:
    document = case_to_json(Case("inquiry", "07", "counter", date(2019, 7, 2), "x"))
    for declared in CASE_FIELDS:
        part = document
        for key in declared.name.split("."):
            assert key in part
            part = part[key]


def test_every_code_field_names_a_list() -> None:
    declared = [*CASE_FIELDS, *(f for fields in PART_FIELDS.values() for f in fields)]
    assert {f.codes for f in declared if f.kind in ("code", "codes")} <= set(CODE_LISTS)
    assert all(f.max_length for f in declared if f.kind in ("text", "lines", "outlet", "staff", "number"))


def test_personal_data_is_declared_with_its_mask() -> None:
    assert field("customer.phone").mask == "phone"
    assert field("items.number").mask == "item"


def test_changes_hold_only_what_is_named(rules: Rules) -> None:
    changes = parse_changes({"subject": "新", "outlet": None, "customer": {"phone": "114"}}, rules)
    assert changes == {"subject": "新", "outlet": None, "customer": {"phone": "114"}}


@pytest.mark.parametrize("name", PLAIN)
def test_a_required_field_cannot_be_cleared(rules: Rules, name: str) -> None:
    with pytest.raises(FieldRefusal, match="can't be cleared"):
        parse_changes({name: None}, rules)


def test_applying_changes_clears_merges_and_replaces(rules: Rules) -> None:
    old = case(
        rules,
        outlet="船营投递部",
        fraud=True,
        closed_on=None,
        customer={"name": "刘德", "phone": "13812345678"},
        items=[{"number": "1"}, {"number": "2"}],
    )
    new = apply_changes(
        old,
        parse_changes(
            {
                "outlet": None,
                "fraud": None,
                "customer": {"phone": None, "age_band": "80_plus"},
                "items": [{"number": "3"}],
            },
            rules,
        ),
        rules,
    )
    assert (new.outlet, new.fraud, [i.number for i in new.items]) == ("", False, ["3"])
    assert new.customer == Customer("刘德", age_band="80_plus")


def test_clearing_the_customer_clears_all_of_it(rules: Rules) -> None:
    old = case(rules, customer={"name": "刘德", "anonymous": True})
    assert apply_changes(old, parse_changes({"customer": None}, rules), rules).customer == Customer()


def test_a_step_without_a_moment_is_of_now(rules: Rules) -> None:
    assert parse_step({"text": "打电话"}, rules, NOW).at == "2019-07-03T09:05"
    assert parse_step({"text": "打电话", "at": "2019-07-02"}, rules, NOW).at == "2019-07-02"


def test_amounts_are_exact(rules: Rules) -> None:
    paid = case(rules, dispositions=[{"kind": "compensated", "amount": "0.10"}]).dispositions[0].amount
    assert paid == Decimal("0.10")


def test_a_category_must_have_been_in_use(rules: Rules) -> None:
    from dataclasses import replace

    old = replace(rules.categories["07"], valid_to=date(2018, 12, 31), successor="08")
    changed = replace(rules, categories={**rules.categories, "07": old})
    with pytest.raises(FieldRefusal, match="08"):
        parse_case({**PLAIN, "category": "07"}, changed)
