"""``python pins.py LOCK``: the entries of a lock that Windows wants, without their conditions.

pip judges conditions by the machine it runs on, also when it downloads for another system. Needs pip's own copy of
``packaging``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from pip._vendor.packaging.requirements import Requirement

WINDOWS = {
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
}


def main(lock: str) -> None:
    for entry in re.split(r"\n(?=\S)", Path(lock).read_text("utf-8").strip()):
        line, *hashes = (part.strip() for part in entry.split("\\\n"))
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(WINDOWS):
            print(" \\\n    ".join([f"{requirement.name}{requirement.specifier}", *hashes]))


if __name__ == "__main__":
    main(sys.argv[1])
