"""Item numbers, telephone numbers and sums of money in a story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postal_desk.domain.story import Reading

Read = Callable[..., Reading]


def items(reading: Reading) -> list[tuple[str, str]]:
    return [(item.number, item.check) for item in reading.items]


def phones(reading: Reading) -> list[tuple[str, str]]:
    return [(phone.number, phone.whose) for phone in reading.phones]


def amounts(reading: Reading) -> list[str]:
    return [f"{found.amount:.2f}" for found in reading.amounts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("挂号信RR473124829GB", [("RR473124829GB", "ok")]),
        ("挂号信 rr 473 124 829 gb。", [("RR473124829GB", "ok")]),
        ("ＸＡ２２０１００００３２２", [("XA22010000322", "ok")]),
        ("单号RR473124828GB", [("RR473124828GB", "suspicious")]),
        ("单号1150 0234 5678 9", [("1150023456789", "none")]),
        ("EMS:1188001122334", [("1188001122334", "none")]),
        ("EMSEX706050401CN", [("EX706050401CN", "ok")]),
        ("XA22010000322和XA22010000322", [("XA22010000322", "ok")]),
    ],
)
def test_item_numbers(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    assert items(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "订单号2023061500012",
        "工单号9801234567890已转",
        "顺丰9801234567890",
        "圆通YT9876543210987",
        "身份证220202195008121234",
        "The number is 13944205517, call me",
        "My letter RR473124829 is lost",
        "电话+86 13812345678",
    ],
)
def test_other_numbers_are_no_items(read: Read, text: str) -> None:
    assert items(read(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("客户电话 138 0432 1176", [("13804321176", "customer")]),
        ("回电１３８－０４３２－１１７６", [("13804321176", "customer")]),
        ("本人手机+86 138 4321 2345", [("13843212345", "customer")]),
        ("家里座机（0432）62481234", [("0432-62481234", "customer")]),
        ("电话62481234", [("62481234", "customer")]),
        ("My number is +44 (0)20 7946 0958.", [("+442079460958", "customer")]),
        ("打11183没人接，又打12305", [("11183", "service"), ("12305", "service")]),
        ("已报110", [("110", "service")]),
        (
            "客户王女士13804321176，收件人李某13900001111",
            [("13804321176", "customer"), ("13900001111", "other")],
        ),
        ("客户电话13804321176，儿子13900001111", [("13804321176", "customer"), ("13900001111", "other")]),
        ("联系其子（13700437788）", [("13700437788", "other")]),
        (
            "我导师13500432100签收了，我叫昝亮，17804321000",
            [("13500432100", "other"), ("17804321000", "customer")],
        ),
        ("工头的手机13900857123打不通", [("13900857123", "other")]),
        ("回电13308571234或办公室0857-8250011", [("13308571234", "customer"), ("0857-8250011", "customer")]),
        ("投诉投递员态度差，联系电话13904321888", [("13904321888", "customer")]),
        ("骗子自称公安局，号码021-61234567", [("021-61234567", "other")]),
        ("冒充保健品专家的4008123456打来", [("4008123456", "other")]),
        (
            "我电话13510087742，爹家座机0432-63225580",
            [("13510087742", "customer"), ("0432-63225580", "other")],
        ),
        ("我天天在家，打他手机18744327056没人接", [("18744327056", "other")]),
        ("改一下，电话13644087712我弟弟的", [("13644087712", "other")]),
        ("我鞠海燕，她女儿，13944602183", [("13944602183", "customer")]),
        ("客户边女士又打投递部0432-64870011", [("0432-64870011", "service")]),
        ("问当地（0857-8223400毕节邮政）没人接", [("0857-8223400", "service")]),
        ("报社联系人0431-81234567", [("0431-81234567", "other")]),
        ("请再送一次。回拨13674400931", [("13674400931", "customer")]),
        ("寄件人陶玉兰（吉舒街，67岁，15981150023）来电", [("15981150023", "customer")]),
        (
            "客户陶玉兰13981150023来电，儿子陶勇13829914477发来照片",
            [("13981150023", "customer"), ("13829914477", "other")],
        ),
        (
            "我叫尹志，电话15943200881。他留过一个号13304329900",
            [("15943200881", "customer"), ("13304329900", "other")],
        ),
        ("来电人李女士，反映其母亲（15943205678）的包裹未到", [("15943205678", "other")]),
        (
            "她的手机13843211234，她丈夫的手机15943205678",
            [("13843211234", "customer"), ("15943205678", "other")],
        ),
        ("回电请打我单位0432-62481234找许工", [("0432-62481234", "customer")]),
        ("编辑留电0432-62110987", [("0432-62110987", "other")]),
    ],
)
def test_phones_and_their_owners(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    assert phones(read(text)) == expected


@pytest.mark.parametrize(
    "text", ["挂号信XA22010000322", "110元", "住114号楼", "3单元12345室", "订单20210928556677881"]
)
def test_what_is_no_phone(read: Read, text: str) -> None:
    assert phones(read(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("邮费12.60元", ["12.60"]),
        ("邮费十二块五", ["12.50"]),
        ("三块5", ["3.50"]),
        ("贰拾元整", ["20.00"]),
        ("肆佰贰拾元", ["420.00"]),
        ("五块钱", ["5.00"]),
        ("两毛钱", ["0.20"]),
        ("5万元", ["50000.00"]),
        ("1,280元", ["1280.00"]),
        ("￥23，RMB 500，8,000 yuan", ["23.00", "500.00", "8000.00"]),
        ("东西值八百八", ["880.00"]),
        ("保价3000，丢了", ["3000.00"]),
        ("十二元五角", ["12.50"]),
        ("邮费5元，包装5元", ["5.00"]),
    ],
)
def test_amounts(read: Read, text: str, expected: list[str]) -> None:
    assert amounts(read(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "100美元",
        "US$180",
        "3单元2号",
        "两块手表",
        "20块电路板短缺4块",
        "元旦",
        "几十块",
        "一百多块",
        "50欧元",
    ],
)
def test_what_is_no_amount_in_yuan(read: Read, text: str) -> None:
    assert amounts(read(text)) == []
