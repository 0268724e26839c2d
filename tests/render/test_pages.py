"""Pages as paper: the measure of the standard, footnotes with their marks, tables over page breaks."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from postal_desk.render.flow import Part, paginate
from postal_desk.render.fonts import UNITS
from postal_desk.render.output import QtRenderer, page_images, write_pdf
from postal_desk.render.typeset import typeset
from postal_desk.reports.charts import MonthBars, Series
from postal_desk.reports.document import Document, PageBreak, Paragraph, Run, Table
from postal_desk.reports.monthly import HandIn, monthly_document

pytestmark = pytest.mark.usefixtures("qapp")


def plain(*blocks: object, notes: tuple[str, ...] = (), style: str = "gbt9704") -> Document:
    return Document("标题", "zh_CN", style, "t", tuple(blocks), notes)  # type: ignore[arg-type]


def paragraph(text: str, note: int = 0, style: str = "flush") -> Paragraph:
    return Paragraph((Run(text, note=note),), style)


def texts(document: Document, folder: Path) -> list[str]:
    """The text of each page of the PDF."""
    path = folder / "a.pdf"
    write_pdf(document, path)
    pdf = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return found


def rows_of(path: Path, char: str) -> list[int]:
    """How many times a character stands on each line of the first page, top line first."""
    pdf = pypdfium2.PdfDocument(path)
    text = pdf[0].get_textpage()
    rows: dict[int, int] = {}
    for index in range(text.count_chars()):
        if text.get_text_range(index, 1) == char:
            bottom = round(text.get_charbox(index)[1])
            rows[bottom] = rows.get(bottom, 0) + 1
    pdf.close()
    return [rows[bottom] for bottom in sorted(rows, reverse=True)]


@pytest.mark.parametrize(("characters", "pages"), [(28 * 22, 1), (28 * 22 + 1, 2)])
def test_22_lines_of_28_characters_fill_one_page(tmp_path: Path, characters: int, pages: int) -> None:
    path = tmp_path / "a.pdf"
    assert write_pdf(plain(paragraph("国" * characters)), path) == pages
    assert rows_of(path, "国") == [28] * 22


def test_paper_is_a4(tmp_path: Path) -> None:
    write_pdf(plain(paragraph("国")), tmp_path / "a.pdf")
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert [round(side / 72 * 25.4) for side in pdf[0].get_size()] == [210, 297]
    pdf.close()


def test_page_number_stands_outside_between_dashes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    write_pdf(plain(paragraph("甲"), PageBreak(), paragraph("乙")), path)
    pdf = pypdfium2.PdfDocument(path)
    places = []
    for number, page in enumerate(pdf, 1):
        text = page.get_textpage()
        whole = text.get_text_range()
        assert f"— {number} —" in whole
        places.append(text.get_charbox(whole.index("—"))[0])
    pdf.close()
    assert places[0] > 300 > places[1]


def test_characters_can_be_searched_though_radicals_share_their_glyphs(tmp_path: Path) -> None:
    """月, 日, 网, 一 and 长 share a glyph with a radical in the free fonts."""
    text = "7月2日网点一长"
    assert text in texts(plain(paragraph(text)), tmp_path)[0]


def test_monthly_summary_carries_the_same_figures_as_its_document(months: ModuleType, tmp_path: Path) -> None:
    document = monthly_document(months.full(), HandIn(), "zh_CN", "gbt9704")
    whole = "".join(texts(document, tmp_path)).replace("\r", "").replace("\n", "")
    for said in ("案例46件，环比减少4件、下降8.0%", "97.6% (41/42)", "赔偿金额合计25.20元", "搜登站支局"):
        assert said in whole


def test_footnote_stands_on_the_page_of_its_mark(tmp_path: Path) -> None:
    lines = [paragraph(f"第{number}行", note=1 if number == 30 else 0) for number in range(1, 41)]
    first, second = texts(plain(*lines, notes=("注释的内容",)), tmp_path)
    assert "注释的内容" not in first
    assert "注释的内容" in second
    assert "第30行①" in second.replace("\r\n", "")


def test_footnotes_take_their_room_from_the_text(tmp_path: Path) -> None:
    lines = [paragraph(f"第{number}行") for number in range(1, 23)]
    assert len(texts(plain(*lines), tmp_path)) == 1
    with_note = plain(paragraph("第1行", note=1), *lines[1:], notes=("注释" * 40,))
    first, second = texts(with_note, tmp_path)
    assert "第22行" in second
    assert "第22行" not in first


def test_table_head_stands_again_on_the_next_page(tmp_path: Path) -> None:
    table = Table(
        "表",
        ("网点名称", "受理"),
        tuple((f"网点{n}", str(n)) for n in range(50)),
        (0.7, 0.3),
        ("left", "right"),
    )
    pages = texts(plain(table), tmp_path)
    assert len(pages) == 2
    assert all("网点名称" in page for page in pages)
    assert all(f"网点{n} {n}" in "".join(pages) for n in range(50))


def test_caption_does_not_part_from_its_table(tmp_path: Path) -> None:
    lines = [paragraph("行") for _ in range(20)]
    table = Table("表一的标题", ("甲",), (("一",), ("二",)), (1.0,), ("left",))
    first, second = texts(plain(*lines, table), tmp_path)
    assert "表一的标题" not in first
    assert "表一的标题" in second


def test_rare_characters_and_breaks_survive(tmp_path: Path) -> None:
    text = "客户𬱖䶮·买买提" * 12
    found = "".join(texts(plain(paragraph(text, note=1), notes=("注",)), tmp_path))
    said = found.replace("\r\n", "").replace("𬱖", "")
    assert said.startswith("客户䶮·买买提" * 12 + "①")


def test_preview_shows_the_pages_that_are_printed(months: ModuleType, tmp_path: Path) -> None:
    document = monthly_document(months.full(), HandIn(), "zh_CN", "plain")
    images = list(page_images(document, dpi=48))
    assert len(images) == write_pdf(document, tmp_path / "a.pdf")
    assert (images[0].width(), images[0].height()) == (397, 561)
    assert len(list(page_images(document, dpi=24, limit=2))) == 2


def test_preview_is_not_blank(months: ModuleType) -> None:
    (image,) = page_images(monthly_document(months.nil(), HandIn(), "en", "gbt9704"), dpi=24)
    shades = {image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())}
    assert min(shades) < 200 < max(shades)


def test_chart_is_a_png_of_three_dots_a_point() -> None:
    chart = MonthBars(("6月", "7月"), (Series("受理", (50, 46)),))
    data = QtRenderer().chart_png(chart, 200, 80)
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (600, 240)


def test_unwritable_place_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="can't be written"):
        write_pdf(plain(paragraph("甲")), tmp_path / "missing" / "a.pdf")


def test_layout_is_lazy_over_pages() -> None:
    """A long document is not laid out whole before its first page is there."""
    made = []

    def parts() -> object:
        for number in range(1000):
            made.append(number)
            yield Part(100.0, lambda painter, top: None)

    first = next(paginate(parts(), 1000.0, lambda notes: 0.0))  # type: ignore[arg-type]
    assert len(first.placed) == 10
    assert len(made) < 20


def test_kept_parts_move_together() -> None:
    def nothing(painter: object, top: float) -> None:
        """No paint."""

    parts = [Part(60.0, nothing), Part(30.0, nothing, keep=True), Part(30.0, nothing)]
    pages = list(paginate(parts, 100.0, lambda notes: 0.0))
    assert [len(page.placed) for page in pages] == [1, 2]


def test_gap_is_dropped_at_the_top_of_a_page() -> None:
    def nothing(painter: object, top: float) -> None:
        """No paint."""

    pages = list(paginate([Part(90.0, nothing), Part(20.0, nothing, gap=12.0)], 100.0, lambda notes: 0.0))
    assert pages[1].placed[0][0] == 0.0


def test_units_are_twips(months: ModuleType) -> None:
    assert UNITS == 20
    laid_out = typeset(monthly_document(months.nil(), HandIn(), "zh_CN", "gbt9704"))
    assert [round(side) for side in laid_out.size] == [11906, 16838]


def test_tests_run_with_the_application_that_is_there() -> None:
    from postal_desk.render.application import ensure_application

    assert ensure_application() is QGuiApplication.instance()
