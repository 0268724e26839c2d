"""Marks beside a desk that is there to be read only: one that has moved to another PC, and a copy only looked at.

A desk with a mark is opened as a private copy, like one in a folder that can't be written; the mark does not travel
with copies. Taking it away makes the desk an ordinary one again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from postal_desk.domain.sentences import Sentence, say
from postal_desk.store.durable import sync_folder

MARK = "read-only.json"
MOVED, LOOK = "moved", "look"


@dataclass(frozen=True, slots=True)
class DeskMark:
    """Why a desk is read only: ``kind``, since when (ISO), and the copy's file name."""

    kind: str
    at: str
    file: str

    @property
    def sentence(self) -> Sentence:
        """What every refused write, and the banner, says."""
        if self.kind == LOOK:
            return say(
                "This is the copy {file}, opened to be looked at; nothing in it can be changed",
                file=self.file,
            )
        return say(
            "This desk moved to another PC on {day} ({file}) and is kept here for reading only; go on there, or take "
            "the move back in the settings, under “Move to a new PC”",
            day=self.at[:10],
            file=self.file,
        )


def read(folder: Path) -> DeskMark | None:
    """The mark of a desk, if it has one. A mark that can't be read still counts: better not written than twice."""
    try:
        text = (folder / MARK).read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        given = json.loads(text)
        return DeskMark(str(given["kind"]), str(given["at"]), str(given["file"]))
    except (ValueError, KeyError, TypeError):
        return DeskMark(MOVED, "?", "?")


def put(folder: Path, mark: DeskMark) -> None:
    """Mark a desk, durably."""
    content = json.dumps({"kind": mark.kind, "at": mark.at, "file": mark.file}, ensure_ascii=False)
    partial = folder / (MARK + ".part")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(folder / MARK)
    sync_folder(folder)


def remove(folder: Path) -> None:
    """Take the mark away, durably."""
    (folder / MARK).unlink(missing_ok=True)
    sync_folder(folder)
