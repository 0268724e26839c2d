"""How texts are cut for the search, and how a query is put."""

from __future__ import annotations

import pytest

from postal_desk.domain.sentences import Refusal
from postal_desk.store.search_text import LONGEST_QUERY, index_text, match_expression


def test_han_runs_become_pairs_and_a_last_character() -> None:
    assert index_text(["寄给刘先生"]).split() == ["寄给", "给刘", "刘先", "先生", "生"]


def test_other_words_stay_whole_in_lower_case() -> None:
    assert index_text(["EMS 到了"]).split() == ["ems", "到了", "了"]


def test_full_width_is_the_same_as_plain() -> None:
    assert index_text(["ＲＲ４７３１２４８２９ＧＢ"]) == index_text(["rr473124829gb"])


def test_numbers_leave_their_endings() -> None:
    assert index_text(["13812345678"]).split()[1:] == [
        "3812345678", "812345678", "12345678", "2345678", "345678", "45678", "5678",
    ]  # fmt: skip


def test_a_word_without_digits_leaves_no_endings() -> None:
    assert index_text(["complaints"]) == "complaints"


def test_fields_are_kept_apart() -> None:
    assert index_text(["甲", "", "乙"]).split() == ["甲", "¦", "乙"]


def test_rare_characters_count_as_han() -> None:
    assert index_text(["王𬱖䶮"]).split() == ["王𬱖", "𬱖䶮", "䶮"]


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("刘先生", '"刘先 先生"'),
        ("刘", '"刘" *'),
        ("rr47", '"rr47" *'),
        ("7", '"7"'),
        ("刘先 5678", '"刘先" AND "5678" *'),
        ("刘先，刘先", '"刘先"'),
        ("220204-2019-07-0044", '"220204 2019 07 0044" *'),
        ("7月2日", '"7 月 2 日" *'),
        ("收到7", '"收到 到 7" *'),
        ('"AND" OR NEAR(*', '"and" * AND "or" * AND "near" *'),
    ],
)
def test_queries(query: str, expression: str) -> None:
    assert match_expression(query) == expression


@pytest.mark.parametrize("query", ["", "  ", "。，!?*", "¦", '"'])
def test_a_query_without_a_word_asks_nothing(query: str) -> None:
    assert match_expression(query) is None


def test_a_query_that_is_too_long_is_refused_with_the_limit() -> None:
    with pytest.raises(Refusal, match=str(LONGEST_QUERY)):
        match_expression("字" * (LONGEST_QUERY + 1))
