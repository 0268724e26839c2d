"""Reading a story for a desk: its outlets and staff are known, a text that can't be stored is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from postal_desk.domain.sentences import FieldRefusal
from postal_desk.domain.story import Lexicon
from postal_desk.services import rule_book, stories
from postal_desk.services.desk import Desk, create_desk
from postal_desk.services.organisation import leave
from postal_desk.services.stories import read_story

ON = date(2019, 8, 20)


def test_outlets_and_staff_come_from_the_desk(desk: Desk) -> None:
    fields = read_story(desk, "客户从船营投递部寄信，请苏阳帮忙查询", ON).fields
    assert (fields["outlet"].value, fields["handler"].value) == ("船营投递部", "苏阳")


def test_without_a_desk_none_are_known() -> None:
    fields = read_story(None, "客户从船营投递部寄信，请苏阳帮忙查询", ON).fields
    assert "outlet" not in fields
    assert "handler" not in fields
    assert fields["kind"].value == "inquiry"


def test_who_has_left_is_not_proposed(desk: Desk) -> None:
    leave(desk, "苏阳", date(2019, 8, 1))
    assert "handler" not in read_story(desk, "请苏阳帮忙查询", ON).fields


def test_text_passes_the_text_rule() -> None:
    reading = read_story(None, "电话\u200b13804321176\r\n谢谢", ON)
    assert reading.text == "电话13804321176\n谢谢"
    assert reading.text[slice(*reading.phones[0].at)] == "13804321176"


@pytest.mark.parametrize("text", ["查询\x00", "信" * 100_001])
def test_what_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(FieldRefusal) as refused:
        read_story(None, text, ON)
    assert refused.value.path == "narrative"


def test_nothing_is_saved(desk: Desk) -> None:
    from postal_desk.domain.case_filters import CaseFilter
    from postal_desk.services.cases import read_cases

    read_story(desk, "刘先生投诉包裹丢失", ON)
    assert read_cases(desk, CaseFilter(), 10) == []


def test_word_lists_are_prepared_again_only_when_a_code_came_or_went(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Lexicon] = []
    prepare = Lexicon.from_seeds
    monkeypatch.setattr(Lexicon, "from_seeds", lambda *given: made.append(prepare(*given)) or made[-1])
    monkeypatch.setattr(stories, "_PREPARED", stories._Prepared())
    read_story(desk, "挂号信没有收到", ON)
    clock = next(rule for rule in rule_book.list_rules(desk, "clock") if rule.key == "inquiry_reply")
    rule_book.edit_rule(desk, "clock", clock.key, {**clock.payload, "limit": 20})
    read_story(desk, "挂号信没有收到", ON)
    with create_desk(tmp_path / "another", "", "220204") as another:
        read_story(another, "挂号信没有收到", ON)
    assert len(made) == 1
    rule_book.add_category(desk, "19", "机要")
    read_story(desk, "挂号信没有收到", ON)
    assert len(made) == 2
