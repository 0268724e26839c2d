"""Rules as rows of a desk: there and back without loss, strict about what comes back."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.store.rule_checks import check_rules
from postal_desk.store.rule_records import (
    SHAPES,
    RuleFault,
    RuleRecord,
    build_rules,
    iter_rule_records,
)
from postal_desk.store.rule_values import READERS
from postal_desk.store.seeding import load_rules


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(paths.data_root() / "seeds")


def test_records_build_the_rules_they_came_from(rules: Rules) -> None:
    rows = [(r.kind, r.key, json.dumps(r.payload)) for r in iter_rule_records(rules)]
    rebuilt = build_rules((RuleRecord(k, key, json.loads(text)) for k, key, text in rows), rules.reader)
    assert rebuilt == rules
    check_rules(rebuilt)


def test_rules_give_the_records_they_were_built_from(rules: Rules) -> None:
    records = list(iter_rule_records(rules))
    assert list(iter_rule_records(build_rules(records))) == records


def test_kind_and_key_name_one_record(rules: Rules) -> None:
    names = [(record.kind, record.key) for record in iter_rule_records(rules)]
    assert len(set(names)) == len(names)


def test_order_of_rules_is_kept(rules: Rules) -> None:
    rebuilt = build_rules(iter_rule_records(rules))
    assert list(rebuilt.codes["statuses"]) == list(rules.codes["statuses"])
    assert [rule.key for rule in rebuilt.clocks] == [rule.key for rule in rules.clocks]


def test_fingerprint_changes_with_the_payload_only(rules: Rules) -> None:
    record = next(r for r in iter_rule_records(rules) if (r.kind, r.key) == ("clock", "inquiry_reply"))
    reordered = replace(record, payload=dict(reversed(record.payload.items())))
    edited = replace(record, payload={**record.payload, "limit": 31})
    assert reordered.fingerprint() == record.fingerprint() != edited.fingerprint()


def test_every_declared_field_has_a_reader() -> None:
    declared = {str(field.type) for shape, _ in SHAPES.values() for field in fields(shape)}
    assert declared <= set(READERS)


@pytest.mark.parametrize(
    ("kind", "key", "payload", "path"),
    [
        ("tariff", "x", {}, "x"),
        ("code", "inquiry", {"name": {"zh": "查询", "en": "Inquiry"}}, "inquiry"),
        ("code", "kinds.x", {"name": {"zh": "某", "en": "X"}, "colour": 1}, "kinds.x.colour"),
        ("calendar", "next", {}, "next"),
        ("calendar", "2030", {"holidays": {"2030-02-31": {"zh": "春", "en": "S"}}}, "2030.holidays"),
        ("division", "220204", {"periods": []}, "220204.periods"),
        ("division", "220204", {"periods": [{}]}, "220204.name"),
        ("indicator", "x", {"code": "", "name": {"zh": "某", "en": "X"}}, "x.code"),
        ("surnames", "triple", {"names": []}, "triple"),
    ],
)
def test_a_record_that_is_no_rule_is_refused(
    kind: str, key: str, payload: dict[str, object], path: str
) -> None:
    with pytest.raises(RuleFault) as caught:
        build_rules([RuleRecord(kind, key, payload)])
    assert (caught.value.kind, caught.value.key, caught.value.path) == (kind, key, path)


def test_a_record_given_twice_is_refused(rules: Rules) -> None:
    record = next(iter_rule_records(rules))
    with pytest.raises(RuleFault, match="twice"):
        build_rules([record, record])


def test_an_edit_that_points_nowhere_is_refused(rules: Rules) -> None:
    without = (r for r in iter_rule_records(rules) if (r.kind, r.key) != ("division", "220200"))
    with pytest.raises(RuleFault, match="220202"):
        check_rules(build_rules(without))
