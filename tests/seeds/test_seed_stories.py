"""The sample stories keep the rules that every record keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from postal_desk import paths
from postal_desk.domain.case_json import check_case, parse_case
from postal_desk.domain.deadlines import clocks_for_case
from postal_desk.domain.item_numbers import check
from postal_desk.domain.rules import Rules
from postal_desk.domain.states import missing_for_closing
from postal_desk.store.seeding import load_rules, load_story

SEEDS = paths.data_root() / "seeds"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(SEEDS)


def story(name: str) -> Any:
    return load_story(SEEDS, name)


def test_registered_letter_case_speaks_in_codes(rules: Rules) -> None:
    case = story("registered_letter")["case"]
    for list_name, values in {
        "kinds": [case["kind"]],
        "business": [case["business"]],
        "channels": [case["channel"], *(step["channel"] for step in case["steps"])],
        "step_results": [step["result"] for step in case["steps"]],
        "statuses": [step["status"] for step in case["steps"] if "status" in step],
        "dispositions": [disposition["kind"] for disposition in case["dispositions"]],
        "responsibility": [case["responsibility"]],
        "opinions": [case["opinion"]],
        "attempt_results": [attempt["result"] for attempt in case["opinion_attempts"]],
        "severities": [case["severity"]],
        "age_bands": [case["customer"]["age_band"]],
        "vulnerabilities": case["customer"]["vulnerable"],
        "classes": [item["class"] for item in case["items"]],
    }.items():
        assert set(values) <= set(rules.codes[list_name]), list_name
    assert case["category"] in rules.categories


def test_registered_letter_case_can_be_taken_in_and_closed(rules: Rules) -> None:
    case = parse_case(story("registered_letter")["case"], rules)
    check_case(case, rules)
    assert missing_for_closing(case) == ()
    states = {d.clock: (d.due, d.state) for d in clocks_for_case(case, rules, date(2019, 8, 31), "220204")}
    assert states["inquiry_reply"] == (date(2019, 8, 16), "met")


def test_registered_letter_case_has_the_shape_of_the_report() -> None:
    case = story("registered_letter")["case"]
    assert [step["result"] for step in case["steps"]] == [
        "other", "promised", "other", "risk_notice_given", "wrong_party", "number_does_not_exist", "not_registered",
        "no_such_organisation", "returned", "delivered", "other",
    ]  # fmt: skip
    assert len(case["items"]) == 2
    assert {d["kind"] for d in case["dispositions"]} == {"returned_to_sender", "fraud_prevented"}
    assert (date.fromisoformat(case["closed_on"]) - date.fromisoformat(case["opened_on"])).days == 19
    assert case["fraud"] is True
    assert case["praise"]


def test_registered_letter_case_is_in_order_of_time() -> None:
    case = story("registered_letter")["case"]
    moments = [step["at"] for step in case["steps"]]
    assert moments == sorted(moments)
    assert moments[-1][:10] <= case["closed_on"]


def test_item_numbers_have_right_check_digits_and_stand_in_the_story() -> None:
    told = story("registered_letter")
    for item in told["case"]["items"]:
        found = check(item["number"])
        assert (found.form, found.check) == ("domestic", "ok")
        assert item["number"] in told["story"]


def test_narrative_is_a_story_and_says_what_is_invented() -> None:
    narrative = story("registered_letter")["case"]["narrative"]
    assert 200 <= len(narrative) <= 500
    assert narrative == narrative.strip()
    assert "虚构" in narrative


def test_ten_measures_are_complete(rules: Rules) -> None:
    measures = story("ten_measures")["measures"]
    assert len(measures) == 10
    for measure in measures:
        assert set(measure) - {"effect", "finished_on"} == {
            "title", "problem", "kind", "owner_unit", "owner", "co_owners", "baseline", "target", "unit", "due", "term",
            "progress", "evidence", "rechecks", "cases", "category", "outlets", "clause", "status",
        }  # fmt: skip
        assert set(measure["problem"]) == {"text", "source", "area", "cause", "found_on"}
        assert set(measure["due"]) in ({"on"}, {"event"}, {"at_once"})
        assert measure["kind"] in rules.codes["measure_kinds"]
        assert measure["status"] in rules.codes["measure_statuses"]
        assert measure["problem"]["source"] in rules.codes["problem_sources"]
        assert measure["problem"]["area"] in rules.codes["problem_areas"]
        assert measure["category"] == "" or measure["category"] in rules.categories


def test_quantities_of_the_report_are_kept() -> None:
    measures = story("ten_measures")["measures"]
    assert [(m["baseline"], m["target"]) for m in measures if m["target"]] == [
        ("0", "60"),
        ("0", "3"),
        ("3", "1.5"),
    ]
    assert [m["problem"]["area"] for m in measures].count("customer_service") == 2


def test_sample_outlets_and_staff_fit_together(rules: Rules) -> None:
    sample = story("chuanying")
    outlets = [outlet["name"] for outlet in sample["outlets"]]
    names = [person["name"] for person in sample["staff"]]
    assert len(set(outlets)) == len(outlets)
    assert len(set(names)) == len(names)
    assert {outlet["kind"] for outlet in sample["outlets"]} <= set(rules.codes["outlet_kinds"])
    assert {person["position"] for person in sample["staff"]} <= set(rules.codes["positions"])
    assert {person["outlet"] for person in sample["staff"]} == set(outlets)
    assert sample["about"]["branch"] in rules.divisions


def test_handler_of_the_case_works_at_its_outlet() -> None:
    case = story("registered_letter")["case"]
    carrier = next(person for person in story("chuanying")["staff"] if person["name"] == case["handler"])
    assert carrier["outlet"] == case["outlet"]
    assert carrier["joined_on"] < case["opened_on"]


def test_volumes_of_the_outlets_make_the_whole() -> None:
    assert sum(round(float(outlet["volume"]) * 100) for outlet in story("chuanying")["outlets"]) == 100


def test_customers_never_carry_the_name_of_the_staff() -> None:
    customer = story("registered_letter")["case"]["customer"]["name"]
    assert customer not in [person["name"] for person in story("chuanying")["staff"]]
