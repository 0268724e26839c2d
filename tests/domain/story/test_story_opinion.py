"""What learnt words speak for, and how they and the cues agree on a code."""

from __future__ import annotations

import math

import pytest

from postal_desk.domain.story import Lexicon
from postal_desk.domain.story.evidence import Evidence
from postal_desk.domain.story.learnt import FIELDS, PARTS, UNTOLD, Learnt
from postal_desk.domain.story.opinion import (
    LEAST_LENGTH,
    NEVER,
    confidence,
    fellowship,
    length_of,
    likeliest,
    opinions,
    standing,
    telling_words,
    words_by_field,
    words_of,
)
from postal_desk.domain.story.reading import Found
from postal_desk.domain.story.view import View

LEARNT = Learnt(
    {"丢失": 4.0, "查询": 4.0},
    {"kind": {"complaint": -1.0, "inquiry": -1.0}},
    {"kind": {"丢失": (("complaint", 60.0),), "查询": (("complaint", -30.0), ("inquiry", 90.0))}},
    {"kind": {"start": -1.0, **dict.fromkeys(PARTS, 1.0)}},
    {"kind": {"03": {"complaint": 0.9}, "07": {"complaint": 0.2, "inquiry": 0.7}}},
)
#: What the words say of the category, which the kind is held against.
LOSS = {"category": {"03": 4.0, "07": -4.0}}


def likely(text: str, cues: dict[str, Evidence], decided: Found | None, words: set[str]) -> Found | None:
    odds = {**LOSS, "kind": opinions(words, "kind", LEARNT)}
    return likeliest(View(text), {"kind": words}, odds, "kind", cues, decided, LEARNT)


def test_words_are_runs_of_up_to_three_characters_and_pairs_of_latin_words() -> None:
    assert words_of("包裹丢了, my parcel") == {
        "包", "裹", "丢", "了", "包裹", "裹丢", "丢了", "包裹丢", "裹丢了", "my", "parcel", "my parcel",
    }  # fmt: skip


def test_an_english_word_is_the_same_whatever_its_ending() -> None:
    assert words_of("delivered parcels") == words_of("delivering parcel")
    assert "bed" in words_of("bed")


def test_words_of_the_opening_and_the_close_count_once_more() -> None:
    words = telling_words("来电" + "说" * 40 + "记录")
    assert {"来电", "^来电", "记录", "$记录"} <= words
    assert not {"$来电", "^记录"} & words


def test_only_the_channel_listens_to_how_the_story_opens_and_the_kind_to_the_customer() -> None:
    words = words_by_field("客服来电", "来电")
    assert "^客服" in words["channel"]
    assert "^客服" not in words["category"]
    assert "客服" not in words["kind"]


def test_code_that_goes_with_what_is_heard_of_its_fellow_fits_better() -> None:
    fits = fellowship("kind", LOSS, LEARNT)
    assert fits["complaint"] > fits["inquiry"]
    assert fellowship("kind", {"category": {}}, LEARNT) == {}


def test_short_text_weighs_as_a_longer_one() -> None:
    assert length_of({"丢失"}, {"丢失": 4.0}) == LEAST_LENGTH
    assert length_of({str(n) for n in range(400)}, {str(n): 2.0 for n in range(400)}) == 40.0


def test_opinion_adds_what_every_word_says() -> None:
    assert opinions({"丢失", "查询", "包裹"}, "kind", LEARNT) == {
        "complaint": pytest.approx(-1.0 + 30.0 / LEAST_LENGTH),
        "inquiry": pytest.approx(-1.0 + 90.0 / LEAST_LENGTH),
    }


def test_standing_names_the_lead_over_the_next_code() -> None:
    stand = dict(
        standing(
            {"complaint": 6.0, "inquiry": 2.0},
            {"complaint": 1.0, "inquiry": -2.0, UNTOLD: -3.0},
            "complaint",
            {"complaint": -0.1},
        )
    )
    assert stand.keys() == {"complaint", "inquiry"}
    assert stand["complaint"] == (1.5, 1.0, 1.0, 3.0, 1.0, 1.0, -3.0, -0.1)
    assert stand["inquiry"] == (0.5, -1.0, -2.0, -3.0, 1.0, 0.0, -3.0, math.log(NEVER))


def test_agreement_makes_surer_than_either_alone() -> None:
    text, cue = "包裹丢失", {"complaint": Evidence(4.0, (2, 4))}
    decided = Found("complaint", (2, 4), 0.9)
    both = likely(text, cue, decided, words_of(text))
    words_only = likely(text, {}, None, words_of(text))
    cue_only = likely(text, cue, decided, set())
    assert both is not None
    assert words_only is not None
    assert cue_only is not None
    assert both.value == "complaint"
    assert both.at == words_only.at == (2, 4)
    assert both.confidence > max(words_only.confidence, cue_only.confidence)


def test_code_that_proved_worse_needs_more() -> None:
    numbers = (1.0,) * len(PARTS)
    trust = LEARNT.trust["kind"] | {"complaint": -2.0}
    assert confidence(trust, "complaint", numbers) < confidence(trust, "inquiry", numbers)


def test_nothing_known_is_no_code() -> None:
    odds: dict[str, dict[str, float]] = {"kind": {}, "category": {}}
    assert likeliest(View("。"), {"kind": set()}, odds, "kind", {}, None, LEARNT) is None


def test_shipped_words_speak_for_codes_of_every_field(lexicon: Lexicon) -> None:
    for field in FIELDS:
        assert lexicon.learnt.start[field]
        assert lexicon.learnt.says[field].keys() <= lexicon.learnt.rarity.keys()
    odds = opinions(words_of("表扬投递员，感谢他冒雪送药"), "kind", lexicon.learnt)
    assert max(odds, key=odds.__getitem__) == "praise"
