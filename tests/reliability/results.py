"""RESULTS.md: one row for each harness, replaced when that harness has run; everything else in the file is prose."""

from __future__ import annotations

import re
from pathlib import Path

_HEAD = "| harness | figure | goal | took | of |\n|---|---|---|---|---|\n"
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def write(file: Path, name: str, row: str, order: list[str], about: str, full: bool) -> None:
    """Put the row of a harness in its place."""
    text = file.read_text("utf-8")
    before, rest = text.split(_BEGIN, 1)
    table, after = rest.split(_END, 1)
    rows = {found[1]: found[0] for found in re.finditer(r"^\| ([\w-]+) \| .*\|\n", table, re.MULTILINE)}
    rows.pop("harness", None)
    day = about.rsplit(" ", 1)[-1]
    rows[name] = f"| {name} | {row} | {'full' if full else 'short'} run, {day} |\n"
    kept = "".join(rows[known] for known in order if known in rows)
    said = re.sub(r"^Postal Desk .*$", about, before, count=1, flags=re.MULTILINE)
    file.write_text(said + _BEGIN + _HEAD + kept + _END + after, "utf-8")
