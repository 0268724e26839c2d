"""The language of the cues in seeds/reader."""

from __future__ import annotations

import re

import pytest

from postal_desk.domain.story.patterns import CueTable, PatternFault, anchor, make_cue, translate
from postal_desk.domain.story.view import fold

CLASSES = {"no": ("没", "没有"), "carrier": ("投递员", "carrier")}


def found(pattern: str, text: str) -> str | None:
    match = re.search(translate(pattern, CLASSES), fold(text))
    return match[0] if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("丢失", "包裹丢失了", "丢失"),
        ("没…收到", "我没有一直收到", "没有一直收到"),
        ("没…收到", "我没去,后来收到", None),
        ("没……收到", "我没去,后来收到", "没去,后来收到"),
        ("<no>到", "一直没有到", "没有到"),
        ("<!收寄>到…柜台", "收到柜台", None),
        ("<!收寄>到…柜台", "来到柜台", "到柜台"),
        ("老<~师>", "老师来了", None),
        ("等了#天", "等了十二天", "等了十二天"),
        ("等了#天", "等了3天", "等了3天"),
        ("(错|误)投", "被误投", "误投"),
        ("征得?同意", "未征同意", "征同意"),
        ("^催", "客户说,催一下", "催"),
        ("^催", "再催", None),
        ("退款$", "要求退款。谢谢", "退款"),
        ("退款$", "退款单", None),
        ("complain*", "I am complaining", "complaining"),
        ("late", "please translate", None),
        ("12345", "单号9812345678901", None),
        ("EMS", "ｅｍｓ单号", "ems"),
        ("never … arrived", "it never really arrived", "never really arrived"),
    ],
)
def test_pattern_finds(pattern: str, text: str, expected: str | None) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize("pattern", ["<nobody>来", "(错|投", "?投", "丢(*"])
def test_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternFault):
        translate(pattern, CLASSES)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("未经…同意放", "同意放"),
        ("(错|误)投递", "投递"),
        ("签收", "签收"),
        ("<no>到", "到"),
        ("征得?同意", "同意"),
    ],
)
def test_anchor_stands_in_every_match(pattern: str, expected: str) -> None:
    assert anchor(pattern) == expected


def test_table_offers_only_what_may_stand_in_the_text() -> None:
    table = CueTable({"03": [make_cue("丢失", 4, CLASSES)], "04": [make_cue("破…损", 4, CLASSES)]})
    assert [code for code, _ in table.possible(frozenset({"丢", "失", "丢失"}))] == ["03"]


def test_cue_without_pattern_signs_matches_as_a_word() -> None:
    cue = make_cue("破损", 4, CLASSES)
    assert cue.plain
    assert cue.find("外包装破损") == (3, 5)
