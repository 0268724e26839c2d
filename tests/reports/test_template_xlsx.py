"""What a superior's workbook holds besides its placeholders is kept, and follows the rows of its lists."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from postal_desk.reports.template_values import Filling
from postal_desk.reports.template_xlsx import check_xlsx, fill_xlsx
from postal_desk.reports.words import Words

ROWS = [{"name": name, "received": count} for name, count in (("甲支局", 3), ("乙支局", 2), ("丙所", 1))]
FILLING = Filling(single={"month": "2019年7月", "received": 6}, lists={"outlet": ROWS})


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A list with a sum below, a chart of it, a conditional format, a comment, a named area, another sheet."""
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("{{月份}}")
        sheet.write_row(1, 0, ["{{网点.名称}}", "{{网点.受理}}"])
        sheet.write_formula("C2", "=B2/B$3")
        sheet.write("A3", "合计")
        sheet.write_formula("B3", "=SUM(B2:B2)")
        bold = book.add_format({"bold": True, "font_color": "#C00000"})
        sheet.write_rich_string("A5", "受理", bold, "{{受理}}", "件")
        sheet.conditional_format("B2:B2", {"type": "data_bar"})
        sheet.write_comment("A3", "请核对")
        book.define_name("合计", "='{{月份}}'!$B$3")
        chart = book.add_chart({"type": "bar"})
        name = sheet.get_name()
        chart.add_series({"categories": [name, 1, 0, 1, 0], "values": [name, 1, 1, 1, 1]})
        sheet.insert_chart("E8", chart)
        book.add_worksheet("附表").write_formula("A1", "='{{月份}}'!B3")
    return path


@pytest.fixture
def filled(form: Path, tmp_path: Path) -> Path:
    fill_xlsx(form, tmp_path / "filled.xlsx", FILLING, Words("zh_CN"))
    return tmp_path / "filled.xlsx"


def part(file: Path, name: str) -> str:
    with zipfile.ZipFile(file) as archive:
        return archive.read(name).decode()


def test_the_form_is_in_order(form: Path) -> None:
    assert check_xlsx(form) == []


def test_the_list_grows_and_its_formulas_follow(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    sheet = book["2019年7月"]
    assert [[sheet.cell(row, at).value for at in (1, 2, 3)] for row in (2, 3, 4)] == [
        ["甲支局", 3, "=B2/B$5"], ["乙支局", 2, "=B3/B$5"], ["丙所", 1, "=B4/B$5"],
    ]  # fmt: skip
    assert sheet["B5"].value == "=SUM(B2:B4)"
    assert book["附表"]["A1"].value == "='2019年7月'!B5"
    assert book.defined_names["合计"].attr_text == "'2019年7月'!$B$5"


def test_the_chart_is_kept_and_shows_the_whole_list(filled: Path) -> None:
    chart = part(filled, "xl/charts/chart1.xml")
    assert re.findall(r"<c:f>(.*?)</c:f>", chart) == ["'2019年7月'!$A$2:$A$4", "'2019年7月'!$B$2:$B$4"]
    assert "Cache" not in chart
    assert "<xdr:row>9</xdr:row>" in part(filled, "xl/drawings/drawing1.xml")


def test_what_else_names_rows_follows(filled: Path) -> None:
    sheet = part(filled, "xl/worksheets/sheet1.xml")
    assert 'sqref="B2:B4"' in sheet
    assert 'ref="A5"' in part(filled, "xl/comments1.xml")
    assert "<x:Row>4</x:Row>" in part(filled, "xl/drawings/vmlDrawing1.vml")
    assert 'fullCalcOnLoad="1"' in part(filled, "xl/workbook.xml")


def test_a_text_of_several_looks_keeps_them(filled: Path) -> None:
    sheet = part(filled, "xl/worksheets/sheet1.xml")
    assert openpyxl.load_workbook(filled).worksheets[0]["A7"].value == "受理6件"
    assert re.search(r"<rPr><b/>.*?<t xml:space=\"preserve\">6</t>", sheet)


def test_shared_formulas_are_written_out(tmp_path: Path, form: Path) -> None:
    shared = tmp_path / "shared.xlsx"
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(shared, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet2.xml"):
                content = re.sub(
                    rb"<sheetData>.*</sheetData>",
                    b'<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>0</v></c></row>'
                    b'<row r="2"><c r="A2"><f t="shared" si="0"/><v>0</v></c></row></sheetData>',
                    content,
                )
            new.writestr(name, content)
    fill_xlsx(shared, tmp_path / "filled.xlsx", FILLING, Words("zh_CN"))
    sheet = openpyxl.load_workbook(tmp_path / "filled.xlsx")["附表"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["=B1*2", "=B2*2"]
