"""How a row is known again: keyed digests, so that what a desk remembers of a ledger tells nobody what stood in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from postal_desk.domain.cases import Case, Customer

#: What is compared of a case, in an order that only ever grows: a desk remembers the places.
PARTS = (
    "kind", "business", "category", "channel", "opened_on", "accepted_on", "answered_on", "closed_on", "subject",
    "narrative", "outlet", "handler", "remedy", "severity", "fraud", "customer", "items", "steps", "dispositions",
    "responsibility", "opinion", "opinion_attempts", "praise", "status",
)  # fmt: skip
_EMPTY: Mapping[str, Any] = {
    "customer": Customer(),
    "fraud": False,
    "items": (),
    "steps": (),
    "dispositions": (),
    "opinion_attempts": (),
}
_SIZE = 5


def number_of(text: str, secret: bytes) -> int:
    """63 bits that stand for a text."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=secret[:64]).digest()
    return int.from_bytes(digest, "big") >> 1


def text_of(row: list[Any]) -> str:
    """A row as a text of its own: its texts as they are, which is most of them, the rest as Python writes it."""
    return "\x1f".join([cell if type(cell) is str else repr(cell) for cell in row])


def parts_of(case: Case, secret: bytes) -> bytes:
    """Place and digest of each part of a case that is not empty."""
    found = bytearray()
    key = secret[:64]
    for place, name in enumerate(PARTS):
        value = getattr(case, name)
        if value is None or value == "" or (name in _EMPTY and value == _EMPTY[name]):
            continue
        found.append(place)
        found += hashlib.blake2b(
            _plain(value).encode("utf-8", "surrogatepass"), digest_size=_SIZE, key=key
        ).digest()
    return bytes(found)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def read_parts(content: bytes) -> dict[str, bytes]:
    """Digest by part; parts of a newer program are passed over."""
    size = _SIZE + 1
    return {
        PARTS[content[at]]: content[at + 1 : at + size]
        for at in range(0, len(content), size)
        if content[at] < len(PARTS)
    }
