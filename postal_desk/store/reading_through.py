"""Reading the live file through, a slice at a time, while nobody works: damage is found before it is met.

Each page of the encrypted file carries a keyed sum of itself, which is computed again here from the bytes of the file:
the connection is not needed, so a slice can be as short as it has to be. Call it on the desk's thread, so that no page
is being written meanwhile.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from pathlib import Path

from postal_desk.store.keys import DeskKey

_PAGE, _SUM, _SALT = 4096, 64, 16
_LOCK_PAGE = 0x40000000 // _PAGE + 1  # never written; on Windows it can't be read while the desk is open
_SALT_MASK, _ROUNDS = 0x3A, 2  # how SQLCipher derives the key of the sums
_BATCH = 64  # pages read at once
_LOOKS = 200  # pages that are looked at for a sign of the key


class PageSums:
    """The keyed sums that the pages of one desk carry."""

    def __init__(self, key: DeskKey) -> None:
        mask = bytes(byte ^ _SALT_MASK for byte in key.salt)
        summing = hashlib.pbkdf2_hmac("sha512", key.key, mask, _ROUNDS, 32)
        self._blank = hmac.new(summing, digestmod=hashlib.sha512)
        self._salt = key.salt

    def hold(self, page: bytes, number: int) -> bool:
        """True if a page (from 1) is as it was written with this key."""
        digest = self._blank.copy()
        if number == 1:
            if page[:_SALT] != self._salt:
                return False
            digest.update(page[_SALT:-_SUM])
        else:
            digest.update(page[:-_SUM])
        digest.update(number.to_bytes(4, "little"))
        return hmac.compare_digest(digest.digest(), page[-_SUM:])


def some_page_holds(file: Path, key: DeskKey) -> bool:
    """True if a page of a file was written with this key, though its beginning can't be read: looks at a few, spread
    over all of it.
    """
    sums, pages = PageSums(key), file.stat().st_size // _PAGE
    step = max(1, pages // _LOOKS)
    with file.open("rb") as stream:
        for number in range(1, pages + 1, step):
            stream.seek((number - 1) * _PAGE)
            if sums.hold(stream.read(_PAGE), number):
                return True
    return False


class LiveReader:
    """Goes round the file of one desk. The handle stays open until :meth:`close`: closing it while the desk is open
    would give up the locks of the connection on POSIX systems.
    """

    def __init__(self, file: Path, key: DeskKey) -> None:
        self._sums = PageSums(key)
        self._stream = file.open("rb", buffering=0)
        self._next = 1
        self.rounds = 0

    def slice(self, seconds: float = 0.04) -> int | None:
        """Read on for a moment; the number of the first page that is damaged, else ``None``."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._stream.seek((self._next - 1) * _PAGE)
            content = self._stream.read(_BATCH * _PAGE)
            if len(content) < _PAGE:
                self._next = 1
                self.rounds += 1
                return None
            for at in range(0, len(content) - _PAGE + 1, _PAGE):
                number = self._next
                self._next += 1
                if number != _LOCK_PAGE and not self._sums.hold(content[at : at + _PAGE], number):
                    return number
        return None

    def close(self) -> None:
        """After the connection was closed."""
        self._stream.close()
