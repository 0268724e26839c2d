"""The self-test says yes to a program that works and no to one that does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from postal_desk import i18n, selftest
from postal_desk.__main__ import hooks
from postal_desk.cli.main import run


def one(name: str, trial: Any) -> dict[str, Any]:
    return selftest._tried(name, selftest.STEPS[name], trial)


@pytest.fixture
def trial(tmp_path: Path) -> selftest._Trial:
    (tmp_path / "trial").mkdir()
    trial = selftest._Trial(hooks(), tmp_path / "trial")
    for name in ("desk", "case"):
        assert one(name, trial)["ok"]
    return trial


@pytest.mark.slow
def test_every_step_passes(capsys: pytest.CaptureFixture[str], qapp: object) -> None:
    assert run(hooks(), ["selftest"]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out.count("✓") == len(selftest.STEPS)


def test_a_step_that_fails_is_named_and_the_exit_code_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_trial: object) -> str:
        raise OSError("no room")

    monkeypatch.setattr(selftest, "STEPS", {"desk": selftest.STEPS["desk"], "docx": full})
    assert run(hooks(), ["selftest", "--json"]) == 1
    assert '"said": "OSError: no room"' in capsys.readouterr().out


def test_a_case_lost_after_a_kill_is_noticed(trial: selftest._Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "_killed_in_the_middle", lambda *_: ["220204-2019-07-0999"])
    assert not one("kill", trial)["ok"]


def test_a_child_that_does_not_start_is_quoted(
    trial: selftest._Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, "_own_command", lambda: ["python3", "-c", "import nowhere", "--"])
    result = one("kill", trial)
    assert not result["ok"]
    assert "nowhere" in result["said"]


def test_text_in_clear_is_noticed(trial: selftest._Trial) -> None:
    assert one("encrypted", trial)["ok"]
    (trial.desk / "notes").write_text(f"… {selftest.WORDS} …", "utf-8")
    assert not one("encrypted", trial)["ok"]


def test_a_desk_that_takes_any_key_is_noticed(
    trial: selftest._Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "outcome", lambda *_: (0, "[]", ""))
    assert not one("wrong_key", trial)["ok"]


def test_a_case_that_search_does_not_find_is_noticed(trial: selftest._Trial) -> None:
    trial.saved[0] = "220204-2019-07-0999"
    assert not one("search", trial)["ok"]


def test_an_empty_window_is_noticed(trial: selftest._Trial, tmp_path: Path, qapp: object) -> None:
    from PySide6.QtGui import QImage

    empty = QImage(100, 100, QImage.Format.Format_RGB32)
    empty.fill(0xFFFFFF)
    empty.save(str(tmp_path / "empty.png"))
    trial.hooks = replace(trial.hooks, picture=lambda *_: tmp_path / "empty.png")
    assert not one("window", trial)["ok"]


def test_the_users_language_comes_back(trial: selftest._Trial) -> None:
    i18n.use("en")
    trial.run("check", "--json")
    assert i18n.language() == "en"


@pytest.mark.usefixtures("quick_keys")
def test_a_door_that_lets_everybody_in_is_noticed(
    trial: selftest._Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one("password", trial)["ok"]
    monkeypatch.setattr("postal_desk.store.key_slots._derived", lambda *_args: bytes(32))
    (trial.folder / "second").mkdir()
    assert not one("password", replace(trial, folder=trial.folder / "second"))["ok"]
