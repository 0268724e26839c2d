"""Who a story is about: the customer, age and vulnerability, the outlet, the member of staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postal_desk.domain.story import Reading

Read = Callable[..., Reading]
OUTLETS = ("船营投递部", "河南街邮政支局", "大方县城关支局")
STAFF = ("苏阳", "李国强", "王丽娟")


def found(reading: Reading, name: str) -> object:
    field = reading.fields.get(name)
    return field.value if field else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刘先生来电反映包裹未到", "刘先生"),
        ("客户欧阳女士到窗口查询", "欧阳女士"),
        ("李大爷今年76岁", "李大爷"),
        ("来电人：张桂兰，0432-62481357", "张桂兰"),
        ("消费者蒋华申诉称", "蒋华"),
        ("我叫林晓雨，18643298712", "林晓雨"),
        ("有位岳女士打11183咨询", "岳女士"),
        ("请管好投递员。——孙老师 18643200915", "孙老师"),
        ("此致敬礼\n龚开明\n2023年6月1日", "龚开明"),
        ("李建国，男，家住昌邑区", "李建国"),
        ("收件人赵六没收到，寄件人钱女士来电查询", "钱女士"),
        ("约翰·史密斯先生来电", "约翰·史密斯先生"),
        ("I am unhappy. Yours faithfully, Mr Harris", "Mr Harris"),
        ("My name is Sarah O'Connor.", "Sarah O'Connor"),
        ("锁老汉到窗口查询", "锁老汉"),
        ("我姓冷，冷玉春。柜员态度差", "冷玉春"),
        ("我是她姑娘商丽，15943256670", "商丽"),
        ("Anna Kowalska, 29, came to the counter", "Anna Kowalska"),
        ("来了三位村民，投诉门常关，电话15144330218（孟祥贵）", "孟祥贵"),
        ("老主顾葛凤山（71岁）今天来", "葛凤山"),
        ("投递慢，爹没收到药。请查一查，谢谢，电话13510087742。女儿 秦岚", "秦岚"),
    ],
)
def test_customer(read: Read, text: str, expected: str) -> None:
    assert found(read(text), "customer.name") == expected


@pytest.mark.parametrize(
    "text",
    [
        "我姓陈",
        "客户小王来电",
        "家住王府井小区",
        "由于先生产后寄",
        "马上来电",
        "高兴地说",
        "收件人李四",
        "网友风清扬",
        "环卫工人来电",
        "窗口的小韩同志业务熟",
        "来话人要求保密",
        "客户问存折能不能代取",
    ],
)
def test_nobody_is_named(read: Read, text: str) -> None:
    assert found(read(text), "customer.name") is None


def test_outlet_is_nobody(read: Read) -> None:
    assert found(read("问黄旗街，黄旗街说不知道", outlets=("黄旗街营业所",)), "customer.name") is None


def test_staff_is_not_the_customer(read: Read) -> None:
    assert found(read("李国强来电说明情况", staff=STAFF), "customer.name") is None


@pytest.mark.parametrize(
    ("text", "band", "vulnerable"),
    [
        ("周先生80多岁", "80_plus", ("elderly",)),
        ("客户今年七十三", "60_79", ("elderly",)),
        ("王大爷来电", None, ("elderly",)),
        ("刘女士的母亲82岁", None, None),
        ("快八十的孙先生", None, None),
        ("孙先生快八十岁了", "60_79", ("elderly",)),
        ("本人1957年3月12日生", "60_79", ("elderly",)),
        ("我今年15岁", "under_18", ("minor",)),
        ("客户丁女士，45岁", "18_59", None),
        ("盲人贺先生来电", None, ("disabled",)),
        ("小区老年人多", None, None),
        ("订《中学生阅读》", None, None),
        ("填单台太高，坐轮椅的够不着", None, None),
        ("I am 72 years old", "60_79", ("elderly",)),
        ("他儿子45岁", None, None),
        ("一个八九岁的小男孩来取奶奶的包裹", "under_18", ("minor",)),
        ("我叫瞿定邦，年七十三，没收到挂号信", "60_79", ("elderly",)),
        ("村民乔桂兰（独居，78）来电", "60_79", ("elderly",)),
        ("客户张得寿（残疾军人）来电", None, ("disabled",)),
        ("聋哑人韩立军到窗口查包裹", None, ("disabled",)),
        ("刘主任说，屯里五保户蓝阿公的卡没到", None, None),
        ("客户原女士（女儿6岁）取件", None, None),
        ("我妈昨天寄药，你们扶她过马路。老太太八十二了", None, None),
        ("订户覃东海说缺报，退休支部书记姚汉民（84岁）说不缺", None, None),
        ("I am eighty-one. The carrier leaves my magazines outside. Tatiana Bao", "80_plus", ("elderly",)),
    ],
)
def test_age_and_vulnerability(
    read: Read, text: str, band: str | None, vulnerable: tuple[str, ...] | None
) -> None:
    reading = read(text)
    assert (found(reading, "customer.age_band"), found(reading, "customer.vulnerable")) == (band, vulnerable)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("从船营投递部寄出", "船营投递部"),
        ("到河南街支局反映", "河南街邮政支局"),
        ("在城关支局窗口", "大方县城关支局"),
        ("住在船营投递部对面", None),
        ("河南街那边的超市", None),
        ("昌邑支局寄的", None),
    ],
)
def test_outlet(read: Read, text: str, expected: str | None) -> None:
    assert found(read(text, outlets=OUTLETS), "outlet") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请苏阳帮忙查", "苏阳"),
        ("李国强受理", "李国强"),
        ("柜员王丽娟劝住了客户", "王丽娟"),
        ("老人说信没收到。——苏阳", "苏阳"),
        ("录单：苏阳", "苏阳"),
        ("投递员李国强说“写得像”", None),
        ("投诉投递员李国强态度差", None),
        ("表扬王丽娟服务热情", None),
        ("李国强把信扔在楼下", None),
        ("我娘家寄来一坛酱，李国强打电话说裂了，问我收不收", None),
    ],
)
def test_handler(read: Read, text: str, expected: str | None) -> None:
    assert found(read(text, staff=STAFF), "handler") == expected
