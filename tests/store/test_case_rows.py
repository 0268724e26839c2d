"""A case comes out of the tables as it went in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import case_to_json
from postal_desk.domain.cases import Case
from postal_desk.services.cases import add_cases, read_cases, show_case
from postal_desk.services.desk import Desk
from postal_desk.store.column_values import fen, phone_digits, yuan

FULL = {
    "kind": "complaint",
    "business": "letter",
    "category": "09.no_such_organisation",
    "channel": "carrier",
    "opened_on": "2019-07-02",
    "accepted_on": "2019-07-02",
    "answered_on": "2019-07-08",
    "subject": "两封挂号信未收到 𬱖",
    "narrative": "第一段\n第二段\t䶮",
    "remedy": "查明下落",
    "fraud": True,
    "customer": {
        "name": "刘·德",
        "phone": "+86 138-1234-5678",
        "address": "吉林省吉林市船营区",
        "age_band": "80_plus",
        "vulnerable": ["elderly", "disabled"],
        "anonymous": False,
    },
    "items": [
        {
            "number": "XA24435342142",
            "class": "registered_letter",
            "posted_on": "2019-06-12",
            "postage": "4.20",
        },
        {"number": "", "class": "parcel", "insured": "500.00", "value": "1000.05"},
    ],
    "steps": [
        {
            "at": "2019-07-03T09:05",
            "actor": "苏阳",
            "channel": "telephone",
            "counterpart": "期刊社",
            "result": "wrong_party",
            "text": "对方是保健品公司",
            "status": "investigating",
            "follow_up_on": "2019-07-05",
        },
        {"at": "2019-07-08", "text": "已退回", "result": "returned"},
    ],
    "dispositions": [
        {"kind": "compensated", "amount": "12.60", "on": "2019-07-09"},
        {"kind": "fraud_prevented"},
    ],
    "responsibility": "not_responsible",
    "opinion": "satisfied",
    "opinion_attempts": [{"on": "2019-07-09"}, {"on": "2019-07-10"}],
    "praise": "口头感谢",
    "related": [{"number": "220211-2019-06-0003", "kind": "follow_up"}],
    "closed_on": "2019-07-10",
    "typical": True,
}


def test_a_full_case_comes_back_whole(desk: Desk, make_case: Callable[..., Case]) -> None:
    case = make_case(**FULL)
    number = add_cases(desk, [case]).cases[0]
    stored = show_case(desk, number).case
    given = replace(
        case,
        number=number,
        status="closed",
        revision=1,
        created_at=stored.created_at,
        changed_at=stored.changed_at,
    )
    assert stored == given
    assert read_cases(desk, CaseFilter()) == [stored]
    assert {key: value for key, value in case_to_json(stored).items() if key in FULL}.keys() == FULL.keys()


@pytest.mark.parametrize("amount", ["0", "0.01", "12.60", "999999999.99"])
def test_money_is_exact(amount: str) -> None:
    assert yuan(fen(Decimal(amount))) == Decimal(amount)


def test_money_finer_than_a_fen_is_never_rounded() -> None:
    with pytest.raises(ValueError, match="finer"):
        fen(Decimal("0.001"))


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("0086 13812345678", "13812345678"),
        ("0432-64512345", "043264512345"),
        ("+44 20 7946 0018", "442079460018"),
        ("１３８", ""),
        ("", ""),
    ],
)
def test_the_same_phone_is_known_again(phone: str, digits: str) -> None:
    assert phone_digits(phone) == digits


@pytest.mark.parametrize(
    "change",
    [
        "status = 'gone'",
        "status = 'closed'",
        "closed_on = '2019-07-32'",
        "opened_on = '2019-7-2'",
        "replied_on = '2019-07-02'",
        "category_top = '08'",
        "revision = 0",
        "fraud = 2",
        "outlet_id = 99",
        "subject = ''",
    ],
)
def test_the_database_checks_for_itself(desk: Desk, make_case: Callable[..., Case], change: str) -> None:
    add_cases(desk, [make_case(opened_on=date(2019, 7, 2).isoformat())])
    with pytest.raises(IntegrityError), desk.work(write=True) as work:
        work.rows(f"UPDATE cases SET {change}")
