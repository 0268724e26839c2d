"""Going to any record: numbers and names first, then cases, then what only mentions the words; all masked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from postal_desk.domain.case_json import parse_case
from postal_desk.domain.claim_json import parse_claim
from postal_desk.domain.error_records import ErrorRecord
from postal_desk.domain.measure_json import parse_measure
from postal_desk.services.cases import add_cases
from postal_desk.services.claims import add_claims
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.error_records import add_errors
from postal_desk.services.measures import add_measures, delete_measure
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.services.quick_search import quick_search

CASE, MEASURE, CLAIM = "220204-2026-07-0001", "220204-M-2026-0001", "220204-C-2026-0001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    now = datetime(2026, 7, 20, 9)
    with create_desk(tmp_path / "desk", "", "220204", now=lambda: now, today=now.date) as made:
        add_outlet(made, "河南街支局")
        add_staff(made, "苏阳", outlet="河南街支局")
        case = {
            "kind": "inquiry",
            "category": "07",
            "channel": "counter",
            "opened_on": "2026-07-17",
            "subject": "挂号信退回，请回电13844217788",
            "items": [{"number": "XA12345678922", "class": "registered_letter"}],
        }
        add_cases(made, [parse_case(case, made.rules)])
        measure = {"title": "退件专人登记", "kind": "corrective", "problem": {"text": "退件没有登记"}}
        add_measures(made, [parse_measure(measure, made.rules)])
        add_claims(made, [parse_claim({"case": CASE}, made.rules, made.today())])
        add_errors(made, [ErrorRecord("苏阳", date(2026, 7, 2), "退件错分")])
        yield made


def kinds(desk: Desk, typed: str) -> list[str]:
    return [row.kind for row in quick_search(desk, typed).rows]


def test_number_comes_first(desk: Desk) -> None:
    assert quick_search(desk, "M-2026-0001").rows[0].number == MEASURE
    assert quick_search(desk, "2026-07-0001").rows[0].number == CASE
    claim = quick_search(desk, "C-2026-0001").rows[0]
    assert (claim.number, claim.case) == (CLAIM, CASE)


def test_name_that_holds_the_words_stands_before_a_mention(desk: Desk) -> None:
    assert kinds(desk, "退件") == ["measure", "problem", "error"]
    assert kinds(desk, "挂号信") == ["case", "claim"]
    assert kinds(desk, "河南街") == ["outlet", "staff"]


def test_case_that_only_mentions_the_words_stands_behind_a_record_named_by_them(desk: Desk) -> None:
    case = {"kind": "inquiry", "category": "07", "channel": "counter", "opened_on": "2026-07-18"}
    told = {**case, "subject": "平信未到", "narrative": "客户说退件没有专人登记"}
    add_cases(desk, [parse_case(told, desk.rules)])
    assert kinds(desk, "专人登记") == ["measure", "case"]


def test_every_word_has_to_be_there(desk: Desk) -> None:
    assert kinds(desk, "苏阳 错分") == ["error"]
    assert kinds(desk, "苏阳 登记") == []


def test_signs_of_the_query_language_are_plain_characters(desk: Desk) -> None:
    assert kinds(desk, "%") == kinds(desk, "_") == []


def test_phones_are_starred(desk: Desk) -> None:
    assert all("13844217788" not in row.text for row in quick_search(desk, "挂号信").rows)


def test_deleted_record_is_not_found(desk: Desk) -> None:
    delete_measure(desk, MEASURE)
    assert "measure" not in kinds(desk, "专人登记")
