"""What a Word or Excel file from outside must be before anything is parsed in it: see ``ledgers.guard``."""

from __future__ import annotations

from pathlib import Path

from postal_desk.ledgers.guard import GuardedZip


def check_package(file: Path, name: str = "") -> tuple[str, ...]:
    """Refuse a file that is no zip, is damaged, or would swell beyond the limits; the names of its entries."""
    package = GuardedZip(file, name or file.name)
    for entry in package.entries:
        for _block in package.chunks(entry):
            pass
    return tuple(package.entries)
