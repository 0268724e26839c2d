"""The word lists of seeds/reader, and what is said about a mistake in them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from postal_desk.domain.rules import Rules
from postal_desk.domain.story import Lexicon, LexiconFault
from postal_desk.domain.story.patterns import Cue


@pytest.fixture(scope="module")
def tables(seed_rules: Rules) -> dict[str, Any]:
    return {name: seed_rules.reader[name] for name in seed_rules.reader}


def fault(tables: dict[str, Any], rules: Rules) -> LexiconFault:
    with pytest.raises(LexiconFault) as caught:
        Lexicon.from_seeds(tables, rules)
    return caught.value


def test_every_shipped_pattern_compiles(lexicon: Lexicon) -> None:
    cues = [cue for table in lexicon.cues.values() for own in table.codes.values() for cue in own]
    assert len(cues) > 1000
    for cue in cues:
        assert cue.plain or cue.pattern.pattern
    for file, lists in lexicon.lists.items():
        for name, words in lists.items():
            assert file == "classes" or not words or lexicon.pattern(file, name)


def test_no_pattern_matches_nothing(lexicon: Lexicon) -> None:
    def empty(cue: Cue) -> bool:
        return not cue.plain and cue.pattern.fullmatch("") is not None

    assert not [
        cue.source
        for table in lexicon.cues.values()
        for own in table.codes.values()
        for cue in own
        if empty(cue)
    ]


def test_missing_file_is_named(tables: dict[str, Any], seed_rules: Rules) -> None:
    assert (
        fault({name: table for name, table in tables.items() if name != "phones"}, seed_rules).file
        == "phones"
    )


def test_missing_list_is_named(tables: dict[str, Any], seed_rules: Rules) -> None:
    broken = deepcopy(tables)
    del broken["phones"]["labels"]
    found = fault(broken, seed_rules)
    assert (found.file, found.key) == ("phones", "labels")


def test_broken_pattern_is_named(tables: dict[str, Any], seed_rules: Rules) -> None:
    broken = deepcopy(tables)
    broken["kind"]["praise"]["strong"] = ["感谢", "表扬(信"]
    found = fault(broken, seed_rules)
    assert (found.file, found.key) == ("kind", "praise.strong[1]")
    assert "表扬(信" in str(found)


def test_unknown_code_is_named(tables: dict[str, Any], seed_rules: Rules) -> None:
    broken = deepcopy(tables)
    broken["category"]["77"] = {"strong": ["丢失"]}
    assert fault(broken, seed_rules).key == "77"


def test_unknown_group_is_named(tables: dict[str, Any], seed_rules: Rules) -> None:
    broken = deepcopy(tables)
    broken["business"]["letter"]["sure"] = ["信"]
    assert fault(broken, seed_rules).key == "letter.sure"


def test_threshold_must_be_a_number(tables: dict[str, Any], seed_rules: Rules) -> None:
    broken = deepcopy(tables)
    broken["thresholds"]["score"]["kind"] = "much"
    found = fault(broken, seed_rules)
    assert (found.file, found.key) == ("thresholds", "score.kind")


def test_words_may_be_one_text(tables: dict[str, Any], seed_rules: Rules) -> None:
    changed = deepcopy(tables)
    changed["phones"]["labels"] = "电话、手机\ntel"
    assert Lexicon.from_seeds(changed, seed_rules).words("phones", "labels") == ("电话", "手机", "tel")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda learnt: learnt.pop("trust"), "trust"),
        (lambda learnt: learnt["trust"]["kind"].pop("lead"), "trust.kind.lead"),
        (lambda learnt: learnt.pop("together"), "together"),
        (lambda learnt: learnt["together"]["kind"].update({"98": {}}), "together.kind.98"),
        (
            lambda learnt: learnt["together"]["kind"]["07"].update({"inquiry": "often"}),
            "together.kind.07.inquiry",
        ),
        (lambda learnt: learnt["kind"].update({"gossip": {"start": 0}}), "kind.gossip"),
        (lambda learnt: learnt["kind"]["praise"].pop("start"), "kind.praise.start"),
        (lambda learnt: learnt["kind"]["praise"].update({"much": "谢"}), "kind.praise.much"),
        (lambda learnt: learnt["rarity"].update({"1.0": 5}), "rarity.1.0"),
    ],
)
def test_mistake_in_the_learnt_words_is_named(
    tables: dict[str, Any], seed_rules: Rules, change: Callable[[dict[str, Any]], object], key: str
) -> None:
    broken = {**tables, "learnt": deepcopy(tables["learnt"])}
    change(broken["learnt"])
    found = fault(broken, seed_rules)
    assert (found.file, found.key) == ("learnt", key)
