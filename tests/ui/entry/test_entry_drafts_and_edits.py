"""Drafts and edits: what was typed is never lost, what is stored is never overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.cases import Case
from postal_desk.i18n import tell
from postal_desk.services.case_lists import list_head
from postal_desk.services.cases import edit_case, show_case
from postal_desk.services.desk import Desk
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.entry.entry_work import EntryWork

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OnFile = Callable[[], list[Case]]
Store = Callable[..., str]


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


def test_stored_case_is_edited_and_only_changes_are_sent(
    desk: Desk, window: Any, page: EntryPage, work: EntryWork, hands: Any, story: str, on_file: OnFile
) -> None:
    hands.log(story)
    hands.save()
    number = on_file()[0].number
    page.shown(number=number)
    assert work.view.header.title.text() == f"修改 {number}"
    assert work.view.story.edit.text() == story
    work.view.fields.fields["subject"].enter("另一个事由")
    assert work.sheet.to_save() == {"subject": "另一个事由"}
    hands.save()
    view = show_case(desk, number)
    assert view.case.subject == "另一个事由"
    assert view.case.items == on_file()[0].items
    assert window.went[-1] == ("cases", {"number": number})


def test_emptied_field_is_cleared_in_the_record(
    desk: Desk, page: EntryPage, work: EntryWork, hands: Any, store: Store
) -> None:
    number = store(outlet="江南支局", customer={"name": "周先生", "phone": "13804321176"})
    page.shown(number=number)
    work.view.fields.fields["customer.phone"].enter("")
    work.view.fields.fields["outlet"].enter("")
    hands.save()
    case = show_case(desk, number).case
    assert (case.outlet, case.customer.name, case.customer.phone) == ("", "周先生", "")


def test_story_of_a_stored_case_fills_nothing_in(
    page: EntryPage, work: EntryWork, hands: Any, story: str, store: Store
) -> None:
    number = store(narrative=story)
    page.shown(number=number)
    hands.read()
    assert not work.sheet.changed
    assert work.form["outlet"].suggestion == "船营投递部"


def test_case_changed_meanwhile_is_not_overwritten(
    desk: Desk, page: EntryPage, work: EntryWork, hands: Any, store: Store
) -> None:
    number = store()
    page.shown(number=number)
    work.view.fields.fields["subject"].enter("这里改的")
    edit_case(desk, number, {"subject": "别处改的"})
    hands.save()
    assert show_case(desk, number).case.subject == "别处改的"
    assert work.view.problem.isVisible()
    assert work.form.text("subject") == "这里改的"


def test_draft_of_an_edit_comes_back_over_its_case(
    open_page: Any, page: EntryPage, work: EntryWork, store: Store
) -> None:
    number = store()
    page.shown(number=number)
    work.view.fields.fields["subject"].enter("改了一半")
    page.keep()
    again = open_page(**page.place())
    assert again.work is not None
    assert again.work.sheet.to_save() == {"subject": "改了一半"}
    assert again.work.view.header.title.text() == f"修改 {number}"
