"""What commands print without ``--json``: words of the language in use, in columns, never keys or codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run
from postal_desk.domain.columns import width
from postal_desk.domain.periods import Month
from postal_desk.services.demo import make_demo

Said = Callable[..., list[str]]
#: a word of JSON: ``closing_rate``, ``delivery_unit``, ``customer.name``
_CODE = re.compile(r"\b[a-z]+(?:[_.][a-z]+)+\b")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "desk"
    make_demo(path, cases=60, months=3, until=Month(2019, 8))
    return path


@pytest.fixture
def said(path: Path, capfd: pytest.CaptureFixture[str]) -> Said:
    def say(language: str, *words: str) -> list[str]:
        capfd.readouterr()
        code = run(hooks(), ["--lang", language, "--desk", str(path), *words])
        out, err = capfd.readouterr()
        assert code == 0, err
        return out.splitlines()

    return say


SHOWN = (
    ("summary", "2019-07"),
    ("month", "show", "2019-07"),
    ("outlet", "list"),
    ("staff", "list"),
    ("case", "list"),
    ("measure", "list"),
    ("visit", "list"),
    ("problem", "list"),
    ("problem", "recurring", "--until", "2019-08-31"),
    ("claim", "list"),
    ("error", "list"),
    ("today",),
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_no_codes(said: Said, language: str, words: tuple[str, ...]) -> None:
    lines = said(language, *words)
    assert lines
    assert not _CODE.findall("\n".join(lines))


def test_the_summary_says_rates_days_and_dashes(said: Said) -> None:
    lines = said("zh_CN", "summary", "2019-07")
    assert any(re.search(r"办结率 +\d+\.\d% \(\d+/\d+\)", line) for line in lines)
    assert "数据截至2019年7月31日" in lines
    assert any(re.fullmatch(r" +办结率 .*  —  +— .*", line) for line in said("zh_CN", "summary", "2019-06"))


def test_the_summary_masks_customers(said: Said) -> None:
    text = "".join(said("zh_CN", "summary", "2019-08"))
    assert "周**" in text
    assert not re.search(r"1[3-9]\d{9}", text)


def test_columns_stand_under_their_heads(said: Said) -> None:
    head, *rows = said("zh_CN", "outlet", "list")
    assert head.split() == ["网点", "类型", "等级", "状态", "地址"]
    address = width(head[: head.index("地址")])
    for row in rows:
        assert width(row[: row.index("吉林市")]) == address


def test_a_list_of_cases_says_state_and_deadline_in_words(said: Said) -> None:
    head, *rows = said("en", "case", "list", "--overdue")
    assert re.split(r"  +", head) == [
        "Number",
        "Opened on",
        "Status",
        "Reply due",
        "Outlet",
        "Handler",
        "Subject",
    ]
    assert rows
    assert all("overdue" in row for row in rows)


def test_what_a_story_says_is_named_and_masked(said: Said, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "王桂兰女士7月2日在河南街支局寄出挂号信XA22010000322，电话13812345678，至今未收到，要求查询。",
        "utf-8",
    )
    text = "\n".join(said("zh_CN", "case", "read", str(story), "--on", "2019-07-20"))
    assert re.search(r"性质 +查询", text)
    assert re.search(r"邮件号 +XA\*+0322", text)
    assert re.search(r"电话 +138\*{6}78", text)
    assert "王**" in text
    assert not _CODE.search(text)
    assert not re.search("桂兰|13812345678|XA22010000322", text)


def test_rules_are_told_in_words(said: Said) -> None:
    lines = said("zh_CN", "rule", "show", "recurrence")
    assert any(re.fullmatch(r" +规定 +12 个月内 3 次", line) for line in lines)
    assert said("zh_CN", "rule", "list")[0] == "性质  kinds"
    assert said("en", "rule", "item", "RR473124829GB") == ["RR473124829GB  S10  The check digit is right"]


def test_found_personal_data_is_named_and_starred(said: Said) -> None:
    lines = said("zh_CN", "scan", "cases", "220204-2019-08-0001")
    assert lines[0].split()[0] == "编号"
    assert not _CODE.search("\n".join(lines))
    assert said("en", "retention", "term") == ["3 years"]


def test_the_audit_names_what_was_done(said: Said) -> None:
    head, *rows = said("zh_CN", "audit", "list")
    assert head.split()[:2] == ["序号", "时间"]
    assert any("案例：生成样例" in row for row in rows)


def test_a_month_not_begun_is_refused_in_words(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(hooks(), ["--lang", "en", "--desk", str(path), "summary", "2999-01"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "has not begun" in err


def test_a_closed_month_says_number_revisions_and_differences(said: Said) -> None:
    said("en", "month", "close", "2019-06", "--reason", "sample")
    lines = said("en", "month", "show", "2019-06")
    assert lines[0] == "June 2019  Month closed"
    assert re.fullmatch(r"Closed under +220204-S-2019-06, revision 1", lines[1])
    assert any(re.fullmatch(r"SHA-256 +[0-9a-f]{64}", line) for line in lines)
