"""Proposed file names are names on every system."""

from __future__ import annotations

import pytest

from postal_desk.reports.file_names import MAX_STEM, safe_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("船营区分公司2019年7月服务质量情况月报", "船营区分公司2019年7月服务质量情况月报"),
        ('a<b>:"c/d\\e|f?g*h', "abcdefgh"),
        ("  ends with dots... ", "ends with dots"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("", "_"),
    ],
)
def test_stems(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


def test_long_names_leave_room_for_the_counter() -> None:
    assert len(safe_stem("月" * 500)) == MAX_STEM
