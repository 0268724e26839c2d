"""Passwords and users on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey

from postal_desk import i18n
from postal_desk.__main__ import hooks
from postal_desk.cli.main import run
from postal_desk.cli.secrets import new_password

pytestmark = pytest.mark.usefixtures("quick_keys")
PASSWORD, OTHER = "correct horse", "battery staple"


class Line:
    """Runs commands on one desk; ``out`` and ``err`` are what the last one printed."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd = folder, capfd
        self.out = self.err = ""

    def file(self, content: str) -> str:
        file = self.folder / f"{abs(hash(content))}.txt"
        file.write_text(content + "\n", "utf-8")
        return str(file)

    def __call__(self, *words: str, password: str = "") -> int:
        self.capfd.readouterr()
        known = ["--password-file", self.file(password)] if password else []
        code = run(hooks(), ["--lang", "en", "--desk", str(self.folder / "desk"), *known, *words])
        self.out, self.err = self.capfd.readouterr()
        return code

    def json(self, *words: str, password: str = PASSWORD) -> Any:
        assert self(*words, "--json", password=password) == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path, capfd)


@pytest.fixture
def made(line: Line) -> dict[str, str]:
    found: dict[str, str] = line.json("--user", "王芳", "new", "--code", "220204")
    return found


def test_new_with_a_password(line: Line, made: dict[str, str]) -> None:
    assert made["user"] == "王芳"
    assert line("case", "list") == 3
    assert "--password-file" in line.err
    assert line("case", "list", password="not it at all") == 3
    assert (line.out, "Wrong password" in line.err) == ("", True)
    assert line.json("case", "list") == []


def test_the_password_of_the_environment(line: Line, made: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTAL_DESK_PASSWORD", PASSWORD)
    assert line("case", "list") == 0
    monkeypatch.setenv("POSTAL_DESK_USER", "谁")
    assert line("case", "list") == 3


def test_new_without_saying_so_is_refused(line: Line) -> None:
    assert line("new", "--code", "220204") == 1
    assert "--no-password" in line.err
    assert not (line.folder / "desk").exists()


def test_a_password_on_an_open_desk_is_not_asked_for(line: Line) -> None:
    assert line("new", "--code", "220204", "--no-password") == 0
    assert line("case", "list", password="whatever it is") == 0


def test_users(line: Line, made: object) -> None:
    file = line.file(OTHER)
    added = line.json("user", "add", "李娜", "--role", "clerk", "--new-password-file", file)
    assert (added["name"], added["role"], added["active"]) == ("李娜", "clerk", True)
    assert [user["name"] for user in line.json("user", "list", password=OTHER)] == ["王芳", "李娜"]
    assert line("outlet", "add", "丰满支局", password=OTHER) == 1
    assert "ask a manager" in line.err
    days = ["--acting-from", "2026-01-01", "--acting-to", "2099-01-01"]
    assert line.json("user", "edit", "李娜", *days)["role_today"] == "manager"
    assert line("outlet", "add", "丰满支局", password=OTHER) == 0
    assert line.json("user", "edit", "李娜", "--inactive")["active"] is False
    assert line("case", "list", password=OTHER) == 3


def test_passwords_are_changed(line: Line, made: dict[str, str]) -> None:
    file = line.file(OTHER)
    line.json("user", "password", "--new-password-file", file)
    assert line("case", "list", password=PASSWORD) == 3
    assert line("case", "list", password=OTHER) == 0
    code = line.file(made["recovery_code"])
    again = line.file("forgotten once")
    assert line("--recovery-code-file", code, "user", "password", "王芳", "--new-password-file", again) == 0
    assert line("case", "list", password="forgotten once") == 0


def test_a_new_password_has_to_be_given(line: Line, made: object) -> None:
    assert line("user", "add", "李娜", password=PASSWORD) == 1
    assert "--new-password-file" in line.err


def test_the_recovery_code_is_typed_back(line: Line, made: dict[str, str]) -> None:
    assert line.json("user", "recovery") == {"confirmed": False}
    assert line("backup", password=PASSWORD) == 0
    assert "never typed back" in line.err
    file = line.file(made["recovery_code"].lower())
    assert line.json("user", "recovery", "--confirm", file) == {"confirmed": True}
    assert line.json("user", "recovery", "--new")["confirmed"] is False


def test_the_first_user_of_an_open_desk(line: Line) -> None:
    assert line("new", "--code", "220204", "--no-password") == 0
    file = line.file(PASSWORD)
    assert line("user", "add", "李娜", "--role", "clerk", "--new-password-file", file) == 1
    assert line("user", "add", "王芳", "--new-password-file", file) == 0
    assert "Recovery code" in line.err
    assert line("case", "list") == 3


def test_restoring_needs_a_password(line: Line, made: object, tmp_path: Path) -> None:
    copy = line.json("backup", "--out", str(tmp_path / "a.copy"))["path"]
    assert line("restore", copy, "--to", str(tmp_path / "r")) == 3
    assert line("restore", copy, "--to", str(tmp_path / "r"), password="not it at all") == 3
    assert not (tmp_path / "r").exists()
    assert line("restore", copy, "--to", str(tmp_path / "r"), password=PASSWORD) == 0


def test_a_wrong_password_is_slowed_down(line: Line, made: object) -> None:
    for _ in range(5):
        line("case", "list", password="not it at all")
    assert line("case", "list", password=PASSWORD) == 3
    assert "wait" in line.err


def test_the_city_branch_opens_the_desk_with_its_private_key(line: Line, made: object) -> None:
    private = PrivateKey.generate()
    public = line.file(bytes(private.public_key).hex())
    assert line("user", "branch-key", "吉林市分公司", public, password=PASSWORD) == 0
    assert line("--branch-key-file", line.file(bytes(private).hex()), "case", "list") == 0
    assert line("--branch-key-file", line.file(bytes(PrivateKey.generate()).hex()), "case", "list") == 3
    assert line("--branch-key-file", line.file("no key"), "case", "list") == 1


def test_what_is_read_in_clear_is_written_down(line: Line, made: object) -> None:
    customer = {"name": "张小明", "phone": "13812345678"}
    case = {
        "kind": "inquiry",
        "category": "07",
        "channel": "counter",
        "opened_on": "2019-07-02",
        "subject": "张小明查询",
    }
    file = line.file(
        json.dumps(case | {"narrative": "电话13812345678", "customer": customer}, ensure_ascii=False)
    )
    (number,) = line.json("case", "add", file)["numbers"]
    assert line("case", "show", number, password=PASSWORD) == 0
    assert ("张**查询" in line.out, "张小明" in line.out, "13812345678" in line.out) == (True, False, False)
    assert line("case", "list", password=PASSWORD) == 0
    assert "张小明" not in line.out
    before = line.json("audit", "list", "--action", "case.unmask")
    assert line.json("case", "show", number)["customer"]["name"] == "张小明"
    line.json("case", "list")
    rows = line.json("audit", "list", "--action", "case.unmask")
    assert (before, [(row["record"], row["who"]) for row in rows]) == ([], [(number, "王芳")] * 2)


def test_what_is_taken_out_of_a_name_is_said(line: Line, made: object) -> None:
    assert line("user", "add", "李\u200b娜", "--new-password-file", line.file(OTHER), password=PASSWORD) == 0
    assert (line.out.strip(), "name: 1 invisible characters were taken out" in line.err) == ("李娜", True)
    for words in (("outlet", "add", "丰满\u200b支局"), ("staff", "add", "苏\u2060阳")):
        assert line(*words, password=PASSWORD) == 0
        assert "name: 1 invisible characters were taken out" in line.err
    assert line("user", "edit", "李娜", "--role", "handler", password=PASSWORD) == 0


def test_a_first_user_with_an_invisible_character(line: Line) -> None:
    assert line("new", "--code", "220204", "--no-password") == 0
    assert line("user", "add", "王\u200b芳", "--new-password-file", line.file(PASSWORD)) == 0, line.err
    assert line.out.strip() == "王芳"


def test_new_password_is_asked_twice_in_the_language_in_use(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    i18n.use("zh_CN")
    asked, typed = [], iter(["one way", "another way", "one way", "one way"])

    def type_it(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.delenv("POSTAL_DESK_NEW_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.termui.hidden_prompt_func", type_it)
    assert new_password(None) == "one way"
    said = "".join(asked) + capfd.readouterr().err
    assert said.count("新密码") == said.count("再输一次密码") == 2
    assert said.count("两次输入的密码不一致；请重新输入") == 1
