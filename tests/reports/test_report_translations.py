"""Every message of documents and exports has its Chinese, with the same parameters."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import postal_desk
from postal_desk import paths

PACKAGE = Path(postal_desk.__file__).parent
SOURCES = [
    *sorted((PACKAGE / "reports").glob("*.py")),
    PACKAGE / "domain" / "summaries.py",
    PACKAGE / "services" / "documents.py",
]


def messages() -> Iterator[str]:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("t", "say"):
                yield str(node.args[0].value)


@pytest.fixture(scope="module")
def catalog() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted((paths.resources() / "translations" / "zh_CN").glob("*.po")):
        with file.open("rb") as stream:
            found |= {str(message.id): str(message.string) for message in read_po(stream, locale="zh_CN")}
    return found


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_messages() -> None:
    assert len(set(messages())) > 150


@pytest.mark.parametrize("message", sorted(set(messages())))
def test_message_has_its_chinese(message: str, catalog: dict[str, str]) -> None:
    assert catalog.get(message), f"no translation of {message!r}"
    assert parameters(catalog[message]) <= parameters(message) | {"mark"}
    missing = parameters(message) - parameters(catalog[message]) - {"mark"}
    assert not missing, f"{missing} is not said in Chinese"
