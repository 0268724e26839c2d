"""The whole reader: the registered-letter story, positions, bounds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postal_desk.domain.story import READ_AT_MOST, Lexicon, Reading, read_story, reading_to_json

Read = Callable[..., Reading]

STORY = (
    "周先生80多岁，7月2日从船营投递部寄出两封挂号信 XA22010000322、XA22010001722 到北京某刊社，半个多月没有回音。"
    "打刊社电话，对方先答应尽快回复，随后聊起家庭和身体。客户电话 138 0432 1176，请苏阳帮忙查。"
)


@pytest.fixture(scope="module")
def registered_letters(read: Read) -> Reading:
    return read(STORY, "2019-07-17", ["船营投递部"], ["苏阳"])


def test_registered_letter_story(registered_letters: Reading) -> None:
    document = reading_to_json(registered_letters)
    fields = document["fields"]
    assert isinstance(fields, dict)
    assert {name: found["value"] for name, found in fields.items()} == {
        "kind": "inquiry",
        "category": "07",
        "business": "letter",
        "channel": "carrier",
        "subject": "挂号信半个多月没有回音",
        "outlet": "船营投递部",
        "handler": "苏阳",
        "customer.name": "周先生",
        "customer.phone": "13804321176",
        "customer.age_band": "80_plus",
        "customer.vulnerable": ["elderly"],
        "items.posted_on": "2019-07-02",
        "remedy": "请苏阳帮忙查",
        "fraud": True,
    }
    assert document["items"] == [
        {"number": "XA22010000322", "at": [26, 39], "check": "ok"},
        {"number": "XA22010001722", "at": [40, 53], "check": "ok"},
    ]
    assert document["phones"] == [{"number": "13804321176", "whose": "customer", "at": [101, 114]}]
    assert document["dates"] == [{"date": "2019-07-02", "text": "7月2日", "at": [8, 12]}]
    assert (document["amounts"], document["steps"]) == ([], [])


def test_positions_point_at_the_words(registered_letters: Reading) -> None:
    text, fields = registered_letters.text, registered_letters.fields
    shown = {
        name: text[slice(*fields[name].at)]
        for name in ("customer.name", "handler", "outlet", "customer.phone")
    }
    assert shown == {
        "customer.name": "周先生",
        "handler": "苏阳",
        "outlet": "船营投递部",
        "customer.phone": "138 0432 1176",
    }
    assert all(0.0 <= found.confidence <= 1.0 for found in fields.values())


def test_positions_count_rare_characters_once(read: Read) -> None:
    reading = read("𬱖先生𠮷女士来电，电话13804321176")
    start, end = reading.phones[0].at
    assert reading.text[start:end] == "13804321176"


def test_letters_that_grow_in_lower_case_keep_positions(read: Read) -> None:
    reading = read("İİİ 电话13804321176")
    assert reading.text[slice(*reading.phones[0].at)] == "13804321176"


def test_json_holds_what_the_contract_names(registered_letters: Reading) -> None:
    document = reading_to_json(registered_letters)
    assert list(document) == ["text", "fields", "items", "phones", "dates", "amounts", "steps"]
    assert document["text"] == STORY


def test_a_million_characters_are_kept_and_the_first_are_read(read: Read) -> None:
    text = STORY * (1_000_000 // len(STORY) + 1)
    reading = read(text[:1_000_000])
    assert (len(reading.text), reading.read_to) == (1_000_000, READ_AT_MOST)
    assert reading.fields["customer.name"].value == "周先生"


HOSTILE = {
    "figures": "1",
    "figures apart": "1 2-",
    "letters": "a",
    "blanks": " ",
    "lines": "\n",
    "characters": "人",
    "titles": "王先生",
    "phones": "13812345678，",
    "days": "7月2日",
    "commas": "，",
    "headers": "张三 10:21\n好\n",
    "colons": "a: b\n",
    "brackets": "((((",
    "capitals": "Mr Aa Bb ",
    "money": "三块五毛",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_no_faster_than_the_text(lexicon: Lexicon, piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        read_story((piece * length)[:length], date(2023, 6, 15), lexicon)
        return time.process_time() - start

    def grows_slowly() -> bool:
        """Four times the text: sixteen times the time would be quadratic."""
        return seconds(READ_AT_MOST) < 9 * seconds(READ_AT_MOST // 4) + 0.1

    seconds(len(piece))  # compiles patterns
    # Another process may have come between; what is quadratic is so every time.
    assert any(grows_slowly() for _ in range(3))


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(max_size=300),
    pieces=st.lists(st.sampled_from(["挂号信", "13804321176", "7月2日", "¥", "先生", "\n", "10:21", "元"])),
)
def test_any_text_can_be_read(lexicon: Lexicon, text: str, pieces: list[str]) -> None:
    reading = read_story(text + "".join(pieces), date(2023, 6, 15), lexicon, ["支局"], ["苏阳"])
    spans = [found.at for found in reading.fields.values()] + [
        found.at for found in (*reading.items, *reading.phones)
    ]
    assert all(0 <= start <= end <= len(reading.text) for start, end in spans)
