"""Is this the second start of a desk? Asked before anything else is loaded, so it loads no more than it needs."""

from __future__ import annotations

from pathlib import Path

from postal_desk import paths


def may_be_open(desk: Path) -> bool:
    """The lock's note is there: the desk is open, or its program was killed. Or some window waits at a login."""
    try:
        return (desk / "holder.json").exists() or paths.login_note().exists()
    except OSError:  # the opening says what is the matter with its drive
        return False


def first_came(desk: Path) -> bool:
    """True if the program that was there before has shown its window."""
    from postal_desk.ui.first_window import raise_first_window

    return raise_first_window(desk)
