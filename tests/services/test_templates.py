"""The superior's forms: checked by position, filled in Word and Excel, kept and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document as WordFile

from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.spans import parse_span
from postal_desk.reports.template_example import EXAMPLES
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import add_outlet
from postal_desk.services.templates import (
    add_template,
    check_file,
    fill_template,
    list_templates,
    remove_template,
)
from postal_desk.services.undo import undo

JULY = parse_span("2019-07")


@pytest.fixture
def busy(desk: Desk, make_case: Callable[..., Case]) -> Desk:
    """Three cases of July at two outlets."""
    add_outlet(desk, "河南街支局", kind="branch_office")
    add_cases(desk, [make_case(outlet=name) for name in ("船营投递部", "船营投递部", "河南街支局")])
    return desk


def word(path: Path, *lines: str) -> Path:
    made: WordFile = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(str(path))
    return path


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_example_is_in_order_and_is_filled(busy: Desk, tmp_path: Path, form: str, language: str) -> None:
    file = tmp_path / f"form.{form}"
    EXAMPLES[form](file, language)
    assert check_file(file).usable
    add_template(busy, file, "市公司表")
    path = fill_template(busy, "市公司表", JULY, tmp_path, lang=language)
    if form == "docx":
        made = docx.Document(str(path))
        told = "\n".join(p.text for p in made.paragraphs)
        rows = [[cell.text for cell in row.cells] for row in made.tables[1].rows]
        assert [row[1:3] for row in rows[1:]] == [["船营投递部", "2"], ["河南街支局", "1"]]
    else:
        sheet = openpyxl.load_workbook(path).active
        told = str(sheet["A1"].value)
        assert [sheet.cell(row, 3).value for row in (10, 11)] == [2, 1]
        assert sheet["C12"].value == "=SUM(C10:C11)"
        assert sheet["B3"].value == 3
    assert "{{" not in told
    assert "2019年7月" in told if language == "zh_CN" else "July 2019" in told


def test_a_placeholder_cut_into_runs_is_filled_where_it_begins(busy: Desk, tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("本月")
    for part, bold in (("{{受", True), ("理", False), ("}}件，", False), ("办结{{ 办结 }}件", False)):
        paragraph.add_run(part).bold = bold
    made.save(str(tmp_path / "runs.docx"))
    add_template(busy, tmp_path / "runs.docx")
    filled = docx.Document(str(fill_template(busy, "runs", JULY, tmp_path, lang="zh_CN")))
    assert filled.paragraphs[0].text == "本月3件，办结0件"
    assert filled.paragraphs[0].runs[1].text == "3"
    assert filled.paragraphs[0].runs[1].bold


def test_unknown_names_are_told_by_their_place(tmp_path: Path) -> None:
    file = word(tmp_path / "bad.docx", "{{受理}}", "{{受里}}", "{{办结")
    made = docx.Document(str(file))
    made.add_table(1, 2).cell(0, 1).text = "{{网点.名称}}{{类别.名称}}"
    made.sections[0].header.paragraphs[0].text = "{{nonsense}}"
    made.save(str(file))
    found = [(str(problem.place), str(problem.what)) for problem in check_file(file).problems]
    assert [place for place, _what in found] == [
        "paragraph 2",
        "paragraph 3",
        "table 1, row 1, column 2",
        "table 1, row 1",
        "header, paragraph 1",
    ]
    assert "受理" in found[0][1]
    book = openpyxl.Workbook()
    book.active["B7"] = "{{受里}}"
    book.save(tmp_path / "bad.xlsx")
    (problem,) = check_file(tmp_path / "bad.xlsx").problems
    assert str(problem.place) == "sheet Sheet, cell B7"


def test_a_workbook_keeps_its_shape_below_a_list(busy: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A2"], sheet["B2"], sheet["C2"] = "{{网点.名称}}", "{{网点.受理}}", "=B2*2"
    sheet["A3"], sheet["B3"] = "合计", "=SUM(B2:B2)+$B$2"
    sheet.merge_cells("A4:B4")
    sheet["A4"] = "{{填报人}}"
    sheet.row_dimensions[4].height = 40
    book.save(tmp_path / "shape.xlsx")
    add_template(busy, tmp_path / "shape.xlsx")
    made = openpyxl.load_workbook(fill_template(busy, "shape", JULY, tmp_path, lang="zh_CN")).active
    assert [made[f"C{row}"].value for row in (2, 3)] == ["=B2*2", "=B3*2"]
    assert made["B4"].value == "=SUM(B2:B3)+$B$2"
    assert [str(area) for area in made.merged_cells.ranges] == ["A5:B5"]
    assert made.row_dimensions[5].height == 40


def test_what_was_typed_never_becomes_a_formula(
    desk: Desk, make_case: Callable[..., Case], tmp_path: Path
) -> None:
    add_outlet(desk, "=1+1支局")
    add_cases(desk, [make_case(outlet="=1+1支局")])
    book = openpyxl.Workbook()
    book.active["A1"] = "{{网点.名称}}"
    book.save(tmp_path / "formula.xlsx")
    add_template(desk, tmp_path / "formula.xlsx")
    cell = openpyxl.load_workbook(fill_template(desk, "formula", JULY, tmp_path, lang="zh_CN")).active["A1"]
    assert (cell.value, cell.data_type) == ("=1+1支局", "s")


def test_an_empty_list_leaves_a_row_of_dashes(desk: Desk, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_table(1, 1).cell(0, 0).text = "{{网点.名称}}"
    made.save(str(tmp_path / "empty.docx"))
    add_template(desk, tmp_path / "empty.docx")
    filled = docx.Document(str(fill_template(desk, "empty", JULY, tmp_path, lang="zh_CN")))
    assert filled.tables[0].cell(0, 0).text == "—"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip at all"])
def test_a_file_that_is_none_is_refused(desk: Desk, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(content)
    with pytest.raises(Refusal):
        add_template(desk, file)
    assert list_templates(desk) == []


def test_other_kinds_and_forms_without_placeholders_are_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"save it as \.docx"):
        check_file(tmp_path / "old.doc")
    with pytest.raises(Refusal, match="no placeholder in it"):
        add_template(desk, word(tmp_path / "plain.docx", "月报"))


def test_adding_replacing_and_removing_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    added = add_template(desk, word(tmp_path / "a.docx", "{{受理}}"), "表")
    replaced = add_template(desk, word(tmp_path / "b.docx", "{{受理}}{{办结}}"), "表")
    (new,) = list_templates(desk)
    undo(desk, replaced.undo or 0)
    (old,) = list_templates(desk)
    assert old.id != new.id
    removed = remove_template(desk, "表")
    assert list_templates(desk) == []
    undo(desk, removed.undo or 0)
    assert list_templates(desk) == [old]
    assert added.undo is not None
    with pytest.raises(Refusal, match="there are: 表"):
        remove_template(desk, "别的")
