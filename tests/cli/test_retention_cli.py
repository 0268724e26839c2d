"""``retention`` and ``bin`` on the command line, through a real desk."""

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
    "subject": "周建国投诉延误",
    "customer": {"name": "周建国", "phone": "13804321176"},
    "steps": [{"at": "2019-10-04", "text": "已答复", "result": "answered"}],
    "dispositions": [{"kind": "apology", "on": "2019-10-05"}],
    "responsibility": "responsible",
    "opinion": "satisfied",
    "closed_on": "2019-10-06",
}
Call = Callable[..., Any]


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    """Runs commands on a desk with one case, closed in 2019; answers with the JSON, or the refusal."""

    def call(*words: object) -> Any:
        capfd.readouterr()
        code = run(hooks(), ["--lang", "en", "--desk", str(tmp_path / "desk"), *map(str, words), "--json"])
        out, err = capfd.readouterr()
        return json.loads(out) if code == 0 else (code, err.strip())

    (tmp_path / "case.json").write_text(json.dumps(CASE), "utf-8")
    call("new", "--branch", "船营区分公司", "--code", "220204", "--no-password")
    call("case", "add", tmp_path / "case.json")
    return call


def test_a_case_past_its_term_is_listed_and_made_anonymous(desk: Call) -> None:
    listed = desk("retention", "list")
    assert [(case["number"], case["ends_on"]) for case in listed["cases"]] == [
        ("220204-2019-10-0001", "2022-10-06")
    ]
    assert desk("retention", "apply", "--all")["numbers"] == ["220204-2019-10-0001"]
    shown = desk("case", "show", "2019-10-0001")
    assert "周建国" not in json.dumps(shown, ensure_ascii=False)
    assert desk("retention", "list")["cases"] == []


def test_a_hold_keeps_it(desk: Call) -> None:
    desk("retention", "hold", "2019-10-0001", "--reason", "法院调取")
    code, said = desk("retention", "apply", "2019-10-0001")
    assert code == 1
    assert "法院调取" in said
    assert [case["reason"] for case in desk("retention", "list", "--held")["cases"]] == ["法院调取"]
    desk("retention", "release", "2019-10-0001")
    assert desk("retention", "list", "--held")["cases"] == []


def test_the_bin_has_what_was_deleted(desk: Call, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", "utf-8")
    desk("attachment", "add", "2019-10-0001", tmp_path / "a.txt")
    desk("attachment", "remove", 1)
    assert [(one["kind"], one["key"]) for one in desk("bin", "list")] == [("attachment", "1")]
    desk("bin", "restore", "1")
    assert desk("bin", "list") == []
    desk("attachment", "remove", 1)
    desk("bin", "delete", "1")
    assert desk("attachment", "list", "--removed") == []
    assert desk("bin", "restore", "1")[0] == 1
