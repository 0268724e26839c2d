"""``problem``, ``visit``, ``error`` and what they add to ``measure``, on the command line, through a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine


@pytest.fixture
def line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    """A desk with one outlet and one new colleague."""
    made = CommandLine(tmp_path, capfd)
    made.new()
    assert made("outlet", "add", "船营投递部", "--kind", "delivery_unit") == 0
    assert made("staff", "add", "苏阳", "--outlet", "船营投递部", "--joined", "2019-06-20") == 0
    return made


def test_from_a_visit_to_a_measure(line: CommandLine) -> None:
    visit = {
        "title": "到船营投递部调研",
        "purpose": "退件为什么慢",
        "visited_on": "2019-07-15",
        "findings": [{"text": "退件没有专人登记"}],
    }
    assert line.json("visit", "add", content=visit) == {"numbers": ["220204-V-2019-0001"]}
    assert line.json("visit", "problem", "V-2019-0001", "1") == {"number": "220204-P-2019-0001"}
    (problem,) = line.json("problem", "list")
    assert (problem["status"], problem["visit"]) == ("open", "220204-V-2019-0001")
    measure = {"title": "退件专人登记", "kind": "corrective", "problem_number": "P-2019-0001"}
    line.json("measure", "add", content=measure)
    shown = line.json("measure", "show", "M-2019-0001")
    assert shown["problem"]["text"] == "退件没有专人登记"
    assert line.json("problem", "show", "P-2019-0001")["measures"] == ["220204-M-2019-0001"]
    assert line("visit", "show", "V-2019-0001") == 0
    assert "220204-P-2019-0001" in line.out


def test_error_says_why_it_is_exempt(line: CommandLine) -> None:
    error = {"staff": "苏阳", "on": "2019-08-02", "text": "收寄信息录错"}
    line.json("error", "add", content=error)
    shown = line.json("error", "show", "E-2019-0001")
    assert shown["exempt"] is True
    assert shown["exemptions"][0]["rule"] == "new_staff"
    assert "2019-09-20" in shown["exemptions"][0]["why"][0]
    decided = {"decision": "exempted", "decided_by": "韩冬梅", "decided_on": "2019-08-03"}
    assert line.json("error", "edit", "E-2019-0001", content=decided)["ground"] == "new_staff"
    assert [one["number"] for one in line.json("error", "list", "--decision", "exempted")] == [
        "220204-E-2019-0001"
    ]


def test_recurrence_is_called_and_answered(line: CommandLine) -> None:
    case = {
        "kind": "complaint",
        "category": "02",
        "channel": "telephone",
        "subject": "延误",
        "outlet": "船营投递部",
    }
    line.json("case", "add", content=[{**case, "opened_on": f"2019-07-0{day}"} for day in (1, 2, 3)])
    (row,) = line.json("problem", "recurring", "--until", "2019-07-31")["rows"]
    assert (row["times"], row["crossed"], row["accountability"]) == (3, True, None)
    item = {"person": "苏阳", "outlet": "船营投递部", "category": "02", "raised_on": "2019-07-31", "times": 3}
    raised = line.json("problem", "account", "raise", content=item)
    (row,) = line.json("problem", "recurring", "--until", "2019-07-31")["rows"]
    assert (row["person"], row["accountability"]) == ("苏阳", raised["number"])


def test_effect_needs_a_category_and_a_day(line: CommandLine) -> None:
    measure = {"title": "按址投递", "kind": "corrective", "problem": {"text": "错投"}, "category": "01"}
    number = line.json("measure", "add", content=measure)["numbers"][0]
    assert line("measure", "effect", number) == 1
    assert "category" in line.err
    line.json("measure", "edit", number, content={"in_force_on": "2019-04-10"})
    assert line("measure", "effect", number) == 1  # no case is on record
    assert line("measure", "volume", "2019-03", "12000") == 0
    assert line.json("measure", "volumes") == [{"month": "2019-03", "outlet": None, "items": 12000}]


def test_numbers_of_other_kinds_are_refused(line: CommandLine) -> None:
    assert line("problem", "show", "M-2019-0001") == 1
    assert "220204-P-2019-0003" in line.err
    assert line("visit", "show", "V-2019-0009") == 1
    assert line("problem", "list", "--status", "lost") == 2


def test_bin_gives_back_what_was_deleted(line: CommandLine) -> None:
    line.json("problem", "add", content={"text": "退件慢"})
    (problem,) = line.json("problem", "list")
    assert line("problem", "delete", problem["number"]) == 0
    assert line.json("problem", "list") == []
    assert line("problem", "restore", problem["number"]) == 0
    assert len(line.json("problem", "list")) == 1


def test_rule_of_exemption_is_changed_shown_and_reset(line: CommandLine) -> None:
    change = ["rule", "change", "error_exemption", "new_staff"]
    assert line(*change, "--from", "2026-01-01", "--source", "市分公司通知", content={"months": 6}) == 0
    shown = {rule["key"]: rule for rule in line.json("rule", "show", "error_exemption")}
    assert shown["new_staff"]["valid_to"] == "2025-12-31"
    assert shown["new_staff__20260101"]["months"] == 6
    assert [
        r["months"] for r in line.json("rule", "list")["error_exemptions"] if r["ground"] == "new_staff"
    ] == [3, 6]
    assert line("rule", "reset", "error_exemption", "new_staff") == 0
    assert not any(rule["changed_here"] for rule in line.json("rule", "show", "error_exemption"))


def test_rule_is_refused_where_its_values_are_none(line: CommandLine) -> None:
    words = ["rule", "change", "recurrence", "rolling_year", "--from", "2026-01-01", "--source", "市"]
    assert line(*words, content={"limit": 0}) == 1
    assert "limit" in line.err
    assert line("rule", "change", "recurrence", "rolling_year") == 2
