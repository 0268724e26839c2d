"""What no rule can be sure of is found before an export, with its place, and can be starred everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.services import personal_scan
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, open_desk
from postal_desk.services.documents import case_sheet_document, export_summary
from postal_desk.services.personal_scan import FoundInCase
from postal_desk.services.summaries import summary

STORY = (
    "周建国电话13804321176，邻居王小明住吉林市船营区德胜街35号2单元，苏阳已上门，李秀兰代收XA24435342142。"
)


@pytest.fixture
def number(desk: Desk, make_case: Callable[..., Case], finished: dict[str, object]) -> str:
    """A typical case that names others: a neighbour, a customer of another case, an address."""
    add_cases(desk, [make_case(customer={"name": "李秀兰"})])
    case = make_case(customer={"name": "周建国"}, narrative=STORY, typical=True, **finished)
    return add_cases(desk, [case]).cases[0]


def told(found: list[FoundInCase], *, masked: bool) -> dict[str, str]:
    return {one.finding.text: one.finding.kind for one in found if one.finding.masked is masked}


def test_what_an_export_stars_is_told_apart_from_the_rest(desk: Desk, number: str) -> None:
    found = personal_scan.scan_cases(desk, [number])
    assert told(found, masked=True) == {"周建国": "name", "13804321176": "phone", "XA24435342142": "item"}
    left = told(found, masked=False)
    assert left["李秀兰"] == "name"
    assert any("德胜街35号2单元" in text and kind == "address" for text, kind in left.items())
    assert "苏阳" not in left  # staff are not hidden


def test_places_are_code_points_of_the_text(desk: Desk, number: str) -> None:
    for one in personal_scan.scan_cases(desk, [number]):
        if one.finding.field == "narrative":
            assert STORY[one.finding.start : one.finding.end] == one.finding.text


def test_the_months_typical_cases_are_scanned(desk: Desk, number: str) -> None:
    found = personal_scan.scan_month(desk, Month(2019, 7))
    assert {one.number for one in found} == {number}
    assert personal_scan.scan_month(desk, Month(2019, 6)) == []


def test_a_word_is_starred_in_every_export(desk: Desk, number: str, tmp_path: Path) -> None:
    personal_scan.mask_also(desk, ["李秀兰", "王小明"])
    assert "李秀兰" not in str(case_sheet_document(desk, number, lang="zh_CN"))
    (typical,) = summary(desk, Month(2019, 7)).typical
    assert "李**" in typical.narrative
    assert "王小明" not in typical.narrative
    assert told(personal_scan.scan_cases(desk, [number]), masked=True)["李秀兰"] == "name"
    made = export_summary(desk, Month(2019, 7), "xlsx", tmp_path, lang="zh_CN")
    assert "李秀兰".encode() not in made.read_bytes()


def test_the_words_stay_with_the_desk_and_can_be_taken_off(desk: Desk) -> None:
    personal_scan.mask_also(desk, ["王小明", "李秀兰"])
    desk.close()
    with open_desk(desk.path) as again:
        assert personal_scan.also_masked(again) == ("王小明", "李秀兰")
        personal_scan.mask_no_more(again, ["王小明"])
        assert personal_scan.also_masked(again) == ("李秀兰",)
        with again.work() as work:
            assert "李秀兰" not in str(work.rows("SELECT * FROM audit").all())


def test_a_single_character_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="single character"):
        personal_scan.mask_also(desk, ["王"])
