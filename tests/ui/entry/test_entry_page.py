"""The page from the outside: keys in, a stored case out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import say
from postal_desk.services import cases as case_services
from postal_desk.services.faults import EnvironmentFault
from postal_desk.ui.entry.entry_work import EntryWork
from postal_desk.ui.entry.slots import Origin

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OnFile = Callable[[], list[Case]]
Store = Callable[..., str]


def test_registered_letter_case_is_logged_from_its_story(
    window: Any, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.log(story)
    hands.save()
    (case,) = on_file()
    assert window.went == [("cases", {"number": case.number})]
    assert case.narrative == story
    assert (case.kind, case.category[:2], case.channel) == ("inquiry", "07", "carrier")
    assert (case.outlet, case.handler) == ("船营投递部", "苏阳")
    assert (case.customer.name, case.customer.phone) == ("周先生", "13804321176")
    assert case.customer.vulnerable == ("elderly",)
    assert [item.number for item in case.items] == ["XA22010000322", "XA22010001722"]
    assert {item.posted_on for item in case.items} == {date(2019, 7, 2)}
    assert {item.mail_class for item in case.items} == {"registered_letter"}
    assert case.opened_on == date(2019, 7, 18)


def test_it_takes_four_keys(hands: Any, story: str, on_file: OnFile) -> None:
    hands.paste(story)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.save()
    assert len(on_file()) == 1
    assert hands.presses + 1 == 4, "Ctrl+N is the first"


def test_it_takes_eight_keys_with_a_look_at_each_suggestion(
    work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.tell(story)
    hands.press(Qt.Key.Key_Tab)
    while work.form.missing() and hands.presses < 8:
        hands.press(Qt.Key.Key_Return)  # goes on to the next suggestion
    hands.save()
    assert len(on_file()) == 1
    assert hands.presses + 1 <= 8, "Ctrl+N is the first"


def test_missing_fields_with_suggestions_name_the_key_that_takes_them(
    work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.tell(story)
    work.form["subject"].enter("")
    assert work.form["channel"].suggestion == "carrier"
    work.form["subject"].suggestion = "挂号信无回音"
    hands.save()
    assert on_file() == []
    assert "Ctrl+Enter" in work.view.problem.label.text()


def test_save_waits_for_the_story_to_be_read(
    work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    by_hand = {"subject": "挂号信无回音", "kind": "inquiry", "category": "07", "channel": "carrier"}
    for name, value in by_hand.items():
        work.view.fields.fields[name].enter(value)
    work.view.story.edit.setFocus()
    hands.paste(story)
    hands.save()
    assert [item.number for item in on_file()[0].items] == ["XA22010000322", "XA22010001722"]


def test_recognised_words_are_lit_and_fields_marked(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    lit = {selection.cursor.selectedText() for selection in work.view.story.edit.extraSelections()}
    assert {"XA22010000322", "船营投递部"} <= lit
    assert work.view.fields.fields["outlet"].widget.property("state") == "recognised"


def test_nothing_typed_by_hand_is_overwritten(work: EntryWork, hands: Any, story: str) -> None:
    work.view.fields.fields["customer.name"].widget.setFocus()
    hands.type("周老先生")
    work.view.story.edit.setFocus()
    hands.tell(story)
    assert work.form.text("customer.name") == "周老先生"


def test_cleared_field_stays_clear_while_the_story_goes_on(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    outlet = work.view.fields.fields["outlet"].widget
    outlet.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Delete)
    work.view.story.edit.setFocus()
    hands.type("再来问过。")
    hands.read()
    assert work.form.text("outlet") == ""


def test_tab_confirms_what_was_recognised(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    work.view.fields.fields["handler"].widget.setFocus()
    hands.press(Qt.Key.Key_Tab)
    assert work.form["handler"].origin is Origin.OWN
    assert work.view.fields.fields["handler"].widget.property("state") == ""


def test_leaving_by_mouse_confirms_nothing(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    work.view.fields.fields["handler"].widget.setFocus()
    work.view.story.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    assert work.form["handler"].origin is Origin.RECOGNISED


def test_suggestion_is_offered_and_taken_with_enter(work: EntryWork, hands: Any) -> None:
    slot = work.form["channel"]
    slot.read("telephone", 0.5)
    work.view.fields.show_fields({"channel"})
    combo = work.view.fields.fields["channel"].widget
    assert "电话" in combo.placeholderText()
    combo.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert work.form.text("channel") == "telephone"
    assert combo.text() == "电话"


def test_save_and_log_another_begins_an_empty_form(
    window: Any, work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.log(story)
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert len(on_file()) == 1
    assert window.went == []
    assert work.view.story.edit.text() == ""
    assert work.form.is_empty
    assert work.view.story.edit.hasFocus()


def test_missing_fields_are_named_and_the_first_gets_the_cursor(
    work: EntryWork, hands: Any, on_file: OnFile
) -> None:
    work.view.fields.fields["subject"].enter("挂号信无回音")
    hands.save()
    assert on_file() == []
    assert work.view.problem.label.text() == "尚未保存，还缺：性质、类别、渠道"
    assert work.view.fields.fields["kind"].widget.hasFocus()
    assert work.form.text("subject") == "挂号信无回音"


def test_what_is_given_is_no_longer_missing(work: EntryWork, hands: Any) -> None:
    fields = work.view.fields.fields
    fields["subject"].enter("挂号信无回音")
    hands.save()
    fields["kind"].enter("inquiry")
    assert work.view.problem.label.text() == "尚未保存，还缺：类别、渠道"
    fields["category"].enter("07")
    fields["channel"].slot.suggestion = "counter"
    fields["channel"].accept()
    assert work.view.problem.isHidden()
    assert fields["channel"].error is None


def test_day_that_is_none_is_marked_and_kept(
    work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.log(story)
    opened = work.view.fields.fields["opened_on"].widget
    opened.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("7-45")
    hands.save()
    assert on_file() == []
    assert opened.text() == "7-45"
    assert opened.property("state") == "bad"
    assert opened.hasFocus()


def test_refusal_stands_at_its_field(work: EntryWork, hands: Any, story: str, on_file: OnFile) -> None:
    hands.log(story)
    work.view.fields.fields["subject"].enter("长" * 201)
    hands.save()
    assert on_file() == []
    assert work.view.fields.fields["subject"].widget.property("state") == "bad"
    assert "201" in work.view.problem.label.text()


def test_full_disk_leaves_the_form_filled_and_says_so(
    work: EntryWork, hands: Any, story: str, monkeypatch: pytest.MonkeyPatch, on_file: OnFile
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise EnvironmentFault(say("The disk is full"))

    hands.log(story)
    with monkeypatch.context() as patched:
        patched.setattr(case_services, "add_cases", full)
        hands.save()
    assert "disk is full" in work.view.problem.label.text()
    assert work.form.text("narrative") == story
    hands.save()
    assert len(on_file()) == 1


def test_a_text_that_is_none_of_the_list_is_kept_and_told_not_called_missing(
    work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.log(story)
    field = work.view.fields.fields["channel"]
    field.widget.setFocus()
    field.widget.selectAll()
    hands.type("xyz")
    hands.save()  # the cursor is still in the field
    assert on_file() == []
    assert field.error is not None
    assert field.error.msgid.startswith("Nothing in the list matches")
    assert field.widget.text() == "xyz"
    hands.press(Qt.Key.Key_Escape)
    assert work.form["channel"].value == "carrier"
    hands.save()
    assert len(on_file()) == 1
