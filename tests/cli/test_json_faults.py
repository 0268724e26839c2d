"""What comes in broken, blank or invisible: one sentence with the place and the reason, in the user's language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run
from tests.cli.command_line import CommandLine

CASE: dict[str, Any] = {
    "kind": "complaint",
    "category": "02",
    "channel": "telephone",
    "opened_on": "2019-07-03",
    "subject": "包裹延误",
}
CLOSED: dict[str, Any] = {
    **CASE,
    "steps": [{"at": "2019-07-04", "text": "已查"}],
    "dispositions": [{"kind": "apology", "on": "2019-07-05"}],
    "responsibility": "responsible",
    "opinion": "satisfied",
    "closed_on": "2019-07-08",
}


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    made = CommandLine(tmp_path, capfd)
    made.new()
    return made


def lines(folder: Path, *records: dict[str, Any]) -> str:
    file = folder / "lines.json"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), "utf-8")
    return str(file)


@pytest.mark.parametrize("blank", ["  ", "\u200b", "\u3000\n"])
@pytest.mark.parametrize(
    ("words", "record", "field"),
    [
        (("case", "add"), CASE, "subject"),
        (("problem", "add"), {"text": "窗口排队"}, "text"),
        (("visit", "add"), {"title": "走访", "purpose": "看"}, "purpose"),
        (
            ("measure", "add"),
            {"title": "增开窗口", "problem": {"text": "排队"}, "kind": "corrective"},
            "title",
        ),
    ],
)
def test_blanks_do_not_fill_a_required_text(
    desk: CommandLine, words: tuple[str, ...], record: dict[str, Any], field: str, blank: str
) -> None:
    assert desk(*words, content={**record, field: blank}) == 1
    assert desk.err == f"[1].{field}: this field is required\n"


def test_blanks_do_not_clear_a_required_text(desk: CommandLine) -> None:
    (number,) = desk.json("case", "add", content=CASE)["numbers"]
    assert desk("case", "edit", number, content={"subject": " "}) == 1
    assert desk.json("case", "show", number)["subject"] == "包裹延误"


def test_invisible_characters_are_taken_out_and_said(desk: CommandLine) -> None:
    (number,) = desk.json("case", "add", content=[{**CASE, "subject": "包裹\u200b延误"}])["numbers"]
    assert desk.err == "subject: 1 invisible characters were taken out (U+200B)\n"
    assert desk.json("case", "show", number)["subject"] == "包裹延误"


def test_an_array_of_one_counts_from_one(desk: CommandLine) -> None:
    assert desk("case", "add", content=[{**CASE, "kind": "x"}]) == 1
    assert desk.err.startswith("[1].kind: ")
    assert desk("case", "add", content=[{**CASE, "outlet": "城东支局"}]) == 1
    assert desk.err.startswith("[1].outlet: ")


def test_an_impossible_opening_day_names_record_and_field(desk: CommandLine) -> None:
    assert desk("case", "add", content=[CASE, {**CASE, "opened_on": "1949-10-01"}]) == 1
    assert desk.err.startswith("[2].opened_on: 1949-10-01 ")


def test_a_line_separator_inside_a_text_is_no_end_of_line(desk: CommandLine, tmp_path: Path) -> None:
    file = lines(tmp_path, CASE, {**CASE, "narrative": "一\u2028二"})
    number = desk.json("case", "add", file)["numbers"][1]
    assert desk.json("case", "show", number)["narrative"] == "一\n二"


def test_of_several_files_the_bad_one_is_named_and_what_was_saved(desk: CommandLine, tmp_path: Path) -> None:
    good, bad = lines(tmp_path, CASE), tmp_path / "bad.json"
    bad.write_text(json.dumps({**CASE, "kind": "x"}), "utf-8")
    assert desk("case", "add", good, str(bad), "--json") == 1
    assert desk.out == ""
    assert f"{bad}: [1].kind: " in desk.err
    assert "saved: 220204-2019-07-0001" in desk.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "内容为空"),
        ('{"kind": }', "第 1 行第 10 个字符处缺少一个值"),
        ('{"kind": NaN}', "NaN 不是 JSON 的数字"),
        ('{"kind": 1, "kind": 2}', "同一对象中键“kind”出现了两次"),
        ("[" * 100_000, "嵌套层数过多"),
        ("9" * 5000, "有数字位数过多"),
    ],
)
def test_bad_json_is_explained_in_chinese(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    file = tmp_path / "in.json"
    file.write_text(content, "utf-8")
    assert run(hooks(), ["--lang", "zh_CN", "rule", "compensation", str(file)]) == 1
    assert capfd.readouterr().err == f"不是正确的 JSON：{said}；请改正后再试\n"


def test_an_unreadable_file_is_explained_in_chinese(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(hooks(), ["--lang", "zh_CN", "rule", "compensation", str(tmp_path)]) == 1
    assert "这是文件夹" in capfd.readouterr().err


def test_a_step_alone_is_refused_without_a_place(desk: CommandLine) -> None:
    (number,) = desk.json("case", "add", content=CASE)["numbers"]
    assert desk("case", "step", number, content={}) == 1
    assert desk.err.startswith("a step needs ")


@pytest.mark.parametrize("day", ["20190709", "2019-W28-2", 5])
def test_a_day_has_one_form(desk: CommandLine, day: object) -> None:
    (number,) = desk.json("case", "add", content=CLOSED)["numbers"]
    assert desk("case", "reopen", number, content={"on": day, "text": "客户又来"}) == 1
    assert desk.err == "on: no date; write it as 2019-07-02\n"


def test_the_reason_of_a_reopening_keeps_the_text_rule(desk: CommandLine) -> None:
    (number,) = desk.json("case", "add", content=CLOSED)["numbers"]
    assert desk("case", "reopen", number, content={"on": "2019-07-09", "text": "客户\x07又来"}) == 1
    assert desk.err.startswith("text: a character that can't be stored (U+0007)")


def test_a_case_is_not_closed_before_it_was_reopened(desk: CommandLine) -> None:
    (number,) = desk.json("case", "add", content=CLOSED)["numbers"]
    assert desk("case", "reopen", number, content={"on": "2019-07-12", "text": "客户又来"}) == 0
    assert desk("case", "close", number, content={"closed_on": "2019-07-11"}) == 1
    assert "not before the reopening of 2019-07-12" in desk.err
    assert desk("case", "close", number, content={"closed_on": "2019-07-12"}) == 0


@pytest.mark.parametrize("day", ["２０１９-07-02", "2019-7-02", "2019-02-29"])
def test_a_malformed_day_of_an_option_is_a_wrong_command_line(desk: CommandLine, day: str) -> None:
    assert desk("rule", "due", "inquiry_reply", "--from", day) == 2
    assert f"“{day}” is no date" in desk.err


def test_a_day_of_entry_at_the_end_of_the_calendar_is_refused(desk: CommandLine, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("明天寄出", "utf-8")
    assert desk("case", "read", str(story), "--on", "9999-12-31") == 1
    assert desk.err.startswith("9999-12-31 can't be the day of entry")


def test_the_name_of_a_branch_keeps_the_text_rule(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ["new", "--branch", "船营\x07区", "--code", "220204", "--no-password"]
    assert run(hooks(), ["--lang", "en", "--desk", str(tmp_path / "desk"), *words]) == 1
    assert "U+0007" in capfd.readouterr().err
    assert not (tmp_path / "desk").exists()


def test_an_item_twice_in_a_case_is_told(desk: CommandLine) -> None:
    item = {"number": "RR473124829GB"}
    assert desk("case", "add", content={**CASE, "items": [item, item]}) == 0
    assert desk.err == "Item RR473124829GB stands twice in the case; take one out if it is the same\n"


def test_a_closing_to_come_is_told(desk: CommandLine) -> None:
    assert desk("case", "add", content={**CLOSED, "closed_on": "2199-01-01"}) == 0
    assert "is closed on 2199-01-01, after today" in desk.err


def test_an_outlet_of_an_untidy_name_is_shown_as_it_was_saved(desk: CommandLine) -> None:
    assert desk.json("outlet", "add", "船营\u200b支局")["name"] == "船营支局"


def test_figures_go_into_a_file_too(desk: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "july.json"
    printed = desk.json("summary", "2019-07", "--format", "json", "--out", str(file))
    assert json.loads(file.read_text("utf-8")) == printed


def test_a_move_that_is_not_allowed_is_told_in_the_names_of_states(desk: CommandLine) -> None:
    steps = [{"at": "2019-07-04", "text": "已查", "status": "reopened"}]
    assert desk("case", "add", content={**CASE, "steps": steps}) == 1
    assert desk.err.startswith("[1].steps[1].status: A case can't go from “Registered” to “Reopened”")
