"""The Word file: page geometry, styles, footnotes and tables as Word reads them."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from postal_desk.reports.document import Document, Paragraph, Run, Table
from postal_desk.reports.docx_writer import write_docx
from postal_desk.reports.monthly import HandIn, monthly_document

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def chinese(months: ModuleType, hand_in: HandIn) -> Document:
    return monthly_document(months.full(), hand_in, "zh_CN", "gbt9704")


def written(document: Document, folder: Path, chart_png: Any = None) -> Path:
    path = folder / "a.docx"
    write_docx(document, path, chart_png)
    return path


def part(path: Path, name: str) -> Any:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def test_page_is_that_of_the_standard(chinese: Document, tmp_path: Path) -> None:
    section = docx.Document(str(written(chinese, tmp_path))).sections[0]
    for got, wanted in (
        (section.page_width, 210),
        (section.page_height, 297),
        (section.top_margin, 37),
        (section.left_margin, 28),
        (section.right_margin, 26),
        (section.bottom_margin, 35),
    ):
        assert abs(got - Mm(wanted)) < Mm(0.02)


def test_body_text_is_fangsong_of_579_twips_without_widow_control(chinese: Document, tmp_path: Path) -> None:
    styles = part(written(chinese, tmp_path), "word/styles.xml")
    body = next(s for s in styles.iter(qn("w:style")) if s.get(qn("w:styleId")) == "DeskBody")
    spacing = body.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert body.find(f"{qn('w:pPr')}/{qn('w:widowControl')}").get(qn("w:val")) == "0"
    assert body.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:firstLineChars")) == "200"
    run = body.find(qn("w:rPr"))
    assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋"
    assert run.find(qn("w:sz")).get(qn("w:val")) == "32"
    assert run.find(qn("w:spacing")).get(qn("w:val")) == "-5"


def test_page_numbers_stand_outside(chinese: Document, tmp_path: Path) -> None:
    path = written(chinese, tmp_path)
    assert part(path, "word/settings.xml").find(qn("w:evenAndOddHeaders")) is not None
    section = docx.Document(str(path)).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text.startswith("— ")
        assert paragraph.text.endswith(" —")
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side


def test_footnotes_are_real_ones_and_each_is_referred_to(chinese: Document, tmp_path: Path) -> None:
    path = written(chinese, tmp_path)
    notes = part(path, "word/footnotes.xml")
    texts = ["".join(note.itertext()).strip() for note in notes if note.get(qn("w:type")) is None]
    assert texts == list(chinese.notes)
    references = [
        reference.get(qn("w:id"))
        for reference in part(path, "word/document.xml").iter(qn("w:footnoteReference"))
    ]
    assert references == [str(number + 1) for number in range(1, len(texts) + 1)]


def test_headings_are_words_own_styles(chinese: Document, tmp_path: Path) -> None:
    paragraphs = docx.Document(str(written(chinese, tmp_path))).paragraphs
    first = [p.text for p in paragraphs if p._p.pPr.find(qn("w:pStyle")).get(qn("w:val")) == "Heading1"]
    assert first[0] == "一、总体情况"
    assert len(first) == 10


def test_table_heads_repeat_and_rows_stay_whole(chinese: Document, tmp_path: Path) -> None:
    tables = docx.Document(str(written(chinese, tmp_path))).tables
    data = tables[:-1]
    assert len(data) == sum(isinstance(block, Table) for block in chinese.blocks)
    for table in data:
        rows = table._tbl.tr_lst
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_charts_come_as_pictures_with_their_captions(
    months: ModuleType, hand_in: HandIn, tmp_path: Path, chart_png: Any
) -> None:
    document = monthly_document(months.full(), hand_in, "zh_CN", "plain")
    body = part(written(document, tmp_path, chart_png), "word/document.xml")
    descriptions = [node.get("descr") for node in body.iter("{*}docPr")]
    assert descriptions == ["图1　近13个月受理与办结情况（件）", "图2　各类别受理件数"]


def test_charts_need_a_painter(months: ModuleType, hand_in: HandIn, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="paints"):
        written(monthly_document(months.full(), hand_in, "zh_CN", "plain"), tmp_path)


def test_properties_name_the_report_and_nobody_else(chinese: Document, tmp_path: Path) -> None:
    core = docx.Document(str(written(chinese, tmp_path))).core_properties
    assert core.title == "船营区分公司2019年7月服务质量情况月报"
    assert (core.author, core.last_modified_by, core.comments) == ("吉林市船营区分公司", "", "")


def test_nothing_of_the_librarys_model_is_left(chinese: Document, tmp_path: Path) -> None:
    path = written(chinese, tmp_path)
    with zipfile.ZipFile(path) as package:
        assert "docProps/thumbnail.jpeg" not in package.namelist()
    created = docx.Document(str(path)).core_properties.created
    assert created is not None
    assert abs(datetime.now(UTC).replace(tzinfo=None) - created.replace(tzinfo=None)) < timedelta(minutes=5)


def test_settings_stand_in_the_order_of_the_schema(chinese: Document, tmp_path: Path) -> None:
    """Word calls a file damaged whose settings stand in another order."""
    from postal_desk.reports.docx_parts import _SETTINGS

    names = [etree.QName(child).localname for child in part(written(chinese, tmp_path), "word/settings.xml")]
    known = [_SETTINGS.index(name) for name in names if name in _SETTINGS]
    assert known == sorted(known)


def test_markup_in_texts_stays_text(tmp_path: Path, chart_png: Any) -> None:
    document = Document("t", "zh_CN", "plain", "t", (Paragraph((Run("a<b>&\"'𬱖"),)),), ("<n> & 注",))
    assert docx.Document(str(written(document, tmp_path))).paragraphs[0].text == "a<b>&\"'𬱖"


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(("characters", "pages"), [(28 * 22, 1), (28 * 22 + 1, 2)])
def test_22_lines_of_28_characters_fill_one_page(tmp_path: Path, characters: int, pages: int) -> None:
    """Measured in the printed page, not assumed: LibreOffice lays the file out, the PDF is counted."""
    block = Document("t", "zh_CN", "gbt9704", "t", (Paragraph((Run("国" * characters),), "flush"),))
    path = written(block, tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    assert SOFFICE is not None
    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    assert len(pdf) == pages
    lines = lines_of(pdf[0])
    assert [len(line) for line in lines] == [28] * 22
    pdf.close()


def lines_of(page: pypdfium2.PdfPage) -> list[str]:
    """The characters 国 of a page by the line they stand on, top line first."""
    text = page.get_textpage()
    rows: dict[int, str] = {}
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1) == "国":
            bottom = round(text.get_charbox(index)[1])
            rows[bottom] = rows.get(bottom, "") + "国"
    return [rows[bottom] for bottom in sorted(rows, reverse=True)]
