"""``backup``, ``restore`` and ``audit`` as the contract has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    made = CommandLine(tmp_path, capfd)
    made.json("demo", "--cases", "5", "--months", "2", "--until", "2019-07")
    return made


def test_backup_and_restore(desk: CommandLine, tmp_path: Path) -> None:
    made = desk.json("backup", "--out", str(tmp_path / "a.postal-copy"))
    assert made == {"path": str(tmp_path / "a.postal-copy"), "cases": 6}
    before = desk.json("case", "list", "--limit", "0")
    again = tmp_path / "again"
    nowhere = tmp_path / "no desk needed"
    assert desk.json("restore", made["path"], "--to", str(again), desk=nowhere) == {
        "path": str(again),
        "cases": 6,
    }
    assert desk.json("case", "list", "--limit", "0", desk=again) == before
    assert desk.json("audit", "verify", desk=again)["ok"] is True


def test_backup_without_a_name_is_kept_by_the_desk(desk: CommandLine) -> None:
    made = Path(desk.json("backup")["path"])
    assert made.parent == desk.path / "copies"


def test_backup_refusals(desk: CommandLine, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("x")
    assert desk("backup", "--out", str(there), "--json") == 1
    assert (desk.out, there.read_text()) == ("", "x")
    assert "name another file" in desk.err
    assert desk("backup", "--out", str(tmp_path / "no" / "a")) == 1
    assert "There is no folder" in desk.err


def test_restore_refusals(desk: CommandLine, tmp_path: Path) -> None:
    copy = desk.json("backup")["path"]
    assert desk("restore", copy, "--to", str(desk.path)) == 3
    assert "needs an empty folder" in desk.err
    assert desk("restore", str(tmp_path / "none"), "--to", str(tmp_path / "to")) == 1
    assert desk("restore", copy) == 2
    text = tmp_path / "text"
    text.write_text("no copy")
    assert desk("restore", str(text), "--to", str(tmp_path / "to")) == 3
    assert "use another copy" in desk.err
    assert not (tmp_path / "to").exists()


def test_audit_list(desk: CommandLine, tmp_path: Path) -> None:
    number = desk.json("case", "list", "--limit", "1")[0]["number"]
    change = tmp_path / "change.json"
    change.write_text('{"subject": "改过的事由"}', "utf-8")
    desk.json("case", "edit", number, str(change))
    (row,) = desk.json("audit", "list", "--record", number, "--action", "case")
    assert (row["action"], row["fields"]) == ("case.edit", ["subject"])
    assert desk.json("audit", "list", "--month", "1999-01") == []
    assert len(desk.json("audit", "list", "--limit", "2")) == 2
    assert desk("audit", "list", "--month", "July") == 2


def test_lost_work_is_said_on_standard_error_until_accepted(desk: CommandLine, tmp_path: Path) -> None:
    older = (desk.path / "desk.db").read_bytes()
    desk.json("outlet", "add", "新网点")
    (desk.path / "desk.db").write_bytes(older)
    desk.json("case", "list")
    assert "1 saved changes are missing" in desk.err
    assert desk("audit", "verify", "--json") == 1
    assert len(json.loads(desk.out)["missing"]) == 1
    assert desk.json("audit", "accept") == {"accepted": 1}
    assert desk.json("audit", "verify")["ok"] is True
    assert desk.err == ""


def test_copies_are_listed_verified_and_tried(desk: CommandLine, tmp_path: Path) -> None:
    made = desk.json("backup")
    (row,) = desk.json("copies", "list")
    assert (row["path"], row["cases"], row["sound"], row["proved_at"]) == (made["path"], 6, True, None)
    assert desk.json("copies", "verify", made["path"])["whole"] is True
    assert desk.json("copies", "drill")["cases"] == 6
    assert desk.json("copies", "list")[0]["proved_at"] is not None
    assert {row["action"] for row in desk.json("audit", "list", "--action", "copy")} == {
        "copy.verify",
        "copy.drill",
    }
    assert desk("copies", "carry", str(tmp_path)) == 1
    assert "same disk" in desk.err
    Path(made["path"]).write_bytes(b"x")
    assert desk("copies", "drill") == 3
    assert "use another copy" in desk.err
