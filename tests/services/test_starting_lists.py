"""Outlets and staff as people paste them."""

from __future__ import annotations

import pytest

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Refusal
from postal_desk.services.starting_lists import (
    MOST_ROWS,
    StartingOutlet,
    StartingStaff,
    guess_kind,
    read_outlets,
    read_staff,
)
from postal_desk.store.seeding import load_rules

OUTLETS = ["船营投递部", "河南街支局", "搜登站支局"]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(paths.seeds())


@pytest.mark.parametrize(
    "line",
    [
        "搜登站\t支局\t中心街 21 号",
        "搜登站,支局,中心街 21 号",
        "搜登站，支局，中心街 21 号",
        "3、搜登站;支局;中心街 21 号",
    ],
)
def test_cells_may_be_parted_in_several_ways(rules: Rules, line: str) -> None:
    assert read_outlets(line, rules.codes["outlet_kinds"]) == [
        StartingOutlet("搜登站", "branch_office", "中心街 21 号")
    ]


def test_kind_follows_from_the_name_where_none_is_given(rules: Rules) -> None:
    kinds = rules.codes["outlet_kinds"]
    assert [guess_kind(name, kinds) for name in ("河南街支局", "船营投递部", "欢喜村邮站", "总部")] == [
        "branch_office",
        "delivery_unit",
        "agency_point",
        "",
    ]


def test_heading_and_blank_lines_are_passed_over(rules: Rules) -> None:
    found = read_outlets("名称\t种类\t地址\n\n河南街支局\n   \n", rules.codes["outlet_kinds"])
    assert [outlet.name for outlet in found] == ["河南街支局"]


def test_staff_find_their_outlet_by_part_of_its_name(rules: Rules) -> None:
    found = read_staff("苏阳 投递员 船营", rules.codes["positions"], OUTLETS)
    assert found == [StartingStaff("苏阳", "carrier", "船营投递部")]


def test_ambiguous_part_of_a_name_stays_as_it_was_typed(rules: Rules) -> None:
    found = read_staff("王芳\t营业员\t支局", rules.codes["positions"], OUTLETS)
    assert found[0].outlet == "支局"


def test_english_names_of_codes_are_understood(rules: Rules) -> None:
    found = read_staff("Wang Fang, Carrier", rules.codes["positions"], OUTLETS)
    assert found == [StartingStaff("Wang Fang", "carrier", "")]


def test_endless_list_is_refused_rather_than_cut(rules: Rules) -> None:
    text = "\n".join(f"第{n}支局" for n in range(MOST_ROWS + 1))
    with pytest.raises(Refusal, match=str(MOST_ROWS + 1)):
        read_outlets(text, rules.codes["outlet_kinds"])
