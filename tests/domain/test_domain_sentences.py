"""Every sentence of these modules has a Chinese translation with the same parameters."""

from __future__ import annotations

import ast
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import postal_desk.domain
from postal_desk import i18n, paths
from postal_desk.domain.deadlines import due
from postal_desk.domain.rules import Rules

MODULES = (
    "compensation",
    "counting",
    "deadlines",
    "holiday_notices",
    "item_numbers",
    "json_values",
    "masking",
    "numbering",
    "periods",
    "rules",
    "sentences",
    "states",
    "text_rule",
    "typed_dates",
)


def said_in(module: str) -> list[str]:
    """The message ids passed to ``say`` in a module of the domain."""
    folder = Path(postal_desk.domain.__file__).parent
    tree = ast.parse((folder / f"{module}.py").read_text("utf-8"))
    calls = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "say"
    ]
    return [call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)]


@cache
def every_text() -> dict[str, str]:
    """The Chinese of every message id, from all catalogs: a text used in two places stands in one of them."""
    texts: dict[str, str] = {}
    for file in (paths.resources() / "translations" / "zh_CN").glob("*.po"):
        with file.open("rb") as stream:
            texts |= {message.id: str(message.string) for message in read_po(stream) if message.id}
    return texts


def parameters(message: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_translated_with_its_parameters(module: str) -> None:
    catalog = every_text()
    said = said_in(module)
    assert said
    for message in said:
        assert catalog.get(message), f"not translated: {message}"
        assert parameters(catalog[message]) == parameters(message)


def test_the_reasons_of_a_date_are_told_in_chinese(seed_rules: Rules) -> None:
    told = [
        i18n.tell(sentence, "zh_CN") for sentence in due(seed_rules, "inquiry_reply", date(2019, 9, 1)).why
    ]
    assert told[0] == "查询答复：自查询之日起 30 日。"
    assert "2019-10-01 为休息日，顺延至下一个工作日 2019-10-08。" in told
    assert told[-1].startswith("规则来源：《中华人民共和国邮政法》第四十九条")
