"""The workbook: text stays text, numbers are numbers, and every sheet says the same as the summary."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from postal_desk.domain.rules import Rules
from postal_desk.reports.monthly import HandIn
from postal_desk.reports.personal import masked_line
from postal_desk.reports.xlsx_cases import CaseLine
from postal_desk.reports.xlsx_sheets import LONGEST, cell_text
from postal_desk.reports.xlsx_writer import MonthBook, write_xlsx

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")


def line(**values: Any) -> CaseLine:
    plain: dict[str, Any] = {
        "number": "220204-2019-07-0001",
        "kind": "inquiry",
        "business": "letter",
        "category": "07.domestic",
        "channel": "counter",
        "status": "closed",
        "opened_on": "2019-07-02",
        "answered_on": "",
        "closed_on": "2019-07-10",
        "due": "2019-08-01",
        "subject": "挂号信未收到",
        "narrative": "",
        "remedy": "",
        "praise": "",
        "outlet": "船营投递部",
        "handler": "苏阳",
        "customer": "欧阳若水",
        "phone": "13812345678",
        "address": "吉林市船营区北极街道12号",
        "age_band": "80_plus",
        "vulnerable": ("elderly",),
        "items": ("RR473124829GB",),
        "outcomes": ("compensated", "apology"),
        "paid": 1260,
        "responsibility": "responsible",
        "opinion": "satisfied",
        "fraud": False,
        "overdue": False,
        "carried": False,
        "days": 8,
    }
    return CaseLine(**{**plain, **values})


def book(
    folder: Path,
    months: ModuleType,
    rules: Rules,
    hand_in: HandIn,
    lines: list[CaseLine],
    language: str = "zh_CN",
) -> Any:
    path = folder / "a.xlsx"
    count = write_xlsx(MonthBook(months.full(), hand_in, lines, rules), path, language)
    assert count == len(lines)
    return openpyxl.load_workbook(path)


@pytest.fixture
def make(tmp_path: Path, months: ModuleType, rules: Rules, hand_in: HandIn) -> Any:
    return lambda *lines, **more: book(tmp_path, months, rules, hand_in, list(lines), **more)


def row_of(sheet: Any, first: str) -> list[Any]:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == first)


def test_figures_are_numbers_and_those_of_the_summary(make: Any) -> None:
    sheet = make()["汇总"]
    assert row_of(sheet, "受理（件）")[:5] == ["受理（件）", 46, 50, 57, 348]
    assert row_of(sheet, "办结率")[1] == pytest.approx(38 / 42)
    assert row_of(sheet, "到期应答复（件）")[1] == 42
    assert row_of(sheet, "赔偿金额（元）")[1] == 25.2
    assert row_of(sheet, "2019年7月")[:3] == ["2019年7月", 46, 41]
    assert row_of(sheet, "填报人")[1] == "王敏"


def test_charts_are_excels_own(make: Any) -> None:
    assert len(make()["汇总"]._charts) == 2


def test_breakdowns_add_up(make: Any) -> None:
    sheet = make()["分类"]
    assert row_of(sheet, "合计")[1] == 46
    assert row_of(sheet, "01 投递服务")[:8] == ["01 投递服务", 14, pytest.approx(14 / 46), 5, 10, 12, 12, 1]


def test_outlets_carry_rank_rates_and_six_months(make: Any) -> None:
    sheet = make()["网点"]
    found = next([cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == "搜登站支局")
    assert found[:8] == [4, "搜登站支局", 8, 7, 2, pytest.approx(7 / 8), 7, 8]
    assert found[12:18] == [4, 5, 5, 6, 6, 8]


def test_case_list_has_filters_and_a_frozen_head(make: Any) -> None:
    sheet = make(line(), line(number="220204-2019-07-0002"))["案例"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"


def test_case_line_shows_names_days_and_money_as_what_they_are(make: Any) -> None:
    sheet = make(line())["案例"]
    head = [cell.value for cell in sheet[1]]
    cells = dict(zip(head, sheet[2], strict=True))
    assert cells["类别"].value == "查询 › 给据邮件"
    assert cells["登记日期"].value == datetime(2019, 7, 2)
    assert cells["登记日期"].is_date
    assert cells["赔偿金额（元）"].value == 12.6
    assert cells["用时（天）"].value == 8
    assert cells["结果"].value == "赔偿、道歉解释"
    assert cells["答复日期"].value is None


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86 138",
        "-5",
        "@SUM(A1)",
        "http://example.com",
        "mailto:a@b.cn",
        "12.50",
        " a\nb ",
        "<&>\"'",
        "𬱖䶮·",
    ],
)
def test_what_was_typed_stays_the_text_it_was(make: Any, text: str) -> None:
    sheet = make(line(subject=text))["案例"]
    cell = sheet[2][[head.value for head in sheet[1]].index("事由")]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_text_that_looks_like_a_coded_character_is_escaped(make: Any, tmp_path: Path) -> None:
    """Excel would show ``_x0041_`` as A."""
    make(line(subject="_x0041_"))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert b">_x005F_x0041_</t>" in package.read("xl/worksheets/sheet4.xml")


def test_a_text_longer_than_a_cell_says_that_it_goes_on(make: Any) -> None:
    sheet = make(line(narrative="长" * 100_000))["案例"]
    head = [cell.value for cell in sheet[1]]
    value = sheet[2][head.index("经过")].value
    assert value.endswith("长…")
    assert len(value) <= LONGEST


def test_rare_characters_count_as_two_units_in_a_cell() -> None:
    kept = cell_text("𬱖" * 20_000)
    assert len(kept.encode("utf-16-le")) // 2 <= LONGEST
    assert kept.endswith("𬱖…")


def test_masked_line_shows_nothing_personal(rules: Rules) -> None:
    text = "欧阳若水来电13812345678，邮件RR473124829GB"
    shown = masked_line(line(subject=text, narrative=text, remedy=text, praise=text), rules)
    for personal in ("若水", "13812345678", "RR473124829GB", "12号"):
        assert personal not in str(shown)
    assert (shown.customer, shown.phone, shown.items) == ("欧阳**", "138******78", ("RR*******29GB",))


def test_latin_names_are_masked_in_any_case_of_letters(rules: Rules) -> None:
    shown = masked_line(line(customer="John Smith", narrative="JOHN SMITH rang"), rules)
    assert "SMITH" not in shown.narrative


def test_english_book_has_english_sheets(make: Any) -> None:
    assert make(language="en").sheetnames == ["Figures", "Breakdowns", "Outlets", "Cases", "Definitions"]


def test_nothing_is_left_beside_the_book(make: Any, tmp_path: Path) -> None:
    make(line())
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".home")] == ["a.xlsx"]


def test_the_page_of_cases_says_that_it_is_in_clear(
    tmp_path: Path, months: ModuleType, rules: Rules, hand_in: HandIn
) -> None:
    for masked, told in ((True, False), (False, True)):
        path = tmp_path / f"{masked}.xlsx"
        write_xlsx(MonthBook(months.full(), hand_in, [line()], rules, masked=masked), path, "en")
        written = openpyxl.load_workbook(path)
        assert ("in clear" in str(written["Cases"].oddHeader.center.text)) is told
        assert ("in clear" in str(written.properties.description)) is told
