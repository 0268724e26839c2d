"""The log file: what went wrong, for whoever looks after the program. No personal data belongs in it."""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler

from postal_desk import paths

_BYTES = 1_000_000
_FILES = 3


def start() -> None:
    """Write warnings and worse to ``postal-desk.log`` in the user's log folder, a few megabytes at most.

    Where that folder can't be written they go to standard error alone.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    with suppress(OSError):
        folder = paths.user_logs()
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "postal-desk.log"
        handlers.append(
            RotatingFileHandler(file, maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8", delay=True)
        )
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s", handlers=handlers
    )
