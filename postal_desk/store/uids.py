"""UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits. The standard library has it from 3.14 on."""

from __future__ import annotations

import os
import time


def uuid7(at: float | None = None) -> bytes:
    """A new identity as 16 bytes; ``at`` is seconds since 1970 (now, if absent)."""
    milliseconds = int((time.time() if at is None else at) * 1000)
    value = bytearray(milliseconds.to_bytes(6, "big") + os.urandom(10))
    value[6] = value[6] & 0x0F | 0x70
    value[8] = value[8] & 0x3F | 0x80
    return bytes(value)
