"""Fifty canary values go in as personal data; none may stand in clear in anything the program writes."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from postal_desk import logs
from postal_desk.domain.cases import Customer
from postal_desk.services import copies
from postal_desk.services.cases import add_cases, edit_case
from postal_desk.services.desk import open_desk
from postal_desk.services.drafts import save_draft
from postal_desk.settings import Settings
from tests.reliability.harness import Bench, Result, sample_case

CANARIES = 50


def canaries(bench: Bench) -> Result:
    """Looks through every file below the harness's folder: desk, log, copies, temp, settings, program logs."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR"):
        place = bench.folder / "places" / name.lower()
        place.mkdir(parents=True)
        os.environ[name] = str(place)
    tempfile.tempdir = None
    logs.start()
    folder = bench.desk_folder("desk")
    values = [f"金丝雀{bench.random.randrange(10**9):09d}" for _ in range(CANARIES)]
    bad = []
    with open_desk(folder) as desk:
        made = []
        for value in values:
            case = replace(
                sample_case(desk, f"事由{value}"),
                customer=Customer(name=value, phone=value[3:], address=value),
            )
            made += add_cases(desk, [replace(case, narrative=f"来电人{value}，电话{value[3:]}")]).cases
            save_draft(desk, value[3:6], "case", {"narrative": value})
        for number, value in zip(made, values, strict=True):
            edit_case(desk, number, {"subject": f"改{value}"})
        copies.make_copy(desk)
        copies.copy_to(desk, bench.folder / "places" / "out.postal-copy")
        try:
            with desk.work(write=True) as work:  # an error text goes into the log
                work.rows(
                    "INSERT INTO drafts (key, form, payload, saved_at) VALUES (?, '', NULL, '')", (values[0],)
                )
        except Exception as error:  # the log is what is looked at
            import logging

            logging.getLogger("canary").warning("it failed", exc_info=error)
        settings = Settings()
        settings["theme"] = "dark"
        looked = _search(bench.folder, values, bad)  # while the log of writes is full
    looked |= _search(bench.folder, values, bad)
    bench.tell(0)
    needed = {"desk.db", "desk.db-wal", "settings.json", "postal-desk.log", "out.postal-copy"}
    bad += [f"{name} was not there to be looked at" for name in sorted(needed - looked)]
    figure = f"{CANARIES} values, {len(looked)} kinds of files looked through, {len(bad)} found in clear"
    return Result(figure, "50 canary values: 0 in clear", tuple(bad))


def _search(root: Path, values: list[str], bad: list[str]) -> set[str]:
    looked = set()
    for path in (path for path in root.rglob("*") if path.is_file()):
        looked.add(path.name)
        content = path.read_bytes()
        for value in values:
            forms = (value.encode(), value.encode("utf-16-le"), value[3:].encode(), value.encode("gb18030"))
            if any(form in content for form in forms):
                bad.append(f"{path.relative_to(root)} holds a canary")
                break
    return looked
