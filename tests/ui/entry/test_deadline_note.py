"""What the deadline box says, from the rules in seeds."""

from __future__ import annotations

from datetime import date
from functools import cache

from postal_desk import paths
from postal_desk.domain.rules import Rules
from postal_desk.store.seeding import load_rules
from postal_desk.ui.entry.deadline_note import DeadlineNote, deadline_note
from postal_desk.ui.entry.form import Form

TODAY = date(2019, 7, 18)


@cache
def rules() -> Rules:
    return load_rules(paths.seeds())


def note(today: date = TODAY, item_class: str = "", postage: str = "", **values: str) -> DeadlineNote:
    form = Form(today.isoformat())
    for name, value in values.items():
        form[name.replace("__", ".")].enter(value)
    if item_class:
        slots = form.items.add().slots
        slots["class"].enter(item_class)
        if postage:
            slots["postage"].enter(postage)
    return deadline_note(form, rules(), today, "220204")


def facts(made: DeadlineNote) -> str:
    return " · ".join(map(str, made.facts))


def test_inquiry_has_thirty_days_moved_off_the_weekend() -> None:
    made = note(kind="inquiry")
    assert [reply.due for reply in made.replies] == [date(2019, 8, 19)]
    assert "30 days" in str(made.replies[0].reason)
    assert "article 49" in str(made.replies[0].reason)


def test_every_clock_can_say_why() -> None:
    made = note(kind="inquiry", items__posted_on="2019-07-02")
    assert len(made.why) == 2
    assert any("2019-08-17 is a rest day" in str(sentence) for sentence in made.why[0][1])


def test_inquiry_window_runs_from_posting() -> None:
    assert "until 2020-07-02" in facts(note(kind="inquiry", items__posted_on="2019-07-02"))


def test_late_inquiry_says_that_liability_ended() -> None:
    made = note(kind="inquiry", items__posted_on="2018-07-01")
    assert "Liability ended" in str(made.warnings[0])
    assert "until" not in facts(made)


def test_without_a_kind_it_says_what_to_do() -> None:
    assert "Choose the kind" in facts(note())


def test_suggested_kind_counts_until_one_is_chosen() -> None:
    form = Form(TODAY.isoformat())
    form["kind"].read("inquiry", 0.6)
    made = deadline_note(form, rules(), TODAY, "220204")
    assert [reply.due for reply in made.replies] == [date(2019, 8, 19)]
    assert "if it is: Inquiry" in facts(made)


def test_without_a_day_it_says_what_to_do() -> None:
    assert "day of entry" in facts(note(kind="inquiry", opened_on=""))


def test_praise_has_no_time_limit() -> None:
    made = note(kind="praise")
    assert made.replies == ()
    assert "No time limit" in facts(made)


def test_calendar_without_data_is_said() -> None:
    made = note(today=date(2090, 3, 1), kind="complaint")
    assert any("calendar of 2090" in str(warning) for warning in made.warnings)


def test_time_limit_that_is_past_is_said() -> None:
    made = note(kind="inquiry", opened_on="2019-05-06")
    assert any("already past" in str(warning) for warning in made.warnings)


def test_registered_letter_gives_three_times_the_postage() -> None:
    assert "3 × postage" in facts(note(kind="inquiry", item_class="registered_letter"))
    assert "= 12.60 yuan" in facts(note(kind="inquiry", item_class="registered_letter", postage="4.20"))


def test_ordinary_letter_gives_nothing() -> None:
    assert "no compensation" in facts(note(kind="inquiry", item_class="ordinary_letter"))


def test_express_follows_the_contract() -> None:
    assert "civil law" in facts(note(kind="complaint", item_class="express"))
