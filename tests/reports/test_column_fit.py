"""Column widths: a number or a word stays whole where the table has the room."""

from __future__ import annotations

import pytest

from postal_desk.reports.column_fit import fitted_widths
from postal_desk.reports.document import Table
from postal_desk.reports.page_style import GBT9704


def table(head: tuple[str, ...], row: tuple[str, ...], widths: tuple[float, ...]) -> Table:
    return Table("", head, (row,), widths, ("left",) * len(head))


def test_roomy_columns_keep_their_shares() -> None:
    made = fitted_widths(table(("名次", "网点"), ("1", "城东支局"), (0.3, 0.7)), GBT9704)
    assert made == pytest.approx([0.3 * GBT9704.text_width, 0.7 * GBT9704.text_width])


def test_case_number_gets_room_from_the_others() -> None:
    made = fitted_widths(table(("编号", "类别"), ("220204-2026-07-0016", "丢失短少"), (0.15, 0.85)), GBT9704)
    assert made[0] > 0.2 * GBT9704.text_width
    assert sum(made) == pytest.approx(GBT9704.text_width)


def test_english_head_is_not_cut() -> None:
    made = fitted_widths(table(("Rank", "Outlet"), ("1", "城东支局"), (0.06, 0.94)), GBT9704)
    assert made[0] > 4 * 0.5 * 10.5 + 8


def test_figures_stay_on_one_line() -> None:
    made = Table("", ("a", "b"), (("100.0% (15/15)", "城东支局"),), (0.12, 0.88), ("right", "left"))
    assert fitted_widths(made, GBT9704)[0] > 14 * 0.45 * 10.5 + 8


def test_words_longer_than_the_page_change_nothing() -> None:
    made = fitted_widths(table(("Number", "b"), ("9" * 200, "x"), (0.5, 0.5)), GBT9704)
    assert made == pytest.approx([0.5 * GBT9704.text_width] * 2)
