"""Single cells: dates, item numbers, amounts, steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from postal_desk.ledgers.cells import read_age, read_items, read_money, read_person
from postal_desk.ledgers.dates import DateReader, year_in
from postal_desk.ledgers.step_texts import split_steps

DAY = date(2019, 7, 2)


@pytest.mark.parametrize(
    "written",
    [
        "2019.7.2", "2019-07-02", "2019/7/2", "19.7.2", "7月2日", "7.2", "2019年7月2日", "2019年7月2号 上午9点",
        "20190702", 20190702.0, 43648.0, 43648.5, "43648", "二〇一九年七月二日", "２０１９．７．２", "2019-7-2 星期二",
        "2019、7、2",
    ],
)  # fmt: skip
def test_days_as_people_write_them(written: Any) -> None:
    assert DateReader(year=2019).read(written).day == DAY


@pytest.mark.parametrize(
    "written", ["2019-02-30", 2019.1, "待定", "7/2/2019", "2019年7月", True, 1e300, "0702", "5"]
)
def test_what_is_no_day_is_said_and_not_guessed(written: Any) -> None:
    read = DateReader(year=2019).read(written)
    assert read.day is None
    assert read.reason is not None


def test_two_digit_years_reach_back_a_century() -> None:
    reader = DateReader(latest=2027)
    assert reader.read("98-7-2").day == date(1998, 7, 2)
    assert reader.read("27-7-2").day == date(2027, 7, 2)


def test_a_day_without_a_year_needs_one() -> None:
    assert "year" in str(DateReader().read("7月2日").reason)
    assert year_in("船营区2019年投诉台账") == 2019
    assert year_in("2018-2019年台账") is None


@pytest.mark.parametrize(
    ("cell", "numbers", "kept"),
    [
        ("XA24435342142、RA473124829CN", ("XA24435342142", "RA473124829CN"), False),
        ("xa 2443 5342 142", ("XA24435342142",), False),
        (1234567890123.0, ("1234567890123",), False),
        (123456789012.0, (), True),
        (1.23457e17, (), True),
        ("1.23457E+12", (), True),
        ("无", (), False),
        ("挂号信一封", (), True),
    ],
)
def test_item_numbers_are_taken_or_kept_as_text(cell: Any, numbers: tuple[str, ...], kept: bool) -> None:
    read = read_items(cell)
    assert read.numbers == numbers
    assert bool(read.kept) == kept
    assert (read.flag is not None) == (kept or isinstance(cell, float))


def test_amounts_persons_ages() -> None:
    assert read_money("￥1,012.60元") == (Decimal("1012.60"), True)
    assert read_money("约12元") == (None, False)
    assert read_money(float("inf")) == (None, False)
    assert read_person("张建国　13844445555") == ("张建国", "13844445555")
    assert read_age("80多岁") == "80_plus"
    assert read_age(72.0) == "60_79"
    assert read_age("老张") is None


def test_a_cell_of_steps_is_cut_at_its_dates() -> None:
    text = "已登记。7月3日联系客户，承诺7月8日前答复；2019.7.5 查到下落；12月31日办结"
    steps = split_steps(text, DAY, DAY)
    assert [(step.at, step.text) for step in steps] == [
        ("2019-07-02", "已登记"),
        ("2019-07-03", "联系客户，承诺7月8日前答复"),
        ("2019-07-05", "查到下落"),
        ("2019-12-31", "办结"),
    ]


def test_a_step_after_new_year_is_of_the_next_year() -> None:
    assert split_steps("1月3日回复", date(2019, 12, 30), DAY)[0].at == "2020-01-03"


def test_a_text_without_dates_is_one_step_on_the_day_known() -> None:
    assert split_steps("已道歉", DAY, date(2019, 7, 9))[0].at == "2019-07-09"
