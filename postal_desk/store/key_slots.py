"""The key of a desk, wrapped once for each who may open it: by a password, by the recovery code, for the city branch.

Each slot's box holds the key together with whose slot it is, so that a slot that is moved or renamed in the file opens
for nobody else. Argon2id makes guessing dear; the figures stand in the slot, so that they can be raised later.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from postal_desk.store.keys import DeskKey

FORMAT = "postal-desk-keys 1"
PASSWORD, RECOVERY, BRANCH = "password", "recovery", "branch"
SALT_BYTES = 16
OPERATIONS, MEMORY = 3, 64 * 1024 * 1024
_MOST_OPERATIONS, _MOST_MEMORY = 20, 1024 * 1024 * 1024  # a forged file must not stop the PC
_MOST_SLOTS = 200

# Without letters and digits that are mistaken for one another on paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("ILOU", "110V")
_CODE_LENGTH, _GROUP = 25, 5  # 24 random characters (120 bits) and one that tells a slip of the pen


class SpoiltRing(ValueError):
    """The text is no set of slots."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose slot: the user's uid (hexadecimal) and name; both empty for the recovery code."""

    uid: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """The key in one box. ``confirmed``: the recovery code was asked back and typed right."""

    kind: str
    holder: str
    name: str
    salt: str
    operations: int
    memory: int
    box: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What a slot gave: the key, whose slot, of which kind, and the salt that tells this slot from a later one."""

    key: DeskKey
    holder: Holder
    kind: str
    slot: str

    def __repr__(self) -> str:
        return f"Opened({self.kind}, {self.holder})"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All slots of a desk, and the salt its database file begins with."""

    salt: str
    slots: tuple[Slot, ...] = ()

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Who has a password, in the order in which they got it."""
        return tuple(Holder(slot.holder, slot.name) for slot in self.slots if slot.kind == PASSWORD)

    @property
    def recovery(self) -> Slot | None:
        """The slot of the recovery code."""
        return next((slot for slot in self.slots if slot.kind == RECOVERY), None)

    def put(self, slot: Slot) -> KeyRing:
        """With this slot in place of the same holder's of the same kind."""
        kept = tuple(s for s in self.slots if (s.kind, s.holder) != (slot.kind, slot.holder))
        return replace(self, slots=(*kept, slot))

    def without(self, holder: str) -> KeyRing:
        """Without the password of one user."""
        return replace(self, slots=tuple(s for s in self.slots if (s.kind, s.holder) != (PASSWORD, holder)))

    def text(self) -> str:
        """As it is kept in the file and in each copy."""
        content = {"format": FORMAT, "salt": self.salt, "slots": [asdict(slot) for slot in self.slots]}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_ring(text: str) -> KeyRing:
    """The slots in a text. Raises :class:`SpoiltRing`."""
    try:
        content = json.loads(text)
        if content["format"] != FORMAT or len(content["slots"]) > _MOST_SLOTS:
            raise SpoiltRing
        slots = tuple(_slot(given) for given in content["slots"])
        if len(bytes.fromhex(content["salt"])) != 16:
            raise SpoiltRing
        return KeyRing(content["salt"], slots)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SpoiltRing from error


def _slot(given: Mapping[str, Any]) -> Slot:
    slot = Slot(**given)
    for name, kind in Slot.__annotations__.items():
        if type(getattr(slot, name)).__name__ != kind:
            raise SpoiltRing
    bytes.fromhex(slot.salt), bytes.fromhex(slot.box)
    if slot.kind != BRANCH and not (
        0 < slot.operations <= _MOST_OPERATIONS
        and 8192 <= slot.memory <= _MOST_MEMORY
        and len(slot.salt) == 2 * SALT_BYTES
    ):
        raise SpoiltRing
    return slot


def wrap(key: DeskKey, kind: str, secret: str, holder: Holder = Holder()) -> Slot:
    """A slot that ``secret`` opens: a password as it was typed, or a recovery code."""
    from postal_desk.store import boxes

    salt = secrets.token_bytes(SALT_BYTES)
    box = boxes.lock(_derived(kind, secret, salt, OPERATIONS, MEMORY), _content(key, kind, holder))
    return Slot(kind, holder.uid, holder.name, salt.hex(), OPERATIONS, MEMORY, box.hex())


def unwrap(slot: Slot, secret: str) -> Opened | None:
    """What the slot holds, ``None`` if the secret does not open it."""
    from postal_desk.store import boxes

    derived = _derived(slot.kind, secret, bytes.fromhex(slot.salt), slot.operations, slot.memory)
    return _opened(boxes.unlock(derived, bytes.fromhex(slot.box)), slot)


def seal(key: DeskKey, public_key: bytes, name: str) -> Slot:
    """A slot that only the holder of the private key opens: the city branch, whose ``name`` it carries."""
    from postal_desk.store import boxes

    box = boxes.seal(public_key, _content(key, BRANCH, Holder("", name)))
    return Slot(BRANCH, "", name, "", 0, 0, box.hex())


def unseal(slot: Slot, private_key: bytes) -> Opened | None:
    """What a sealed slot holds, ``None`` if the private key is another one."""
    from postal_desk.store import boxes

    return _opened(boxes.unseal(private_key, bytes.fromhex(slot.box)), slot)


def _derived(kind: str, secret: str, salt: bytes, operations: int, memory: int) -> bytes:
    from postal_desk.store import boxes

    words = normal_code(secret) if kind == RECOVERY else normal_password(secret)
    return boxes.derived(words.encode(), salt, operations, memory)


def _content(key: DeskKey, kind: str, holder: Holder) -> bytes:
    content = {"key": key.key.hex(), "salt": key.salt.hex(), "kind": kind, **asdict(holder)}
    return json.dumps(content, ensure_ascii=False).encode()


def _opened(content: bytes | None, slot: Slot) -> Opened | None:
    if content is None:
        return None
    try:
        held = json.loads(content)
    except ValueError:
        return None
    if (held["kind"], held["uid"]) != (slot.kind, slot.holder):
        return None  # the box of somebody else
    key = DeskKey(bytes.fromhex(held["key"]), bytes.fromhex(held["salt"]))
    return Opened(key, Holder(held["uid"], held["name"]), slot.kind, slot.salt)


def normal_password(password: str) -> str:
    """The same characters whatever input method typed them (full-width letters, composed accents)."""
    return unicodedata.normalize("NFKC", password)


def new_code() -> str:
    """A recovery code as it is printed: five groups of five."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH - 1))
    whole = drawn + _check(drawn)
    return "-".join(whole[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def normal_code(typed: str) -> str:
    """A typed recovery code without what does not matter: case, blanks, hyphens, letters mistaken for digits."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    return "".join(letter for letter in plain if letter in _ALPHABET)


def well_typed(typed: str) -> bool:
    """True if the code's last character fits the others: tells a slip of the pen from another desk's code."""
    plain = normal_code(typed)
    return len(plain) == _CODE_LENGTH and _check(plain[:-1]) == plain[-1]


def _check(drawn: str) -> str:
    # Weights that are odd are prime to 32: every single wrong character, and most swaps of neighbours, are noticed.
    weighed = sum((2 * at + 1) * _ALPHABET.index(letter) for at, letter in enumerate(drawn))
    return _ALPHABET[weighed % len(_ALPHABET)]
