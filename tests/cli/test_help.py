"""``--help`` speaks the language in use, of every command, and stays in its columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import east_asian_width

import click
import pytest

from postal_desk import i18n
from postal_desk.__main__ import hooks
from postal_desk.cli import help as pages
from postal_desk.cli.help_layout import wrapped
from postal_desk.cli.main import run
from tests.cli.command_tree import commands

Help = Callable[..., str]


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def help_(capfd: pytest.CaptureFixture[str]) -> Help:
    def said(*words: str, lang: str = "zh_CN") -> str:
        capfd.readouterr()
        assert run(hooks(), ["--lang", lang, *words, "--help"]) == 0
        return capfd.readouterr().out

    return said


def on_screen(line: str) -> int:
    """How wide a terminal draws a line, by the standard's sure cases alone."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def test_every_command_speaks() -> None:
    silent = [one.command_path for one in commands() if not isinstance(one.command, pages.Command)]
    assert not silent


def test_every_command_says_what_it_is_for() -> None:
    dumb = [one.command_path for one in commands() if not one.command.help]
    assert not dumb


def test_every_option_says_what_it_is_for() -> None:
    dumb = [
        f"{one.command_path} {option.opts[0]}"
        for one in commands()
        for option in one.command.get_params(one)
        if isinstance(option, click.Option) and not option.help
    ]
    assert not dumb


def test_page_in_chinese(help_: Help) -> None:
    page = help_("attachment", "add")
    assert page.splitlines() == [
        "用法：postal-desk attachment add [选项] 编号 文件...",
        "",
        "  给案例或措施添加附件。多个文件要么全部保存，要么都不保存。",
        "",
        "选项：",
        "  --step 整数  附件属于第几个处理步骤，从 1 起  [不小于 1]",
        "  --name 文字  另起名称（只用于单个文件）",
        "  --json       以一个 JSON 文档输出到标准输出",
        "  --help       显示本帮助后退出",
    ]


def test_page_in_english(help_: Help) -> None:
    page = help_("new", lang="en").splitlines()
    assert page[0] == "Usage: postal-desk new [OPTIONS]"
    assert "  --code TEXT    Six-digit division code.  [required]" in page


def test_list_of_commands_has_the_first_sentence_of_each(help_: Help) -> None:
    assert "  restore     把备份恢复到单独的文件夹\n" in help_()
    assert "  demo        Make a practice desk with invented sample cases; the same" in help_(lang="en")


def test_defaults_and_duties_are_told_in_chinese(help_: Help) -> None:
    assert "[默认：300；0 至 5000000]" in help_("demo")
    assert "六位行政区划代码  [必填]" in help_("new")


def test_language_of_the_environment_is_spoken(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTAL_DESK_LANG", "zh_CN")
    assert run(hooks(), ["case", "--help"]) == 0
    assert capfd.readouterr().out.startswith("用法：postal-desk case [选项] 命令 [参数]...")


def test_language_holds_for_the_help_before_it(capfd: pytest.CaptureFixture[str]) -> None:
    for lang, begins in (("zh_CN", "用法："), ("en", "Usage: ")):
        assert run(hooks(), ["--help", "--lang", lang]) == 0
        assert capfd.readouterr().out.startswith(begins)


def test_group_alone_shows_its_help(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(hooks(), ["--lang", "zh_CN", "case"]) == 2
    assert "命令：\n  add     登记文件中的案例" in capfd.readouterr().err


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_no_page_leaves_the_screen(lang: str) -> None:
    i18n.use(lang)
    for one in commands():
        for line in one.get_help().splitlines():
            assert on_screen(line) <= 80, f"{one.command_path}: {line}"
            assert line.strip()[:1] not in tuple("，。、；：？！）》”]"), f"{one.command_path}: {line}"


def test_what_options_are_for_stands_in_one_column() -> None:
    i18n.use("zh_CN")
    for one in commands():
        page = one.get_help().partition("\n选项：\n")[2].partition("\n\n")[0]
        starts = {
            on_screen(line[: found.end()])
            for line in page.splitlines()
            if (found := re.match(r"  -\S+(?: \S+)*?  +(?=\S)", line) or re.match(r"   +", line))
        }
        assert len(starts) == 1, f"{one.command_path}: {page}"


def test_text_breaks_beside_chinese_and_never_inside_an_option() -> None:
    assert wrapped("请用 --recovery-code-file 打开", 12) == ["请用", "--recovery-code-file", "打开"]


def test_text_ends_lines_with_a_near_sign_rather_than_inside_a_word() -> None:
    assert wrapped("登记员、承办人、经理", 18) == ["登记员、承办人、", "经理"]


def test_note_and_json_keys_stay_whole() -> None:
    assert wrapped("版式  [默认：gbt9704]", 16) == ["版式", "[默认：gbt9704]"]
    assert wrapped('写日期：{"on", "text"}。', 18) == ["写日期：", '{"on", "text"}。']


def test_nothing_makes_no_line() -> None:
    assert wrapped("", 10) == []
