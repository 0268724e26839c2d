"""What the monthly summary says, section by section, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from postal_desk.domain.month_ranges import MonthRange
from postal_desk.domain.periods import Month
from postal_desk.domain.summaries import Period, Rate, Summary
from postal_desk.reports.document import Document, Heading, Paragraph, Picture, SignOff, Table, Title
from postal_desk.reports.document import HandIn as HandInBlock
from postal_desk.reports.monthly import HandIn, file_stem, monthly_document
from postal_desk.reports.words import MARK


def text_of(document: Document) -> str:
    """Everything the document says, one block a line."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Title):
            lines += [*block.lines, block.under]
        elif isinstance(block, Heading | Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [block.caption, *("|".join(row) for row in (block.head, *block.rows))]
        elif isinstance(block, SignOff):
            lines += [block.unit + block.seal, block.day]
        elif isinstance(block, HandInBlock):
            lines += [f"{label}|{value}" for label, value in block.pairs]
    return "\n".join(lines)


def headings(document: Document, level: int) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


@pytest.fixture
def full(months: ModuleType) -> Summary:
    return months.full()


@pytest.fixture
def chinese(full: Summary, hand_in: HandIn) -> Document:
    return monthly_document(full, hand_in, "zh_CN", "gbt9704")


def test_ten_sections_in_their_order(chinese: Document) -> None:
    found = headings(chinese, 1)
    assert [heading.partition("、")[0] for heading in found] == list("一二三四五六七八九十")
    for heading, word in zip(
        found, ("总体", "构成", "办理", "赔偿", "评价", "网点", "典型", "措施", "表扬", "问题"), strict=True
    ):
        assert word in heading


def test_month_as_a_whole_is_said_in_sentences(chinese: Document) -> None:
    text = text_of(chinese)
    assert "7月共受理客户服务案例46件，环比减少4件、下降8.0%，同比减少11件、下降19.3%。" in text
    assert "截至7月31日，在办案例12件，其中超期2件。" in text
    assert "1至7月累计受理348件，办结333件。" in text


def test_english_is_complete(full: Summary, hand_in: HandIn) -> None:
    text = text_of(monthly_document(replace(full, typical=()), HandIn(), "en", "plain"))
    assert (
        "In July the branch received 46 cases of customer service, 4 fewer than the month before (−8.0%)"
        in text
    )
    for word in ("件", "办结率", "本月", "环比"):
        assert word not in text


def test_every_note_is_marked_once_in_order(chinese: Document) -> None:
    marks = [
        run.note for block in chinese.blocks if isinstance(block, Paragraph) for run in block.runs if run.note
    ]
    assert marks == list(range(1, len(chinese.notes) + 1))
    assert "办结率：最后答复期限在本月的案例中，至月末已办结的比例。" in chinese.notes


def test_no_placeholder_is_left(chinese: Document, full: Summary, hand_in: HandIn) -> None:
    for document in (chinese, monthly_document(full, hand_in, "en", "plain")):
        text = text_of(document) + "".join(document.notes)
        assert MARK not in text
        assert "{" not in text


def test_nil_report_says_so_and_carries_the_hand_in_block(months: ModuleType, hand_in: HandIn) -> None:
    document = monthly_document(months.nil(), hand_in, "zh_CN", "gbt9704")
    text = text_of(document)
    assert "零报告" in text
    assert headings(document, 1) == []
    assert "填报人|王敏" in text


def test_rates_of_a_month_without_new_cases_stand_in_the_table(months: ModuleType, hand_in: HandIn) -> None:
    nil = months.nil()
    quiet = replace(nil, in_progress=1, now=replace(nil.now, closing=Rate(15, 20)))
    text = text_of(monthly_document(quiet, hand_in, "zh_CN", "gbt9704"))
    assert "受理（件）|0|" in text
    assert "办结率|75.0% (15/20)|" in text


def test_open_cases_alone_make_no_nil_report(months: ModuleType, hand_in: HandIn) -> None:
    quiet = replace(months.nil(), in_progress=1)
    assert len(headings(monthly_document(quiet, hand_in, "zh_CN", "gbt9704"), 1)) == 10


def test_zero_denominators_print_a_dash(full: Summary, hand_in: HandIn) -> None:
    bare = replace(full, now=Period(received=3), closed_first_time=Rate(), acknowledged=Rate(), typical=())
    document = monthly_document(bare, hand_in, "zh_CN", "gbt9704")
    main = next(block for block in document.blocks if isinstance(block, Table))
    assert {row[0]: row[1] for row in main.rows} == {
        "受理（件）": "3",
        "办结（件）": "0",
        "办结率": "—",
        "按时答复率": "—",
        "平均办理天数": "—",
        "满意率": "—",
    }


def test_unfinished_month_says_up_to_which_day(months: ModuleType, hand_in: HandIn) -> None:
    summary = months.unfinished()
    document = monthly_document(summary, hand_in, "zh_CN", "gbt9704")
    assert "截至7月15日" in document.stem
    assert "截至7月15日" in document.title
    text = text_of(document)
    assert "（截至7月15日）" in text
    assert "7月1日至7月15日共受理客户服务案例46件（上月全月50件，去年7月" not in text
    assert "环比" not in text.partition("表1")[0]


def test_file_name_is_that_of_the_unit_and_month(full: Summary) -> None:
    assert file_stem(full, "zh_CN") == "船营区分公司2019年7月服务质量情况月报"
    assert file_stem(replace(full, branch="船营区"), "zh_CN") == "船营区分公司2019年7月服务质量情况月报"


def test_months_before_the_desk_began_are_not_called_a_rise(full: Summary, hand_in: HandIn) -> None:
    young = replace(full, previous=Period(), last_year=Period())
    text = text_of(monthly_document(young, hand_in, "zh_CN", "gbt9704"))
    assert "上月无记录，去年同月无记录" in text
    assert "部分类别案例比上月增多" not in text


def test_year_names_the_year_before_once_and_is_its_own_year_to_date(full: Summary, hand_in: HandIn) -> None:
    year = replace(full, month=MonthRange(Month(2019, 1), Month(2019, 12)), as_of=date(2019, 12, 31))
    document = monthly_document(year, hand_in, "zh_CN", "gbt9704")
    categories = next(block for block in document.blocks if isinstance(block, Table) and "类别" in block.head)
    assert "去年同期" not in categories.head
    assert len(categories.rows[0]) == len(categories.head)
    assert "1至12月累计" not in text_of(document)


def test_unfinished_year_names_the_year_before_once(full: Summary, hand_in: HandIn) -> None:
    year = replace(full, month=MonthRange(Month(2019, 1), Month(2019, 12)), as_of=date(2019, 8, 2))
    text = text_of(monthly_document(year, hand_in, "zh_CN", "gbt9704"))
    assert "上年全年" in text
    assert "去年同期全期" not in text


def test_overdue_list_ranks_and_recurrences(chinese: Document) -> None:
    text = text_of(chinese)
    assert "220204-2019-07-0011|投递服务 › 虚假签收|搜登站支局|李强|2019-07-19|12" in text
    assert "4|搜登站支局|8|7|2|87.5% (7/8)|85.7% (6/7)|报刊误投（第3次）" in text
    assert "—|致和街支局|5|4|0|—|—|—" in text


def test_typical_case_is_told_and_a_long_one_says_where_the_rest_is(full: Summary, hand_in: HandIn) -> None:
    case = full.typical[0]
    assert "两件邮件均因原址查无此单位由北京退回" in text_of(
        monthly_document(full, hand_in, "zh_CN", "gbt9704")
    )
    long = replace(full, typical=(replace(case, narrative="客户反映邮件未收到。" * 200),))
    text = text_of(monthly_document(long, hand_in, "zh_CN", "gbt9704"))
    assert "客户反映邮件未收到。（全文见案例220204-2019-07-0006）" in text


def test_measures_say_what_is_on_record(chinese: Document) -> None:
    assert "本月无登记在册的整改措施。" in text_of(chinese)


def test_problems_follow_from_the_figures(chinese: Document, full: Summary, hand_in: HandIn) -> None:
    text = text_of(chinese)
    assert "部分类别案例比上月增多：投递服务由10件增至14件。" in text
    calm = replace(
        full,
        overdue_cases=(),
        overdue=0,
        by_category=tuple(replace(part, previous=part.received) for part in full.by_category),
        by_outlet=tuple(replace(row, recurrences=()) for row in full.by_outlet),
        now=Period(46, 41, 139, Rate(42, 42), Rate(42, 42), Rate(41, 41)),
    )
    assert "未发现突出问题" in text_of(monthly_document(calm, hand_in, "zh_CN", "gbt9704"))


def test_praise_and_consultation_that_rise_are_no_problem(full: Summary, hand_in: HandIn) -> None:
    rising = replace(
        full,
        by_category=tuple(
            replace(p, previous=0) if p.code == "18" else replace(p, previous=p.received)
            for p in full.by_category
        ),
    )
    assert "部分类别案例比上月增多" not in text_of(monthly_document(rising, hand_in, "zh_CN", "gbt9704"))


def test_charts_stand_in_the_plain_layout_only(full: Summary, hand_in: HandIn) -> None:
    def pictures(layout: str) -> int:
        return sum(isinstance(b, Picture) for b in monthly_document(full, hand_in, "zh_CN", layout).blocks)

    assert (pictures("plain"), pictures("gbt9704")) == (2, 0)


def test_last_words_hold_to_the_sign_off(chinese: Document) -> None:
    place = next(i for i, block in enumerate(chinese.blocks) if isinstance(block, SignOff))
    last = chinese.blocks[place - 1]
    assert isinstance(last, Paragraph)
    assert last.keep_next


def test_blank_hand_in_leaves_room_to_write(full: Summary) -> None:
    text = text_of(monthly_document(full, HandIn(reported_on=date(2019, 8, 2)), "zh_CN", "gbt9704"))
    assert "填报单位|船营区分公司" in text
    assert "填报人|\n" in text
    assert "船营区分公司（盖章）\n2019年8月2日" in text
