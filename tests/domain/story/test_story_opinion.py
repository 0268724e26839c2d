"""What learnt words speak for, and how they and the cues agree on a code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from postal_desk.domain.story import Lexicon
from postal_desk.domain.story.evidence import Evidence
from postal_desk.domain.story.learnt import FIELDS, PARTS, Learnt
from postal_desk.domain.story.opinion import (
    LEAST_LENGTH,
    confidence,
    length_of,
    likeliest,
    opinions,
    standing,
    words_of,
)
from postal_desk.domain.story.reading import Found
from postal_desk.domain.story.view import View

LEARNT = Learnt(
    {"丢失": 4.0, "查询": 4.0},
    {"kind": {"complaint": -1.0, "inquiry": -1.0}},
    {"kind": {"丢失": (("complaint", 60.0),), "查询": (("complaint", -30.0), ("inquiry", 90.0))}},
    {"kind": {"start": -1.0, **dict.fromkeys(PARTS, 1.0)}},
)


def test_words_are_runs_of_up_to_three_characters_and_pairs_of_latin_words() -> None:
    assert words_of("包裹丢了, my parcel") == {
        "包", "裹", "丢", "了", "包裹", "裹丢", "丢了", "包裹丢", "裹丢了", "my", "parcel", "my parcel",
    }  # fmt: skip


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
        standing({"complaint": 6.0, "inquiry": 2.0}, {"complaint": 1.0, "inquiry": -2.0}, "complaint")
    )
    assert stand["complaint"] == (1.5, 1.0, 1.0, 3.0, 1.0, 1.0)
    assert stand["inquiry"] == (0.5, -1.0, -2.0, -3.0, 1.0, 0.0)


def test_agreement_makes_surer_than_either_alone() -> None:
    view, cue = View("包裹丢失"), {"complaint": Evidence(4.0, (2, 4))}
    decided = Found("complaint", (2, 4), 0.9)
    both = likeliest(view, words_of(view.folded), "kind", cue, decided, LEARNT)
    words_only = likeliest(view, words_of(view.folded), "kind", {}, None, LEARNT)
    cue_only = likeliest(view, set(), "kind", cue, decided, LEARNT)
    assert both is not None
    assert words_only is not None
    assert cue_only is not None
    assert both.value == "complaint"
    assert both.at == words_only.at == (2, 4)
    assert both.confidence > max(words_only.confidence, cue_only.confidence)


def test_code_that_proved_worse_needs_more() -> None:
    numbers = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    trust = LEARNT.trust["kind"] | {"complaint": -2.0}
    assert confidence(trust, "complaint", numbers) < confidence(trust, "inquiry", numbers)


def test_nothing_known_is_no_code() -> None:
    empty = replace(LEARNT, start={"kind": {}})
    assert likeliest(View("。"), set(), "kind", {}, None, empty) is None


def test_shipped_words_speak_for_codes_of_every_field(lexicon: Lexicon) -> None:
    for field in FIELDS:
        assert lexicon.learnt.start[field]
        assert lexicon.learnt.says[field].keys() <= lexicon.learnt.rarity.keys()
    odds = opinions(words_of("表扬投递员，感谢他冒雪送药"), "kind", lexicon.learnt)
    assert max(odds, key=odds.__getitem__) == "praise"
