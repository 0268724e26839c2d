"""What the main window asks the program for at the door of a desk with users."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from postal_desk.ui.background import Failed

if TYPE_CHECKING:
    from postal_desk.services.access import Credential


class Entrance(Protocol):
    """What the window asks the program for, about desks with users; see :class:`~postal_desk.ui.context.Navigator`."""

    def enter(self, path: Path, credential: Credential, failed: Failed) -> None:
        """Open a desk as somebody."""

    def lock(self, why: str) -> None:
        """Close the desk and ask who is there."""
