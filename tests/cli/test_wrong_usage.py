"""A wrong command line is explained in the user's language; exit code 2, nothing on stdout."""

from __future__ import annotations

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing",), "没有命令 nothing"),
        (("rule", "list", "--nothing"), "没有选项 --nothing"),
        (("case", "list", "--limi", "3"), "没有选项 --limi；相近的有：--limit"),
        (("case", "lits"), "没有命令 lits；相近的有：list"),
        (("measur", "list"), "没有命令 measur；相近的有：measure"),
        (("attachment", "add"), "缺少 编号"),
        (("copies", "verify", "/no/copy"), "文件：没有这个文件"),
        (("rule", "list", "more"), "多出了这些内容：more"),
        (("rule", "due", "inquiry_reply"), "缺少 --from"),
        (("rule", "due", "inquiry_reply", "--from"), "--from 缺少取值"),
        (("rule", "due", "inquiry_reply", "--from", "x"), "--from：“x”不是日期；请按 2019-07-02 的格式填写"),
        (("rule", "mask", "x", "y"), "{name|phone|id|address|item}：可用：name、phone、id、address、item"),
        (("demo", "--cases", "-1"), "--cases：应为 0 至 5000000 的整数"),
        (("case", "list", "--limit", "x"), "--limit：应为 0 至 2147483647 的整数"),
        (("summary", "2019-07", "--unmasked"), "--unmasked 须同时给出 --reason：事由要写入操作日志"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(
    words: tuple[str, ...], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(hooks(), ["--lang", "zh_CN", *words]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == f"命令行有误：{said}"


def test_a_language_not_shipped_is_a_wrong_command_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(hooks(), ["--lang", "fr", "rule", "list"]) == 2
    assert "zh_CN" in capfd.readouterr().err


def test_an_unknown_language_of_the_environment_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POSTAL_DESK_LANG", "fr")
    assert run(hooks(), ["rule", "item", "RR473124829GB"]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "words", [("case", "list", "--outlet", "\udcff"), ("--desk", "\udcff", "case", "list")]
)
def test_bytes_that_are_no_text_are_a_wrong_command_line(
    words: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(hooks(), ["--lang", "en", *words]) == 2
    assert "is not UTF-8 text" in capfd.readouterr().err


def test_a_limit_beyond_counting_is_a_wrong_command_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(hooks(), ["--lang", "en", "case", "list", "--limit", "9" * 20]) == 2
    assert "--limit" in capfd.readouterr().err
