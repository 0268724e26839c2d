"""Loading seeds/: what is written arrives, and a mistake names its file and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from postal_desk import i18n, paths
from postal_desk.domain.sentences import Label
from postal_desk.store.seeding import SeedError, load_rules, load_story

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the shipped seeds to spoil."""
    return Path(shutil.copytree(paths.data_root() / "seeds", tmp_path / "seeds"))


@pytest.fixture
def edit(seeds: Path) -> Edit:
    """Replace a text that occurs in a file; gives the folder."""

    def replace(file: str, old: str, new: str) -> Path:
        text = (seeds / file).read_text("utf-8")
        assert old in text
        (seeds / file).write_text(text.replace(old, new, 1), "utf-8")
        return seeds

    return replace


def test_values_arrive_with_their_types(seeds: Path) -> None:
    rules = load_rules(seeds)
    clock = next(rule for rule in rules.clocks if rule.key == "inquiry_reply")
    assert (clock.limit, clock.unit, clock.start, clock.reply) == (30, "days", "inquiry", True)
    assert clock.source == Label("《中华人民共和国邮政法》第四十九条", "Postal Law, article 49")
    assert clock.valid_from == date(2009, 10, 1)
    assert next(i.value for i in rules.indicators if i.key == "satisfaction_mean_2018") == Decimal("86.23")
    assert rules.categories["07.domestic"].parent == "07"


def test_an_edited_limit_is_what_the_rules_say(edit: Edit) -> None:
    root = edit("clocks.toml", 'limit = 7\nunit = "working_days"', 'limit = 9\nunit = "working_days"')
    assert next(r.limit for r in load_rules(root).clocks if r.key == "postal_complaint") == 9


def test_a_byte_order_mark_is_no_mistake(seeds: Path) -> None:
    text = (seeds / "codes.toml").read_text("utf-8")
    (seeds / "codes.toml").write_text(text, "utf-8-sig")
    assert load_rules(seeds).codes["kinds"]["inquiry"].name.zh == "查询"


def test_a_calendar_of_a_year_without_file_is_absent(seeds: Path) -> None:
    (seeds / "calendars/2024.toml").unlink()
    assert 2024 not in load_rules(seeds).calendar


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "said"),
    [
        ("clocks.toml", "limit = 30", 'limit = "thirty"', "clock.inquiry_reply.limit", "a whole number"),
        ("clocks.toml", "limit = 30", "limit = 30.5", "clock.inquiry_reply.limit", "a whole number"),
        ("clocks.toml", "limit = 30", "limit = 0", "clock.inquiry_reply.limit", "from 1 to"),
        ("clocks.toml", "limit = 30", "limt = 30", "clock.inquiry_reply.limt", "not known"),
        ("clocks.toml", "limit = 30\n", "", "clock.inquiry_reply.limit", "missing"),
        ("clocks.toml", "reply = true", 'reply = "yes"', "clock.inquiry_reply.reply", "true or false"),
        ("clocks.toml", 'start = "posting"', 'start = "birth"', "clock.inquiry_window.start", "posting"),
        ("clocks.toml", 'kinds = ["inquiry", "help"]', 'kinds = ["query"]', "clock.inquiry_window.kinds", "query"),
        ("clocks.toml", 'kinds = ["inquiry", "help"]', 'kinds = "help"', "clock.inquiry_window.kinds", "a list"),
        ("clocks.toml", "valid_from = 2009-10-01", 'valid_from = "2009-13-01"', "clock.inquiry_window.valid_from",
         "a date"),
        ("clocks.toml", "valid_from = 2009-10-01", "valid_from = 2009-10-01T08:00:00",
         "clock.inquiry_window.valid_from", "a date"),
        ("clocks.toml", "valid_to = 2025-05-31", "valid_to = 2017-05-31", "clock.express_complaint.valid_to",
         "before the start"),
        ("clocks.toml", "valid_to = 2025-05-31", "valid_to = 2025-06-30",
         "clock.express_complaint_2025.valid_from", "express_complaint"),
        ("clocks.toml", "valid_to = 2020-12-31", "", "counting.civil_code.valid_from", "general_provisions"),
        ("clocks.toml", 'regions = ["41"]', 'regions = ["henan"]', "clock.postal_complaint_henan.regions", "division"),
        ("clocks.toml", 'mark = "law"', 'mark = "gossip"', "clock.inquiry_window.mark", "practice"),
        ("clocks.toml", 'zh = "国内给据邮件查询有效期"\n', "", "clock.inquiry_window.zh", "missing"),
        ("clocks.toml", "[counting.civil_code]", "[counts.civil_code]", "counts", "counting"),
        ("codes.toml", 'zh = "查询"', 'zh = ""', "kinds.inquiry.name", "both languages"),
        ("codes.toml", "inquiry = {", "Inquiry = {", "kinds.Inquiry", "lower-case"),
        ("codes.toml", "[kinds]", "[sorts]", "sorts", "kinds"),
        ("codes.toml", 'help = { zh', 'help = { successor = "aid", zh', "kinds.help.successor", "aid"),
        ("codes.toml", 'help = { zh = "求助"', 'help = "求助" #', "kinds.help", "a table"),
        ("categories.toml", "[category.99]", "[category.9]", "category.9", "two digits"),
        ("categories.toml", 'children.domestic = { zh', 'children.domestic = { successor = "07.x", zh',
         "category.07.children.domestic.successor", "07.x"),
        ("compensation.toml", "factor = 3", "", "rule.registered_letter.factor", "these bases"),
        ("compensation.toml", "factor = 3", "factor = nan", "rule.registered_letter.factor", "a number"),
        ("compensation.toml", "factor = 3", "factor = -3", "rule.registered_letter.factor", "more than 0"),
        ("compensation.toml", 'events = ["contents_short"]', 'events = ["lost"]',
         "rule.registered_letter_short.valid_from", "registered_letter"),
        ("compensation.toml", 'exemption = "force_majeure"', 'exemption = "weather"',
         "exemption.force_majeure.exemption", "weather"),
        ("compensation.toml", 'ground = "gross_negligence"', 'ground = "sloth"', "cap_loss.gross_negligence.ground",
         "sloth"),
        ("divisions.toml", 'parent = "220000"', 'parent = "230000"', "division.220200.parent", "230000"),
        ("divisions.toml", 'successor = "520581"', 'successor = "520599"', "division.520522.successor", "520599"),
        ("divisions.toml", "[division.220204]", "[division.22020]", "division.22020", "six digits"),
        ("indicators.toml", "value = 86.23", "value = true", "indicator.satisfaction_mean_2018.value", "a number"),
        ("surnames.toml", "欧阳 司马", "欧阳 司", "compound.names", "司"),
        ("surnames.toml", "王 李", "王 王 李", "single.names", "twice"),
        ("calendars/2019.toml", "year = 2019", "year = 2020", "year", "2019"),
        ("calendars/2019.toml", "to = 2019-02-10", "to = 2019-02-01", "holiday[2].to", "first day"),
        ("calendars/2019.toml", "from = 2019-02-04", "from = 2019-02-30", "", "TOML"),
        ("calendars/2019.toml", "from = 2019-02-04\n", "", "holiday[2].from", "a date"),
        ("calendars/2019.toml", "2019-02-02", "2019-02-13", "working_days", "no Saturday"),
        ("calendars/2019.toml", "2019-02-02", "2019-02-09", "working_days", "at once"),
        ("calendars/2019.toml", "2019-02-02", "2020-02-01", "working_days", "not in 2019"),
        ("calendars/2019.toml", "from = 2019-02-04", "from = 2019-01-01", "holiday[2].to", "a month"),
        ("calendars/2019.toml", "from = 2019-04-05", "from = 2019-04-05\nnote = 1", "holiday[3].note", "not known"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_key(edit: Edit, file: str, old: str, new: str, key: str, said: str) -> None:
    root = edit(file, old, new)
    with pytest.raises(SeedError) as caught:
        load_rules(root)
    assert (caught.value.file, caught.value.key) == (file, key)
    assert said in str(caught.value.reason)
    assert file in str(caught.value)


def test_two_holidays_may_not_share_a_day(edit: Edit) -> None:
    root = edit(
        "calendars/2019.toml",
        "to = 2019-06-09",
        "to = 2019-06-09\n[[holiday]]\nzh='端'\nen='X'\nfrom=2019-06-09",
    )
    with pytest.raises(SeedError, match="2019-06-09 belongs to two holidays"):
        load_rules(root)


def test_an_entry_given_twice_is_refused(edit: Edit) -> None:
    root = edit("codes.toml", "[kinds]\n", '[kinds]\ninquiry = { zh = "问", en = "Ask" }\n')
    with pytest.raises(SeedError, match=r"codes\.toml.*line \d+"):
        load_rules(root)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("查询".encode("gbk"), "UTF-8"),
        (b"kinds = [", "TOML"),
        (b"a = " + b"[" * 5000, "TOML"),
        (b"a = " + b"9" * 5000, "TOML"),
        (b'[kinds]\ninquiry = { zh = "a\\u0007", en = "Inquiry" }', "control"),
        (b"", "missing or empty"),
    ],
)
def test_a_file_that_is_no_rules_is_refused(seeds: Path, content: bytes, said: str) -> None:
    (seeds / "codes.toml").write_bytes(content)
    with pytest.raises(SeedError, match=said) as caught:
        load_rules(seeds)
    assert caught.value.file == "codes.toml"


def test_a_missing_file_is_named(seeds: Path) -> None:
    (seeds / "clocks.toml").unlink()
    with pytest.raises(SeedError, match=r"seeds/clocks\.toml: the file is missing"):
        load_rules(seeds)


def test_a_mistake_is_told_in_chinese(edit: Edit) -> None:
    root = edit("clocks.toml", "limit = 30", 'limit = "thirty"')
    with pytest.raises(SeedError) as caught:
        load_rules(root)
    said = i18n.tell(caught.value.sentence, "zh_CN")
    assert (
        said
        == "seeds/clocks.toml 的 clock.inquiry_reply.limit：应为整数，现为 'thirty'。请在该处改正后重新启动。"
    )


def test_the_readers_lists_are_read_when_asked_for(seeds: Path) -> None:
    shutil.rmtree(seeds / "reader", ignore_errors=True)
    (seeds / "reader").mkdir()
    (seeds / "reader/signs.toml").write_text('words = ["保健品"]', "utf-8")
    (seeds / "reader/broken.toml").write_text("words = [", "utf-8")
    reader = load_rules(seeds).reader
    assert set(reader) == {"signs", "broken"}
    assert reader["signs"] == {"words": ["保健品"]}
    with pytest.raises(SeedError, match=r"reader/broken\.toml"):
        reader["broken"]


def test_a_story_comes_as_json_values(seeds: Path) -> None:
    (seeds / "stories/short.toml").write_text("on = 2019-07-17\namount = 4.20\nlist = [{ at = 1 }]", "utf-8")
    assert load_story(seeds, "short") == {"on": "2019-07-17", "amount": "4.20", "list": [{"at": 1}]}


@pytest.mark.parametrize("name", ["../codes", "no_such_story", ""])
def test_a_story_that_does_not_exist_is_refused(seeds: Path, name: str) -> None:
    with pytest.raises(SeedError, match="stor"):
        load_story(seeds, name)
