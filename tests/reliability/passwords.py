"""Kills while passwords are set and changed: the desk opens with the old one or the new one, never with neither."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from postal_desk.services import users
from postal_desk.services.access import Credential, has_password
from postal_desk.services.attachment_check import check_attachments, tidy
from postal_desk.services.audit_log import verify_audit
from postal_desk.services.cases import add_cases
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.store import engine, key_slots
from postal_desk.store.keys import DeskKey
from tests.reliability.harness import (
    CONTENT,
    Bench,
    Child,
    Result,
    attach,
    attached,
    hold,
    sample_case,
    subjects,
)

_NAME = "王芳"
_LONGEST = 0.03  # seconds: the whole change takes about 20 ms with keys that are quickly derived
_BEYOND = 2.0  # of the time that the first password takes here, which writes database and attachments anew
Say = Callable[[str], None]


@contextmanager
def _quick_keys() -> Iterator[None]:
    """Keys derived in a millisecond, so that the kills fall on the writing."""
    kept = key_slots.OPERATIONS, key_slots.MEMORY
    key_slots.OPERATIONS, key_slots.MEMORY = 1, 8192
    try:
        yield
    finally:
        key_slots.OPERATIONS, key_slots.MEMORY = kept


def changing(bench: Bench) -> Result:
    """Two of three trials change a user's password, the third gives a desk its first one."""
    bad: list[str] = []
    with _quick_keys():
        owner = users.checked_owner(_NAME, "password 0")
        template = bench.folder / "protected"
        create_desk(template, "船营区分公司", "220204", owner=owner).close()
        folder, number, with_it, takes = bench.folder / "desk", 0, 0, _takes(bench)
        shutil.copytree(template, folder)
        for trial in range(bench.trials):
            if trial % 3 == 2:
                protected, wrong = _first_password(bench, trial, takes)
                with_it += protected
                bad += wrong
            else:
                number, wrong = _change(bench, folder, number, owner.recovery_code)
                bad += wrong
            bench.tell(trial)
    first = bench.trials // 3
    figure = (
        f"{bench.trials} kills, {first} of them while a desk got its first password and with it another key "
        f"({with_it} times it had it): {len(bad)} desks that neither password opens, or not in order"
    )
    goal = "the old password or the new one, in order; with the first one never the key of before"
    return Result(figure, goal, tuple(bad))


def _change(bench: Bench, folder: Path, number: int, code: str) -> tuple[int, list[str]]:
    old, new = f"password {number}", f"password {number + 1}"

    def work(say: Say) -> None:
        with open_desk(folder, credential=Credential.password(old, _NAME)) as desk:
            say("open")
            users.change_password(desk, old, new)
            say("changed")

    child = Child(work)
    child.first_line()
    child.kill_after(bench.random.uniform(0, _LONGEST))
    said = "changed" in child.lines()
    opened = [password for password in (new, old) if _opens(folder, Credential.password(password, _NAME))]
    bad = [] if len(opened) == 1 else [f"{opened} open it"]
    if said and opened != [new]:
        bad.append("said to be changed, and is not")
    if not _opens(folder, Credential.recovery(code)):
        bad.append("the recovery code does not open it")
    return number + (opened == [new]), bad


def _takes(bench: Bench) -> float:
    """How long the first password takes here."""
    folder, _key = _open_desk(bench, "timed")
    with open_desk(folder) as desk:
        began = time.monotonic()
        users.protect(desk, _NAME, "first password")
        return time.monotonic() - began


def _open_desk(bench: Bench, name: str) -> tuple[Path, DeskKey]:
    """A desk without a password, with cases and a file, and its key."""
    folder = bench.desk_folder(name)
    with open_desk(folder) as desk:
        add_cases(desk, [sample_case(desk, f"k{at}") for at in range(20)])
        attach(desk)
        return folder, desk.copies.key


def _first_password(bench: Bench, trial: int, takes: float) -> tuple[bool, list[str]]:
    """Killed while a desk without a password gets one: it opens without, or with it and under another key."""
    folder, old = _open_desk(bench, f"open-{trial}")

    def work(say: Say) -> None:
        with open_desk(folder) as desk:
            say("open")
            users.protect(desk, _NAME, "first password")
            say("set")
            hold()

    child = Child(work)
    child.first_line()
    child.kill_after(bench.random.uniform(0, _BEYOND * takes))
    said = "set" in child.lines()
    protected = has_password(folder)  # before anybody tidies up
    bad = _in_order(folder, Credential.password("first password", _NAME) if protected else None)
    if said and not protected:
        bad.append("said to have a password, and has none")
    if protected and _fits(folder, old):
        bad.append("has a password, and the key of before opens it")
    bad += [f"left {path.name}" for path in folder.glob("*.next*")]
    bad += [f"in clear: {path.name}" for path in folder.rglob("*") if path.is_file() and _shows(path)]
    shutil.rmtree(folder, ignore_errors=True)
    return protected, bad


def _in_order(folder: Path, credential: Credential | None) -> list[str]:
    if not _opens(folder, credential):
        return [f"does not open {'with' if credential else 'without'} a password"]
    with open_desk(folder, credential=credential) as desk:
        if len(subjects(desk)) != 20 or attached(desk) != CONTENT:
            return ["a case or an attachment is not there any more"]
        tidy(desk)
        return [str(problem.what) for problem in check_attachments(desk).problems]


def _fits(folder: Path, key: DeskKey) -> bool:
    try:
        engine.connect(folder / "desk.db", key).close()
    except EnvironmentFault:
        return False
    return True


def _shows(file: Path) -> bool:
    content = file.read_bytes()
    return "挂号信".encode() in content or b"SQLite format 3" in content or CONTENT[:2000] in content


def _opens(folder: Path, credential: Credential | None) -> bool:
    """True if the desk opens and is in order."""
    try:
        with open_desk(folder, credential=credential) as desk:
            return verify_audit(desk).ok and not check_desk(desk) and not desk.notices
    except EnvironmentFault:
        return False
