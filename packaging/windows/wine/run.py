"""``python run.py SECONDS PROGRAM [ARGUMENT…]``: runs a program under Wine, passes on its output and its exit code.

All three standard handles are pipes: with a file or /dev/null, Wine gives Python handles that it can't use. It ends
when the program ends, not when its output is closed: whatever of Wine's own services the program was the first to need
keeps that open for as long as anything runs.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time

TIMED_OUT = 124


def main(seconds: str, *command: str) -> int:
    child = subprocess.Popen(
        ["wine", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.close()
    out, end = child.stdout.fileno(), time.monotonic() + float(seconds)
    while time.monotonic() < end:
        over = child.poll() is not None
        if not select.select([out], [], [], 0 if over else 0.1)[0]:
            if over:
                return child.returncode
        elif data := os.read(out, 65536):
            sys.stdout.buffer.write(data.replace(b"\r", b""))
            sys.stdout.buffer.flush()
        else:
            time.sleep(0.05)  # it has closed its output and goes on
            if over:
                return child.returncode
    child.kill()
    return TIMED_OUT


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
