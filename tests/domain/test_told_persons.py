"""The persons of a case in other texts: found however they are written, starred to their length."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from postal_desk.domain.told_persons import pattern_of, without


@dataclass(frozen=True)
class Told:
    text: str
    more: tuple[str, ...] = ()
    count: int = 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("欧阳娜来电", "***来电"),
        ("欧阳女士来电", "****来电"),
        ("欧阳修不是她", "欧阳修不是她"),
        ("电话 138 0432-1176。", "电话 *************。"),
        ("电话１３８０４３２１１７６", "电话***********"),
        ("xa24435342142 未到", "************* 未到"),
        ("Zoë Smith called, zoë smith", "********* called, *********"),
        ("没有人", "没有人"),
    ],
)
def test_each_way_of_writing_is_found(text: str, left: str) -> None:
    pattern = pattern_of({"欧阳娜", "13804321176", "XA24435342142", "Zoë Smith"}, {"欧阳"})
    assert pattern is not None
    assert without(text, pattern) == left


def test_records_are_gone_through_to_the_last_text() -> None:
    pattern = pattern_of({"金丝雀"}, ())
    assert pattern is not None
    assert without(Told("金丝雀", ("见金丝雀",), 3), pattern) == Told("***", ("见***",), 3)


def test_nothing_to_look_for() -> None:
    assert pattern_of((), ()) is None
