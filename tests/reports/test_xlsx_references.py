"""References in formulas after rows came in."""

from __future__ import annotations

import pytest

from postal_desk.reports import xlsx_references as references


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(C10:C10)", "SUM(C10:C13)"),
        ("SUM($C$2:$C$9)+C11", "SUM($C$2:$C$9)+C14"),
        ("汇总!C10:C12&其他!C12", "汇总!C10:C15&其他!C12"),
        ("'汇总'!$A$11", "'汇总'!$A$14"),
        ('IF(A11="见C12",LOG10(B11),0)', 'IF(A14="见C12",LOG10(B14),0)'),
        ("VLOOKUP(A9,C9:D20,2)", "VLOOKUP(A9,C9:D23,2)"),
    ],
)
def test_what_stands_below_moves_and_what_ends_there_grows(before: str, after: str) -> None:
    assert references.stretched(before, "汇总", 10, 3, own=True) == after


def test_a_formula_of_the_row_itself_follows_without_growing() -> None:
    assert references.stretched("SUM(B10:C10)/C$11", "s", 10, 3, own=True, grows=False) == "SUM(B10:C10)/C$14"


def test_other_sheets_are_meant_only_by_name() -> None:
    assert references.stretched("C12+汇总!C12", "汇总", 10, 3, own=False) == "C12+汇总!C15"


def test_a_copy_names_its_own_row() -> None:
    assert references.moved("SUM(B10:C10)/C$14", 10, 2) == "SUM(B12:C12)/C$14"


def test_a_shared_formula_is_written_out() -> None:
    assert references.shifted('A1*$B$1+C$2&"A1"', 2, 1) == 'B3*$B$1+D$2&"A1"'
