"""``import ledger`` with a sheet for each year: ``--all-sheets`` takes them at once, ``--sheet`` chooses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run

HEAD = ("受理日期", "来源", "投诉类型", "投诉内容")


@pytest.fixture
def years(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year in (2017, 2018, 2019):
        sheet = book.create_sheet(f"{year}年")
        sheet.append(HEAD)
        sheet.append(("7月2日", "电话", "投递延误", f"挂号信迟到（{year}）"))
    book.create_sheet("说明").append(("本表由客服科填写",))
    book.save(tmp_path / "years.xlsx")
    return tmp_path / "years.xlsx"


def test_sheets_of_like_shape_come_in_at_once(
    years: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def call(*words: object) -> Any:
        capfd.readouterr()
        code = run(hooks(), ["--lang", "en", "--desk", str(tmp_path / "desk"), *map(str, words), "--json"])
        out, err = capfd.readouterr()
        assert code == 0, err
        return json.loads(out)

    call("new", "--branch", "船营区分公司", "--code", "220204", "--no-password")
    one = call("import", "ledger", years, "--dry-run")
    assert (one["sheet"], one["totals"]["rows"], len(one["sheets_read"])) == ("2017年", 1, 1)
    two = call("import", "ledger", years, "--dry-run", "--sheet", "2018年", "--sheet", "2019年")
    assert [row["opened_on"] for row in two["rows"]] == ["2018-07-02", "2019-07-02"]
    whole = call("import", "ledger", years, "--all-sheets")
    assert [sheet["year"] for sheet in whole["sheets_read"]] == [2017, 2018, 2019]
    assert whole["totals"]["new"] == len(whole["numbers"]) == 3
    assert {row["sheet"] for row in whole["rows"]} == {"2017年", "2018年", "2019年"}


def test_a_sheet_of_another_shape_is_refused_by_name(
    years: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    desk = ["--lang", "en", "--desk", str(tmp_path / "desk")]
    assert run(hooks(), [*desk, "new", "--branch", "船营区分公司", "--code", "220204", "--no-password"]) == 0
    assert run(hooks(), [*desk, "import", "ledger", str(years), "--sheet", "2018年", "--sheet", "说明"]) == 1
    assert "“说明” has other headings than “2018年”" in capfd.readouterr().err
