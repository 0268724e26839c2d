"""XML read piece by piece, without entities of its own, so that a small file can't unfold into a large one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

Start = Callable[[str, Mapping[str, str]], object]


class BrokenXml(Exception):
    """It is no XML, or XML that no ledger needs."""


def read_xml(
    parts: Iterable[bytes],
    start: Start,
    end: Callable[[str], object] = lambda _name: None,
    text: Callable[[str], object] = lambda _text: None,
) -> None:
    """Call back for each element (names without their prefix) and each text. Raises :class:`BrokenXml`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _no_entities
    try:
        for part in parts:
            parser.Parse(part, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the two others: an encoding nobody knows
        raise BrokenXml(str(error)) from error


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _no_entities(*_: object) -> None:
    raise BrokenXml("it declares entities")
