"""The shipped rules say what the contract fixes and what the law gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from postal_desk import paths
from postal_desk.domain.rules import CODE_LISTS, ClockRule, Rules, holds
from postal_desk.store.seeding import load_rules

CONTRACT = {
    "clocks": "inquiry_window inquiry_reply remittance_inquiry_reply express_complaint postal_complaint "
    "appeal_possible appeal_report dead_letter",
    "kinds": "inquiry complaint appeal petition consultation suggestion praise help",
    "business": "letter parcel express newspaper remittance philately special finance",
    "classes": "ordinary_letter registered_letter insured_letter parcel insured_parcel printed_matter "
    "registered_printed_matter express remittance newspaper",
    "events": "lost totally_destroyed partly_damaged contents_short delayed",
    "channels": "counter carrier telephone hotline_11183 appeal_12305 hotline_12345 letter web suggestion_book "
    "superior media tracking directory_114 visit",
    "step_results": "answered promised no_answer number_does_not_exist not_registered wrong_party delivered returned "
    "no_such_organisation no_such_person insufficient_address moved refused unclaimed risk_notice_given "
    "evidence_received other",
    "dispositions": "found_and_delivered returned_to_sender compensated apology redelivered refunded not_upheld "
    "transferred withdrawn unreachable fraud_prevented",
    "responsibility": "responsible not_responsible customer force_majeure pending",
    "opinions": "satisfied fairly_satisfied dissatisfied not_asked",
    "statuses": "registered accepted investigating waiting answered closed escalated reopened",
    "age_bands": "under_18 18_59 60_79 80_plus unknown",
    "vulnerabilities": "elderly disabled minor",
    "exemptions": "force_majeure nature_of_goods sender_or_addressee_fault",
    "relations": "duplicate follow_up appeal_of",
    "roles": "clerk handler manager auditor",
    "measure_kinds": "immediate corrective preventive improvement",
    "measure_statuses": "planned running finished withdrawn",
}
TREE = {
    "01": 6, "02": 4, "03": 4, "04": 3, "05": 6, "06": 0, "07": 4, "08": 3, "09": 7, "10": 0, "11": 0, "12": 0,
    "13": 0, "14": 3, "15": 1, "16": 0, "17": 0, "18": 0, "99": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(paths.data_root() / "seeds")


@pytest.mark.parametrize("list_name", CONTRACT)
def test_codes_are_those_of_the_contract(rules: Rules, list_name: str) -> None:
    assert list(rules.codes[list_name]) == CONTRACT[list_name].split()


def test_every_list_has_entries(rules: Rules) -> None:
    assert all(rules.codes[list_name] for list_name in CODE_LISTS)


def test_no_list_has_two_entries_of_one_name(rules: Rules) -> None:
    for entries in rules.codes.values():
        for names in ([e.name.zh for e in entries.values()], [e.name.en for e in entries.values()]):
            assert len(set(names)) == len(names)


def test_category_tree_is_complete(rules: Rules) -> None:
    children = {c.code: 0 for c in rules.top_categories()}
    for category in rules.categories.values():
        if category.parent:
            children[category.parent] += 1
    assert children == TREE
    assert rules.category_name("07.domestic").zh == "查询 › 给据邮件"
    assert {"09.no_such_organisation", "14.fake_periodical"} <= set(rules.categories)


def clocks(
    rules: Rules, kind: str, business: str, on: date, region: str = "220204"
) -> set[tuple[str, int, str]]:
    """The reply limits that a domestic case would find, the most local rule of each clock."""
    chosen: dict[str, ClockRule] = {}
    for rule in sorted(rules.clocks, key=lambda rule: len(rule.regions)):
        fits = (not rule.kinds or kind in rule.kinds) and (not rule.business or business in rule.business)
        here = not rule.regions or region.startswith(rule.regions)
        if rule.reply and not rule.variant and fits and here and holds(rule, on):
            chosen[rule.clock] = rule
    return {(rule.clock, rule.limit, rule.unit) for rule in chosen.values()}


@pytest.mark.parametrize(
    ("kind", "business", "region", "expected"),
    [
        ("inquiry", "letter", "220204", {("inquiry_reply", 30, "days")}),
        ("inquiry", "", "220204", {("inquiry_reply", 30, "days")}),
        ("help", "parcel", "220204", {("inquiry_reply", 30, "days")}),
        ("inquiry", "remittance", "220204", {("remittance_inquiry_reply", 20, "days")}),
        ("complaint", "express", "220204", {("express_complaint", 7, "days")}),
        ("complaint", "letter", "220204", {("postal_complaint", 7, "working_days")}),
        ("complaint", "", "220204", {("postal_complaint", 7, "working_days")}),
        ("complaint", "newspaper", "410105", {("postal_complaint", 5, "working_days")}),
        ("complaint", "letter", "500103", {("postal_complaint", 30, "working_days")}),
        ("appeal", "express", "220204", {("appeal_report", 10, "days")}),
        ("petition", "letter", "220204", set()),
        ("consultation", "", "220204", set()),
        ("praise", "letter", "220204", set()),
    ],
)
def test_reply_limits(rules: Rules, kind: str, business: str, region: str, expected: set[object]) -> None:
    assert clocks(rules, kind, business, date(2023, 5, 8), region) == expected


def test_report_on_an_appeal_took_longer_before_2020(rules: Rules) -> None:
    assert clocks(rules, "appeal", "letter", date(2019, 12, 31)) == {("appeal_report", 15, "days")}
    assert clocks(rules, "appeal", "letter", date(2020, 1, 1)) == {("appeal_report", 10, "days")}


@pytest.mark.parametrize(
    ("variant", "window", "reply"),
    [
        ("", (1, "years"), (30, "days")),
        ("international", (180, "days"), (60, "days")),
        ("remote", (1, "years"), (60, "days")),
    ],
)
def test_inquiry_variants(rules: Rules, variant: str, window: object, reply: object) -> None:
    found = {
        rule.clock: (rule.limit, rule.unit)
        for rule in rules.clocks
        if rule.variant == variant and "letter" in rule.business and "inquiry" in rule.kinds
    }
    assert found == {"inquiry_window": window, "inquiry_reply": reply}


def test_law_of_counting_changes_in_2021(rules: Rules) -> None:
    def source(day: date) -> list[str]:
        return [rule.key for rule in rules.counting if holds(rule, day)]

    assert source(date(2020, 12, 31)) == ["general_provisions"]
    assert source(date(2021, 1, 1)) == ["civil_code"]


def test_every_class_and_event_has_one_rule_today(rules: Rules) -> None:
    for mail_class in rules.codes["classes"]:
        for event in rules.codes["events"]:
            found = [r for r in rules.compensation if mail_class in r.classes and event in r.events]
            assert len([r for r in found if holds(r, date(2023, 5, 8))]) == 1, (mail_class, event)


def test_force_majeure_does_not_free_from_insured_items(rules: Rules) -> None:
    freed = {e.exemption: set(e.classes) for e in rules.exemptions}
    insured = {"insured_letter", "insured_parcel"}
    assert not insured & freed["force_majeure"]
    assert insured <= freed["nature_of_goods"] & freed["sender_or_addressee_fault"]


def test_delay_gives_no_amount(rules: Rules) -> None:
    assert {r.basis for r in rules.compensation if "delayed" in r.events} == {"no_amount"}


@pytest.mark.parametrize(
    ("day", "rest"),
    [
        ("2018-12-31", True),  # by the notice for 2019
        ("2018-12-29", False),
        ("2019-05-03", True),  # by the changed notice
        ("2019-05-05", False),
        ("2020-01-31", True),  # by the extended holiday
        ("2021-10-09", False),
        ("2023-10-08", False),
        ("2024-02-18", False),
        ("2025-10-08", True),
        ("2026-02-28", False),
    ],
)
def test_calendar_knows_rest_days_and_make_up_days(rules: Rules, day: str, rest: bool) -> None:
    when = date.fromisoformat(day)
    year = rules.calendar[when.year]
    assert (when in year.holidays) is rest
    assert (when in year.working_days) is not rest


def test_calendar_has_the_statutory_days_of_every_year(rules: Rules) -> None:
    assert set(rules.calendar) == set(range(2018, 2027))
    for number, year in rules.calendar.items():
        assert {date(number, 1, 1), date(number, 5, 1), date(number, 10, 1)} <= set(year.holidays)
        new_year = [day for day, name in year.holidays.items() if name.en == "Spring Festival"]
        assert len(new_year) >= 7
        assert new_year[-1] - new_year[0] == timedelta(days=len(new_year) - 1)
        assert str(number) in year.source.zh


def test_qianxi_is_a_county_before_it_is_a_city(rules: Rules) -> None:
    county, city = rules.divisions["520522"][0], rules.divisions["520581"][0]
    assert county.successor == city.code
    assert holds(county, date(2019, 11, 20))
    assert not holds(city, date(2019, 11, 20))
    assert holds(city, date(2022, 1, 1))
    assert not holds(county, date(2022, 1, 1))


def test_counties_of_both_cities_are_there(rules: Rules) -> None:
    counts = {
        city: sum(period.parent == city for periods in rules.divisions.values() for period in periods)
        for city in ("220200", "520500")
    }
    assert counts == {"220200": 9, "520500": 9}


def test_surnames_are_of_one_and_two_characters(rules: Rules) -> None:
    assert {"欧阳", "司马", "诸葛"} <= rules.compound_surnames
    assert {"王", "李", "周", "苏"} <= rules.surnames
    assert len(rules.surnames) >= 300
