"""``measure`` on the command line, through a real desk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run
from tests.cli.command_line import CommandLine

MEASURE: dict[str, Any] = {
    "title": "压缩周例会",
    "problem": {
        "text": "会议多，基层疲于应付",
        "source": "research",
        "area": "management",
        "found_on": "2019-10-21",
    },
    "kind": "improvement",
    "owner_unit": "市分公司",
    "baseline": "3",
    "target": "1.5",
    "unit": "小时",
    "due": {"event": "下一次周例会"},
}
CASE = {
    "kind": "complaint",
    "category": "02",
    "channel": "telephone",
    "opened_on": "2019-10-03",
    "subject": "延误",
}


@pytest.fixture
def measure_desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    made = CommandLine(tmp_path, capfd)
    made.new()
    return made


def test_a_measure_from_adding_to_its_recheck(measure_desk: CommandLine) -> None:
    (number,) = measure_desk.json("measure", "add", content=MEASURE)["numbers"]
    assert number == "220204-M-2019-0001"
    running = measure_desk.json("measure", "progress", number, content={"on": "2019-10-28", "value": "1.5"})
    assert (running["status"], running["progress"][0]["value"]) == ("running", "1.5")
    proof = {"evidence": ["例会记录"], "effect": {"verdict": "有效"}, "finished_on": "2019-11-18"}
    finished = measure_desk.json("measure", "finish", number, content=proof)
    assert [check["due"] for check in finished["rechecks"]] == ["2020-02-18", "2020-11-18"]
    checked = measure_desk.json(
        "measure", "recheck", number, content={"done_on": "2020-02-20", "result": "没有反弹"}
    )
    assert checked["rechecks"][0] == {"due": "2020-02-18", "done_on": "2020-02-20", "result": "没有反弹"}
    assert measure_desk.json("measure", "show", number) == checked
    assert measure_desk.json("measure", "list") == [checked]


def test_what_goes_in_comes_out(measure_desk: CommandLine) -> None:
    (case,) = measure_desk.json("case", "add", content=CASE)["numbers"]
    (number,) = measure_desk.json("measure", "add", content={**MEASURE, "cases": [case]})["numbers"]
    shown = measure_desk.json("measure", "show", number)
    for key in MEASURE.keys() - {"problem"}:
        assert shown[key] == MEASURE[key]
    assert MEASURE["problem"].items() <= shown["problem"].items()
    assert shown["cases"] == [case]
    assert measure_desk.json("case", "show", case)["measures"] == [number]
    assert measure_desk.json("case", "list")[0]["measures"] == [number]


def test_plain_answers_are_numbers_and_lines(measure_desk: CommandLine) -> None:
    assert measure_desk("measure", "add", content=[MEASURE, MEASURE]) == 0
    assert measure_desk.out.split() == ["220204-M-2019-0001", "220204-M-2019-0002"]
    assert measure_desk("measure", "list") == 0
    assert [line.split()[0] for line in measure_desk.out.splitlines()] == [
        "Number",
        "220204-M-2019-0002",
        "220204-M-2019-0001",
    ]
    assert measure_desk("measure", "show", "M-2019-0001") == 0
    assert "3 → 1.5  小时" in measure_desk.out
    assert "still missing: evidence that it was carried out" in measure_desk.out


@pytest.mark.parametrize(
    ("words", "content", "code", "said"),
    [
        (("measure", "finish", "M-2019-0001"), {"evidence": ["记录"]}, 1, "a verdict on the effect"),
        (("measure", "add"), [MEASURE, {**MEASURE, "colour": "red"}], 1, "[2].colour"),
        (("measure", "add"), {**MEASURE, "kind": "quick"}, 1, "improvement"),
        (("measure", "show", "M-2019-0009"), None, 1, "220204-M-2019-0009"),
        (("measure", "recheck", "M-2019-0001"), {"result": "有效"}, 1, "no open re-check"),
        (("measure", "list", "--status", "open"), None, 1, "withdrawn"),
        (("measure", "list", "--late"), None, 2, "--late"),
    ],
)
def test_refusals_say_what_and_where(
    measure_desk: CommandLine, words: tuple[str, ...], content: Any, code: int, said: str
) -> None:
    assert measure_desk("measure", "add", content=MEASURE) == 0
    assert measure_desk(*words, content=content) == code
    assert measure_desk.out == ""
    assert said in measure_desk.err
    assert len(measure_desk.json("measure", "list")) == 1


def test_the_sample_desk_holds_the_ten_measures(measure_desk: CommandLine) -> None:
    made = measure_desk.folder / "sample"
    words = ("--lang", "en", "--desk", str(made))
    assert run(hooks(), [*words, "demo", "--cases", "3", "--months", "2", "--until", "2019-10"]) == 0
    measure_desk.capfd.readouterr()
    assert run(hooks(), [*words, "measure", "list", "--json", "--limit", "0"]) == 0
    measures = json.loads(measure_desk.capfd.readouterr().out)
    assert [measure["number"][-4:] for measure in reversed(measures)] == [f"{at:04d}" for at in range(1, 11)]
    assert {measure["created_at"] for measure in measures} == {"2019-10-21T09:00:00"}
    assert measures[-1]["due"] == {"on": "2019-11-10"}
    assert [entry["value"] for entry in measures[3]["progress"]] == ["2.5"]  # as on the last day of October
