"""The files that a desk keeps beside its database, as copies have to know them.

Such a file is written whole under a name of its own before the commit that names it, and never changed afterwards.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

#: The top folder of such files in the desk's folder.
FOLDER = "files"
_NAME = re.compile(rf"{FOLDER}(/[0-9A-Za-z_-][0-9A-Za-z_.-]{{0,100}}){{1,3}}")


def names(raw: Any) -> list[str]:
    """What the database on this driver connection names: paths below the desk's folder, with ``/``.

    The connection may be that of a drawn copy, of any schema. The name of a file that has gone is given all the same.
    """
    return []


def is_name(text: str) -> bool:
    """True for a path that such a file may have: nothing that leads out of its folder."""
    return _NAME.fullmatch(text) is not None and ".." not in text


def path_of(folder: Path, name: str) -> Path:
    """Where a file stands in a desk's folder. Raises :class:`ValueError` for a name that leads elsewhere."""
    if not is_name(name):
        raise ValueError(f"{name!r} is no name of a file beside a desk")
    return folder.joinpath(*name.split("/"))
