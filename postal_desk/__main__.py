"""``python -m postal_desk``: the command line; without a command the window."""

from __future__ import annotations

import sys


def main() -> int:
    """The command line. Returns the exit code."""
    if len(sys.argv) == 1:
        return main_window()
    from postal_desk.cli.main import run
    from postal_desk.hooks import hooks

    return run(hooks())


def main_window() -> int:
    """The window, without the command line's imports."""
    from postal_desk.app import run_window

    return run_window()


if __name__ == "__main__":
    sys.exit(main())
