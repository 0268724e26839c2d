"""Kills while passwords are set and changed: the desk opens with the old one or the new one, never with neither."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from postal_desk.services import users
from postal_desk.services.access import Credential, has_password
from postal_desk.services.audit_log import verify_audit
from postal_desk.services.checking import check_desk
from postal_desk.services.desk import create_desk, open_desk
from postal_desk.services.faults import EnvironmentFault
from postal_desk.store import key_slots
from tests.reliability.harness import Bench, Child, Result

_NAME = "王芳"
_LONGEST = 0.03  # seconds: the whole change takes about 20 ms with keys that are quickly derived
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
        folder, number = bench.folder / "desk", 0
        shutil.copytree(template, folder)
        for trial in range(bench.trials):
            if trial % 3 == 2:
                bad += _first_password(bench, trial)
            else:
                number, wrong = _change(bench, folder, number, owner.recovery_code)
                bad += wrong
            bench.tell(trial)
    figure = f"{bench.trials} kills: {len(bad)} desks that neither password opens, or not in order"
    return Result(figure, "0", tuple(bad))


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


def _first_password(bench: Bench, trial: int) -> list[str]:
    folder = bench.desk_folder(f"open-{trial}")

    def work(say: Say) -> None:
        with open_desk(folder) as desk:
            say("open")
            users.protect(desk, _NAME, "first password")
            say("set")

    child = Child(work)
    child.first_line()
    child.kill_after(bench.random.uniform(0, _LONGEST))
    said = "set" in child.lines()
    protected = has_password(folder)  # a desk without one minds none
    opens = _opens(folder, Credential.password("first password", _NAME) if protected else None)
    shutil.rmtree(folder, ignore_errors=True)
    bad = [] if opens else [f"does not open {'with' if protected else 'without'} a password"]
    return [*bad, "said to have a password, and has none"] if said and not protected else bad


def _opens(folder: Path, credential: Credential | None) -> bool:
    """True if the desk opens and is in order."""
    try:
        with open_desk(folder, credential=credential) as desk:
            return verify_audit(desk).ok and not check_desk(desk) and not desk.notices
    except EnvironmentFault:
        return False
