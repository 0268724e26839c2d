"""The program's command line over one desk, as the tests of its commands use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from postal_desk.__main__ import hooks
from postal_desk.cli.main import run


class CommandLine:
    """Runs commands on the desk of a folder; ``out`` and ``err`` are what the last one printed.

    ``content`` goes in as the file of a command, ``desk`` names another desk for once.
    """

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.path, self.capfd = folder, folder / "desk", capfd
        self.out = self.err = ""

    def __call__(self, *words: str, content: Any = None, desk: Path | None = None) -> int:
        self.capfd.readouterr()
        file = []
        if content is not None:
            path = self.folder / "in.json"
            path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
            file = [str(path)]
        code = run(hooks(), ["--lang", "en", "--desk", str(desk or self.path), *words, *file])
        self.out, self.err = self.capfd.readouterr()
        return code

    def json(self, *words: str, content: Any = None, desk: Path | None = None) -> Any:
        """What a command answers with ``--json``."""
        assert self(*words, "--json", content=content, desk=desk) == 0, self.err
        return json.loads(self.out)

    def new(self) -> None:
        """A desk without a password."""
        assert self("new", "--branch", "船营区分公司", "--code", "220204", "--no-password") == 0, self.err
