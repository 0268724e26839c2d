"""The search against a scan of the same texts: everything is found, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.services.case_lists import list_head, list_keys
from postal_desk.services.cases import add_cases, read_cases
from postal_desk.services.desk import Desk
from postal_desk.store.search_text import LONGEST_QUERY, match_expression
from postal_desk.store.work import Work

HAN = "老人寄信挂号邮件查询投递𬱖䶮𠮷们的了"
WORDS = ("EMS", "app", "RR473124829GB", "13812345678", "0432-64512345", "7月2日", "3h")


def some_text(chance: random.Random) -> str:
    pieces = []
    for _ in range(chance.randint(1, 6)):
        pieces.append("".join(chance.choices(HAN, k=chance.randint(1, 8))))
        pieces.append(chance.choice(("，", " ", "。\n", "", chance.choice(WORDS))))
    return "".join(pieces)


def test_any_run_of_characters_is_found_where_a_scan_finds_it(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    chance = random.Random(7)
    cases = [
        make_case(narrative=some_text(chance), subject=some_text(chance).replace("\n", ""))
        for _ in range(250)
    ]
    add_cases(desk, cases)
    stored = read_cases(desk, CaseFilter())
    for _ in range(300):
        case = chance.choice(stored)
        length = chance.choice((1, 2, 2, 2, 3, 4))
        start = chance.randrange(len(case.narrative))
        wanted = case.narrative[start : start + length]
        if not all(char in HAN for char in wanted):
            continue
        by_scan = [c.number for c in stored if wanted in c.narrative or wanted in c.subject]
        assert [c.number for c in read_cases(desk, CaseFilter(text=wanted))] == by_scan, wanted


@pytest.mark.parametrize(
    "query",
    ["5678", "13812345678", "138 1234 5678", "RR473124829GB", "rr4731", "4829gb", "2019-07-0001", "𬱖䶮"],
)
def test_what_people_look_for(desk: Desk, make_case: Callable[..., Case], query: str) -> None:
    case = make_case(
        customer={"name": "王𬱖䶮", "phone": "13812345678"},
        items=[{"number": "RR473124829GB"}],
        steps=[{"at": "2019-07-03", "text": "打电话无人接听", "counterpart": "期刊社"}],
    )
    add_cases(desk, [case, make_case(subject="另一件")])
    assert [c.number for c in read_cases(desk, CaseFilter(text=query))] == ["220204-2019-07-0001"]


def test_words_of_steps_and_praise_are_found(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(
        desk,
        [make_case(praise="送来锦旗", steps=[{"at": "2019-07-03", "text": "空号", "counterpart": "期刊社"}])],
    )
    for query in ("锦旗", "空号", "刊社"):
        assert list_head(desk, CaseFilter(text=query)).total == 1


def test_nothing_reaches_from_one_field_into_the_next(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case(subject="收到", narrative="7件")])
    assert not list_keys(desk, CaseFilter(text="收到7"))


def test_a_search_without_a_word_finds_nothing_and_says_so(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    add_cases(desk, [make_case()])
    head = list_head(desk, CaseFilter(text="？！"))
    assert (head.total, head.rows, head.searchable) == (0, (), False)


def test_the_newest_come_first(desk: Desk, make_case: Callable[..., Case]) -> None:
    days = ("2019-07-02", "2019-07-09", "2019-06-30", "2019-07-02")
    add_cases(desk, [make_case(opened_on=day, narrative="同一个词") for day in days])
    found = [(c.opened_on.isoformat(), c.number[-4:]) for c in read_cases(desk, CaseFilter(text="一个"))]
    assert found == sorted(found, reverse=True)


EXPRESSIONS = st.text(max_size=LONGEST_QUERY)


@given(EXPRESSIONS)
def test_no_text_is_a_syntax_error(query: str) -> None:
    expression = match_expression(query)
    if expression is not None:
        _INDEX.execute("SELECT rowid FROM search WHERE search MATCH ? LIMIT 1", (expression,)).fetchall()


def _empty_index() -> Work:
    from sqlcipher3 import dbapi2

    from postal_desk.store.search import CREATE

    connection = dbapi2.connect(":memory:", isolation_level=None)
    connection.execute(CREATE)
    return connection


_INDEX = _empty_index()
