"""The development stories keep their measured quality; the scorer counts as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from postal_desk.domain.story import Lexicon
from tests.stories import score as command
from tests.stories.leave_one_out import least
from tests.stories.score import DEVELOPMENT, HERE, SEALED, Score, main, score, table

DEV = HERE / "dev.json"


@pytest.fixture(scope="module")
def stories() -> list[dict[str, Any]]:
    loaded = json.loads(DEV.read_text("utf-8"))
    assert isinstance(loaded, list)
    return loaded


@pytest.fixture(scope="session")
def scores(lexicon: Lexicon) -> Callable[[str], Score]:
    """How a set is read; each is read once, when a test first asks, so that workers share the sets between them."""
    return cache(lambda name: score(json.loads((HERE / name).read_text("utf-8")), lexicon))


@pytest.fixture
def scored(scores: Callable[[str], Score]) -> Score:
    return scores(DEV.name)


def test_enough_stories_of_every_kind(stories: list[dict[str, Any]]) -> None:
    fields = [story["expected"]["fields"] for story in stories]
    assert len(stories) >= 80
    assert {found.get("kind") for found in fields} >= {
        "inquiry", "complaint", "appeal", "petition", "consultation", "suggestion", "praise", "help",
    }  # fmt: skip
    assert {found.get("category") for found in fields} >= {f"{number:02d}" for number in range(1, 19)}
    assert {story["on"][:4] for story in stories} == {str(year) for year in range(2018, 2027)}
    assert len({story["text"] for story in stories}) == len(stories)


def test_expected_wordings_stand_in_the_text(stories: list[dict[str, Any]]) -> None:
    for story in stories:
        expected = story["expected"]
        shown = [found["text"] for found in expected["dates"]]
        shown += [
            expected["fields"][name] for name in ("customer.name", "remedy") if name in expected["fields"]
        ]
        assert all(words in story["text"] for words in shown), story["id"]


LABELS = {
    "items": ("number", re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|[A-Z]{2}\d{11}|\d{13}")),
    "phones": ("number", re.compile(r"\+\d{8,15}|0\d{2,3}-\d{7,8}|1\d{10}|[48]00\d{7}|\d{3,8}")),
    "dates": ("date", re.compile(r"\d{4}-\d{2}-\d{2}")),
    "amounts": ("", re.compile(r"\d+\.\d{2}")),
}


@pytest.mark.parametrize("file", sorted(HERE.glob("*.json")), ids=lambda file: file.stem)
def test_labels_are_written_as_the_rules_say(file: Path) -> None:
    """Only how many are not is told: the sealed sets are not shown."""
    wrong = dict.fromkeys(LABELS, 0)
    for story in json.loads(file.read_text("utf-8")):
        for name, (key, form) in LABELS.items():
            values = [label[key] if key else label for label in story["expected"][name]]
            wrong[name] += sum(form.fullmatch(value) is None for value in values)
    assert sum(wrong.values()) == 0, wrong


def test_overall_quality(scored: Score) -> None:
    overall = scored.overall
    assert overall.precision is not None
    assert overall.recall is not None
    assert overall.firm_precision is not None
    assert overall.precision >= 0.97, table(scored)
    assert overall.recall >= 0.94, table(scored)
    assert overall.firm_precision >= 0.97, table(scored)


@pytest.mark.parametrize(
    "name",
    [
        "outlet",
        "handler",
        "customer.name",
        "customer.phone",
        "customer.age_band",
        "items",
        "phones",
        "dates",
        "amounts",
    ],
)
def test_plain_facts_are_nearly_always_right(scored: Score, name: str) -> None:
    tally = scored.tallies[name]
    assert tally.precision is not None
    assert tally.precision >= 0.97, name


def test_every_field_filled_in_is_right_at_least_nine_times_in_ten(scored: Score) -> None:
    low = {
        name: tally.firm_precision
        for name, tally in scored.tallies.items()
        if tally.firm_precision is not None and tally.firm_precision < 0.9
    }
    assert not low


#: The least overall precision and recall of each set.
FLOORS = {
    "dev_second.json": (0.97, 0.91),
    "dev_third.json": (0.98, 0.91),
    "dev_fourth.json": (0.99, 0.94),
    "dev_fifth.json": (0.98, 0.92),
    "dev_sixth.json": (0.98, 0.91),
    "dev_seventh.json": (0.99, 0.97),
    "dev_eighth.json": (0.99, 0.95),
    "dev_ninth.json": (0.98, 0.93),
    "dev_tenth.json": (0.96, 0.87),
    "dev_eleventh.json": (0.98, 0.95),
    "dev_thirteenth.json": (0.95, 0.87),
    "dev_fourteenth.json": (0.98, 0.91),
    "dev_fifteenth.json": (0.97, 0.85),
    "dev_sixteenth.json": (0.99, 0.9),
    "dev_seventeenth.json": (0.97, 0.83),
    "dev_eighteenth.json": (0.97, 0.9),
    "dev_nineteenth.json": (0.95, 0.87),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_other_development_sets_keep_their_quality(scores: Callable[[str], Score], name: str) -> None:
    overall, (precision, recall) = scores(name).overall, FLOORS[name]
    assert overall.precision is not None
    assert overall.recall is not None
    assert overall.precision >= precision, table(scores(name))
    assert overall.recall >= recall, table(scores(name))


def test_every_development_set_has_its_floor() -> None:
    assert FLOORS.keys() | {DEV.name} == set(DEVELOPMENT)


def test_least_confidence_is_the_lowest_that_reaches_the_goal() -> None:
    sure = [(0.9, True)] * 19
    assert least([sure, [(0.7, True), (0.7, False), (0.6, False)]]) == 0.7
    assert least([sure, [(0.7, False), (0.7, False)]]) == 0.9
    assert least([[(0.9, False)]]) == 1.0


def test_scorer_counts_right_wrong_and_missed(lexicon: Lexicon) -> None:
    story = {
        "id": "x",
        "on": "2023-06-15",
        "text": "刘先生来电，电话13804321176",
        "outlets": [],
        "staff": [],
        "expected": {
            "fields": {"customer.name": "刘先生", "customer.phone": "13900000000", "kind": "praise"},
            "items": [],
            "phones": [{"number": "13804321176", "whose": "other"}],
            "dates": [],
            "amounts": [],
        },
    }
    total = score([story], lexicon).tallies
    assert (total["customer.name"].right, total["customer.name"].wrong, total["customer.name"].missed) == (
        1,
        0,
        0,
    )
    assert (total["customer.phone"].right, total["customer.phone"].wrong, total["customer.phone"].missed) == (
        0,
        1,
        1,
    )
    assert (total["kind"].right, total["kind"].wrong, total["kind"].missed) == (0, 0, 1)
    assert (total["phones"].right, total["phones"].wrong, total["phones"].missed) == (0, 1, 1)


def test_command_prints_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    few = tmp_path / "few.json"
    few.write_text(json.dumps(json.loads(DEV.read_text("utf-8"))[:3]), "utf-8")
    assert main([str(few), "--errors"]) == 0
    assert "overall" in capsys.readouterr().out


def test_command_without_a_file_prints_every_development_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "score", lambda stories, lexicon: Score())
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert [line for line in shown.splitlines() if line.endswith(".json")] == list(DEVELOPMENT)


@pytest.mark.parametrize("flag", ["--held-out", "--validation"])
def test_flags_of_sealed_sets_never_list_differences(flag: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([flag, "--errors"]) == 2
    assert capsys.readouterr().out == ""


def test_one_sealed_set_at_a_time() -> None:
    assert main(["--held-out", "--validation"]) == 2


@pytest.mark.parametrize("name", SEALED)
def test_differences_of_sealed_stories_are_not_listed(name: str, tmp_path: Path) -> None:
    sealed = tmp_path / name
    sealed.write_text("[]", "utf-8")
    assert main([str(sealed), "--errors"]) == 2
