"""``attachment`` on the command line, through a real desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run

CASE = {
    "kind": "complaint",
    "category": "02",
    "channel": "telephone",
    "opened_on": "2019-10-03",
    "subject": "延误",
}


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs commands on a desk with one case, 2019-10-0001."""

    def call(*words: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(hooks(), ["--lang", "en", "--desk", str(tmp_path / "desk"), *map(str, words)])
        return code, *capfd.readouterr()

    (tmp_path / "case.json").write_text(json.dumps(CASE), "utf-8")
    assert call("new", "--branch", "船营区分公司", "--code", "220204", "--no-password")[0] == 0
    assert call("case", "add", tmp_path / "case.json")[0] == 0
    return call


def answered(told: tuple[int, str, str]) -> Any:
    code, out, err = told
    assert code == 0, err
    return json.loads(out)


def test_a_file_goes_in_is_listed_and_comes_out(
    desk: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    file = tmp_path / "收据.txt"
    file.write_text("挂号收据", "utf-8")
    (made,) = answered(desk("attachment", "add", "2019-10-0001", file, "--json"))
    assert (made["number"], made["name"], made["media"]) == ("220204-2019-10-0001", "收据.txt", "text/plain")
    assert answered(desk("attachment", "list", "2019-10-0001", "--json")) == [made]
    got = answered(desk("attachment", "get", made["id"], "--out", tmp_path, "--reason", "查阅", "--json"))
    assert Path(got["path"]).read_text("utf-8") == "挂号收据"
    assert answered(desk("attachment", "check", "--json"))["ok"] is True


def test_one_bad_file_refuses_all(desk: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text("a", "utf-8")
    code, out, err = desk("attachment", "add", "2019-10-0001", good, tmp_path / "gone.txt", "--json")
    assert (code, out) == (1, "")
    assert err == "gone.txt is no longer there; look for it and add it again\n"
    assert answered(desk("attachment", "list", "--json")) == []


def test_removed_files_come_back(desk: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a", "utf-8")
    answered(desk("attachment", "add", "2019-10-0001", file, "--json"))
    answered(desk("attachment", "remove", "1", "--json"))
    assert answered(desk("attachment", "list", "--json")) == []
    assert [one["id"] for one in answered(desk("attachment", "list", "--removed", "--json"))] == [1]
    answered(desk("attachment", "restore", "1", "--json"))
    assert len(answered(desk("attachment", "list", "--json"))) == 1
