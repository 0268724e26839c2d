"""Documents leaving a real desk: the same figures in every format, masked, never over another file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal
from postal_desk.render.output import QtRenderer
from postal_desk.services import branch_settings, documents
from postal_desk.services.cases import add_cases, delete_cases
from postal_desk.services.desk import Desk
from postal_desk.services.documents import export_case_sheet, export_summary
from postal_desk.services.summaries import summary
from postal_desk.store import audit
from postal_desk.store.faults import DiskFull, EnvironmentFault

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.filterwarnings("ignore:Sparkline Group extension"),
]

JULY = Month(2019, 7)
CANARIES = ("若水", "13812345678", "RR473124829GB", "北极街12号")
STORY = "欧阳若水电话13812345678，住北极街12号，邮件RR473124829GB未收到"
RENDERER = QtRenderer()


@pytest.fixture
def july(desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any], tmp_path: Path) -> Path:
    """A desk with some cases in July, and a folder for what is written."""
    customer = {"name": "欧阳若水", "phone": "13812345678", "address": "吉林市船营区北极街12号"}
    personal = {
        "customer": customer,
        "narrative": STORY,
        "remedy": STORY,
        "praise": STORY,
        "outlet": "船营投递部",
        "items": [{"number": "RR473124829GB", "class": "registered_letter"}],
    }
    paid = [{"kind": "compensated", "amount": "12.60", "on": "2019-07-09"}]
    add_cases(
        desk,
        [
            make_case(**{**finished, **personal, "typical": True}),
            make_case(**{**finished, "dispositions": paid, "outlet": "船营投递部"}),
            make_case(kind="complaint", category="01.misdelivery", opened_on="2019-06-28"),
        ],
    )
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def export(desk: Desk, form: str, path: Path | None, **more: Any) -> Path:
    return export_summary(desk, JULY, form, path, **{"lang": "zh_CN", "renderer": RENDERER, **more})


def text_of(path: Path) -> str:
    """Everything a document says, without line breaks."""
    if path.suffix == ".docx":
        file = docx.Document(str(path))
        parts = [paragraph.text for paragraph in file.paragraphs]
        parts += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "".join(parts)
    if path.suffix == ".pdf":
        pdf = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
        return "".join(text.split())  # a justified line has blanks between its characters
    book = openpyxl.load_workbook(path)
    return "|".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("layout", ["gbt9704", "plain"])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_sentences_say_what_the_summary_counted(desk: Desk, july: Path, form: str, layout: str) -> None:
    text = text_of(export(desk, form, july, layout=layout))
    assert summary(desk, JULY).now.received == 2
    assert "7月共受理" in text
    assert "客户服务案例2件" in text
    assert "赔偿金额合计12.60元" in text
    assert "100.0%(2/2)" in text.replace(" ", "")


def test_workbook_says_the_same(desk: Desk, july: Path) -> None:
    book = openpyxl.load_workbook(export(desk, "xlsx", july))
    figures = {row[0].value: row[1].value for row in book["汇总"].iter_rows() if row[1].value is not None}
    assert (figures["受理（件）"], figures["办结（件）"], figures["赔偿金额（元）"]) == (2, 2, 12.6)
    assert book["案例"].max_row == 4


def test_case_list_holds_what_the_month_counts(desk: Desk, july: Path) -> None:
    """Received or closed in the month, or open at its end; the older one is marked as carried over."""
    sheet = openpyxl.load_workbook(export(desk, "xlsx", july))["案例"]
    head = [cell.value for cell in sheet[1]]
    carried = [row[head.index("上期结转")].value for row in sheet.iter_rows(min_row=2)]
    overdue = [row[head.index("超期")].value for row in sheet.iter_rows(min_row=2)]
    assert (carried, overdue) == (["否", "否", "是"], ["否", "否", "是"])


@pytest.mark.parametrize("form", documents.FORMATS)
def test_personal_data_is_masked(desk: Desk, july: Path, form: str) -> None:
    text = text_of(export(desk, form, july))
    assert "欧阳**" in text
    for canary in CANARIES:
        assert canary not in text


def test_clear_text_needs_a_reason_and_leaves_a_trace(desk: Desk, july: Path) -> None:
    with pytest.raises(Refusal, match="needs a reason"):
        export(desk, "xlsx", july, unmasked_reason="  ")
    assert list(july.iterdir()) == []
    text = text_of(export(desk, "xlsx", july, unmasked_reason="市分公司抽查, 函〔2019〕8号"))
    assert "欧阳若水" in text
    with desk.work() as work:
        (row, *_) = audit.newest(work, 1)
    assert (row.action, row.record, row.who) == ("summary.export", "2019-07", "苏阳")
    assert row.fields == ("unmasked", "reason: 市分公司抽查， 函〔2019〕8号")


def test_masked_export_leaves_a_trace_too(desk: Desk, july: Path) -> None:
    export(desk, "docx", july)
    with desk.work() as work:
        (row,) = audit.newest(work, 1)
    assert (row.action, row.record, row.fields) == ("summary.export", "2019-07", ("masked", "docx"))


def test_proposed_name_in_the_folder_given_and_never_twice(desk: Desk, july: Path) -> None:
    names = [export(desk, "docx", july).name for _ in range(2)]
    assert names == [
        "船营区分公司2019年7月服务质量情况月报.docx",
        "船营区分公司2019年7月服务质量情况月报 (2).docx",
    ]


def test_current_folder_is_the_default(desk: Desk, july: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(july)
    assert export(desk, "pdf", None).parent == july


def test_file_name_gets_its_ending(desk: Desk, july: Path) -> None:
    assert export(desk, "docx", july / "七月.报表").name == "七月.报表.docx"


def test_replacing_has_to_be_asked_for(desk: Desk, july: Path) -> None:
    target = july / "月报.docx"
    first = export(desk, "docx", target)
    assert export(desk, "docx", target).name == "月报 (2).docx"
    assert export(desk, "docx", target, replace=True) == first == target


def test_missing_folder_is_one_plain_sentence(desk: Desk, july: Path) -> None:
    with pytest.raises(Refusal, match="There is no folder"):
        export(desk, "docx", july / "没有" / "a.docx")


@pytest.mark.parametrize(("form", "layout"), [("odt", "plain"), ("docx", "fancy")])
def test_unknown_format_and_layout_are_refused(desk: Desk, july: Path, form: str, layout: str) -> None:
    with pytest.raises(Refusal, match="There is no"):
        export(desk, form, july, layout=layout)


def test_full_disk_is_the_environments_fault_and_keeps_the_old_file(
    desk: Desk, july: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = export(desk, "docx", july / "a.docx")
    old = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("postal_desk.reports.safe_files.os.fsync", full)
    with pytest.raises(DiskFull):
        export(desk, "docx", target, replace=True)
    assert target.read_bytes() == old
    assert [path.name for path in july.iterdir()] == ["a.docx"]


def test_unwritable_folder_is_the_environments_fault(
    desk: Desk, july: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("docx.document.Document.save", refuse)
    with pytest.raises(EnvironmentFault):
        export(desk, "docx", july)


def test_hand_in_block_comes_from_the_branch(desk: Desk, july: Path) -> None:
    branch_settings.set(
        desk, prepared_by="王敏", serial_number="〔{year}〕第{month}期", submitted_to="市分公司"
    )
    text = text_of(export(desk, "docx", july))
    for said in ("王敏", "〔2019〕第7期", "市分公司：", "2019年8月20日"):
        assert said in text


def test_running_month_says_so_in_name_and_title(desk: Desk, july: Path) -> None:
    path = export_summary(desk, Month(2019, 8), "docx", july, lang="zh_CN", renderer=RENDERER)
    assert path.name == "船营区分公司2019年8月服务质量情况月报（截至8月20日）.docx"
    assert "（截至8月20日）" in text_of(path)


def test_month_that_has_not_begun_is_refused(desk: Desk, july: Path) -> None:
    with pytest.raises(Refusal, match="September 2019 has not begun"):
        export_summary(desk, Month(2019, 9), "docx", july, lang="en", renderer=RENDERER)


def test_month_without_anything_makes_a_nil_report(empty_desk: Desk, tmp_path: Path) -> None:
    text = text_of(export_summary(empty_desk, JULY, "docx", tmp_path, lang="zh_CN", renderer=RENDERER))
    assert "零报告" in text
    english = text_of(export_summary(empty_desk, JULY, "pdf", tmp_path, lang="en", renderer=RENDERER))
    assert "nilreport" in english


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_case_sheet_is_masked_unless_a_reason_is_given(desk: Desk, july: Path, form: str) -> None:
    number = "220204-2019-07-0001"
    text = text_of(export_case_sheet(desk, number, form, july, lang="zh_CN", renderer=RENDERER))
    assert "客户服务案例登记表" in text
    for canary in CANARIES:
        assert canary not in text
    clear = export_case_sheet(
        desk, number, form, july, lang="zh_CN", renderer=RENDERER, unmasked_reason="归档签字"
    )
    assert "欧阳若水" in text_of(clear)
    with desk.work() as work:
        assert audit.newest(work, 1)[0].action == "case.export"


def test_case_sheet_of_an_unknown_or_deleted_case_is_refused(desk: Desk, july: Path) -> None:
    with pytest.raises(Refusal, match="There is no case"):
        export_case_sheet(desk, "220204-2019-07-0999", "docx", july, lang="en", renderer=RENDERER)
    delete_cases(desk, ["220204-2019-07-0001"])
    with pytest.raises(Refusal, match="deleted"):
        export_case_sheet(desk, "220204-2019-07-0001", "docx", july, lang="en", renderer=RENDERER)


def test_day_of_the_sheet_is_today(desk: Desk, july: Path) -> None:
    desk.today = lambda: date(2019, 9, 1)
    path = export_case_sheet(desk, "220204-2019-07-0001", "docx", july, lang="zh_CN", renderer=RENDERER)
    assert "2019年9月1日" in text_of(path)
