"""How long two commands take until their window is painted and until it has come to rest, and the ratio of that.

``python start_times.py [--rounds N] [--cold] NAME=COMMAND NAME=COMMAND`` on a screen of its own (DISPLAY). Seen from
outside, on the screen's pixels, so that a packaged program and the same from source are measured alike. The quickest of
several rounds counts, because whatever else the machine does only ever adds to it. With ``--cold`` (root only) the
system forgets the files it has read before each start.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shlex
import subprocess
import time
import zlib
from collections.abc import Callable
from pathlib import Path

AT_REST = 1.0  # seconds without a change
GIVE_UP = 180.0
PAUSE = 0.004
ALL_PLANES = 2**64 - 1
Z_PIXMAP = 2


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
    )


def screen_reader() -> Callable[[], int]:
    """A function that answers with a checksum of what the screen shows."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.restype = ctypes.c_ulong
    x.XDefaultRootWindow.argtypes = (ctypes.c_void_p,)
    x.XGetImage.restype = ctypes.POINTER(_Image)
    x.XGetImage.argtypes = (
        ctypes.c_void_p,
        ctypes.c_ulong,
        *(ctypes.c_int,) * 4,
        ctypes.c_ulong,
        ctypes.c_int,
    )
    x.XDisplayWidth.argtypes = x.XDisplayHeight.argtypes = (ctypes.c_void_p, ctypes.c_int)
    x.XDestroyImage.argtypes = (ctypes.POINTER(_Image),)
    display = x.XOpenDisplay(None)
    if not display:
        raise SystemExit("There is no display.")
    root = x.XDefaultRootWindow(display)
    width, height = x.XDisplayWidth(display, 0), x.XDisplayHeight(display, 0)

    def read() -> int:
        image = x.XGetImage(display, root, 0, 0, width, height, ALL_PLANES, Z_PIXMAP)
        pixels = ctypes.string_at(image.contents.data, width * height * 4)
        x.XDestroyImage(image)
        return zlib.adler32(pixels)

    return read


def start(command: list[str], read: Callable[[], int]) -> tuple[float, float]:
    """Seconds to the first change of the screen, and to the last one before it is at rest."""
    empty = before = read()
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    painted = changed = 0.0
    try:
        while (now := time.perf_counter() - began) < GIVE_UP:
            seen = read()
            if seen != before:
                before, changed = seen, now
                painted = painted or now
            if painted and now - changed > AT_REST:
                return painted, changed
            if child.poll() is not None:
                raise SystemExit(f"{command[0]} ended by itself")
            time.sleep(PAUSE)
    finally:
        child.kill()
        child.wait()
        while read() != empty:
            time.sleep(PAUSE)
    raise SystemExit(f"{command[0]} shows no window that comes to rest")


def forget_files() -> None:
    """Let every file be read from the disk again."""
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare how fast two commands show their window.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument(
        "--most", type=float, help="the largest ratio of the first to the second that is allowed"
    )
    parser.add_argument("commands", nargs=2, metavar="NAME=COMMAND")
    options = parser.parse_args()
    commands = dict(entry.split("=", 1) for entry in options.commands)
    read = screen_reader()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(options.rounds + 1):
        for name, command in commands.items():
            if options.cold:
                forget_files()
            taken = start(shlex.split(command), read)
            if turn or options.cold:  # the first round warms up
                times[name].append(taken)
    (first, second) = commands
    for index, what in enumerate(("first paint", "at rest")):
        ours, theirs = (min(taken[index] for taken in times[name]) for name in (first, second))
        ratio = ours / theirs
        print(f"{what}: {first} {ours:.2f} s, {second} {theirs:.2f} s, ratio {ratio:.2f}")
        if options.most and ratio > options.most:
            raise SystemExit(f"slower than {options.most} × {second}")


if __name__ == "__main__":
    main()
