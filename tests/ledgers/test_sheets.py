"""A ledger with a sheet for each year comes in at once: same columns, each sheet's own year, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.sentences import Refusal
from postal_desk.services import ledger_sheets, ledgers
from postal_desk.services.case_reading import show_case
from postal_desk.services.cases import read_cases
from postal_desk.services.desk import Desk
from postal_desk.services.ledger_import import import_sheets
from postal_desk.services.ledger_json import sum_of_totals
from postal_desk.services.ledger_sheets import SheetsRead
from postal_desk.services.ledgers import Outcome
from postal_desk.services.undo import undo
from tests.ledgers.test_shapes import HEAD, ONE, TWO, changed

Rows = Sequence[Sequence[Any]]


def workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    """A workbook of several sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(list(row))
    book.save(path)
    return path


def dry(desk: Desk, path: Path, *others: str) -> SheetsRead:
    """The dry run of the first sheet and of others; of all that are like it, if none is named."""
    words = ledgers.ledger_words(desk)
    opened = ledgers.open_ledger(path)
    found = ledgers.propose_ledger(opened, words, opened.sheets[0])
    offers = ledger_sheets.offered_sheets(opened, words, found.plan, found.head.headings)
    names = others or tuple(offer.name for offer in offers if offer.like)
    read = ledger_sheets.read_sheets(opened, found.plan, names, words)
    return ledger_sheets.settle_sheets(desk, read)


def of_year(row: Sequence[Any], year: int, **values: Any) -> list[Any]:
    """A row of a year, its dates written without it."""
    return changed(row, opened="7月2日", closed="7月5日", text=f"{year}年的投诉。", **values)


def test_each_sheet_gives_its_own_year(desk: Desk, tmp_path: Path) -> None:
    years = (2017, 2018, 2019)
    path = workbook(tmp_path / "a.xlsx", {f"{y}年": [HEAD, of_year(ONE, y)] for y in years})
    read = dry(desk, path)
    assert [part.run.days for part in read.parts] == [[date(y, 7, 2)] for y in years]
    counts = sum_of_totals(read)
    assert (counts["rows"], counts["new"], counts["refused"]) == (3, 3, 0)


def test_they_come_in_at_once_and_go_back_at_once(desk: Desk, tmp_path: Path) -> None:
    sheets = {"2018": [HEAD, of_year(ONE, 2018)], "2019": [HEAD, of_year(TWO, 2019), of_year(ONE, 2019)]}
    made = import_sheets(desk, dry(desk, workbook(tmp_path / "a.xlsx", sheets)).parts)
    assert len(read_cases(desk, CaseFilter())) == 3
    (row,) = ledgers.last_imports(desk)
    assert (row.sheet, row.rows, row.added) == ("2018\n2019", 3, 3)
    origins = {show_case(desk, number).origin for number in made.cases}
    assert {(o.sheet, o.row) for o in origins if o} == {("2018", 2), ("2019", 2), ("2019", 3)}
    assert made.undo is not None
    undo(desk, made.undo)
    assert read_cases(desk, CaseFilter()) == []


def test_the_same_workbook_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    sheets = {"2018": [HEAD, of_year(ONE, 2018)], "2019": [HEAD, of_year(TWO, 2019)]}
    path = workbook(tmp_path / "a.xlsx", sheets)
    import_sheets(desk, dry(desk, path).parts)
    assert dry(desk, path).count(Outcome.SAME) == 2


def test_columns_in_another_order_are_found_by_their_headings(desk: Desk, tmp_path: Path) -> None:
    turned = [list(reversed(HEAD)), list(reversed(of_year(TWO, 2019)))]
    read = dry(desk, workbook(tmp_path / "a.xlsx", {"2018": [HEAD, of_year(ONE, 2018)], "2019": turned}))
    assert [part.run.count(Outcome.NEW) for part in read.parts] == [1, 1]


def test_a_column_more_stays_in_the_narrative(desk: Desk, tmp_path: Path) -> None:
    wider = [[*HEAD, "回访人"], [*of_year(TWO, 2019), "周局长"]]
    path = workbook(tmp_path / "a.xlsx", {"2018": [HEAD, of_year(ONE, 2018)], "2019": wider})
    import_sheets(desk, dry(desk, path).parts)
    assert any("回访人：周局长" in case.narrative for case in read_cases(desk, CaseFilter()))


def test_other_headings_are_not_taken_with_it(desk: Desk, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"2018": [HEAD, ONE], "汇总": [["月份", "件数"], ["1月", 12]]})
    assert len(dry(desk, path).parts) == 1
    with pytest.raises(Refusal, match="汇总"):
        dry(desk, path, "汇总")


def test_a_row_carried_over_is_taken_once(desk: Desk, tmp_path: Path) -> None:
    carried = changed(ONE, opened="2018-12-30", closed="2019-1-3")
    read = dry(desk, workbook(tmp_path / "a.xlsx", {"2018": [HEAD, carried], "2019": [HEAD, carried]}))
    assert (read.count(Outcome.NEW), read.count(Outcome.SAME)) == (1, 1)
    remark = read.parts[1].run.remarks[0][0]
    assert "2018" in str(remark.reason)
    assert len(import_sheets(desk, read.parts).cases) == 1
