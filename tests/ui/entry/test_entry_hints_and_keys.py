"""What the desk knows while a case is typed, and whether everything is within reach of the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from postal_desk.domain.cases import Case
from postal_desk.services.desk import Desk
from postal_desk.ui.context import Context
from postal_desk.ui.entry.entry_page import EntryPage
from postal_desk.ui.entry.entry_work import EntryWork

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OnFile = Callable[[], list[Case]]
Store = Callable[..., str]


def found_hints(work: EntryWork) -> None:
    """Let the pause before looking pass."""
    work.hints.finder._look()


def test_same_item_number_is_shown_while_typing_and_can_be_linked(
    window: Any, work: EntryWork, hands: Any, story: str, on_file: OnFile, store: Store
) -> None:
    old = store(items=[{"number": "XA22010000322"}])
    hands.log(story)
    found_hints(work)
    assert work.view.duplicates.isVisible()
    assert work.view.duplicates.shown == [old]
    work.hints.link(old)
    hands.save()
    (new,) = [case for case in on_file() if case.number != old]
    assert [(relation.number, relation.kind) for relation in new.related] == [(old, "duplicate")]


def test_opened_duplicate_leads_back_to_the_form(
    window: Any, page: EntryPage, work: EntryWork, hands: Any, story: str, store: Store
) -> None:
    old = store(items=[{"number": "XA22010000322"}])
    hands.tell(story)
    found_hints(work)
    work._go_away("cases", number=old)
    assert window.went[-1] == ("cases", {"number": old})
    page.shown()
    assert work.view.story.edit.text() == story


def test_known_customer_is_shown_by_phone(work: EntryWork, hands: Any, story: str, store: Store) -> None:
    for _ in range(2):
        store(customer={"phone": "138 0432 1176"}, opened_on="2019-01-05")
    hands.tell(story)
    found_hints(work)
    assert work.view.fields.regular.text() == "老客户 · 2 件"


def test_signs_of_fraud_bring_a_reminder(work: EntryWork, hands: Any, story: str) -> None:
    hands.tell(story)
    assert work.view.fraud.isVisible()
    assert "停止联系" in work.view.fraud.text.text()
    assert "“聊起家庭”" in work.view.fraud.text.text()


CHAT = """王女士 2019-07-17 09:12
你好,我7月2日寄的挂号信还没到
船营投递部 2019-07-17 09:15
请把邮件号发给我
王女士 2019-07-17 09:16
XA22010000322
"""


def test_pasted_chat_becomes_steps_on_request(work: EntryWork, hands: Any, on_file: OnFile) -> None:
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
    (case,) = on_file()
    assert len(case.steps) == 3
    assert case.steps[0].at == "2019-07-17T09:12"


def test_steps_of_a_chat_can_be_taken_out_again(work: EntryWork, hands: Any) -> None:
    hands.tell(CHAT)
    work.view.story.chat.add.click()
    work.view.story.chat.drop.click()
    assert work.form.steps == []


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
