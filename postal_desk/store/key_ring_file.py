"""The file of the wrapped keys beside the database, and opening a desk with what somebody knows.

A desk without users keeps its bare key in the same file; the file's first character tells which it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from postal_desk.store import attempts, faults
from postal_desk.store.durable import replace_file
from postal_desk.store.faults import environment_faults
from postal_desk.store.key_slots import (
    BRANCH,
    PASSWORD,
    RECOVERY,
    Holder,
    KeyRing,
    Opened,
    Slot,
    SpoiltRing,
    read_ring,
    unseal,
    unwrap,
    well_typed,
    wrap,
)
from postal_desk.store.keys import KEY, DeskKey, FileKeyStore, key_file, key_in, new_key


@dataclass(frozen=True, slots=True)
class Credential:
    """What somebody knows: a password (``user`` may be left out), a recovery code, or the branch's private key."""

    kind: str
    secret: str = ""
    user: str = ""
    private_key: bytes = b""

    def __repr__(self) -> str:
        return f"Credential({self.kind}, {self.user!r})"  # the secret stays out of logs

    @classmethod
    def password(cls, secret: str, user: str = "") -> Credential:
        """A password."""
        return cls(PASSWORD, secret, user)

    @classmethod
    def recovery(cls, code: str) -> Credential:
        """The recovery code."""
        return cls(RECOVERY, code)

    @classmethod
    def branch(cls, private_key: bytes) -> Credential:
        """The private key of the city branch."""
        return cls(BRANCH, private_key=private_key)


def ring_of(folder: Path) -> KeyRing | None:
    """The slots of a desk, ``None`` for one that opens without a password.

    Raises :class:`~postal_desk.store.faults.WrongKey` for a file that is neither.
    """
    text = ring_text(folder)
    return _read(text, folder) if text else None


def ring_text(folder: Path) -> str:
    """The file's text if it holds slots, else empty."""
    with environment_faults(folder):
        try:
            text = key_file(folder).read_bytes().decode()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""
    return text if text.startswith("{") else ""


def _read(text: str, folder: Path) -> KeyRing:
    try:
        return read_ring(text)
    except SpoiltRing as error:
        raise faults.no_key(folder) from error


def write_ring(folder: Path, ring: KeyRing) -> None:
    """Put the slots in the file's place, durably: whoever reads finds the old file or the new one, never a part."""
    with environment_faults(folder):
        replace_file(folder / KEY, ring.text().encode(), synced=True, mode=0o600)


class NewRing:
    """Makes the first slots of a desk in a file: of its first user and of the recovery code."""

    def __init__(self, file: Path, holder: Holder, password: str, code: str) -> None:
        self.file = file
        self._holder, self._password, self._code = holder, password, code

    def create(self) -> DeskKey:
        """Draw a key, wrap it, keep it durably."""
        key = new_key()
        ring = first_ring(key, self._holder, self._password, self._code)
        replace_file(self.file, ring.text().encode(), synced=True, mode=0o600)
        return key

    def load(self) -> DeskKey:
        """What :meth:`create` kept."""
        opened = unlock(
            _read(self.file.read_text("utf-8"), self.file.parent), self.file.parent, self._credential
        )
        return opened.key

    def content(self) -> str:
        """What :meth:`create` kept, as it is."""
        return self.file.read_text("utf-8")

    @property
    def _credential(self) -> Credential:
        return Credential.password(self._password, self._holder.name)


def first_ring(key: DeskKey, holder: Holder, password: str, code: str) -> KeyRing:
    """The slots of a desk that gets its first user."""
    ring = KeyRing(key.salt.hex())
    return ring.put(wrap(key, PASSWORD, password, holder)).put(wrap(key, RECOVERY, code))


class Door:
    """Gives the key of a desk to who may have it: the bare key where there are no users, else for a credential.

    Wrong passwords are counted beside the key (see :mod:`~postal_desk.store.attempts`). ``opened`` tells afterwards
    whose slot it was, ``None`` without one.
    """

    def __init__(self, folder: Path, credential: Credential | None, now: datetime) -> None:
        self.folder = folder
        self._credential, self._now = credential, now
        self.name = ""  # at which door the credential knocked, as attempts are counted
        self.opened: Opened | None = None

    def create(self) -> DeskKey:
        """A door makes no key."""
        raise RuntimeError("a desk that is there keeps its key")

    def content(self) -> str:
        """The key file as it is: a copy opens with what opens the desk."""
        return key_file(self.folder).read_text("utf-8")

    def load(self) -> DeskKey:
        """The key, or the fault that says why not."""
        ring = ring_of(self.folder)
        if ring is None:
            return FileKeyStore(key_file(self.folder)).load()
        if self._credential is None:
            raise faults.password_needed(self.folder, _names(ring))
        self.name, user = door_of(ring, self._credential)
        attempts.check(self.folder, self.name, self._now)
        try:
            self.opened = unlock(ring, self.folder, self._credential)
        except faults.WrongPassword:
            attempts.note(self.folder, self.name, user, self._now)
            raise
        if self.opened.key.salt.hex() != ring.salt:
            raise faults.no_key(self.folder)
        return self.opened.key


def door_of(ring: KeyRing, credential: Credential) -> tuple[str, str]:
    """At which door a credential knocks, for counting: a user's uid and name, ``?`` for a user who is none here,
    ``*`` for a password without a name, else the kind.
    """
    if credential.kind != PASSWORD:
        return credential.kind, ""
    slots = wanted_slots(ring, credential)
    if len(slots) == 1:
        return slots[0].holder, slots[0].name
    return ("?" if credential.user else "*"), ""


def wanted_slots(ring: KeyRing, credential: Credential) -> tuple[Slot, ...]:
    """The slots that a credential may open: those of its kind, and of the user if it names one."""
    slots = tuple(slot for slot in ring.slots if slot.kind == credential.kind)
    if credential.kind == PASSWORD and credential.user:
        return tuple(slot for slot in slots if slot.name == credential.user)
    return slots


def unlock(ring: KeyRing, place: Path, credential: Credential) -> Opened:
    """What the credential opens. Raises :class:`~postal_desk.store.faults.WrongPassword`."""
    slots = wanted_slots(ring, credential)
    if credential.kind == PASSWORD and credential.user and not slots:
        raise faults.no_such_user(place, credential.user, [holder.name for holder in ring.holders])
    if credential.kind == RECOVERY and not well_typed(credential.secret):
        raise faults.mistyped_code()
    if (
        credential.kind == PASSWORD
        and not credential.user
        and well_typed(credential.secret)
        and ring.recovery
    ):
        # A field that takes a password of whoever it is takes the recovery code too.
        slots = (ring.recovery, *slots)
    for slot in slots:
        opened = _tried(slot, credential)
        if opened is not None:
            return opened
    raise faults.wrong_secret(place, credential.kind)


def _tried(slot: Slot, credential: Credential) -> Opened | None:
    if slot.kind == BRANCH:
        return unseal(slot, credential.private_key)
    return unwrap(slot, credential.secret)


def copy_key(copy: Path, keyring: str, credential: Credential | None) -> DeskKey:
    """The key of a copy out of the key file it carries: its bare key, or that of the slot the credential opens.

    Wrong passwords are counted as long as the program runs: a copy is a file, there is nowhere beside it to keep them.
    """
    bare = key_in(keyring)
    if bare is not None:
        return bare
    ring = _read(keyring, copy)
    if credential is None:
        raise faults.password_needed(copy)
    door, user = door_of(ring, credential)
    attempts.check(copy, door, datetime.now())
    try:
        return unlock(ring, copy, credential).key
    except faults.WrongPassword:
        attempts.note(copy, door, user, datetime.now())
        raise


def names_in(folder: Path) -> tuple[str, ...]:
    """Who may log in at a desk, before it is open; empty for one without a password."""
    ring = ring_of(folder)
    return () if ring is None else _names(ring)


def _names(ring: KeyRing) -> tuple[str, ...]:
    return tuple(holder.name for holder in ring.holders)
