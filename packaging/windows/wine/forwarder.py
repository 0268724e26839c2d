"""``python forwarder.py python311.dll OUT.def``: a module definition that forwards each export of the library.

Extension modules of the stable interface ask for ``python3.dll``, which only passes on to ``python311.dll``; the wheel
that the interpreter comes from lacks it. Data has to be marked as such, and is told from code by the section it is in.
"""

from __future__ import annotations

import struct
import sys
from dataclasses import dataclass
from pathlib import Path

EXECUTABLE = 0x20000000


@dataclass(frozen=True)
class Section:
    """Where a part of the file lies once it is loaded."""

    start: int
    size: int
    raw: int
    executable: bool

    def holds(self, address: int) -> bool:
        return self.start <= address < self.start + self.size


class Library:
    """The export table of a 64-bit DLL, by the layout of Microsoft's "PE Format"."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        (header,) = struct.unpack_from("<I", content, 0x3C)
        count, optional = struct.unpack_from("<6xH12xH", content, header)
        table = header + 24 + optional
        self.sections = [self._section(table + 40 * index) for index in range(count)]
        (self.exports,) = struct.unpack_from("<I", content, header + 24 + 112)

    def _section(self, at: int) -> Section:
        size, start, raw_size, raw, flags = struct.unpack_from("<8xIIII12xI", self.content, at)
        return Section(start, max(size, raw_size), raw, bool(flags & EXECUTABLE))

    def _section_of(self, address: int) -> Section:
        return next(section for section in self.sections if section.holds(address))

    def _offset(self, address: int) -> int:
        section = self._section_of(address)
        return section.raw + address - section.start

    def names(self) -> list[tuple[str, bool]]:
        """Each exported name, and whether it is data."""
        count, functions, names, ordinals = struct.unpack_from(
            "<24xIIII", self.content, self._offset(self.exports)
        )
        found = []
        for index in range(count):
            (name,) = struct.unpack_from("<I", self.content, self._offset(names) + 4 * index)
            (ordinal,) = struct.unpack_from("<H", self.content, self._offset(ordinals) + 2 * index)
            (target,) = struct.unpack_from("<I", self.content, self._offset(functions) + 4 * ordinal)
            begin = self._offset(name)
            text = self.content[begin : self.content.index(0, begin)].decode("ascii")
            found.append((text, not self._section_of(target).executable))
        return found


def main(library: str, out: str) -> None:
    path = Path(library)
    lines = ['LIBRARY "python3.dll"', "EXPORTS"]
    for name, is_data in Library(path.read_bytes()).names():
        lines.append(f"  {name}={path.stem}.{name}{' DATA' if is_data else ''}")
    Path(out).write_text("\n".join(lines) + "\n", "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
