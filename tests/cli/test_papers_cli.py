"""``total``, ``template``, ``paper``, ``move`` and ``look`` from the command line, and periods of ``summary``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    made = CommandLine(tmp_path, capfd)
    made.json("new", "--branch", "船营", "--code", "220204", "--no-password")
    case = tmp_path / "case.json"
    case.write_text(
        json.dumps(
            {
                "kind": "inquiry",
                "category": "07.domestic",
                "channel": "counter",
                "opened_on": "2019-07-02",
                "subject": "挂号信未收到",
                "customer": {"name": "周明远", "phone": "13804321176"},
            }
        ),
        "utf-8",
    )
    assert made("case", "add", str(case)) == 0, made.err
    return made


def test_typed_totals_are_put_compared_and_removed(desk: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "totals.csv"
    table.write_bytes("月份,受理,办结\n2018-07,41,40\n合计,41,40\n".encode("gb18030"))
    assert desk.json("total", "put", str(table)) == {"months": ["2018-07"], "left_out": []}
    july = desk.json("summary", "2019-07")
    assert july["same_month_last_year"]["received"] == 41
    assert july["same_month_last_year"]["typed"] is True
    assert desk("total", "remove", "2018-07") == 0
    assert desk.json("total", "list") == []
    assert desk("total", "remove", "2018-07") == 1


def test_a_workbook_of_totals_is_read(desk: CommandLine, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("月份", "受理"), ("2018年7月", 41)):
        book.active.append(row)
    book.save(tmp_path / "totals.xlsx")
    assert desk.json("total", "put", str(tmp_path / "totals.xlsx"))["months"] == ["2018-07"]


@pytest.mark.parametrize("period", ["2019-Q3", "2019-H2", "2019", "2019-06..2019-08"])
def test_a_period_is_summed_up(desk: CommandLine, period: str) -> None:
    found = desk.json("summary", period)
    assert (found["month"], found["received"]) == (period, 1)
    assert found["period"]["first"] < "2019-07-02" < found["period"]["last"]


def test_a_wrong_period_is_a_wrong_command_line(desk: CommandLine) -> None:
    assert desk("summary", "2019-Q5") == 2
    assert "Traceback" not in desk.err


def test_the_form_of_a_superior_is_checked_and_filled(desk: CommandLine, tmp_path: Path) -> None:
    form, bad = tmp_path / "form.xlsx", tmp_path / "bad.docx"
    assert desk("template", "example", "--format", "xlsx", "--out", str(form)) == 0
    assert desk.json("template", "check", str(form))["ok"] is True
    assert desk("template", "add", str(form), "--name", "市公司") == 0
    made = desk.json("summary", "2019-07", "--template", "市公司", "--out", str(tmp_path / "out.xlsx"))
    assert Path(made["path"]).stat().st_size > 1000
    assert desk("summary", "2019-07", "--template", "别的") == 1
    bad.write_bytes(b"no document")
    assert desk("template", "check", str(bad)) == 1
    assert desk("summary", "2019-07", "--template", "市公司", "--format", "pdf") == 2


def test_papers_are_masked_and_unmasking_needs_a_reason(desk: CommandLine, tmp_path: Path) -> None:
    number = "220204-2019-07-0001"
    for kind, of in (("receipt", number), ("reply", number), ("inquiry", number), ("register", "2019-07")):
        path = desk.json("paper", kind, of, "--format", "docx", "--out", str(tmp_path / f"{kind}.docx"))[
            "path"
        ]
        assert Path(path).is_file()
    assert desk("paper", "reply", number, "--unmasked") == 2
    assert desk("paper", "reply", "220204-2019-07-9999") == 1
    assert desk("paper", "register", "2019-7x") == 2


def test_the_desk_moves_and_comes_back(desk: CommandLine, tmp_path: Path) -> None:
    stick, there = tmp_path / "stick", tmp_path / "there"
    stick.mkdir()
    moved = desk.json("move", "--to", str(stick))
    assert moved["cases"] == 1
    assert desk("total", "put", "-") in (1, 3)
    assert desk.json("restore", moved["path"], "--to", str(there))["cases"] == 1
    assert desk.json("case", "list", desk=there) != []
    assert desk("move") == 2
    assert desk("move", "--back") == 0
    assert desk("move", "--back") == 1
