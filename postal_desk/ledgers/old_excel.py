"""The little that has to be known of a binary .xls before it is parsed: its date system, whether it has a password."""

from __future__ import annotations

import struct

_BOF_BOOK = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_EOF, _DATE_MODE, _PASSWORD = 0x0A, 0x22, 0x2F
_MOST_RECORDS = 100_000


def is_date1904(content: bytes) -> bool:
    """True if the workbook counts its days from 1904. The records are followed from the beginning of the workbook,
    which programs write in one piece."""
    return any(kind == _DATE_MODE and body[:2] == b"\x01\x00" for kind, body in _globals(content))


def is_protected(content: bytes) -> bool:
    """True if the content is encrypted: a new workbook in an old container, or a password record."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return True
    return any(kind == _PASSWORD for kind, _body in _globals(content))


def _globals(content: bytes) -> list[tuple[int, bytes]]:
    at = content.find(_BOF_BOOK)
    found: list[tuple[int, bytes]] = []
    while 0 <= at <= len(content) - 4 and len(found) < _MOST_RECORDS:
        kind, length = struct.unpack_from("<HH", content, at)
        found.append((kind, content[at + 4 : at + 4 + length]))
        if kind == _EOF or length > 8224:
            break
        at += 4 + length
    return found
