"""What this installation is: its build, the parts it is made of with their licences, and whether its files are whole.

A package carries ``installation.json`` and ``files.json`` beside ``seeds/`` and ``resources/``; the packaging step
writes both with the functions here. A source tree has neither: its parts are read from what is installed with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from postal_desk import paths

FACTS = "installation.json"
FILES = "files.json"
_PROJECT = "postal-desk"
_LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True)
class Part:
    """A library or a collection that is shipped with the program. ``text`` is its licence in full, if it brings one."""

    name: str
    version: str
    licence: str
    home: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """Where a package comes from. ``commit`` is empty if it was built outside a checkout; ``date`` is ISO 8601."""

    version: str
    commit: str
    date: str
    system: str
    python: str


def build(root: Path | None = None) -> Build | None:
    """The build of this package; ``None`` in a source tree. ``root`` is given by tests only."""
    facts = _facts(root or paths.data_root())
    return Build(**facts["build"]) if facts else None


def machine_wide() -> bool:
    """True if the program was installed for everybody on this PC, not unpacked or run from its source."""
    if not getattr(sys, "frozen", False):
        return False
    named = (os.environ.get(name, "") for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"))
    roots = [Path(root) for root in (*named, "/opt", "/usr") if root]
    return any(Path(sys.executable).resolve().is_relative_to(root) for root in roots)


def parts(root: Path | None = None) -> tuple[Part, ...]:
    """What the program is made of, by name. ``root`` is given by tests only."""
    facts = _facts(root or paths.data_root())
    if facts:
        return tuple(Part(**part) for part in facts["parts"])
    return distribution_parts(_required(_PROJECT))


def damage(root: Path | None = None) -> list[str]:
    """The files of this package that are missing or not what they were; a source tree has nothing to compare with.

    Reads every file once, so not for the start of the program. ``root`` is given by tests only.
    """
    root = root or paths.data_root()
    listing = root / FILES
    if not listing.is_file():
        return [FILES] if getattr(sys, "frozen", False) else []
    expected: dict[str, str] = json.loads(listing.read_text("utf-8"))
    return [name for name, digest in expected.items() if _digest(root / name) != digest]


def write_facts(root: Path, built: Build, shipped: Iterable[Part]) -> None:
    """For the packaging step: keep the build and its parts where :func:`build` and :func:`parts` look."""
    listed = sorted(shipped, key=lambda part: part.name.lower())
    content = {"build": asdict(built), "parts": [asdict(part) for part in listed]}
    (root / FACTS).write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def write_files(root: Path) -> int:
    """For the packaging step, once the folder is complete: list its files for :func:`damage`. Returns their number."""
    names = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    digests = {name: _digest(root / name) for name in names if name != FILES}
    (root / FILES).write_text(json.dumps(digests, ensure_ascii=False, indent=0), "utf-8")
    return len(digests)


def distribution_parts(names: Iterable[str]) -> tuple[Part, ...]:
    """The parts behind installed distributions, from their own metadata. Those not installed are left out."""
    found = {}
    for name in names:
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # needed on another system only
        found[distribution.name.lower()] = _part_of(distribution)
    return tuple(found[name] for name in sorted(found))


def _part_of(distribution: metadata.Distribution) -> Part:
    facts: Any = distribution.metadata
    licence = facts.get("License-Expression") or _one_line(facts.get("License")) or _classified(facts)
    return Part(distribution.name, distribution.version, licence, _home(facts), _licence_text(distribution))


def _one_line(licence: str | None) -> str:
    """Some put the whole text into the field that is meant for its name."""
    return licence if licence and "\n" not in licence and licence != "UNKNOWN" else ""


def _classified(facts: Any) -> str:
    names = [
        line.removeprefix(_CLASSIFIER)
        for line in facts.get_all("Classifier") or ()
        if line.startswith(_CLASSIFIER)
    ]
    return ", ".join(names)


def _home(facts: Any) -> str:
    links = dict(line.split(", ", 1) for line in facts.get_all("Project-URL") or () if ", " in line)
    by_name = {name.lower(): link for name, link in links.items()}
    wanted = ("homepage", "home", "source", "source code", "repository")
    return facts.get("Home-page") or next((by_name[name] for name in wanted if name in by_name), "")


def _licence_text(distribution: metadata.Distribution) -> str:
    files = [
        file
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0]
        and (_LICENCE_FILE.search(file.name) or "licenses" in file.parts[1:-1])
    ]
    texts = (Path(str(file.locate())).read_text("utf-8", "replace").strip() for file in sorted(files))
    return "\n\n".join(texts)


def _required(project: str) -> list[str]:
    """The distributions that a project needs, directly or not, extras left out."""
    seen: dict[str, None] = {}
    waiting = [project]
    while waiting:
        try:
            requirements = metadata.distribution(waiting.pop()).requires or ()
        except metadata.PackageNotFoundError:
            continue
        for requirement in requirements:
            name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
            if "extra ==" not in requirement and name not in seen:
                seen[name] = None
                waiting.append(name)
    return list(seen)


def _facts(root: Path) -> dict[str, Any]:
    file = root / FACTS
    if not file.is_file():
        return {}
    content: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return content


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
