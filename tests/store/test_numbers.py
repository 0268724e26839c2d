"""Case numbers: given once, in order, never again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.services.cases import add_cases, delete_cases, edit_case, read_cases
from postal_desk.services.desk import Desk
from postal_desk.services.undo import purge_bin
from postal_desk.store import numbers


def test_numbers_count_up_in_each_month(desk: Desk, make_case: Callable[..., Case]) -> None:
    days = ("2019-07-02", "2019-07-31", "2019-08-01", "2019-07-02")
    assert add_cases(desk, [make_case(opened_on=day) for day in days]).cases == (
        "220204-2019-07-0001",
        "220204-2019-07-0002",
        "220204-2019-08-0001",
        "220204-2019-07-0003",
    )


def test_a_number_is_not_given_again_after_deletion(desk: Desk, make_case: Callable[..., Case]) -> None:
    numbers_given = add_cases(desk, [make_case()]).cases
    delete_cases(desk, numbers_given)
    desk.now = lambda: __import__("datetime").datetime(2019, 12, 1)
    assert purge_bin(desk).cases == numbers_given
    assert add_cases(desk, [make_case()]).cases == ("220204-2019-07-0002",)


def test_a_number_stays_when_the_day_moves_to_another_month(
    desk: Desk, make_case: Callable[..., Case]
) -> None:
    add_cases(desk, [make_case(), make_case(opened_on="2019-08-02")])
    edit_case(desk, "220204-2019-07-0001", {"opened_on": date(2019, 8, 2)})
    found = [(case.number, case.opened_on.day) for case in read_cases(desk, CaseFilter())]
    assert found == [("220204-2019-08-0001", 2), ("220204-2019-07-0001", 2)]


def test_a_moved_case_is_found_in_its_new_month_only(desk: Desk, make_case: Callable[..., Case]) -> None:
    add_cases(desk, [make_case()])
    edit_case(desk, "220204-2019-07-0001", {"opened_on": date(2019, 8, 2)})
    july = CaseFilter(opened_from=date(2019, 7, 1), opened_to=date(2019, 7, 31), text="挂号")
    august = CaseFilter(opened_from=date(2019, 8, 1), opened_to=date(2019, 8, 31), text="挂号")
    assert [len(read_cases(desk, month)) for month in (july, august)] == [0, 1]


def test_keys_order_by_day_then_series_then_month_then_sequence() -> None:
    day = date(2019, 7, 31)
    keys = [
        numbers.sort_key(day, 0, "2019-06", 9999),
        numbers.sort_key(day, 0, "2019-07", 1),
        numbers.sort_key(day, 0, "2019-07", 20_000),
        numbers.sort_key(day, 1, "2019-01", 1),
        numbers.sort_key(day + timedelta(days=1), 0, "2019-01", 1),
    ]
    assert keys == sorted(keys)
    assert numbers.first_key(day) <= keys[0] < keys[3] < numbers.first_key(day + timedelta(days=1)) <= keys[4]


def test_each_series_counts_for_itself(desk: Desk) -> None:
    with desk.work(write=True) as work:
        second = numbers.series_id(work, "220204B")
        assert second == 1
        assert numbers.take(work, second, "2019-07", 3) == 1
        assert numbers.take(work, second, "2019-07") == 4
        assert numbers.take(work, 0, "2019-07") == 1
