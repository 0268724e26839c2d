"""The desk's own rules: edited as a whole or not at all, kept through upgrades, due days counted anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from postal_desk import paths
from postal_desk.domain.cases import Case
from postal_desk.domain.rules import CalendarYear
from postal_desk.domain.sentences import FieldRefusal, Label, Refusal
from postal_desk.services import rule_book
from postal_desk.services.cases import add_cases, show_case
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import Desk, open_desk


def entry(desk: Desk, kind: str, key: str) -> rule_book.RuleEntry:
    return next(rule for rule in rule_book.list_rules(desk, kind) if rule.key == key)


def limit_of(desk: Desk, limit: int) -> None:
    payload = entry(desk, "clock", "inquiry_reply").payload
    rule_book.edit_rule(desk, "clock", "inquiry_reply", {**payload, "limit": limit})


def reply_due(desk: Desk, number: str) -> date:
    return next(d.due for d in show_case(desk, number).deadlines if d.clock == "inquiry_reply")


def test_an_edited_limit_moves_the_due_days(desk: Desk, make_case: Callable[..., Case]) -> None:
    number = add_cases(desk, [make_case()]).cases[0]
    limit_of(desk, 10)
    assert reply_due(desk, number) == date(2019, 7, 12)
    assert check_desk(desk) == []  # the stored due days follow
    limit_of(desk, 30)
    assert not entry(desk, "clock", "inquiry_reply").edited  # back to what is shipped


@pytest.mark.parametrize(
    ("change", "path"), [({"limit": "ten"}, "inquiry_reply.limit"), ({"unit": "hours"}, "inquiry_reply.unit")]
)
def test_a_rule_that_cannot_be_is_refused_by_field(desk: Desk, change: dict[str, object], path: str) -> None:
    payload = entry(desk, "clock", "inquiry_reply").payload
    with pytest.raises(FieldRefusal) as caught:
        rule_book.edit_rule(desk, "clock", "inquiry_reply", {**payload, **change})
    assert caught.value.path == path
    assert not entry(desk, "clock", "inquiry_reply").edited


def test_reset_takes_the_shipped_form(desk: Desk) -> None:
    limit_of(desk, 10)
    rule_book.reset_rule(desk, "clock", "inquiry_reply")
    assert entry(desk, "clock", "inquiry_reply").payload["limit"] == 30
    with pytest.raises(Refusal, match="not shipped"):
        rule_book.reset_rule(desk, "clock", "of_our_own")


def test_a_category_of_ones_own(desk: Desk, make_case: Callable[..., Case]) -> None:
    rule_book.add_category(desk, "locker", "快递柜", "Parcel lockers", parent="01")
    assert desk.rules.category_name("01.locker").zh.endswith("快递柜")
    add_cases(desk, [make_case(category="01.locker")])
    assert entry(desk, "category", "01.locker").added
    with pytest.raises(FieldRefusal):
        rule_book.add_category(desk, "locker", "又一个", parent="01")


def test_a_closed_category_is_refused_after_its_last_day(desk: Desk, make_case: Callable[..., Case]) -> None:
    rule_book.close_category(desk, "07.domestic", date(2019, 6, 30), successor="07.remote")
    with pytest.raises(FieldRefusal, match=r"07\.remote"):
        make_case()
    make_case(opened_on="2019-06-30")


def test_a_pasted_calendar_moves_what_is_counted_by_it(desk: Desk, make_case: Callable[..., Case]) -> None:
    number = add_cases(desk, [make_case(kind="complaint", category="01", opened_on="2019-07-02")]).cases[0]
    before = {d.clock: d.due for d in show_case(desk, number).deadlines}["postal_complaint"]
    year = desk.rules.calendar[2019]
    holidays = {**year.holidays, date(2019, 7, 4): Label("庆典", "Feast")}
    rule_book.set_calendar(desk, CalendarYear(2019, holidays, year.working_days, year.source))
    after = {d.clock: d.due for d in show_case(desk, number).deadlines}["postal_complaint"]
    assert after > before
    assert check_desk(desk) == []


@pytest.fixture
def newer_seeds(tmp_path: Path) -> Path:
    """The seeds of a program that allows 45 days for an inquiry and renames a category."""
    root = tmp_path / "newer"
    copytree(paths.seeds(), root / "seeds")
    copytree(paths.resources(), root / "resources")
    clocks = root / "seeds" / "clocks.toml"
    text = clocks.read_text("utf-8")
    start = text.index("[clock.inquiry_reply]")
    clocks.write_text(text[:start] + text[start:].replace("limit = 30", "limit = 45", 1), "utf-8")
    categories = root / "seeds" / "categories.toml"
    categories.write_text(categories.read_text("utf-8").replace("Delivery service", "Delivery", 1), "utf-8")
    return root


@pytest.mark.parametrize("edited", [False, True])
def test_an_upgrade_never_overwrites_an_edited_rule(
    desk: Desk, newer_seeds: Path, monkeypatch: pytest.MonkeyPatch, edited: bool
) -> None:
    if edited:
        limit_of(desk, 20)
    desk.close()
    monkeypatch.setattr(paths, "data_root", lambda *_: newer_seeds)
    with open_desk(desk.path, now=desk.now) as upgraded:
        rule = entry(upgraded, "clock", "inquiry_reply")
        assert rule.payload["limit"] == (20 if edited else 45)
        assert (rule.shipped or {}).get("limit") == (45 if edited else None)
        assert upgraded.rules.categories["01"].name.en == "Delivery"
        if edited:
            limit_of(upgraded, 25)
            assert entry(upgraded, "clock", "inquiry_reply").shipped is not None  # still waits
            rule_book.reset_rule(upgraded, "clock", "inquiry_reply")
            assert entry(upgraded, "clock", "inquiry_reply").payload["limit"] == 45


def test_an_upgrade_counts_the_due_days_anew(
    desk: Desk, make_case: Callable[..., Case], newer_seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_cases(desk, [make_case()])
    desk.close()
    monkeypatch.setattr(paths, "data_root", lambda *_: newer_seeds)
    with open_desk(desk.path, now=desk.now) as upgraded:
        assert check_desk(upgraded) == []


def test_rules_are_those_of_the_seeds_in_a_new_desk(desk: Desk) -> None:
    from postal_desk.store.seeding import load_rules

    shipped = load_rules(paths.seeds())
    assert replace(desk.rules, reader={}) == replace(shipped, reader={})
