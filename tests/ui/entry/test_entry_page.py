"""The page from the outside: keys in, a stored case out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.case_json import parse_case
from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import say
from postal_desk.i18n import tell
from postal_desk.services import cases as case_services
from postal_desk.services.case_lists import list_head
from postal_desk.services.cases import add_cases, edit_case, read_cases, show_case
from postal_desk.services.desk import Desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.entry.entry_work import EntryWork
from postal_desk.ui.entry.slots import Origin

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def all_cases(desk: Desk) -> list[Case]:
    return read_cases(desk, CaseFilter(), 0)


def stored_case(desk: Desk, **values: Any) -> str:
    """A case on file; its number."""
    content = {
        "kind": "inquiry",
        "category": "07",
        "channel": "counter",
        "opened_on": "2019-07-10",
        "subject": "旧案",
    }
    return add_cases(desk, [parse_case({**content, **values}, desk.rules)]).cases[0]


# -- from story to case -----------------------------------------------------------------------------------


def test_registered_letter_case_is_logged_from_its_story(
    desk: Desk, window: Any, hands: Any, story: str
) -> None:
    hands.log(story)
    hands.save()
    (case,) = all_cases(desk)
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


def test_it_takes_four_keys(desk: Desk, hands: Any, story: str) -> None:
    hands.paste(story)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.save()
    assert len(all_cases(desk)) == 1
    assert hands.presses + 1 == 4, "Ctrl+N is the first"


def test_it_takes_a_dozen_keys_with_a_look_at_each_suggestion(
    desk: Desk, work: EntryWork, hands: Any, story: str
) -> None:
    hands.tell(story)
    while work.form.missing() and hands.presses < 12:
        hands.press(Qt.Key.Key_Tab)
        field = next(f for f in work.view.fields.fields.values() if f.widget.hasFocus())
        if field.suggested:
            hands.press(Qt.Key.Key_Return)
    hands.save()
    assert len(all_cases(desk)) == 1
    assert hands.presses + 1 <= 12, "Ctrl+N is the first"


def test_missing_fields_with_suggestions_name_the_key_that_takes_them(
    desk: Desk, work: EntryWork, hands: Any, story: str
) -> None:
    hands.tell(story)
    work.form["subject"].enter("")
    assert work.form["channel"].suggestion == "carrier"
    work.form["subject"].suggestion = "挂号信无回音"
    hands.save()
    assert all_cases(desk) == []
    assert "Ctrl+Enter" in work.view.problem.label.text()


def test_save_waits_for_the_story_to_be_read(desk: Desk, work: EntryWork, hands: Any, story: str) -> None:
    by_hand = {"subject": "挂号信无回音", "kind": "inquiry", "category": "07", "channel": "carrier"}
    for name, value in by_hand.items():
        work.view.fields.fields[name].enter(value)
    work.view.story.edit.setFocus()
    hands.paste(story)
    hands.save()
    assert all_cases(desk)[0].customer.phone == "13804321176"


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
    phone = work.view.fields.fields["customer.phone"].widget
    phone.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Delete)
    work.view.story.edit.setFocus()
    hands.type("再来问过。")
    hands.read()
    assert work.form.text("customer.phone") == ""


def test_tab_confirms_what_was_recognised(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    work.view.fields.fields["customer.phone"].widget.setFocus()
    hands.press(Qt.Key.Key_Tab)
    assert work.form["customer.phone"].origin is Origin.OWN
    assert work.view.fields.fields["customer.phone"].widget.property("state") == ""


def test_leaving_by_mouse_confirms_nothing(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    work.view.fields.fields["customer.phone"].widget.setFocus()
    work.view.story.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    assert work.form["customer.phone"].origin is Origin.RECOGNISED


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
    desk: Desk, window: Any, work: EntryWork, hands: Any, story: str
) -> None:
    hands.log(story)
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert len(all_cases(desk)) == 1
    assert window.went == []
    assert work.view.story.edit.text() == ""
    assert work.form.is_empty
    assert work.view.story.edit.hasFocus()


# -- what keeps a case from being saved -------------------------------------------------------------------


def test_missing_fields_are_named_and_the_first_gets_the_cursor(
    desk: Desk, work: EntryWork, hands: Any
) -> None:
    work.view.fields.fields["subject"].enter("挂号信无回音")
    hands.save()
    assert all_cases(desk) == []
    assert work.view.problem.label.text() == "尚未保存，还缺：性质、类别、渠道"
    assert work.view.fields.fields["kind"].widget.hasFocus()
    assert work.form.text("subject") == "挂号信无回音"


def test_day_that_is_none_is_marked_and_kept(desk: Desk, work: EntryWork, hands: Any, story: str) -> None:
    hands.log(story)
    opened = work.view.fields.fields["opened_on"].widget
    opened.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("7-45")
    hands.save()
    assert all_cases(desk) == []
    assert opened.text() == "7-45"
    assert opened.property("state") == "bad"
    assert opened.hasFocus()


def test_refusal_stands_at_its_field(desk: Desk, work: EntryWork, hands: Any, story: str) -> None:
    hands.log(story)
    work.view.fields.fields["subject"].enter("长" * 201)
    hands.save()
    assert all_cases(desk) == []
    assert work.view.fields.fields["subject"].widget.property("state") == "bad"
    assert "201" in work.view.problem.label.text()


def test_full_disk_leaves_the_form_filled_and_says_so(
    desk: Desk, work: EntryWork, hands: Any, story: str, monkeypatch: pytest.MonkeyPatch
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
    assert len(all_cases(desk)) == 1


# -- drafts -----------------------------------------------------------------------------------------------


def test_draft_is_offered_again_and_comes_back_whole(
    open_page: Any, work: EntryWork, hands: Any, story: str
) -> None:
    hands.tell(story)
    work.view.fields.fields["remedy"].enter("查明下落")
    work.keeper.flush()
    again = open_page()
    assert again.work is not None
    bar = again.work.view.drafts
    assert bar.isVisible()
    assert bar.label.text().startswith("有 1 份未完成的草稿")
    bar.resume.click()
    assert again.work.view.story.edit.text() == story
    assert again.work.form.text("remedy") == "查明下落"
    assert not bar.isVisible()


def test_saving_takes_the_draft_with_it(desk: Desk, work: EntryWork, hands: Any, story: str) -> None:
    hands.log(story)
    work.keeper.flush()
    hands.save()
    assert list_head(desk, CaseFilter()).total == 1
    work.offer_drafts()
    assert not work.view.drafts.isVisible()


def test_discarded_draft_can_be_taken_back(
    open_page: Any, window: Any, work: EntryWork, hands: Any, story: str
) -> None:
    hands.tell(story)
    work.keeper.flush()
    key = work.keeper.key
    again = open_page()
    assert again.work is not None
    again.work.view.drafts.discard.click()
    again.work.offer_drafts()
    assert not again.work.view.drafts.isVisible()
    sentence, undo = window.said[-1]
    assert tell(sentence) == "草稿已丢弃"
    undo()
    assert window.went[-1] == ("entry", {"draft": key})
    again.shown(draft=key)
    assert again.work.view.story.edit.text() == story


def test_leaving_keeps_the_draft(page: EntryPage, work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    assert page.may_leave()
    page.shown()
    assert work.view.story.edit.text() == ""
    assert work.view.drafts.isVisible()


def test_page_made_anew_comes_back_to_what_was_typed(
    open_page: Any, page: EntryPage, hands: Any, story: str
) -> None:
    hands.tell(story)
    page.keep()
    again = open_page(**page.place())
    assert again.work is not None
    assert again.work.view.story.edit.text() == story


def answer(name: str) -> None:
    """Press a button of the question that is asked."""
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    getattr(dialog, name).click()


def test_escape_asks_and_keeps_a_draft(
    window: Any, page: EntryPage, work: EntryWork, hands: Any, story: str
) -> None:
    hands.tell(story)
    page.command("back")
    answer("keep_button")
    assert window.went == [("back", {})]
    work.offer_drafts()
    assert work.view.drafts.isVisible()


def test_escape_can_discard_with_a_way_back(
    window: Any, page: EntryPage, work: EntryWork, hands: Any, story: str
) -> None:
    hands.tell(story)
    page.command("back")
    answer("discard_button")
    work.offer_drafts()
    assert not work.view.drafts.isVisible()
    window.said[-1][1]()
    work.offer_drafts()
    assert work.view.drafts.isVisible()


def test_escape_from_an_empty_form_asks_nothing(window: Any, page: EntryPage) -> None:
    page.command("back")
    assert QApplication.activeModalWidget() is None
    assert window.went == [("back", {})]


# -- editing ----------------------------------------------------------------------------------------------


def test_stored_case_is_edited_and_only_changes_are_sent(
    desk: Desk, window: Any, page: EntryPage, work: EntryWork, hands: Any, story: str
) -> None:
    hands.log(story)
    hands.save()
    number = all_cases(desk)[0].number
    page.shown(number=number)
    assert work.view.header.title.text() == f"修改 {number}"
    assert work.view.story.edit.text() == story
    work.view.fields.fields["subject"].enter("另一个事由")
    assert work.sheet.to_save() == {"subject": "另一个事由"}
    hands.save()
    view = show_case(desk, number)
    assert view.case.subject == "另一个事由"
    assert view.case.items == all_cases(desk)[0].items
    assert window.went[-1] == ("cases", {"number": number})


def test_emptied_field_is_cleared_in_the_record(
    desk: Desk, page: EntryPage, work: EntryWork, hands: Any
) -> None:
    number = stored_case(desk, outlet="江南支局", customer={"name": "周先生", "phone": "13804321176"})
    page.shown(number=number)
    work.view.fields.fields["customer.phone"].enter("")
    work.view.fields.fields["outlet"].enter("")
    hands.save()
    case = show_case(desk, number).case
    assert (case.outlet, case.customer.name, case.customer.phone) == ("", "周先生", "")


def test_story_of_a_stored_case_fills_nothing_in(
    desk: Desk, page: EntryPage, work: EntryWork, hands: Any, story: str
) -> None:
    number = stored_case(desk, narrative=story)
    page.shown(number=number)
    hands.read()
    assert not work.sheet.changed
    assert work.form["outlet"].suggestion == "船营投递部"


def test_case_changed_meanwhile_is_not_overwritten(
    desk: Desk, page: EntryPage, work: EntryWork, hands: Any
) -> None:
    number = stored_case(desk)
    page.shown(number=number)
    work.view.fields.fields["subject"].enter("这里改的")
    edit_case(desk, number, {"subject": "别处改的"})
    hands.save()
    assert show_case(desk, number).case.subject == "别处改的"
    assert work.view.problem.isVisible()
    assert work.form.text("subject") == "这里改的"


def test_draft_of_an_edit_comes_back_over_its_case(
    open_page: Any, desk: Desk, page: EntryPage, work: EntryWork
) -> None:
    number = stored_case(desk)
    page.shown(number=number)
    work.view.fields.fields["subject"].enter("改了一半")
    page.keep()
    again = open_page(**page.place())
    assert again.work is not None
    assert again.work.sheet.to_save() == {"subject": "改了一半"}
    assert again.work.view.header.title.text() == f"修改 {number}"


# -- what the desk knows ----------------------------------------------------------------------------------


def found_hints(work: EntryWork) -> None:
    """Let the pause before looking pass."""
    work.finder._look()


def test_same_item_number_is_shown_while_typing_and_can_be_linked(
    desk: Desk, window: Any, work: EntryWork, hands: Any, story: str
) -> None:
    old = stored_case(desk, items=[{"number": "XA22010000322"}])
    hands.log(story)
    found_hints(work)
    assert work.view.duplicates.isVisible()
    assert work.view.duplicates.shown == [old]
    work._link(old)
    hands.save()
    (new,) = [case for case in all_cases(desk) if case.number != old]
    assert [(relation.number, relation.kind) for relation in new.related] == [(old, "duplicate")]


def test_opened_duplicate_leads_back_to_the_form(
    desk: Desk, window: Any, page: EntryPage, work: EntryWork, hands: Any, story: str
) -> None:
    old = stored_case(desk, items=[{"number": "XA22010000322"}])
    hands.tell(story)
    found_hints(work)
    work._go_away("cases", number=old)
    assert window.went[-1] == ("cases", {"number": old})
    page.shown()
    assert work.view.story.edit.text() == story


def test_known_customer_is_shown_by_phone(desk: Desk, work: EntryWork, hands: Any, story: str) -> None:
    for _ in range(2):
        stored_case(desk, customer={"phone": "138 0432 1176"}, opened_on="2019-01-05")
    hands.tell(story)
    found_hints(work)
    assert work.view.fields.regular.text() == "老客户 · 2 件"


def test_signs_of_fraud_bring_a_reminder(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    assert work.view.fraud.isVisible()
    assert "停止联系" in work.view.fraud.text.text()


CHAT = """王女士 2019-07-17 09:12
你好,我7月2日寄的挂号信还没到
船营投递部 2019-07-17 09:15
请把邮件号发给我
王女士 2019-07-17 09:16
XA22010000322
"""


def test_pasted_chat_becomes_steps_on_request(desk: Desk, work: EntryWork, hands: Any) -> None:
    hands.tell(CHAT)
    assert work.view.story.chat.isVisible()
    work.view.story.chat.add.click()
    for name, value in (
        ("subject", "挂号信未到"),
        ("kind", "inquiry"),
        ("category", "07"),
        ("channel", "web"),
    ):
        work.view.fields.fields[name].enter(value)
    hands.save()
    (case,) = all_cases(desk)
    assert len(case.steps) == 3
    assert case.steps[0].at == "2019-07-17T09:12"


def test_steps_of_a_chat_can_be_taken_out_again(work: EntryWork, hands: Any) -> None:
    hands.tell(CHAT)
    work.view.story.chat.add.click()
    work.view.story.chat.drop.click()
    assert work.form.steps == []


# -- keyboard and screen reader ---------------------------------------------------------------------------


def tab_stops(start: QWidget) -> list[QWidget]:
    """What Tab visits, from ``start`` round to it again."""
    stops, widget = [start], start.nextInFocusChain()
    while widget is not start:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def test_tab_goes_through_the_form_in_reading_order(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    stops = tab_stops(work.view.story.edit)
    fields = work.view.fields
    first = ("subject", "kind", "category", "channel", "fraud", "outlet", "handler", "customer.name")
    wanted = [
        *(fields.fields[name].widget for name in first),
        *(member.widget for member in fields.members),
        fields.fields["customer.anonymous"].widget,
        fields.fields["customer.phone"].widget,
        *(line.number.widget for line in fields.items.lines),
        fields.fields["items.posted_on"].widget,
        fields.fields["opened_on"].widget,
        fields.fields["remedy"].widget,
        fields.fold,
        work.view.deadline.why,
        work.view.cancel,
        work.view.save,
    ]  # fmt: skip
    places = [stops.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_everything_one_can_reach_has_a_name(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    work.view.fields.set_folded(False)
    for widget in tab_stops(work.view.story.edit):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name).strip(), widget


@pytest.mark.parametrize("size", [(1180, 736), (1180, 500), (630, 384)])
def test_nothing_sticks_out_of_the_page(
    page: EntryPage, work: EntryWork, hands: Any, story: str, size: tuple[int, int]
) -> None:
    page.resize(*size)
    hands.tell(story)
    work.view.fields.set_folded(False)
    QApplication.processEvents()
    assert page.width() == size[0]
    for field in work.view.fields.fields.values():
        right = field.widget.mapTo(page, field.widget.rect().topRight()).x()
        assert right <= page.width(), field.name


def test_page_asked_for_before_the_desk_is_open(ctx: Context, desk: Desk, open_page: Any) -> None:
    ctx.desk = None
    page = open_page()
    assert page.work is None
    ctx.desk = desk
    assert page.work is not None
