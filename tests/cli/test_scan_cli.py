"""``scan`` on the command line: places, never the text itself; words starred in every export."""

from __future__ import annotations

import json
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
    "narrative": "周建国来电。收件人：王小明，地址船营区德胜街35号。",
    "customer": {"name": "周建国"},
}


def test_what_is_left_is_found_and_starred(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def call(*words: object) -> Any:
        capfd.readouterr()
        code = run(hooks(), ["--lang", "en", "--desk", str(tmp_path / "desk"), *map(str, words), "--json"])
        out, err = capfd.readouterr()
        assert code == 0, err
        return json.loads(out)

    (tmp_path / "case.json").write_text(json.dumps(CASE), "utf-8")
    call("new", "--branch", "船营区分公司", "--code", "220204", "--no-password")
    call("case", "add", tmp_path / "case.json")
    left = call("scan", "cases", "2019-10-0001", "--left")
    assert [(one["kind"], one["field"]) for one in left] == [("name", "narrative"), ("address", "narrative")]
    assert "王小明" not in json.dumps(left, ensure_ascii=False)
    start, end = left[0]["at"]
    assert CASE["narrative"][start:end] == "王小明"  # type: ignore[index]
    assert call("scan", "mask", "王小明") == {"words": 1}
    assert [one["kind"] for one in call("scan", "cases", "2019-10-0001", "--left")] == ["address"]
    assert call("scan", "unmask", "王小明") == {"words": 0}
