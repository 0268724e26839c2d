"""What a fault of the program leaves behind for whoever looks after it: where it happened, and nobody's data.

The text of an exception may quote what was being worked on (a name, a phone number), so it is kept only for kinds whose
text comes from the code itself. Values of variables are never looked at.
"""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePath

import postal_desk
from postal_desk import installation, paths

#: Their messages name types, attributes, modules and arguments, never what these hold.
_ABOUT_CODE = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError, TypeError)
_PACKAGE = "postal_desk"
_KEPT = 20
_DEEPEST = 60  # frames of each end of a stack that are kept


def describe(error: BaseException) -> str:
    """The report of a fault: program, system, and the stack of it and of what led to it. No personal data."""
    return "\n".join([*_circumstances(), "", *_chain(error)]) + "\n"


def keep(report: str, now: datetime, folder: Path | None = None) -> Path | None:
    """Write a report beside the log and return its file; ``None`` if that can't be done. Old ones make room."""
    folder = folder or paths.user_logs()
    file = folder / f"fault-{now:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(report, "utf-8")
    except OSError:
        return None  # a full disk is often why there is a fault at all
    for old in sorted(folder.glob("fault-*.txt"))[:-_KEPT]:
        with suppress(OSError):
            old.unlink()
    return file


def _circumstances() -> Iterator[str]:
    built = None
    with suppress(OSError, ValueError, TypeError):  # a damaged installation may be the fault that is reported
        built = installation.build()
    origin = f"{built.commit or '–'} {built.date[:10]}" if built else "source"
    yield f"Postal Desk {postal_desk.__version__} ({origin})"
    yield f"{platform.platform()}, Python {platform.python_version()}, {sys.platform}"


def _chain(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    links = []
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        links.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for index, link in enumerate(reversed(links)):
        if index:
            yield "then:"
        yield from _frames(link)
        yield _what(link)


def _frames(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    skipped = len(frames) - 2 * _DEEPEST
    for index, frame in enumerate(frames):
        if skipped > 0 and index == _DEEPEST:
            yield f"  … {skipped} more"
        if skipped <= 0 or not _DEEPEST <= index < _DEEPEST + skipped:
            yield f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"


def _place(filename: str) -> str:
    """Where a file is within its package: the folders above name the user."""
    parts = PurePath(filename.replace("\\", "/")).parts
    for mark, offset in (("site-packages", 1), (_PACKAGE, 0)):
        if mark in parts:
            return "/".join(parts[parts.index(mark) + offset :])
    return parts[-1] if parts else filename


def _what(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, OSError) and error.errno is not None:
        return f"{kind}: [{error.errno}] {error.strerror}"  # without the file, whose folders name the user
    if isinstance(error, _ABOUT_CODE):
        return f"{kind}: {error}"
    return f"{kind} (its text is left out, {len(str(error))} characters)"
