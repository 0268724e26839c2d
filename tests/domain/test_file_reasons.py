"""Why a file can't be read is a sentence that can be translated."""

from __future__ import annotations

from pathlib import Path

import pytest

from postal_desk import i18n
from postal_desk.domain.file_reasons import file_reason
from postal_desk.domain.sentences import Sentence


@pytest.mark.parametrize(("name", "chinese"), [("nothing", "没有这个文件"), (".", "这是文件夹")])
def test_what_the_system_says_is_said_in_chinese(tmp_path: Path, name: str, chinese: str) -> None:
    with pytest.raises(OSError) as caught:
        (tmp_path / name).read_bytes()
    reason = file_reason(caught.value)
    assert isinstance(reason, Sentence)
    assert i18n.tell(reason, "zh_CN") == chinese


def test_other_bytes_are_told_from_an_unreadable_file() -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        b"\xff".decode()
    assert str(file_reason(caught.value)) == "it is not UTF-8 text"


def test_a_reason_of_the_system_alone_is_passed_on() -> None:
    assert file_reason(OSError(5, "Input/output error")) == "Input/output error"
