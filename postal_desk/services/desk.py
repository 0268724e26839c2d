"""A desk: made, opened, and handed to every use case as its first argument."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from postal_desk import __version__, paths
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Sentence, say
from postal_desk.services import access, desk_clock, rights
from postal_desk.services.branches import Branch, checked_branch
from postal_desk.services.lost_work import forget, losses_in, note_loss, remember
from postal_desk.services.rules_upgrade import bring_rules_forward
from postal_desk.store import (
    attempts,
    audit,
    database,
    facts,
    files_beside,
    high_water,
    mask_words,
    numbers,
    rule_store,
)
from postal_desk.store.audit import Change
from postal_desk.store.audit_secrets import secrets_in
from postal_desk.store.copy_source import CopySource, Told, nothing_told
from postal_desk.store.faults import DiskFull, EnvironmentFault
from postal_desk.store.high_water import Mark
from postal_desk.store.kept_rules import KeptRules
from postal_desk.store.key_ring_file import Credential, Door, NewRing
from postal_desk.store.key_slots import Holder
from postal_desk.store.keys import DeskKey, FileKeyStore
from postal_desk.store.private_copy import reading_only
from postal_desk.store.uids import uuid7
from postal_desk.store.user_records import User
from postal_desk.store.work import AuditEnd, Work

__all__ = [
    "Branch",
    "Credential",
    "Desk",
    "EnvironmentFault",
    "Owner",
    "create_desk",
    "desk_exists",
    "open_desk",
]

_KEPT = KeptRules()
_UNSTEADY = timedelta(minutes=2)  # by which a clock may be set back without a word: some are set every hour


@dataclass(frozen=True)
class Owner:
    """The first user of a new desk, a manager, and the code that opens it when the password is forgotten."""

    name: str
    password: str
    recovery_code: str

    def __repr__(self) -> str:
        return f"Owner({self.name!r})"


class Desk:
    """An open desk. All calls come from the thread that opened it; :meth:`close` gives it up.

    ``actor`` is who works at it, for the audit: the ``user`` who logged in, at a desk without users whoever says so.
    ``today`` and ``now`` are the clock, which tests replace.
    """

    def __init__(
        self,
        base: database.Database,
        actor: str,
        today: Callable[[], date],
        now: Callable[[], datetime],
        user: User | None = None,
    ) -> None:
        self._base = base
        self.path = base.folder
        self.user = user
        self._actor = actor
        self.today = today
        self.now = now
        with self.work() as work:
            known = facts.read(work)
        self.branch = Branch(known["branch_name"], known["branch_code"], known["letter"])
        self.practice = known["practice"] == "1"
        self.id = known["desk_id"]
        self.audit_secrets = secrets_in(known)
        self.file_secret = files_beside.secret_in(known)
        self.rules = self._load_rules()
        self.losses = losses_in(known)
        with self.work() as work:
            self._end = audit.end(work)
            self.reached = desk_clock.reached(work, known)
        self._marked = False
        self._mark(self._end)
        base.tell_commits(self._mark)

    @property
    def actor(self) -> str:
        """Who works here, as the audit names them."""
        return self.user.name if self.user else self._actor

    @actor.setter
    def actor(self, name: str) -> None:
        if self.user is not None:
            raise RuntimeError("whoever logged in stays until somebody else does")
        self._actor = name

    @property
    def role(self) -> str:
        """The role that holds today; at a desk without users everybody has the manager's."""
        return rights.role_of(self.user, self.role_day)

    @property
    def role_day(self) -> date:
        """Today, but no day before something was saved: a clock that is put back lets nobody act as manager again."""
        return max(self.today(), date.fromisoformat(self.reached[:10])) if self.reached else self.today()

    @property
    def audit_secret(self) -> bytes:
        """What rows of the audit and marks are keyed with from now on."""
        return self.audit_secrets.now

    def may(self, action: str, kind: str = "") -> bool:
        """True if the role allows an action (``case.edit``), be it on own records only: for what a screen offers."""
        return rights.may(self.user, self.role_day, action, kind)

    def require(self, action: str, kind: str = "") -> None:
        """Raise a :class:`Refusal` if the role does not allow an action. Writes need not ask: :meth:`record` does."""
        rights.require(self.user, self.role_day, action, kind)

    @property
    def notices(self) -> tuple[Sentence, ...]:
        """What whoever works here has to know until it is accepted: saved work that is missing."""
        return tuple(loss.sentence(str(self.path)) for loss in self.losses)

    @property
    def read_only(self) -> Sentence | None:
        """Why nothing can be written in this desk at all, if so."""
        return reading_only(self.path).sentence if self._base.private is not None else None

    def clock_problem(self) -> Sentence | None:
        """What is wrong with the PC's clock, if it stands before something that was saved."""
        now = self.moment()
        if (self.now() + _UNSTEADY).isoformat(timespec="seconds") >= self.reached:
            return None
        return say(
            "The clock of this PC says {now}, but the last change was saved at {last}; set the clock, or dates and "
            "deadlines will be wrong",
            now=now[:16].replace("T", " "),
            last=self.reached[:16].replace("T", " "),
        )

    def read_on(self) -> bool:
        """Read the file through for a moment. False if a page of it is damaged (restore a copy then)."""
        return self._base.read_on() is None

    @property
    def rounds(self) -> int:
        """How often the file was read through since the opening."""
        return self._base.rounds

    @property
    def copies(self) -> CopySource:
        """What copies of this desk are drawn from."""
        return self._base.source

    def _mark(self, end: AuditEnd, *, synced: bool = False) -> None:
        """Keep beside the file how far the audit has come. What is saved stays saved if that fails: the mark is
        then too low, which hides a loss but never invents one, and the next commit tries again.
        """
        self._end, self.reached = end, max(self.reached, end.at)
        if self._base.private is not None:
            return
        mark = Mark(self.id, end)
        try:
            high_water.write(self.path, self.audit_secret, mark, synced=synced)
        except OSError:
            self._marked = False
        else:
            self._marked = synced
        if synced:
            remember(self.path, self.audit_secret, mark)

    def _load_rules(self) -> Rules:
        with self.work() as work:
            return replace(_KEPT.of(work, paths.seeds()), also_masked=mask_words.read(work))

    def reload_rules(self) -> None:
        """Read the rules again after one was edited."""
        self.rules = self._load_rules()

    def work(self, *, write: bool = False) -> AbstractContextManager[Work]:
        """One short transaction, rolled back unless the service commits. ``write`` for anything that changes."""
        return self._base.work(write=write)

    def moment(self) -> str:
        """Now, as records carry it: local, to the second."""
        return self.now().isoformat(timespec="seconds")

    def record(
        self,
        work: Work,
        action: str,
        kind: str,
        record: str = "",
        *,
        fields: Sequence[str] = (),
        count: int = 1,
        changes: Iterable[Change] = (),
    ) -> int:
        """Write the audit row (and the history behind it) of what this work changes; returns its id for undo.

        Raises a :class:`Refusal` if the role does not allow it; nothing is committed then.
        """
        changes = tuple(changes)
        rights.check(self.user, self.role_day, work, action, kind, changes)
        return audit.append(
            work,
            self.audit_secret,
            at=self.moment(),
            who=self.actor,
            action=action,
            kind=kind,
            record=record,
            fields=fields,
            count=count,
            changes=changes,
        )

    def change_key(
        self, key: DeskKey, keyring: str, fill: Callable[[Work], object], told: Told = nothing_told
    ) -> None:
        """Give the desk another key, together with what ``fill`` writes (other secrets may be among it): all of it or
        nothing.
        """
        try:
            self._base.change_key(key, keyring, fill, told)
        finally:  # it may have been cut off after the moment that counts
            with self.work() as work:
                known = facts.read(work)
            self.file_secret, self.audit_secrets = files_beside.secret_in(known), secrets_in(known)
        self._mark(self._end, synced=True)

    def checkpoint(self) -> None:
        """Empty the write-ahead log into the file: after half a minute without work, and before a copy."""
        self._base.checkpoint()
        if not self._marked:
            self._mark(self._end, synced=True)

    def close(self) -> None:
        """Give the desk up; harmless to call twice."""
        if not self._marked:
            self._mark(self._end, synced=True)
        self._base.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def desk_exists(path: Path) -> bool:
    """True if the folder holds a desk (which may still refuse to open)."""
    return database.exists(Path(path))


def create_desk(
    path: Path,
    branch_name: str,
    code: str,
    *,
    letter: str = "",
    practice: bool = False,
    actor: str = "",
    owner: Owner | None = None,
    today: Callable[[], date] | None = None,
    now: Callable[[], datetime] | None = None,
) -> Desk:
    """Make a desk in an empty folder, with the rules of ``seeds/`` and no other lists, and open it.

    ``branch_name`` may be empty for a division code that is known. Without an ``owner`` anybody on this PC can open
    it; the owner's name and password are checked by ``services.users``. Refuses a code that is not six digits, a letter
    that is not one of A to Z, and (:class:`EnvironmentFault`) a folder that holds something.
    """
    from postal_desk.store.seeding import load_rules  # parses the seeds, which an opening does not

    clock = now or datetime.now
    rules = load_rules(paths.seeds())
    day = today() if today else clock().date()
    branch = checked_branch(rules, branch_name, code, letter, day)

    def fill(work: Work) -> None:
        facts.write(
            work,
            {
                "desk_id": uuid7().hex(),
                "branch_name": branch.name,
                "branch_code": branch.code,
                "letter": branch.letter,
                "practice": str(int(practice)),
                "audit_secret": secrets.token_hex(32),
                "created_at": clock().isoformat(timespec="seconds"),
                "made_by": __version__,
                "seeds": rule_store.seeds_digest(paths.seeds()),
            },
        )
        numbers.series_id(work, branch.prefix)
        rule_store.fill(work, rules)

    forget(Path(path))
    if owner is None:
        database.create(Path(path), clock(), fill, FileKeyStore)
        return open_desk(path, actor=actor, today=today, now=now)
    holder = Holder(uuid7().hex(), owner.name)  # the first opening makes the user (access.admitted)
    database.create(
        Path(path), clock(), fill, lambda file: NewRing(file, holder, owner.password, owner.recovery_code)
    )
    return open_desk(path, credential=Credential.password(owner.password, owner.name), today=today, now=now)


def open_desk(
    path: Path,
    *,
    actor: str = "",
    credential: Credential | None = None,
    how: str = "",
    today: Callable[[], date] | None = None,
    now: Callable[[], datetime] | None = None,
    told: Told = nothing_told,
) -> Desk:
    """Open the desk of a folder, brought up to this program's schema and rules.

    ``credential`` is who wants in, ``how`` what the audit says of the way (``window``). A desk without users asks for
    neither, and takes ``actor`` at their word. ``told`` hears how far the copy is that is made before an older desk is
    brought up. A desk that can't be written, or whose disk is full, opens for reading. Raises
    :class:`EnvironmentFault`: no desk, open elsewhere, on a network or removable drive, password needed or wrong,
    written by a newer program, damaged, wrong key.
    """
    clock = now or datetime.now
    day = today or (lambda: clock().date())
    door = Door(Path(path), credential, clock())
    base = database.open_database(Path(path), clock(), door, told)
    try:
        user = access.admitted(base, door.opened)
        who = user.name if user else actor
        with suppress(DiskFull):  # then it is read only, and says so
            note_loss(base, who, clock())
            user = _come_in(base, door, user, how, who, clock)
        base.only_with_room()
        return Desk(base, actor, day, clock, user)
    except BaseException:
        base.close()
        raise


def _come_in(
    base: database.Database,
    door: Door,
    user: User | None,
    how: str,
    who: str,
    clock: Callable[[], datetime],
) -> User | None:
    """Write down who came in and bring the rules forward, in one commit, which proves that the desk can be written."""
    with base.work(write=True) as work:
        secret = secrets_in(facts.read(work)).now
        if user is not None and door.opened is not None:
            user = access.note_entry(work, base.folder, secret, user, door.opened, clock(), how)
        bring_rules_forward(work, who, clock())
        work.commit()
    if user is not None:
        attempts.settle(base.folder, door.name, clock())
    return user
