"""The text rule."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.sentences import FieldRefusal
from postal_desk.domain.text_rule import clean, excerpt

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=50)


@pytest.mark.parametrize(
    "text", ["𬱖䶮𠮷", "买买提·艾合买提", "葛\U000e0100城", "a\tb\nc", "①㎡ｶﾞ", "", "刘先生 "]
)
def test_what_people_write_is_kept(text: str) -> None:
    assert clean(text, 100, "subject").text == text


@pytest.mark.parametrize(
    ("text", "stored"), [("a\r\nb\rc", "a\nb\nc"), ("a\u2028b", "a\nb"), ("e\u0301", "é"), ("が", "が")]
)
def test_line_ends_and_composition_have_one_form(text: str, stored: str) -> None:
    cleaned = clean(text, 100, "narrative")
    assert cleaned.text == stored
    assert cleaned.said is None


def test_invisible_characters_are_taken_out_and_said() -> None:
    cleaned = clean("\ufeff挂号\u200b信\u200b\u202e", 100, "narrative")
    assert cleaned.text == "挂号信"
    assert cleaned.stripped == (("U+200B", 2), ("U+202E", 1), ("U+FEFF", 1))
    assert str(cleaned.said) == "4 invisible characters were taken out (U+200B, U+202E, U+FEFF)"


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x0b", "\ufffe", "\ufdd0", "\U0010ffff"]
)
def test_what_no_document_holds_is_refused_with_its_place(character: str) -> None:
    with pytest.raises(FieldRefusal, match=f"U\\+{ord(character):04X}.*at place 3") as refused:
        clean(f"挂号{character}信", 100, "customer.name")
    assert refused.value.path == "customer.name"


def test_half_a_character_is_refused() -> None:
    with pytest.raises(FieldRefusal, match="half a character"):
        clean("\ud83d", 100, "subject")


def test_nothing_is_cut() -> None:
    assert clean("𬱖" * 100, 100, "subject").text == "𬱖" * 100
    with pytest.raises(FieldRefusal, match="101 characters are too long, at most 100"):
        clean("字" * 101, 100, "subject")


def test_length_is_that_of_what_is_stored() -> None:
    assert clean("\u200b" * 50 + "e\u0301" * 100, 100, "subject").text == "é" * 100


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean(text, 100, "subject").text
    except FieldRefusal:
        return
    again = clean(once, 100, "subject")
    assert (again.text, again.stripped) == (once, ())
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


@given(ANY_TEXT, st.integers(1, 20))
def test_an_excerpt_can_always_be_shown(text: str, limit: int) -> None:
    shown = excerpt(text, limit)
    assert shown.replace("…", "").isprintable()
    assert len(shown) <= limit + 1


def test_a_story_of_a_million_characters_is_judged_at_once() -> None:
    story = "寄出两封挂号信，半个多月没有回音。" * 60_000
    started = time.process_time()
    with pytest.raises(FieldRefusal, match="1020000 characters"):
        clean(story, 20_000, "narrative")
    assert time.process_time() - started < 2
