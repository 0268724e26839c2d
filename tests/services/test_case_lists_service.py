"""Lists: each filter shows what a plain look at all cases shows, counted and in pieces."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, Step
from postal_desk.domain.deadlines import reply_dues
from postal_desk.services.case_lists import (
    count_cases,
    entry_hints,
    list_head,
    list_keys,
    rows_at,
    rows_by_key,
)
from postal_desk.services.cases import add_cases, delete_cases, read_cases
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.filter_json import filter_from_json, filter_to_json
from postal_desk.services.organisation import add_outlet, add_staff
from postal_desk.services.similar_cases import similar_cases

TODAY = date(2019, 8, 20)
WORDS = ("挂号信", "包裹", "快件破损", "报刊缺期", "冒名期刊")


def some_case(chance: random.Random) -> Case:
    opened = date(2019, 5, 1) + timedelta(days=chance.randrange(110))
    closed = opened + timedelta(days=chance.randrange(1, 40)) if chance.random() < 0.7 else None
    return Case(
        kind=chance.choice(("inquiry", "complaint", "praise")),
        category=chance.choice(("07", "07.domestic", "01.misdelivery", "03.lost")),
        channel=chance.choice(("counter", "telephone")),
        opened_on=opened,
        subject=chance.choice(WORDS),
        business=chance.choice(("", "letter", "parcel")),
        outlet=chance.choice(("", "船营投递部", "临江支局")),
        handler=chance.choice(("", "苏阳")),
        fraud=chance.random() < 0.2,
        customer=Customer(phone=chance.choice(("", "13812345678", "138 1234 5678", "13900000001"))),
        narrative="".join(chance.choices(WORDS, k=3)),
        steps=(Step(opened.isoformat(), text="已查"),),
        dispositions=(Disposition(chance.choice(("apology", "compensated")), Decimal("12.60")),) if closed else (),
        responsibility="not_responsible" if closed else "",
        opinion=chance.choice(("satisfied", "dissatisfied")) if closed else "",
        praise="锦旗" if chance.random() < 0.1 else "",
        answered_on=opened + timedelta(days=1) if chance.random() < 0.2 else None,
        closed_on=closed,
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of 400 cases, some of them in the recycle bin."""
    folder: Path = tmp_path_factory.mktemp("lists") / "desk"
    with create_desk(folder, "船营区分公司", "220204", now=lambda: datetime(2019, 8, 20, 10)) as desk:
        for name in ("船营投递部", "临江支局"):
            add_outlet(desk, name)
        add_staff(desk, "苏阳")
        chance = random.Random(5)
        numbers = add_cases(desk, [some_case(chance) for _ in range(400)]).cases
        delete_cases(desk, numbers[::20])
        yield desk


def overdue(desk: Desk, case: Case) -> bool:
    dues = reply_dues(case, desk.rules, "220204")
    return case.replied_on is None and dues is not None and dues[0] < TODAY


Predicate = Callable[[Desk, Case], bool]
JULY = {"opened_from": date(2019, 7, 1), "opened_to": date(2019, 7, 31)}
FILTERS: dict[str, tuple[CaseFilter, Predicate]] = {
    "all": (CaseFilter(), lambda d, c: True),
    "month": (CaseFilter(**JULY), lambda d, c: c.opened_on.month == 7),
    "closed": (CaseFilter(statuses=("closed",)), lambda d, c: c.status == "closed"),
    "open": (CaseFilter(statuses=("registered", "answered")), lambda d, c: c.status in ("registered", "answered")),
    "both": (CaseFilter(statuses=("registered", "closed")), lambda d, c: c.status in ("registered", "closed")),
    "top category": (CaseFilter(category="07"), lambda d, c: c.category[:2] == "07"),
    "category": (CaseFilter(category="07.domestic"), lambda d, c: c.category == "07.domestic"),
    "outlet": (CaseFilter(outlet="临江支局", **JULY), lambda d, c: c.outlet == "临江支局" and c.opened_on.month == 7),
    "unknown outlet": (CaseFilter(outlet="无"), lambda d, c: False),
    "handler": (CaseFilter(handler="苏阳", fraud=True), lambda d, c: c.handler == "苏阳" and c.fraud),
    "overdue": (CaseFilter(overdue=True), overdue),
    "phone": (CaseFilter(customer_phone="+86 138-1234-5678"), lambda d, c: "5678" in c.customer.phone),
    "kind": (CaseFilter(kind="praise"), lambda d, c: c.kind == "praise"),
    "praise": (CaseFilter(praise=True), lambda d, c: c.kind == "praise" or bool(c.praise)),
    "compensated": (CaseFilter(compensated=True), lambda d, c: any(x.kind == "compensated" for x in c.dispositions)),
    "opinion": (CaseFilter(opinions=("dissatisfied",)), lambda d, c: c.opinion == "dissatisfied"),
    "closed in July": (
        CaseFilter(closed_from=date(2019, 7, 1), closed_to=date(2019, 7, 31)),
        lambda d, c: c.closed_on is not None and c.closed_on.month == 7,
    ),
    "closed since": (
        CaseFilter(closed_from=date(2019, 7, 15)),
        lambda d, c: c.closed_on is not None and c.closed_on >= date(2019, 7, 15),
    ),
    "due": (
        CaseFilter(due_from=date(2019, 7, 1), due_to=date(2019, 7, 31)),
        lambda d, c: (reply_dues(c, d.rules, "220204") or (None, TODAY))[1].month == 7,
    ),
    "text": (CaseFilter(text="破损"), lambda d, c: "破损" in c.subject + "|" + c.narrative),
    "text, overdue": (
        CaseFilter(text="挂号", overdue=True),
        lambda d, c: "挂号" in c.subject + "|" + c.narrative and overdue(d, c),
    ),
    "text, outlet": (
        CaseFilter(text="挂号", outlet="临江支局", **JULY),
        lambda d, c: "挂号" in c.subject + "|" + c.narrative and c.outlet == "临江支局" and c.opened_on.month == 7,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILTERS)
def test_a_list_shows_what_a_look_at_all_cases_shows(desk: Desk, name: str) -> None:
    wanted, holds = FILTERS[name]
    expected = [case for case in read_cases(desk, CaseFilter()) if holds(desk, case)]
    assert expected or name == "unknown outlet"
    numbers = [case.number for case in expected]
    head = list_head(desk, wanted, 50)
    assert [row.number for row in head.rows] == numbers[:50]
    closed, late = sum(not c.is_open for c in expected), sum(overdue(desk, c) for c in expected)
    assert (head.total, head.closed, head.overdue) == (len(expected), closed, late)
    counts = count_cases(desk, wanted)
    assert (counts.total, counts.closed, counts.overdue) == (head.total, head.closed, head.overdue)
    keys = list_keys(desk, wanted)
    assert [row.number for row in rows_by_key(desk, keys)] == numbers
    assert [row.number for row in rows_at(desk, wanted, 3, 5)] == numbers[3:8]


@pytest.mark.parametrize("name", ["all", "kind", "text"])
def test_keys_come_in_pieces_too(desk: Desk, name: str) -> None:
    wanted = FILTERS[name][0]
    whole, pieces, before = list_keys(desk, wanted), list_keys(desk, wanted, limit=0)[:0], None
    while piece := list_keys(desk, wanted, limit=17, before=before):
        pieces.extend(piece)
        before = piece[-1]
    assert pieces == whole


def test_the_order_is_day_then_number_newest_first(desk: Desk) -> None:
    rows = rows_by_key(desk, list_keys(desk, CaseFilter()))
    order = [(row.opened_on, row.number) for row in rows]
    assert order == sorted(order, reverse=True)


def test_a_row_says_how_late_the_case_is(desk: Desk) -> None:
    row = list_head(desk, CaseFilter(overdue=True)).rows[0]
    assert row.due is not None
    assert row.overdue_days == (TODAY - row.due).days > 0
    done = list_head(desk, CaseFilter(statuses=("closed",))).rows[0]
    assert (done.overdue_days, done.elapsed_days) == (0, (done.closed_on - done.opened_on).days)  # type: ignore[operator]


def test_the_bin_is_searched_too(desk: Desk) -> None:
    binned = list_head(desk, CaseFilter(deleted=True))
    assert binned.total == 20
    assert list_head(desk, CaseFilter(deleted=True, text=binned.rows[0].number)).total == 1


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_survives_as_json(name: str) -> None:
    wanted = FILTERS[name][0]
    assert filter_from_json(filter_to_json(wanted)) == wanted


def test_hints_name_the_same_item_and_phone_within_a_month(empty_desk: Desk) -> None:
    def case(day: date, item: str, phone: str) -> Case:
        return Case(
            "inquiry", "07", "counter", day, "信", items=(MailItem(item),), customer=Customer(phone=phone)
        )

    numbers = add_cases(
        empty_desk,
        [
            case(date(2019, 7, 1), "RR473124829GB", ""),
            case(date(2019, 7, 2), "EE471108151FR", "13812345678"),
            case(date(2019, 5, 1), "RR473124829GB", "13812345678"),
        ],
    ).cases
    hints = entry_hints(empty_desk, ["rr473124829gb"], "138-1234-5678", date(2019, 7, 20))
    assert [(row.number, why) for row, why in hints.duplicates] == [
        (numbers[1], "phone"),
        (numbers[0], "item"),
    ]
    assert hints.customer_cases == 2
    assert (
        entry_hints(empty_desk, [], "138-1234-5678", date(2019, 7, 20), exclude=numbers[1]).customer_cases
        == 1
    )


def test_the_most_similar_finished_cases_come_with_their_outcome(desk: Desk) -> None:
    found = similar_cases(desk, "快件破损，快件破损", "03")
    assert found
    assert "破损" in found[0].subject + found[0].number or found[0].score > 0.1
    assert all(case.status == "closed" and case.outcome for case in found)
    assert [case.score for case in found] == sorted((case.score for case in found), reverse=True)
    assert similar_cases(desk, "", "03") == []
