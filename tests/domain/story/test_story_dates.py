"""Days in a story, seen from Thursday, 15 June 2023; and the day of posting."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postal_desk.domain.story import Reading

Read = Callable[..., Reading]


def days(reading: Reading) -> list[str]:
    return [found.day.isoformat() for found in reading.dates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019年7月2日", ["2019-07-02"]),
        ("二〇一九年七月二日", ["2019-07-02"]),
        ("2019-07-02、2019/7/3、2019.7.4", ["2019-07-02", "2019-07-03", "2019-07-04"]),
        ("19年7月2日", ["2019-07-02"]),
        ("20190702", ["2019-07-02"]),
        ("７月２日寄出", ["2022-07-02"]),
        ("6月2号", ["2023-06-02"]),
        ("元月8号", ["2023-01-08"]),
        ("去年12月3号", ["2022-12-03"]),
        ("上月28日寄", ["2023-05-28"]),
        ("本月3日", ["2023-06-03"]),
        ("15号那天", ["2023-06-15"]),
        ("20号寄的", ["2023-05-20"]),
        ("6月3日至5日", ["2023-06-03", "2023-06-05"]),
        ("（7月1日、8日、14日）", ["2022-07-01", "2022-07-08", "2022-07-14"]),
        ("今天、昨天、前天、大前天", ["2023-06-15", "2023-06-14", "2023-06-13", "2023-06-12"]),
        ("上周三寄的", ["2023-06-07"]),
        ("这周二到的", ["2023-06-13"]),
        ("周一来过", ["2023-06-12"]),
        ("两天前", ["2023-06-13"]),
        ("6.2寄出", ["2023-06-02"]),
        ("请于6月20日前答复", ["2023-06-20"]),
        ("On 2 June and June 3rd, 2023", ["2023-06-02", "2023-06-03"]),
        ("20.08.2019", ["2019-08-20"]),
        ("last Monday, yesterday, three days ago", ["2023-06-12", "2023-06-14"]),
        ("by 20 June", ["2023-06-20"]),
        ("开庭时间是7月20日", ["2023-07-20"]),
        ("报纸25日起补投", ["2023-06-25"]),
    ],
)
def test_one_day(read: Read, text: str, expected: list[str]) -> None:
    assert days(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "半个多月前",
        "三天没到",
        "6月份",
        "七八天",
        "5日内答复",
        "15号楼3单元",
        "解放路15号",
        "3号窗口",
        "每周三",
        "周一至周五上班",
        "农历八月十五",
        "今天推明天",
        "他说“明天再来”",
        "3.5公斤",
        "12/06/2023",
        "2月30日",
        "目前天气",
        "周六日休息",
    ],
)
def test_what_is_no_day(read: Read, text: str) -> None:
    assert days(read(text)) == []


def test_day_in_a_chat_is_seen_from_its_message(read: Read) -> None:
    chat = "暖阳 2023-06-10 10:21\n昨天寄的\n邮政客服 2023-06-10 10:22\n好的\n暖阳 2023-06-10 10:23\n谢谢"
    assert days(read(chat)) == ["2023-06-09"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月2日从支局寄出，6月8日还没到", "2023-06-02"),
        ("收寄日期2023-05-28", "2023-05-28"),
        ("我上周一寄的包裹", "2023-06-05"),
        ("I posted the letter in London on 2 June.", "2023-06-02"),
        ("6月2日上午，我在窗口寄了一封信", "2023-06-02"),
        ("6月2日寄的挂号里有1封，对方说拒收退回", "2023-06-02"),
    ],
)
def test_day_of_posting(read: Read, text: str, expected: str) -> None:
    assert str(read(text).fields["items.posted_on"].value) == expected


@pytest.mark.parametrize(
    "text", ["6月8日收到信", "6月2日去寄苹果，窗口不收", "6月2日前寄的都没到", "6月2日来电"]
)
def test_other_days_are_no_posting(read: Read, text: str) -> None:
    assert "items.posted_on" not in read(text).fields
