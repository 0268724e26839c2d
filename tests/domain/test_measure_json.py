"""A measure comes in as the contract writes it, and goes out the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from postal_desk import paths
from postal_desk.domain.measure_json import (
    apply_measure_changes,
    measure_to_json,
    parse_measure,
    parse_measure_changes,
    parse_progress,
    parse_recheck,
)
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import FieldRefusal
from postal_desk.store.seeding import load_rules, load_story

PLAIN: dict[str, Any] = {"title": "压缩周例会", "kind": "improvement", "problem": {"text": "会议多"}}


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(paths.seeds())


def test_the_ten_measures_come_back_as_they_went_in(rules: Rules) -> None:
    content: Any = load_story(paths.seeds(), "ten_measures")["measures"]
    assert len(content) == 10
    for given in content:
        out = measure_to_json(parse_measure(given, rules))
        for key, value in given.items():
            if key in ("problem", "progress", "rechecks"):
                continue
            assert out[key] == (value or None if key == "category" else value), key
        assert given["problem"].items() <= out["problem"].items()
        for name in ("progress", "rechecks"):
            for part, whole in zip(given[name], out[name], strict=True):
                assert part.items() <= whole.items()


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"colour": "red"}, "colour"),
        ({"title": ""}, "title"),
        ({"problem": {"text": ""}}, "problem.text"),
        ({"problem": {"text": "会议多", "by": "x"}}, "problem.by"),
        ({"problem": {"text": "会议多", "source": "rumour"}}, "problem.source"),
        ({"problem": {"text": "会议多", "area": "sales"}}, "problem.area"),
        ({"kind": "quick"}, "kind"),
        ({"status": "done"}, "status"),
        ({"category": "77"}, "category"),
        ({"due": {}}, "due"),
        ({"due": {"on": "2019-11-10", "at_once": True}}, "due"),
        ({"due": {"on": "2019-11-31"}}, "due.on"),
        ({"progress": [{"on": "2019-10-28"}]}, r"progress\[1\]"),
        ({"progress": [{"value": "1"}]}, r"progress\[1\].on"),
        ({"rechecks": [{"due": "2020-01-28", "done_on": "2020-01-28"}]}, r"rechecks\[1\]"),
        ({"evidence": ["照片", ""]}, r"evidence\[2\]"),
        ({"evidence": "照片"}, "evidence"),
        ({"target": 1.5}, "target"),
        ({"number": "220204-M-2019-0001"}, "number"),
        ({"finished_on": "2019-11-30"}, "finished_on"),
    ],
)
def test_faults_are_named_by_their_place(rules: Rules, values: dict[str, Any], place: str) -> None:
    with pytest.raises(FieldRefusal, match=rf"^\[2\]\.{place}: "):
        parse_measure({**PLAIN, **values}, rules, "[2]")


def test_null_clears_and_lists_are_replaced(rules: Rules) -> None:
    measure = parse_measure({**PLAIN, "owner": "赵敏", "due": {"at_once": True}, "evidence": ["纪要"]}, rules)
    changes = parse_measure_changes({"owner": None, "due": None, "evidence": ["照片"]}, rules)
    changed = apply_measure_changes(measure, changes)
    assert (changed.owner, changed.due, changed.evidence) == ("", None, ("照片",))


def test_what_a_measure_needs_cannot_be_cleared(rules: Rules) -> None:
    with pytest.raises(FieldRefusal, match="problem"):
        parse_measure_changes({"problem": None}, rules)


def test_progress_and_rechecks_are_of_today_unless_they_say(rules: Rules) -> None:
    today = date(2020, 1, 28)
    assert parse_progress({"value": "1.5"}, rules, today).on == today
    assert parse_recheck({"result": "没有反弹"}, rules, today) == (None, today, "没有反弹")
    with pytest.raises(FieldRefusal, match="result"):
        parse_recheck({"due": "2020-01-28"}, rules, today)
