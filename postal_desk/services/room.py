"""How much room the desk's disk has, whether it keeps what is saved, and the reserve that gets a desk out of a full
one.
"""

from __future__ import annotations

from dataclasses import dataclass

from postal_desk.domain.sentences import Sentence
from postal_desk.services.desk import Desk
from postal_desk.store import faults, places, room

__all__ = ["RoomState", "keep_reserve", "not_kept", "room_state", "use_reserve"]


@dataclass(frozen=True, slots=True)
class RoomState:
    """``low``: time to say so; ``gone``: read only until there is room; ``reserve``: there is one to give up."""

    free: int
    low: bool
    gone: bool
    reserve: bool


def room_state(desk: Desk) -> RoomState:
    """The room on the desk's disk."""
    with faults.environment_faults(desk.path):
        found = room.room_of(desk.path)
        reserve = room.has_reserve(desk.path)
        return RoomState(found.free, found.low, found.gone(with_reserve=reserve), reserve)


def not_kept(desk: Desk) -> Sentence | None:
    """Why all of the desk is lost when the PC is switched off, if so; a practice desk has nothing to lose."""
    return None if desk.practice else places.in_memory(desk.path)


def keep_reserve(desk: Desk) -> None:
    """Make the reserve where there is room to spare; without it a full disk is only harder to leave."""
    if desk.read_only is None:
        with faults.environment_faults(desk.path):
            room.keep_reserve(desk.path)


def use_reserve(desk: Desk) -> RoomState:
    """Give the reserve up, so that what stands in an open form can be saved. The room afterwards."""
    with faults.environment_faults(desk.path):
        room.give_reserve(desk.path)
    return room_state(desk)
