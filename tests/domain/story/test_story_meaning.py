"""Kind, category, business, channel, fraud and remedy of short stories."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postal_desk.domain.story import FIELD_NAMES, Lexicon, Reading
from postal_desk.domain.story.evidence import confidence, weigh
from postal_desk.domain.story.view import View

Read = Callable[..., Reading]


def values(reading: Reading, *names: str) -> tuple[object, ...]:
    return tuple(found.value if (found := reading.fields.get(name)) else None for name in names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刘女士来电投诉：投递员未经同意把包裹放在门卫室", ("complaint", "01", "parcel", "telephone")),
        ("客户到窗口查询挂号信下落", ("inquiry", "07", "letter", "counter")),
        ("请问EMS寄到日本多少钱，要什么手续？", ("consultation", "16", "express", None)),
        ("建议在村口增设邮筒", ("suggestion", "17", None, None)),
        ("送来锦旗，感谢投递员拾金不昧", ("praise", "18", None, None)),
        ("12345转办工单：市民反映寄EMS快件被多收费", ("complaint", "06", "express", "hotline_12345")),
        ("市邮政管理局转来申诉，称包裹丢失", ("appeal", "03", "parcel", "appeal_12305")),
        ("订的《参考消息》三天没来，要求补报", ("complaint", "10", "newspaper", None)),
        ("The clerk at the counter was rude, I want to complain.", ("complaint", "05", None, None)),
        ("Please trace my registered letter, it has not arrived.", ("inquiry", "07", "letter", None)),
    ],
)
def test_codes(read: Read, text: str, expected: tuple[str | None, ...]) -> None:
    assert values(read(text), "kind", "category", "business", "channel") == expected


@pytest.mark.parametrize("text", ["", "今天天气很好。", "张女士", "OK", "1234567890", "。。。"])
def test_silence_where_nothing_is_said(read: Read, text: str) -> None:
    assert not set(read(text).fields) & {
        "kind",
        "category",
        "business",
        "channel",
        "remedy",
        "fraud",
        "subject",
    }


def test_denied_word_is_no_evidence(read: Read) -> None:
    assert values(read("我不是投诉，想查询包裹到哪了"), "kind") == ("inquiry",)


def test_denied_word_does_not_count_against_another(read: Read) -> None:
    assert values(read("不是投诉，是表扬"), "kind") == ("praise",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我打过11183，他们让我等", None),
        ("我打投递部电话没人接", None),
        ("之前打电话投诉过一次，没有解决", None),
        ("投递员在段道上被一位老人叫住，请他帮忙", "carrier"),
        ("打电话到支局，说镯子断了", "telephone"),
        ("The customer phoned to complain", "telephone"),
        ("Asked at the window about a pension", "counter"),
        ("the app says it was put in a locker", None),
    ],
)
def test_channel_is_how_the_customer_came(read: Read, text: str, expected: str | None) -> None:
    assert values(read(text), "channel") == (expected,)


def test_supposed_trouble_is_no_evidence(lexicon: Lexicon) -> None:
    told = weigh(View("挂号信已丢失"), lexicon.cues["category"], lexicon)
    supposed = weigh(View("如已丢失"), lexicon.cues["category"], lexicon)
    assert told["03"].score >= 4.0
    assert "03" not in supposed


def test_where_the_words_leave_the_kind_open_its_usual_one_stands_beside_the_fields(read: Read) -> None:
    found = read("挂号信退回，批条写地址欠详，寄件人说地址没错")
    assert values(found, "kind", "category") == (None, "09")
    assert found.usual_kind is not None
    assert found.usual_kind.value == "complaint"


def test_word_that_many_use_for_any_mail_is_no_line_of_business(read: Read) -> None:
    assert values(read("快递没人送，我要投诉"), "business") == (None,)


def test_threat_of_an_appeal_is_no_appeal(read: Read) -> None:
    assert values(read("再不解决我就去申诉，投诉你们态度差"), "kind") == ("complaint",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对方自称公安局，要求转账到安全账户，不许告诉家里人", True),
        ("刊社说入选了，要先交评审费，电话是空号", True),
        ("包裹破损，要求赔偿", None),
        ("邮政开展反诈宣传活动，发放传单", None),
    ],
)
def test_fraud(read: Read, text: str, expected: bool | None) -> None:
    assert values(read(text), "fraud") == (expected,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("态度差。诉求：退还邮费。", "退还邮费"),
        ("客户要求尽快投递并道歉，电话略", "尽快投递并道歉"),
        ("I would like you to trace it. Thanks", "I would like you to trace it"),
        ("诉求：12月3日寄的挂号被退回，门卫不认识新名字。请重新投递", "请重新投递"),
    ],
)
def test_remedy(read: Read, text: str, expected: str) -> None:
    assert values(read(text), "remedy") == (expected,)


@pytest.mark.parametrize(
    "text",
    [
        "窗口要求我出示身份证",
        "客户投诉，无其他要求。",
        "请问几点下班？",
        "监控调取申请。",
        "市局要求今日18时前说明",
        "无诉求，仅反映",
        "我请了半天假去取",
        "已告知客户请其耐心等待",
    ],
)
def test_what_others_want_is_no_remedy(read: Read, text: str) -> None:
    assert values(read(text), "remedy") == (None,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11183转单 客户：窦，回拨：同", "hotline_11183"),
        ("今接来函（盖有公章）：我单位寄出台账两箱", "letter"),
        ("市局转办：村民联名反映", "superior"),
    ],
)
def test_head_of_a_record_tells_the_channel(read: Read, text: str, expected: str | None) -> None:
    assert values(read(text), "channel") == (expected,)


def test_words_count_once(lexicon: Lexicon) -> None:
    once = weigh(View("投诉"), lexicon.cues["kind"], lexicon)["complaint"]
    often = weigh(View("投诉投诉投诉投诉"), lexicon.cues["kind"], lexicon)["complaint"]
    assert often.score == once.score


def test_confidence_grows_with_evidence_and_distance() -> None:
    assert 0.0 < confidence(2, 2) < confidence(4, 4) < confidence(8, 8) < 1.0
    assert confidence(6, 1) < confidence(6, 6)


def test_subject_cuts_through_no_day_and_no_number(read: Read) -> None:
    reading = read(
        "老客户刘大爷到投递部，说6月24日在江南营业所寄的两封挂号信XA22010000322、XA22010000429没有音信。"
    )
    assert values(reading, "subject") == ("在江南营业所寄的两封挂号信XA22010000322",)


def test_subject_names_mail_and_trouble(read: Read) -> None:
    reading = read("7月2日寄出两封挂号信到北京，半个多月没有回音。")
    assert values(reading, "subject") == ("挂号信半个多月没有回音",)


def test_child_category_is_offered_beside(read: Read) -> None:
    reading = read("客户到窗口查询挂号信下落")
    assert reading.category_child is not None
    assert (reading.fields["category"].value, reading.category_child.value) == ("07", "07.domestic")


def test_unsure_fields_are_suggestions(read: Read) -> None:
    reading = read("客户投诉包裹丢失，要求赔偿，到窗口反映")
    assert "subject" in reading.suggestions
    assert all(reading.fields[name].confidence >= 0.8 for name in set(reading.fields) - reading.suggestions)
    assert set(reading.fields) <= set(FIELD_NAMES)
