"""The user's settings: what holds for now beside what the file says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postal_desk.settings import Settings


def test_what_holds_for_now_is_not_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    settings["language"] = "zh_CN"
    settings.for_now("language", "en")
    settings["theme"] = "dark"
    assert settings["language"] == "en"
    assert Settings(settings.file)["language"] == "zh_CN"


def test_a_choice_ends_what_held_for_now(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    settings.for_now("language", "en")
    settings["language"] = "zh_CN"
    assert settings["language"] == "zh_CN"
    assert json.loads(settings.file.read_text("utf-8")) == {"language": "zh_CN"}


def test_no_other_value_holds_for_now_than_a_setting_can_have(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="language"):
        Settings(tmp_path / "s.json").for_now("language", "fr")
