"""What stands in the program's way and is no bug: the outer layers learn of it here, not from the store."""

from postal_desk.store.faults import (
    DamagedDesk,
    DeskClosed,
    DeskLocked,
    EnvironmentFault,
    NoDesk,
    PasswordNeeded,
    TooManyTries,
    WrongKey,
    WrongPassword,
    fault_of,
)
from postal_desk.store.places import UnfitPlace

__all__ = [
    "DamagedDesk",
    "DeskClosed",
    "DeskLocked",
    "EnvironmentFault",
    "NoDesk",
    "PasswordNeeded",
    "TooManyTries",
    "UnfitPlace",
    "WrongKey",
    "WrongPassword",
    "fault_of",
]
