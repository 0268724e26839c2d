"""The command line's contract: answers, refusals and exit codes, through real desks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run

CASE: dict[str, Any] = {
    "kind": "complaint",
    "category": "02",
    "channel": "telephone",
    "opened_on": "2019-07-03",
    "subject": "包裹延误",
    "business": "parcel",
    "narrative": "客户来电催问包裹，寄出十天没有送到。",
}


class Answers:
    """Runs commands on one desk and keeps what they printed."""

    def __init__(self, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.path, self.capfd = path, capfd
        self.out = self.err = ""

    def __call__(self, *words: str, desk: bool = True) -> int:
        self.capfd.readouterr()
        before = ["--lang", "en", *(["--desk", str(self.path)] if desk else [])]
        code = run(hooks(), [*before, *words])
        self.out, self.err = self.capfd.readouterr()
        return code

    def json(self, *words: str, desk: bool = True) -> Any:
        assert self(*words, "--json", desk=desk) == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def answers(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Answers:
    made = Answers(tmp_path / "desk", capfd)
    assert made("new", "--branch", "船营区分公司", "--code", "220204", "--no-password") == 0, made.err
    return made


def written(tmp_path: Path, content: Any) -> str:
    file = tmp_path / "in.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
    return str(file)


def test_a_case_comes_back_as_it_went_in(answers: Answers, tmp_path: Path) -> None:
    (number,) = answers.json("case", "add", written(tmp_path, CASE))["numbers"]
    assert number == "220204-2019-07-0001"
    shown = answers.json("case", "show", number)
    assert {key: shown[key] for key in CASE} == CASE
    assert shown["status"] == "registered"
    assert [d["clock"] for d in shown["deadlines"]] == ["postal_complaint", "appeal_possible"]
    assert shown["overdue"] is True


def test_json_lines_give_one_number_a_line(answers: Answers, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({**CASE, "subject": f"第{n}件"}, ensure_ascii=False) for n in range(3))
    assert answers("case", "add", written(tmp_path, lines)) == 0
    assert answers.out.split() == [f"220204-2019-07-000{n}" for n in (1, 2, 3)]


def test_one_bad_record_refuses_the_whole_file(answers: Answers, tmp_path: Path) -> None:
    assert answers("case", "add", written(tmp_path, [CASE, {**CASE, "kind": "praises"}])) == 1
    assert answers.out == ""
    assert "[2]" in answers.err
    assert "kind" in answers.err
    assert "praises" in answers.err
    assert answers.json("case", "list") == []


def test_unknown_keys_are_refused_by_name(answers: Answers, tmp_path: Path) -> None:
    assert answers("case", "add", written(tmp_path, {**CASE, "colour": "red"})) == 1
    assert "colour" in answers.err


def test_an_unknown_outlet_names_the_nearest(answers: Answers, tmp_path: Path) -> None:
    assert answers("outlet", "add", "船营投递部", "--kind", "delivery_unit") == 0
    assert answers("case", "add", written(tmp_path, {**CASE, "outlet": "船营投递局"})) == 1
    assert "船营投递部" in answers.err


def test_closing_is_earned(answers: Answers, tmp_path: Path) -> None:
    (number,) = answers.json("case", "add", written(tmp_path, CASE))["numbers"]
    closing = {"responsibility": "responsible", "closed_on": "2019-07-05"}
    assert answers("case", "close", number, written(tmp_path, closing)) == 1
    step = {"at": "2019-07-04T09:00", "channel": "telephone", "result": "answered", "text": "已联系"}
    assert answers("case", "step", number, written(tmp_path, step)) == 0
    closing |= {"dispositions": [{"kind": "apology"}], "opinion": "satisfied"}
    shown = answers.json("case", "close", number, written(tmp_path, closing))
    assert (shown["status"], shown["elapsed_days"], shown["overdue"]) == ("closed", 2, False)
    assert (
        answers("case", "reopen", number, written(tmp_path, {"on": "2019-07-09", "text": "又没有送到"})) == 0
    )
    assert answers.json("case", "show", number)["status"] == "reopened"


def test_the_list_is_newest_first_and_filtered(answers: Answers, tmp_path: Path) -> None:
    cases = [{**CASE, "opened_on": f"2019-07-{day:02d}"} for day in (5, 9, 7)]
    cases.append({**CASE, "category": "07.domestic", "kind": "inquiry", "opened_on": "2019-08-01"})
    assert answers("case", "add", written(tmp_path, cases)) == 0
    listed = answers.json("case", "list", "--month", "2019-07")
    assert [case["opened_on"] for case in listed] == ["2019-07-09", "2019-07-07", "2019-07-05"]
    assert len(answers.json("case", "list", "--category", "07")) == 1
    assert len(answers.json("case", "list", "--limit", "2")) == 2
    assert len(answers.json("case", "list", "--text", "包裹")) == 4
    assert answers.json("case", "list", "--text", "彩虹") == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("case", "show", "220204-2019-07-0099"), 1),
        (("case", "list", "--month", "2019-13"), 2),
        (("case", "list", "--nonsense"), 2),
        (("summary", "July"), 2),
        (("rule", "due", "postal_complaint", "--from", "2019-02-30"), 2),
        (("rule", "due", "tomorrow", "--from", "2019-02-03"), 1),
        (("nothing",), 2),
    ],
)
def test_exit_codes(answers: Answers, words: tuple[str, ...], code: int) -> None:
    assert answers(*words) == code
    assert answers.out == ""
    assert answers.err.strip()
    assert "Traceback" not in answers.err


@pytest.mark.parametrize(
    "content", ["{", "[1, 2]", '{"kind": NaN}', "[" * 100_000, "", '{"a": 1, "a": 2}', "null"]
)
def test_rubbish_is_one_sentence(answers: Answers, tmp_path: Path, content: str) -> None:
    assert answers("case", "add", written(tmp_path, content)) == 1
    assert answers.out == ""
    assert len(answers.err.strip().splitlines()) == 1


def test_no_desk_is_the_environment(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    nowhere = Answers(tmp_path / "nowhere", capfd)
    assert nowhere("case", "list") == 3
    assert nowhere.out == ""
    assert nowhere.err.strip()


@pytest.mark.parametrize(
    ("claim", "amount"),
    [
        ({"class": "registered_letter", "event": "lost", "postage": "4.20"}, "12.60"),
        (
            {
                "class": "insured_parcel",
                "event": "contents_short",
                "insured": "500",
                "value": "1000",
                "loss": "300",
            },
            "150.00",
        ),
        ({"class": "parcel", "event": "lost", "postage": "10", "loss": "80"}, "30.00"),
        ({"class": "parcel", "event": "lost", "postage": "10", "loss": "20"}, "20.00"),
        (
            {"class": "registered_letter", "event": "contents_short", "postage": "4.20", "loss": "9.00"},
            "9.00",
        ),
        ({"class": "registered_letter", "event": "contents_short", "postage": "4.20", "loss": "50"}, "12.60"),
        ({"class": "registered_letter", "event": "delayed", "postage": "4.20"}, None),
        ({"class": "ordinary_letter", "event": "lost", "postage": "1.20"}, "0.00"),
        ({"class": "express", "event": "lost", "postage": "20"}, None),
    ],
)
def test_compensation_vectors(
    answers: Answers, tmp_path: Path, claim: dict[str, str], amount: str | None
) -> None:
    assert answers.json("rule", "compensation", written(tmp_path, claim), desk=False)["amount"] == amount


@pytest.mark.parametrize(
    ("field", "value", "masked"),
    [
        ("name", "刘建国", "刘**"),
        ("name", "欧阳明", "欧阳*"),
        ("phone", "13804321178", "138******78"),
        ("phone", "11183", "11183"),
        ("item", "XA22010000322", "XA*******0322"),
    ],
)
def test_masks(answers: Answers, field: str, value: str, masked: str) -> None:
    assert answers.json("rule", "mask", field, value, desk=False) == {"masked": masked}


def test_an_inquiry_is_answered_within_thirty_days(answers: Answers) -> None:
    due = answers.json("rule", "due", "inquiry_reply", "--from", "2019-07-17", desk=False)
    assert (due["due"], due["working_days"], due["calendar_complete"]) == ("2019-08-16", False, True)
    assert due["why"]
    assert due["source"]


def test_the_demo_is_the_same_each_time(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("demo", "--cases", "40", "--months", "3", "--until", "2019-07", "--seed", "5")
    lists = []
    for name in ("one", "two"):
        desk = Answers(tmp_path / name, capfd)
        assert desk.json(*words)["cases"] == 41
        lists.append(desk.json("case", "list", "--limit", "0"))
    assert lists[0] == lists[1]
    assert len(lists[0]) == 41
    assert any("苏阳" in case["handler"] and case["fraud"] for case in lists[0])
    assert Answers(tmp_path / "one", capfd)(*words) == 3


def test_the_language_asked_for_holds_for_the_window(tmp_path: Path) -> None:
    opened: list[tuple[Path | None, str]] = []

    def window(desk: Path | None, language: str) -> int:
        opened.append((desk, language))
        return 0

    assert run(replace(hooks(), window=window), ["--lang", "en", "--desk", str(tmp_path)]) == 0
    assert run(replace(hooks(), window=window), ["--desk", str(tmp_path)]) == 0
    assert opened == [(tmp_path, "en"), (tmp_path, "")]
