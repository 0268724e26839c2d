"""The rule of the form: what a person said stays; what was recognised follows the story."""

from __future__ import annotations

from datetime import date

from postal_desk.domain.sentences import say
from postal_desk.domain.story.reading import Found, ItemFound, Reading
from postal_desk.ui.entry.form import Form, changed_keys
from postal_desk.ui.entry.slots import Origin, Slot

NUMBER, OTHER = "XA22010000322", "XA22010001722"


def reading(*items: str, unsure: tuple[str, ...] = (), **fields: tuple[object, float]) -> Reading:
    found = {name.replace("__", "."): Found(value, (0, 1), sure) for name, (value, sure) in fields.items()}
    numbers = tuple(ItemFound(number, (0, 1), "ok") for number in items)
    return Reading("text", found, numbers, suggestions=frozenset(unsure))


def test_sure_value_is_filled_in_and_marked() -> None:
    form = Form()
    assert form.read(reading(outlet=("船营投递部", 0.9))) == {"outlet"}
    assert form["outlet"].value == "船营投递部"
    assert form["outlet"].origin is Origin.RECOGNISED


def test_unsure_value_is_only_suggested() -> None:
    form = Form()
    form.read(reading(kind=("inquiry", 0.79)))
    assert (form["kind"].value, form["kind"].suggestion) == ("", "inquiry")


def test_field_that_the_reader_is_not_good_at_is_only_suggested() -> None:
    form = Form()
    form.read(reading(kind=("inquiry", 0.99), unsure=("kind",)))
    assert (form["kind"].value, form["kind"].suggestion) == ("", "inquiry")


def test_typed_value_is_never_overwritten() -> None:
    form = Form()
    form["outlet"].enter("江南支局")
    assert form.read(reading(outlet=("船营投递部", 1.0))) == set()
    assert form["outlet"].value == "江南支局"


def test_value_cleared_by_hand_stays_empty() -> None:
    form = Form()
    story = reading(handler=("苏阳", 1.0))
    form.read(story)
    form["handler"].enter("")
    form.read(story)
    assert form["handler"].value == ""
    assert form["handler"].suggestion is None


def test_confirmed_value_outlives_the_words() -> None:
    form = Form()
    form.read(reading(handler=("苏阳", 1.0)))
    form["handler"].confirm()
    form.read(reading())
    assert form["handler"].value == "苏阳"


def test_recognised_value_goes_with_its_words() -> None:
    form = Form()
    form.read(reading(handler=("苏阳", 1.0)))
    assert form.read(reading()) == {"handler"}
    assert form["handler"].origin is Origin.EMPTY


def test_recognised_value_follows_the_story() -> None:
    form = Form()
    form.read(reading(items__posted_on=(date(2019, 7, 2), 1.0)))
    form.read(reading(items__posted_on=(date(2019, 7, 3), 1.0)))
    assert form.text("items.posted_on") == "2019-07-03"


def test_default_returns_when_the_words_go() -> None:
    slot = Slot(default="2019-07-18")
    slot.read("2019-07-02", 1.0)
    slot.read(None, 0)
    assert (slot.value, slot.origin) == ("2019-07-18", Origin.DEFAULT)


def test_suggestion_is_taken_by_key() -> None:
    form = Form()
    form.read(reading(kind=("inquiry", 0.5)))
    assert form["kind"].accept()
    assert (form["kind"].value, form["kind"].origin) == ("inquiry", Origin.OWN)
    assert not form["kind"].accept()


def test_category_below_the_found_one_goes_first() -> None:
    form = Form()
    story = reading(category=("07", 0.9))
    form.read(Reading(story.text, story.fields, category_child=Found("07.domestic", (0, 1), 0.9)))
    assert form.text("category") == "07.domestic"


def test_kind_that_such_a_category_usually_is_is_offered() -> None:
    form = Form()
    story = reading(category=("07", 0.9))
    form.read(Reading(story.text, story.fields, usual_kind=Found("inquiry", (0, 1), 0.5)))
    assert (form.text("kind"), form["kind"].suggestion) == ("", "inquiry")


def test_editing_only_suggests() -> None:
    form = Form(offer_only=True)
    form.load({"kind": "inquiry", "outlet": None})
    form.read(reading(NUMBER, kind=("complaint", 1.0), outlet=("船营投递部", 1.0)))
    assert (form.text("kind"), form.text("outlet")) == ("inquiry", "")
    assert form["outlet"].suggestion == "船营投递部"
    assert form.items.rows == []


def test_items_get_rows_and_the_class_named() -> None:
    form = Form()
    assert form.read(reading(NUMBER, OTHER), Found("registered_letter", (0, 3), 0.9)) == {"items"}
    assert [(row.number, row.slots["class"].value) for row in form.items.rows] == [
        (NUMBER, "registered_letter"),
        (OTHER, "registered_letter"),
    ]


def test_item_taken_away_by_hand_is_not_filled_in_again() -> None:
    form = Form()
    form.read(reading(NUMBER, OTHER))
    form.items.remove(form.items.rows[0])
    form.read(reading(NUMBER, OTHER))
    assert [row.number for row in form.items.rows] == [OTHER]


def test_item_put_back_counts_again() -> None:
    form = Form()
    form.read(reading(NUMBER))
    row = form.items.rows[0]
    form.items.put_back(row, form.items.remove(row))
    form.read(reading(NUMBER))
    assert [row.number for row in form.items.rows] == [NUMBER]


def test_item_vanishes_with_its_words_unless_touched() -> None:
    form = Form()
    form.read(reading(NUMBER, OTHER))
    form.items.rows[1].slots["postage"].enter("4.20")
    form.read(reading())
    assert [row.number for row in form.items.rows] == [OTHER]


def test_number_corrected_by_hand_is_not_added_beside_itself() -> None:
    form = Form()
    form.read(reading(NUMBER))
    form.items.rename(form.items.rows[0], " xa2201 0001722")
    form.read(reading(NUMBER))
    assert [row.number for row in form.items.rows] == [OTHER]


def test_empty_row_is_used_before_a_new_one() -> None:
    form = Form()
    form.items.add()
    form.read(reading(NUMBER))
    assert [row.number for row in form.items.rows] == [NUMBER]


def test_json_leaves_out_what_is_empty() -> None:
    form = Form("2019-07-18")
    form["customer.phone"].enter("13804321176")
    form["customer.vulnerable"].enter(("elderly",))
    form["items.posted_on"].enter("2019-07-02")
    form.read(reading(NUMBER, fraud=(True, 0.9)))
    assert form.to_json() == {
        "opened_on": "2019-07-18",
        "fraud": True,
        "customer": {"phone": "13804321176", "vulnerable": ["elderly"]},
        "items": [{"number": NUMBER, "posted_on": "2019-07-02"}],
    }


def test_day_of_posting_alone_makes_an_item() -> None:
    form = Form()
    form["items.posted_on"].enter("2019-07-02")
    assert form.to_json() == {"items": [{"posted_on": "2019-07-02"}]}


def test_missing_fields_come_in_the_order_of_the_form() -> None:
    form = Form("2019-07-18")
    form["category"].enter("07")
    assert form.missing() == ["subject", "kind", "channel"]


def test_what_cannot_be_understood_is_not_missing_but_wrong() -> None:
    form = Form("2019-07-18")
    form["opened_on"].enter_wrong("7-45", say("no date"))
    form.items.add().slots["postage"].enter_wrong("vier", say("no amount"))
    assert form.wrong() == ["opened_on", "items[1].postage"]
    assert "opened_on" not in form.missing()


def test_draft_brings_back_values_origins_and_dismissed_items() -> None:
    form = Form("2019-07-18")
    form["narrative"].enter("周先生…")
    form["handler"].enter("")
    form.read(reading(NUMBER, OTHER, outlet=("船营投递部", 0.9)))
    form.items.remove(form.items.rows[0])
    form["accepted_on"].enter_wrong("7-45", say("no date"))
    back = Form("2019-07-20")
    back.restore(form.to_payload())
    back.read(reading(NUMBER, OTHER, outlet=("江南支局", 0.9), handler=("苏阳", 1.0)))
    assert back.text("narrative") == "周先生…"
    assert back.text("handler") == ""
    assert back.text("outlet") == "江南支局", "it was only recognised, so it follows the story"
    assert back.text("opened_on") == "2019-07-18"
    assert [row.number for row in back.items.rows] == [OTHER]
    assert back["accepted_on"].typed == "7-45"


def test_draft_of_another_version_loses_only_what_is_unknown() -> None:
    form = Form()
    form.restore(
        {
            "fields": {"narrative": {"value": "x"}, "fraud": {"value": "yes"}, "gone": {"value": "?"}},
            "items": 3,
        }
    )
    assert form.text("narrative") == "x"
    assert form["fraud"].value is False


def test_nothing_typed_is_worth_no_draft() -> None:
    form = Form("2019-07-18")
    form.items.add()
    assert form.is_empty
    form["narrative"].enter("周")
    assert not form.is_empty


def test_stored_case_comes_back_unchanged() -> None:
    case = {
        "kind": "inquiry", "category": "07", "channel": "carrier", "subject": "x", "opened_on": "2019-07-17",
        "fraud": False, "praise": "", "customer": {"name": "周先生", "age_band": "unknown", "vulnerable": []},
        "items": [
            {"number": NUMBER, "class": "registered_letter", "posted_on": "2019-07-02", "postage": "4.20"},
            {"number": OTHER, "class": "registered_letter", "posted_on": "2019-07-02", "postage": None},
        ],
        "steps": [{"at": "2019-07-17", "text": "…"}], "related": [],
    }  # fmt: skip
    form = Form(offer_only=True)
    form.load(case)
    stored = form.to_json()
    assert form.text("items.posted_on") == "2019-07-02"
    assert stored["items"] == [{k: v for k, v in item.items() if v} for item in case["items"]]
    assert changed_keys(stored, form.to_json()) == {}


def test_items_posted_on_different_days_keep_their_own() -> None:
    form = Form(offer_only=True)
    form.load(
        {
            "items": [
                {"number": NUMBER, "posted_on": "2019-07-02"},
                {"number": OTHER, "posted_on": "2019-07-03"},
            ]
        }
    )
    assert form.text("items.posted_on") == ""
    assert [item["posted_on"] for item in form.to_json()["items"]] == ["2019-07-02", "2019-07-03"]


def test_only_changes_are_sent_and_emptied_fields_are_cleared() -> None:
    before = {"outlet": "a", "subject": "x", "customer": {"name": "周先生", "phone": "138"}}
    after = {"subject": "y", "customer": {"name": "周先生", "address": "b"}}
    assert changed_keys(before, after) == {
        "outlet": None,
        "subject": "y",
        "customer": {"phone": None, "address": "b"},
    }
