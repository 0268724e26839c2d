"""The first run: what is known before there is a desk, and making the first desk whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postal_desk import paths
from postal_desk.domain.rules import Code, current
from postal_desk.domain.sentences import Label
from postal_desk.services import organisation, users
from postal_desk.services.demo import Stopped
from postal_desk.services.desk import Owner, create_desk, desk_exists
from postal_desk.services.starting_lists import StartingOutlet, StartingStaff
from postal_desk.store.faults import environment_faults, folder_in_use
from postal_desk.store.seeding import load_rules
from postal_desk.store.sharing import can_share, keep_shared, share

__all__ = ["Beginning", "KnownDivision", "ShippedWords", "begin", "can_share", "shipped_words"]

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class KnownDivision:
    """A division code in use, with the names of the divisions it lies in (``吉林省 吉林市``), itself left out."""

    code: str
    name: Label
    within: Label
    city: Label


@dataclass(frozen=True)
class ShippedWords:
    """What the first run offers to choose from, out of ``seeds/``."""

    divisions: tuple[KnownDivision, ...]
    outlet_kinds: Mapping[str, Code]
    positions: Mapping[str, Code]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A desk to be made. ``branch`` may be empty for a known code; ``actor`` is who works at it: with a ``password``
    the first user, a manager. ``shared``: everybody on this PC may write in the folder.
    """

    branch: str
    code: str
    letter: str = ""
    outlets: tuple[StartingOutlet, ...] = ()
    staff: tuple[StartingStaff, ...] = ()
    actor: str = ""
    password: str = ""
    shared: bool = False

    def __repr__(self) -> str:
        return f"Beginning({self.code}{self.letter}, …)"  # the password stays out of logs


def shipped_words(on: date) -> ShippedWords:
    """Divisions in code order, kinds of outlets, positions, as they hold on a day."""
    rules = load_rules(paths.seeds())
    names = {code: current(periods, on) for code, periods in rules.divisions.items()}
    held = {code: periods[0] for code, periods in names.items() if periods}

    def within(code: str) -> tuple[Label, ...]:
        parent = held[code].parent
        return (*within(parent), held[parent].name) if parent in held else ()

    divisions = []
    for code in sorted(held):
        above = within(code)
        joined = Label(" ".join(name.zh for name in above), ", ".join(name.en for name in reversed(above)))
        divisions.append(KnownDivision(code, held[code].name, joined, above[-1] if above else Label("", "")))
    return ShippedWords(
        tuple(divisions),
        {code.code: code for code in current(rules.codes["outlet_kinds"].values(), on)},
        {code.code: code for code in current(rules.codes["positions"].values(), on)},
    )


def begin(path: Path, wanted: Beginning, progress: Progress | None = None) -> str:
    """Make the desk with its outlets and staff, and close it. After a refusal, a fault or a stop nothing is left.
    Returns the recovery code, empty for a desk without a password.

    ``progress(done, total)`` is asked after each step and may return ``False`` to stop (:class:`Stopped`).
    Refuses a folder that holds something.
    """
    target = Path(path)
    with environment_faults(target):
        if desk_exists(target) or (target.exists() and any(target.iterdir())):
            raise folder_in_use(target)
        owner = users.checked_owner(wanted.actor, wanted.password) if wanted.password else None
        if wanted.shared:
            share(target.parent)  # before anything is made in it, so that all of it inherits the rights
        making = target.with_name(f".{target.name}.unfinished")
        shutil.rmtree(making, ignore_errors=True)  # of a making that was cut off
        try:
            making.mkdir(parents=True)  # here, so that a fault names the folder the user knows
            _make(making, wanted, owner, progress or (lambda _done, _total: True))
            if target.exists():
                target.rmdir()
            making.rename(target)
            if wanted.shared:
                share(target)
                keep_shared(target)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return owner.recovery_code if owner else ""


def _make(path: Path, wanted: Beginning, owner: Owner | None, progress: Progress) -> None:
    total = 1 + len(wanted.outlets) + len(wanted.staff)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if not progress(done, total):
            raise Stopped

    with create_desk(
        path, wanted.branch, wanted.code, letter=wanted.letter, actor=wanted.actor, owner=owner
    ) as desk:
        step()
        for outlet in wanted.outlets:
            organisation.add_outlet(desk, outlet.name, kind=outlet.kind, address=outlet.address)
            step()
        for person in wanted.staff:
            organisation.add_staff(desk, person.name, position=person.position, outlet=person.outlet)
            step()
