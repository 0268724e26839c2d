"""Receipt slip, written reply, inquiry form and register: masked, on one page, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from postal_desk.domain.cases import Case
from postal_desk.domain.sentences import Refusal
from postal_desk.domain.spans import parse_span
from postal_desk.render.output import QtRenderer
from postal_desk.render.typeset import typeset
from postal_desk.reports.papers import PAPERS
from postal_desk.services import papers
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk

PHONE, NAME, ITEM, STREET = "13812345678", "欧阳若水", "XA24435342142", "北极街道12号"
SECRETS = (PHONE, NAME, ITEM, STREET)


@pytest.fixture
def number(desk: Desk, make_case: Callable[..., Case], finished: dict[str, Any]) -> str:
    return add_cases(
        desk,
        [
            make_case(
                customer={"name": NAME, "phone": PHONE, "address": f"吉林市船营区{STREET}"},
                items=[
                    {
                        "number": ITEM,
                        "class": "registered_letter",
                        "posted_on": "2019-06-20",
                        "postage": "4.20",
                    }
                ],
                narrative=f"{NAME}寄出挂号信{ITEM}，电话{PHONE}。",
                outlet="船营投递部",
                handler="苏阳",
                **finished,
            )
        ],
    ).cases[0]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", list(PAPERS))
def test_a_paper_is_masked_and_fits_one_page(
    qapp: object, desk: Desk, number: str, kind: str, language: str
) -> None:
    document = papers.paper(desk, kind, number, lang=language)
    told = str(document)
    assert number in told
    assert not [secret for secret in SECRETS if secret in told]
    assert len(list(typeset(document).pages())) == 1
    assert NAME not in document.title + document.stem
    in_clear = papers.paper_in_clear(desk, kind, number, lang=language, reason="test")
    assert len(list(typeset(in_clear).pages())) == 1


def test_a_reply_says_what_somebody_put_right(desk: Desk, number: str) -> None:
    proposed = papers.findings(desk, number, lang="zh_CN")
    assert proposed == "已告知查询结果"
    told = str(papers.paper(desk, "reply", number, lang="zh_CN", findings="邮件已找到。\n特此说明。"))
    assert "邮件已找到。" in told
    assert "特此说明。" in told
    assert proposed not in told


def test_in_clear_needs_a_reason_and_is_audited(desk: Desk, number: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="needs a reason"):
        papers.paper_in_clear(desk, "reply", number, lang="zh_CN", reason=" ")
    document = papers.paper_in_clear(desk, "reply", number, lang="zh_CN", reason="答复客户本人")
    assert NAME in str(document)
    assert document.title.endswith("个人信息未脱敏，请妥善保管。")
    path = papers.export_paper(
        desk, "inquiry", number, "docx", tmp_path, lang="zh_CN", unmasked_reason="发往查询单位"
    )
    assert docx.Document(str(path)).core_properties.title.endswith("个人信息未脱敏，请妥善保管。")
    assert ITEM in "".join(cell.text for row in docx.Document(str(path)).tables[0].rows for cell in row.cells)
    with desk.work() as work:
        rows = work.rows("SELECT action, fields FROM audit ORDER BY id").all()
    assert any("答复客户本人" in row.fields for row in rows if row.action == "case.print")
    assert any("发往查询单位" in row.fields for row in rows if row.action == "case.export")


def test_the_register_lists_the_month_and_nothing_in_clear(
    qapp: object, desk: Desk, number: str, tmp_path: Path
) -> None:
    document = papers.register_of(desk, parse_span("2019-07"), lang="zh_CN")
    told = str(document)
    assert number in told
    assert not [secret for secret in SECRETS if secret in told]
    laid_out = typeset(document)
    assert laid_out.size[0] > laid_out.size[1]
    for form in ("pdf", "docx"):
        path = papers.export_register(
            desk, parse_span("2019-07"), form, tmp_path, lang="zh_CN", renderer=QtRenderer()
        )
        assert path.stat().st_size > 1000
    section = docx.Document(str(path)).sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)


def test_an_unknown_paper_is_refused(desk: Desk, number: str) -> None:
    with pytest.raises(Refusal, match="receipt, reply, inquiry"):
        papers.paper(desk, "poem", number, lang="en")
