"""No list, search or count reads the whole table: each filter's plan is looked at as SQLite means to run it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.services.desk import Desk, create_desk
from postal_desk.store import case_queries

TODAY = date(2019, 8, 20)
JULY = {"opened_from": date(2019, 7, 1), "opened_to": date(2019, 7, 31)}
FILTERS = {
    "all": CaseFilter(),
    "month": CaseFilter(**JULY),
    "status": CaseFilter(statuses=("closed",)),
    "open": CaseFilter(statuses=("registered", "waiting")),
    "mixed statuses": CaseFilter(statuses=("registered", "closed")),
    "category": CaseFilter(category="07"),
    "subcategory": CaseFilter(category="07.domestic"),
    "outlet": CaseFilter(outlet="船营投递部"),
    "outlet in a month": CaseFilter(outlet="船营投递部", **JULY),
    "handler": CaseFilter(handler="苏阳"),
    "overdue": CaseFilter(overdue=True),
    "overdue of an outlet": CaseFilter(overdue=True, outlet="船营投递部"),
    "fraud": CaseFilter(fraud=True),
    "phone": CaseFilter(customer_phone="13812345678"),
    "kind": CaseFilter(kind="praise"),
    "praise": CaseFilter(praise=True),
    "compensated": CaseFilter(compensated=True),
    "opinions": CaseFilter(opinions=("satisfied", "dissatisfied")),
    "numbers": CaseFilter(numbers=("220204-2019-07-0001",)),
    "bin": CaseFilter(deleted=True),
    "bin of an outlet": CaseFilter(deleted=True, outlet="船营投递部", text="信"),
    "text": CaseFilter(text="挂号"),
    "text in a month": CaseFilter(text="挂号", **JULY),
    "text of an outlet": CaseFilter(text="挂号", outlet="船营投递部"),
    "text, overdue": CaseFilter(text="挂号", overdue=True),
    "text, kind": CaseFilter(text="挂号", kind="praise"),
    "closed in July": CaseFilter(closed_from=date(2019, 7, 1), closed_to=date(2019, 7, 31)),
    "due in July": CaseFilter(due_from=date(2019, 7, 1), due_to=date(2019, 7, 31)),
}
#: Few rows each, so that sorting them is cheap.
SORTED = {"numbers", "closed in July", "due in July"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all: nothing is written to it."""
    with create_desk(tmp_path_factory.mktemp("plans") / "desk", "船营区分公司", "220204") as desk:
        yield desk


def plan(desk: Desk, sql: str, values: tuple[object, ...]) -> list[str]:
    with desk.work() as work:
        return [row[3] for row in work.rows(f"EXPLAIN QUERY PLAN {sql}", values)]


@pytest.mark.parametrize("name", FILTERS)
def test_a_list_walks_an_index_that_is_in_order(desk: Desk, name: str) -> None:
    query = case_queries.query_of(FILTERS[name], TODAY)
    assert query is not None
    sql = f"SELECT cases.number FROM {query.source} WHERE {query.where} ORDER BY {query.key} DESC LIMIT 100"
    lines = plan(desk, sql, tuple(query.values))
    assert not [
        line
        for line in lines
        if line == "SCAN cases" or line.startswith("SCAN search VIRTUAL TABLE INDEX 0:")
    ]
    assert name in SORTED or "USE TEMP B-TREE FOR ORDER BY" not in lines


@pytest.mark.parametrize("name", [name for name in FILTERS if not name.startswith("bin")])
def test_a_count_never_scans_the_table(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    seen: list[case_queries.Query] = []
    monkeypatch.setattr(case_queries, "count", lambda _, query: seen.append(query) or 1)
    with desk.work() as work:
        case_queries.counts(work, FILTERS[name], TODAY)
    assert seen
    for query in seen:
        lines = plan(desk, f"SELECT count(*) FROM {query.source} WHERE {query.where}", tuple(query.values))
        assert not [line for line in lines if line == "SCAN cases"], lines


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("all", "ix_cases_living"),
        ("month", "ix_cases_living"),
        ("category", "ix_cases_category"),
        ("kind", "ix_cases_codes"),
        ("overdue", "ix_cases_unreplied"),
    ],
)
def test_big_counts_read_an_index_alone(desk: Desk, name: str, index: str) -> None:
    query = case_queries.query_of(FILTERS[name], TODAY)
    assert query is not None
    lines = plan(desk, f"SELECT count(*) FROM {query.source} WHERE {query.where}", tuple(query.values))
    assert any(f"USING COVERING INDEX {index}" in line for line in lines), lines
