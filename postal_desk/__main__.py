"""``python -m postal_desk``: the command line; without a command the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from postal_desk.crashes import keep_memory_out

if TYPE_CHECKING:
    from postal_desk.cli.session import Hooks


def main() -> int:
    """The command line. Returns the exit code."""
    if len(sys.argv) == 1:
        return main_window()
    keep_memory_out()
    from postal_desk.cli.main import run

    return run(hooks())


def main_window() -> int:
    """The window, without the command line's imports."""
    keep_memory_out()
    return _window(None, "")


def hooks() -> Hooks:
    """What needs Qt, each imported when it is called: most commands don't."""
    from postal_desk.cli.session import Hooks

    return Hooks(renderer=_renderer, window=_window, selftest=_selftest, picture=_picture)


def _renderer() -> Any:
    from postal_desk.render.output import QtRenderer

    return QtRenderer()


def _window(desk: Path | None, language: str) -> int:
    from postal_desk.app import run_window

    return run_window(desk, language)


def _selftest() -> list[dict[str, Any]]:
    from postal_desk.selftest import selftest

    return selftest(hooks())


def _picture(desk: Path, out: Path, **looks: Any) -> Path:
    from postal_desk.picture import render_main_window

    return render_main_window(desk, out, **looks)


if __name__ == "__main__":
    sys.exit(main())
