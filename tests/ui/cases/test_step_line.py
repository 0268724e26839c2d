"""A step typed as one line: what is recognised, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.store.seeding import load_rules
from postal_desk.ui.cases.step_line import StepLine, read_step_line

OPENED = date(2019, 7, 2)
TODAY = date(2019, 7, 22)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(paths.seeds())


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (
            "7-4 电话 编辑部：两个号码均为空号",
            StepLine("两个号码均为空号", date(2019, 7, 4), "telephone", "编辑部", "number_does_not_exist"),
        ),
        ("昨天 上门 送还两封信", StepLine("送还两封信", date(2019, 7, 21), "visit")),
        ("114 查号 未登记", StepLine("未登记", None, "directory_114", "", "not_registered")),
        ("电话刊社：无人接听", StepLine("无人接听", None, "telephone", "刊社", "no_answer")),
        ("客户说原址查无此单位", StepLine("客户说原址查无此单位", result="no_such_organisation")),
        ("已联系 /kh", StepLine("已联系", result="number_does_not_exist")),
        ("/returned", StepLine("", result="returned")),
        ("0705 到站查看", StepLine("到站查看", date(2019, 7, 5))),
        ("2019/7/6 到站查看", StepLine("到站查看", date(2019, 7, 6))),
    ],
)
def test_reads(line: str, read: StepLine, rules: Rules) -> None:
    assert read_step_line(line, rules, OPENED, TODAY) == read


@pytest.mark.parametrize(
    "line",
    [
        "114 说没有这个号码",  # a number, no day
        "12345 转来一件",
        "客户 14:30 来电",  # a clock, no counterpart
        "电话局的人来过",  # begins like a channel and is another word
        "第一，已核实：没有问题",  # the colon comes after a sentence has begun
    ],
)
def test_leaves_alone(line: str, rules: Rules) -> None:
    assert read_step_line(line, rules, OPENED, TODAY) == StepLine(line)


def test_a_day_without_a_year_falls_into_the_life_of_the_case(rules: Rules) -> None:
    years_later = date(2026, 11, 22)
    assert read_step_line("7-4 到站", rules, OPENED, years_later).day == date(2019, 7, 4)
    assert read_step_line("1-4 到站", rules, OPENED, years_later).day == date(2020, 1, 4)


def test_nothing_typed_is_lost(rules: Rules) -> None:
    line = "７－４ 电话 刊社：接听方实为外地保健品公司 𬱖"
    read = read_step_line(line, rules, OPENED, TODAY)
    assert read.text.endswith("接听方实为外地保健品公司 𬱖")
