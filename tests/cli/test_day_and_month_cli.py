"""The day's work, claims, closed months, canned texts and checklists on the command line, through a real desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import CommandLine

CASE: dict[str, Any] = {
    "kind": "inquiry",
    "category": "07.domestic",
    "channel": "counter",
    "opened_on": "2019-07-02",
    "subject": "挂号信未到",
    "items": [{"number": "XA22010000322", "class": "registered_letter", "postage": "4.20"}],
}


@pytest.fixture
def day(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CommandLine:
    """A desk with one inquiry whose period is long over."""
    made = CommandLine(tmp_path, capfd)
    made.new()
    assert made("case", "add", content=CASE) == 0, made.err
    return made


NUMBER = "220204-2019-07-0001"


def test_today_lists_what_is_overdue(day: CommandLine) -> None:
    found = day.json("today")
    assert found["badge"] == 1
    assert [row["number"] for row in found["overdue"]] == [NUMBER]
    assert set(found["counts"]) >= {"overdue", "due_today", "due_soon", "rechecks", "claims", "months"}
    assert day("today") == 0
    assert "Overdue (1)" in day.out


def test_claim_from_proposal_to_payment(day: CommandLine) -> None:
    proposed = day.json("claim", "propose", NUMBER)
    assert (proposed["computed"], proposed["number"]) == ("12.60", "")
    wanted = {
        "case": NUMBER,
        "opened_on": "2019-08-05",
        "items": proposed["items"],
        "basis": proposed["basis"],
    }
    (number,) = day.json("claim", "add", content=wanted)["numbers"]
    assert number == "220204-C-2019-0001"
    day.json("claim", "edit", number, content={"agreed": {"amount": "12.60", "on": "2019-08-06"}})
    paid = day.json("claim", "edit", number, content={"paid": {"amount": "12.60", "on": "2019-08-07"}})
    assert (paid["status"], paid["open"], paid["age_days"]) == ("paid", False, 2)
    assert day.json("case", "show", NUMBER)["dispositions"][0]["amount"] == "12.60"
    assert day.json("claim", "list", "--open") == []
    assert [one["number"] for one in day.json("claim", "list", "--case", NUMBER)] == [number]
    assert day.json("summary", "2019-08")["claims"]["amount"] == "12.60"


def test_refused_claim_names_the_field(day: CommandLine) -> None:
    assert day("claim", "add", content={"case": NUMBER, "items": [{"class": "letter"}]}) == 1
    assert "items[1].class" in day.err
    assert day.out == ""


def test_month_is_checked_closed_and_revised(day: CommandLine) -> None:
    checked = day.json("month", "check", "2019-07")
    assert not checked["ok"] or checked["open"]
    assert {"code", "level", "what", "record"} <= set(checked["open"][0])
    closed = day.json("month", "close", "2019-07", "--reason", "first")
    assert (closed["state"], closed["number"], closed["revision"]) == ("closed", "220204-S-2019-07", 1)
    assert len(closed["hash"]) == 64
    day.json("case", "add", content={**CASE, "items": []})
    shown = day.json("month", "show", "2019-07")
    assert shown["state"] == "changed"
    assert {"figure": "received", "name": "Received", "before": "1", "after": "2"} in shown["differences"]
    assert shown["figures"]["received"] == 1
    assert day.json("summary", "2019-07")["closing"]["revision"] == 1
    assert day("month", "close", "2019-07") == 1
    assert "say why" in day.err
    assert day.json("month", "close", "2019-07", "--reason", "late")["revision"] == 2


def test_malformed_month_is_a_wrong_command_line(day: CommandLine) -> None:
    assert day("month", "close", "July") == 2


def test_checklist_and_canned_texts(day: CommandLine) -> None:
    lines = day.json("checklist", "show", NUMBER)
    assert [line["done"] for line in lines] == [False] * 5
    ticked = day.json("checklist", "tick", NUMBER, "lost_registered_receipt")
    assert sum(line["done"] for line in ticked) == 1
    assert NUMBER in day.json("canned", "fill", "accepted", NUMBER)["text"]
    assert {"accepted", "risk_notice"} <= {text["key"] for text in day.json("canned", "list")}
