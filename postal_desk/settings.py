"""This user's settings on this PC, each declared once. What belongs to the branch stands in the desk instead."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from postal_desk import paths


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its type by its default, its English label (a message id), its choices if it has any."""

    name: str
    default: Any
    label: str
    choices: tuple[Any, ...] = ()


DECLARED = (
    Setting("language", "", "Language", ("", "zh_CN", "en")),
    Setting("theme", "system", "Theme", ("system", "light", "dark")),
    Setting("text_scale", 100, "Text size", (100, 125, 150)),
    Setting("desk", "", "Desk folder"),
    Setting("user", "", "My name"),
    Setting("last_user", "", "Who logged in last"),
    Setting("cases_columns", {}, "Columns of the case list"),
    Setting("cases_filter", {}, "Filter of the case list"),
    Setting("window_geometry", "", "Window place"),
    Setting("cases_split", [], "Width of list and record"),
    Setting("summary_layout", "gbt9704", "Layout of the monthly summary", ("gbt9704", "plain")),
    Setting("document_language", "", "Language of documents", ("", "zh_CN", "en")),
    Setting("copy_folder", "", "Second place for copies"),
    Setting("export_folder", "", "Folder for exported files"),
    Setting("scan_folder", "", "Scan folder"),
    Setting("morning_notice", True, "Notification in the morning"),
    Setting("morning_notice_on", "", "Day of the last notification in the morning"),
)
_BY_NAME = {setting.name: setting for setting in DECLARED}


class Settings:
    """The settings file, read once and written whole at each change (a lost setting costs nothing but itself).

    An unreadable file or an unknown key is set aside with a note in ``problems``; the defaults then hold.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or paths.user_config() / "settings.json"
        self.problems: list[str] = []
        self._values: dict[str, Any] = self._read()
        self._for_now: dict[str, Any] = {}
        self._listeners: list[Callable[[str, Any], None]] = []

    def __getitem__(self, name: str) -> Any:
        if name in self._for_now:
            return self._for_now[name]
        return self._values.get(name, _BY_NAME[name].default)

    def __setitem__(self, name: str, value: Any) -> None:
        problem = _problem(name, value)
        if problem:
            raise ValueError(problem)
        if self[name] == value:
            return
        self._for_now.pop(name, None)
        self._values[name] = value
        self._write()
        for listener in self._listeners:
            listener(name, value)

    def for_now(self, name: str, value: Any) -> None:
        """Hold ``value`` until the program ends or the setting is changed, and keep what the file says.

        Raises :class:`ValueError` for a value that the setting can't have.
        """
        problem = _problem(name, value)
        if problem:
            raise ValueError(problem)
        self._for_now[name] = value

    def listen(self, listener: Callable[[str, Any], None]) -> None:
        """Call ``listener(name, value)`` after each change."""
        self._listeners.append(listener)

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self.file.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            self.problems.append(f"{self.file.name}: {error}")
            return {}
        if not isinstance(content, dict):
            self.problems.append(f"{self.file.name}: not a table of settings")
            return {}
        known = {}
        for name, value in content.items():
            if problem := _problem(name, value):
                self.problems.append(f"{self.file.name}: {problem}")
            else:
                known[name] = value
        return known

    def _write(self) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            partial = self.file.with_suffix(f".{os.getpid()}")
            partial.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
            partial.replace(self.file)
        except OSError as error:
            self.problems.append(f"{self.file.name}: {error}")


def _problem(name: str, value: object) -> str | None:
    setting = _BY_NAME.get(name)
    if setting is None:
        return f"unknown setting {name!r}"
    if type(value) is not type(setting.default):
        return f"{name}: {type(setting.default).__name__} expected"
    if setting.choices and value not in setting.choices:
        return f"{name}: one of {setting.choices} expected"
    return None
