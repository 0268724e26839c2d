"""Pasted chats: header lines of many programs become steps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postal_desk.domain.story import Reading

Read = Callable[..., Reading]
CUSTOMER, POST = "暖阳", "邮政客服"

FORMS = {
    "name and time": "暖阳 2023-06-14 10:21\n在吗\n邮政客服 2023-06-14 10:22\n在的\n暖阳 2023-06-14 10:23\n包裹没到",
    "time and name": (
        "2023-06-14 10:21:33 暖阳\n"
        "在吗\n"
        "2023-06-14 10:22:00 邮政客服\n"
        "在的\n"
        "2023-06-14 10:23:08 暖阳\n"
        "包裹没到"
    ),
    "brackets": "[2023/6/14 10:21] 暖阳: 在吗\n[2023/6/14 10:22] 邮政客服: 在的\n[2023/6/14 10:23] 暖阳: 包裹没到",
    "time, then colon": (
        "2023年6月14日 10:21 暖阳：在吗\n"
        "2023年6月14日 10:22 邮政客服：在的\n"
        "2023年6月14日 10:23 暖阳：包裹没到"
    ),
    "lines of their own": "暖阳\n6/14 10:21\n在吗\n邮政客服\n6/14 10:22\n在的\n暖阳\n6/14 10:23\n包裹没到",
    "time above name": "昨天 10:21\n暖阳\n在吗\n昨天 10:22\n邮政客服\n在的\n昨天 10:23\n暖阳\n包裹没到",
    "whatsapp": (
        "14/06/2023, 10:21 - 暖阳: 在吗\n"
        "14/06/2023, 10:22 - 邮政客服: 在的\n"
        "14/06/2023, 10:23 - 暖阳: 包裹没到"
    ),
    "telegram": "暖阳, [14.06.23 10:21]\n在吗\n\n邮政客服, [14.06.23 10:22]\n在的\n\n暖阳, [14.06.23 10:23]\n包裹没到",
    "day between": "—— 2023年6月14日 ——\n暖阳 10:21\n在吗\n邮政客服 10:22\n在的\n暖阳 10:23\n包裹没到",
    "half-day clock": (
        "【暖阳】 6月14日 上午10:21\n"
        "在吗\n"
        "【邮政客服】 6月14日 上午10:22\n"
        "在的\n"
        "【暖阳】 6月14日 上午10:23\n"
        "包裹没到"
    ),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_header_forms(read: Read, text: str) -> None:
    steps = [(step.at, step.actor, step.counterpart, step.text) for step in read(text).steps]
    assert steps == [
        ("2023-06-14T10:21", CUSTOMER, POST, "在吗"),
        ("2023-06-14T10:22", POST, CUSTOMER, "在的"),
        ("2023-06-14T10:23", CUSTOMER, POST, "包裹没到"),
    ]


def test_chat_without_times(read: Read) -> None:
    steps = read("王女士: 在吗\n客服: 在的\n王女士: 包裹到哪了").steps
    assert [(step.at, step.actor) for step in steps] == [
        ("2023-06-15", name) for name in ("王女士", "客服", "王女士")
    ]


def test_message_may_have_several_lines(read: Read) -> None:
    steps = read("暖阳 10:21\n在吗\n单号稍后发\n\n邮政客服 10:22\n好\n暖阳 10:23\n谢谢").steps
    assert steps[0].text == "在吗\n单号稍后发"


def test_afternoon(read: Read) -> None:
    assert read("暖阳 下午 3:12\n在吗\n客服 下午 3:13\n在").steps[0].at == "2023-06-15T15:12"


@pytest.mark.parametrize(
    "text",
    [
        "姓名：王五\n电话：13800138000\n诉求：赔偿200元",
        "6月14日\n10:30 客户来电反映包裹未到\n11:00 联系投递员\n14:00 回复客户",
        "刘女士10:30来电，说包裹没到。",
        "From: Anna\nTo: Post\nSubject: parcel\nHello",
    ],
)
def test_what_is_no_chat(read: Read, text: str) -> None:
    assert read(text).steps == ()


def test_fields_of_a_chat(read: Read) -> None:
    text = (
        "王女士 6月14日 10:21\n包裹破损，我要投诉\n苏阳 6月14日 10:22\n单号？\n王女士 6月14日 10:23\n98012345"
    )
    fields = read(text, staff=["苏阳"]).fields
    assert (fields["channel"].value, fields["customer.name"].value, fields["handler"].value) == (
        "web",
        "王女士",
        "苏阳",
    )


def test_what_the_post_writes_is_not_the_customers_wish(read: Read) -> None:
    text = "暖阳 10:21\n包裹丢了\n邮政客服 10:22\n请您提供单号，希望您耐心等待\n暖阳 10:23\n9801234567890"
    assert "remedy" not in read(text).fields
