"""The case sheet: one page by construction, masked, and nothing of a long story lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from postal_desk.domain.cases import Case, Customer, Disposition, MailItem, Step
from postal_desk.domain.deadlines import clocks_for_case
from postal_desk.domain.rules import Rules
from postal_desk.reports.case_sheet import FORM_HEIGHT, Sheet, case_sheet
from postal_desk.reports.case_sheet_rows import Rows
from postal_desk.reports.case_sheet_text import cut, lines_needed
from postal_desk.reports.document import Document, Form, PageBreak, Paragraph
from postal_desk.reports.page_style import page_style

CASE = Case(
    kind="inquiry",
    category="07.domestic",
    channel="carrier",
    opened_on=date(2019, 7, 17),
    subject="挂号稿件无音讯",
    business="letter",
    narrative="欧阳若水寄出两封挂号信RR473124829GB，半个多月没有消息，电话13812345678。",
    outlet="船营投递部",
    handler="苏阳",
    remedy="查明下落",
    customer=Customer("欧阳若水", "13812345678", "吉林市船营区北极街道12号", "80_plus", ("elderly",)),
    items=(MailItem("RR473124829GB", "registered_letter", date(2019, 7, 2), Decimal("4.20")),),
    steps=(
        Step("2019-07-17T10:30", "欧阳若水", "carrier", "苏阳", "other", "请投递员帮助"),
        Step("2019-07-18", "苏阳", "directory_114", "", "not_registered", "没有登记"),
    ),
    dispositions=(Disposition("returned_to_sender", on=date(2019, 8, 4)), Disposition("fraud_prevented")),
    responsibility="not_responsible",
    opinion="satisfied",
    closed_on=date(2019, 8, 5),
    number="220204-2019-07-0027",
    status="closed",
)


def sheet(rules: Rules, case: Case = CASE, language: str = "zh_CN", masked: bool = True) -> Document:
    deadlines = clocks_for_case(case, rules, date(2019, 8, 6), "220204")
    return case_sheet(Sheet(case, deadlines, "船营区分公司", date(2019, 8, 6), masked), rules, language)


def form_of(document: Document) -> Form:
    return next(block for block in document.blocks if isinstance(block, Form))


def text_of(document: Document) -> str:
    form = "\n".join(cell.text for row in form_of(document).rows for cell in row.cells)
    return form + "\n" + "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def long_case() -> Case:
    narrative = "\n".join(f"第{number}段，客户反映邮件未收到，请求查询。" * 4 for number in range(1, 81))
    steps = tuple(
        Step(f"2019-07-{day:02d}", "苏阳", "telephone", "", "answered", f"第{day}次联系，" * 20)
        for day in range(17, 30)
    )
    return replace(CASE, narrative=narrative, steps=steps)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("case", [CASE, long_case()], ids=["short", "long"])
def test_form_fits_its_page(rules: Rules, case: Case, language: str) -> None:
    document = sheet(rules, case, language)
    style = page_style("sheet", language)
    assert sum(row.height for row in form_of(document).rows) == pytest.approx(FORM_HEIGHT)
    head = (style.styles["title"].pitch + style.styles["under"].pitch) / 72 * 25.4
    assert FORM_HEIGHT + head < style.height - style.top - style.bottom


def test_masked_unless_asked(rules: Rules) -> None:
    text = text_of(sheet(rules))
    for personal in ("若水", "13812345678", "RR473124829GB", "12号"):
        assert personal not in text
    assert "未脱敏" not in str(sheet(rules))
    in_clear = sheet(rules, masked=False)
    assert "欧阳若水" in text_of(in_clear)
    assert "个人信息未脱敏" in str(in_clear.blocks[0])


def test_title_and_name_carry_the_number_only(rules: Rules) -> None:
    document = sheet(rules, masked=False)
    assert document.stem == "客户服务案例登记表 220204-2019-07-0027"
    assert "欧阳" not in document.title + document.stem + document.author


def test_sheet_says_how_the_case_went(rules: Rules) -> None:
    text = text_of(sheet(rules))
    assert "2019-07-18 苏阳 114 查号：未登记；没有登记" in text
    assert "退回寄件人（2019年8月4日）；防诈劝阻" in text
    assert "国际邮件查询答复：2019年9月16日（按期答复）" in text


def test_long_story_continues_and_nothing_is_lost(rules: Rules) -> None:
    document = sheet(rules, long_case())
    assert PageBreak() in document.blocks
    text = text_of(document)
    assert "（下接续页）" in text
    for number in range(1, 81):
        assert f"第{number}段" in text
    for day in range(17, 30):
        assert f"第{day}次联系" in text


def test_short_story_has_no_second_page(rules: Rules) -> None:
    assert PageBreak() not in sheet(rules).blocks


@pytest.mark.parametrize("most", [1, 2, 5, 100])
def test_cut_keeps_every_character(most: int) -> None:
    text = "\n".join("客户反映邮件未收到ABC 123，" * 7 for _ in range(6))
    shown, rest = cut(text, 300, 9, most, "（续）")
    assert (shown.removesuffix("（续）") + rest).replace("\n", "") == text.replace("\n", "")
    assert lines_needed(shown, 300, 9) <= most


def test_empty_case_still_makes_a_sheet(rules: Rules) -> None:
    bare = Case("inquiry", "07", "counter", date(2019, 7, 2), "查询", number="220204-2019-07-0001")
    assert "尚未办结" in text_of(sheet(rules, bare))


def test_row_is_as_high_as_its_label_needs(rules: Rules) -> None:
    """«Remedy sought» takes two lines of the narrow column, its answer one."""
    rows = Rows("en")
    label = "Remedy sought"
    assert rows.label_lines(label) == 2
    assert rows.label_lines("Subject") == 1
    assert rows.wide(label, "x", 2).height == rows.height(2, rows.size)
