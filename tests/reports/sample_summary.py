"""A month with something in every section, as data: for documents, charts and workbooks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from postal_desk.domain.periods import Month, months_until
from postal_desk.domain.sentences import Label
from postal_desk.domain.summaries import (
    Opinion,
    OutletFigures,
    OverdueCase,
    Part,
    Period,
    Rate,
    Recurrence,
    Summary,
    TrendMonth,
    TypicalCase,
)

JULY = Month(2019, 7)
STORY = (
    "客户刘**（八旬退休老人）于7月上旬向北京某期刊寄出两件挂号信，内装手稿，半个多月未见回音。"
    "客户多次拨打所留电话，对方每次均答应尽快回复，随后即转而闲谈家庭和健康。\n"
    "船营投递部投递员苏阳受理后，当面提示客户停止联系，并致电该号码核实，对方实为西安一家保健品公司；"
    "再拨打样刊所印两部电话，均为空号；查询114，该刊未登记；经给据邮件跟踪，两件邮件均因原址查无此单位由北京退回。"
    "苏阳上门将两件邮件交还客户，客户口头致谢并赠诗一首。"
)


def full() -> Summary:
    """July 2019 of a branch with four outlets."""
    trend_received = (57, 52, 49, 61, 55, 50, 58, 44, 47, 53, 50, 50, 46)
    trend_closed = (54, 50, 48, 55, 55, 50, 55, 43, 46, 50, 52, 46, 41)
    return Summary(
        month=JULY,
        branch="船营区分公司",
        as_of=date(2019, 7, 31),
        now=Period(46, 41, 139, Rate(38, 42), Rate(41, 42), Rate(30, 31)),
        previous=Period(50, 46, 184, Rate(39, 45), Rate(43, 45), Rate(28, 30)),
        last_year=Period(57, 54, 243, Rate(44, 52), Rate(48, 52), Rate(35, 40)),
        year_to_date=Period(348, 333, 1232, Rate(290, 330), Rate(318, 330), Rate(220, 231)),
        in_progress=12,
        overdue=2,
        acknowledged=Rate(44, 46),
        closed_first_time=Rate(39, 41),
        repeated=3,
        opinions=(
            Opinion("satisfied", Label("满意", "Satisfied"), 28),
            Opinion("fairly_satisfied", Label("基本满意", "Fairly satisfied"), 2),
            Opinion("dissatisfied", Label("不满意", "Dissatisfied"), 1),
            Opinion("not_asked", Label("未回访", "Not asked"), 10),
        ),
        due_next=9,
        by_category=(
            Part("01", Label("投递服务", "Delivery service"), 14, 12, 1, 10, 12, 5),
            Part("02", Label("延误", "Delay"), 7, 6, 0, 8, 12, 2),
            Part("03", Label("丢失短少", "Loss or missing contents"), 4, 4, 1, 5, 6, 2),
            Part("04", Label("损毁", "Damage"), 0, 0, 0, 1, 2, 0),
            Part("05", Label("收寄服务", "Acceptance"), 3, 3, 0, 4, 3, 0),
            Part("06", Label("违规收费", "Charges"), 0, 0, 0, 0, 0, 0),
            Part("07", Label("查询", "Inquiry"), 10, 9, 0, 15, 17, 0),
            Part("10", Label("报刊", "Newspapers"), 4, 3, 0, 3, 2, 1),
            Part("18", Label("表扬", "Praise"), 4, 4, 0, 4, 3, 0),
        ),
        by_kind=(
            Part("inquiry", Label("查询", "Inquiry"), 20, 18, 0),
            Part("complaint", Label("投诉", "Complaint"), 18, 16, 2),
            Part("appeal", Label("申诉", "Appeal"), 1, 1, 0),
            Part("praise", Label("表扬", "Praise"), 7, 6, 0),
        ),
        by_channel=(
            Part("counter", Label("窗口", "Counter"), 15, 14, 0),
            Part("carrier", Label("投递员", "Carrier"), 8, 8, 0),
            Part("hotline_11183", Label("11183客服", "11183 hotline"), 20, 16, 2),
            Part("appeal_12305", Label("12305转办", "12305 transfer"), 3, 3, 0),
        ),
        by_business=(
            Part("letter", Label("函件", "Letter"), 17, 15, 0),
            Part("parcel", Label("包裹", "Parcel"), 12, 11, 1),
            Part("express", Label("特快", "Express"), 9, 8, 1),
            Part("newspaper", Label("报刊", "Newspapers"), 8, 7, 0),
        ),
        by_outlet=(
            OutletFigures(
                "船营投递部", 17, 16, 0, Rate(16, 16), Rate(13, 13), (), (15, 16, 14, 18, 16, 17), 4
            ),
            OutletFigures("河南街支局", 9, 8, 0, Rate(8, 8), Rate(6, 6), (), (10, 9, 9, 8, 9, 9), 1),
            OutletFigures(
                "搜登站支局",
                8,
                7,
                2,
                Rate(7, 8),
                Rate(6, 7),
                (
                    Recurrence(
                        "10.misdelivery", Label("报刊 › 报刊误投", "Newspapers › Misdelivered newspaper"), 3
                    ),
                ),
                (4, 5, 5, 6, 6, 8),
                1,
            ),
            OutletFigures("黄旗街营业所", 7, 6, 0, Rate(6, 6), Rate(5, 5), (), (7, 6, 7, 7, 6, 7), 1),
            OutletFigures("致和街支局", 5, 4, 0, Rate(), Rate(), (), (4, 4, 5, 3, 4, 5)),
        ),
        compensated=2,
        compensation=Decimal("25.20"),
        praise=7,
        fraud_prevented=1,
        overdue_cases=(
            OverdueCase(
                "220204-2019-07-0011",
                "01.false_signature",
                Label("投递服务 › 虚假签收", "Delivery service › False signature"),
                "搜登站支局",
                "李强",
                date(2019, 7, 19),
                12,
            ),
            OverdueCase(
                "220204-2019-06-0047",
                "03.lost",
                Label("丢失短少 › 丢失", "Loss › Lost"),
                "搜登站支局",
                "",
                date(2019, 7, 29),
                2,
            ),
        ),
        typical=(
            TypicalCase(
                "220204-2019-07-0006",
                "挂号信件查询兼识破假期刊",
                STORY,
                "14.fake_periodical",
                Label("涉诈 › 假冒期刊", "Suspected fraud › Fake periodical"),
                "船营投递部",
                date(2019, 7, 2),
                date(2019, 7, 21),
                ("returned_to_sender", "fraud_prevented"),
                (Label("退回寄件人", "Returned to sender"), Label("防诈劝阻", "Fraud prevented")),
            ),
        ),
        trend=tuple(
            TrendMonth(month, received, closed)
            for month, received, closed in zip(
                months_until(JULY, 13), trend_received, trend_closed, strict=True
            )
        ),
    )


def unfinished() -> Summary:
    """The same month seen on its 15th."""
    return replace(full(), as_of=date(2019, 7, 15))


def nil() -> Summary:
    """A month in which nothing happened."""
    empty = full()
    return replace(
        empty,
        now=Period(),
        in_progress=0,
        overdue=0,
        acknowledged=Rate(),
        closed_first_time=Rate(),
        repeated=0,
        opinions=(),
        due_next=0,
        by_category=tuple(Part(part.code, part.name) for part in empty.by_category),
        by_kind=(),
        by_channel=(),
        by_business=(),
        by_outlet=(),
        compensated=0,
        compensation=Decimal(0),
        praise=0,
        fraud_prevented=0,
        overdue_cases=(),
        typical=(),
    )
