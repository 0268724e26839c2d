"""Columns of a terminal: Chinese characters are two places wide."""

from __future__ import annotations

from postal_desk.domain.columns import aligned, filled, width, wrapped


def test_a_chinese_character_is_two_places_wide() -> None:
    assert width("网点 A—1") == 8
    assert width("e\u0301") == 1


def test_columns_begin_and_end_together() -> None:
    lines = aligned([("网点", "受理"), ("Outlet", "7"), ("河南街支局", "12")], right=(1,))
    assert lines == ["网点        受理", "Outlet         7", "河南街支局    12"]
    assert len({width(line) for line in lines}) == 1


def test_blanks_at_the_end_of_a_line_are_left_out() -> None:
    assert aligned([("a", "b"), ("longer", "")]) == ["a       b", "longer"]


def test_lines_keep_words_and_punctuation_whole() -> None:
    assert wrapped("received 22 cases", 10) == ["received", "22 cases"]
    assert wrapped("受理案例，办结", 8) == ["受理案", "例，办结"]
    assert wrapped("满意率[12]很高", 6) == ["满意", "率[12]", "很高"]
    assert wrapped("超过十22件", 8) == ["超过十", "22件"]


def test_no_line_is_wider_than_asked() -> None:
    text = "10月共受理[1]客户服务案例22件，环比减少2件、下降8.3%，与去年同月持平（见下表）。" * 3
    lines = wrapped(text, 40)
    assert "".join(lines) == text
    assert max(map(width, lines)) <= 40


def test_line_may_end_early_with_a_sign() -> None:
    parts = list("登记、承办人、经理")
    assert filled(parts, 16) == ["登记、承办人、经", "理"]
    assert filled(parts, 16, ragged=4) == ["登记、承办人、", "经理"]
    assert filled(parts, 16, ragged=1) == ["登记、承办人、经", "理"]


def test_parts_stay_whole() -> None:
    assert filled(["[选项] ", "文件... "], 9) == ["[选项]", "文件..."]
