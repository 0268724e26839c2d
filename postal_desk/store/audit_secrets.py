"""The secrets that the audit's digests and the high-water mark are keyed with.

A desk without a password keeps its secret where anybody at the PC can read it, and so do the copies made then. With the
first password another one takes over, for every row and mark to come: whoever kept the old one can neither guess values
behind later rows nor write a mark that hides a rollback. Rows written before can't be written again, so the secret that
they were written with stays for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

_NOW, _BEFORE = "audit_secret", "audit_secrets_before"


@dataclass(frozen=True, slots=True)
class AuditSecrets:
    """``now`` is for what is written; ``before`` holds the last row of each earlier secret with it, oldest first."""

    now: bytes
    before: tuple[tuple[int, bytes], ...] = ()

    def of_row(self, number: int) -> bytes:
        """The secret with which a row of the audit was written."""
        return next((secret for last, secret in self.before if number <= last), self.now)

    @property
    def first(self) -> bytes:
        """The one that the desk was made with, for what has to be known again later."""
        return self.before[0][1] if self.before else self.now

    def before_mark(self, end: int) -> bytes | None:
        """The secret of a mark that a cut off change left: the audit still ends where the change was made."""
        return self.before[-1][1] if self.before and self.before[-1][0] == end else None

    def __repr__(self) -> str:
        return f"AuditSecrets({len(self.before)} before)"


def secrets_in(known: Mapping[str, str]) -> AuditSecrets:
    """Those of a desk with these facts."""
    before = json.loads(known.get(_BEFORE, "[]"))
    return AuditSecrets(
        bytes.fromhex(known[_NOW]), tuple((int(last), bytes.fromhex(text)) for last, text in before)
    )


def renewed(known: Mapping[str, str], last: int, secret: bytes) -> dict[str, str]:
    """The facts that bring another secret, for every row after ``last``."""
    old = secrets_in(known)
    before = [(number, text.hex()) for number, text in (*old.before, (last, old.now))]
    return {_NOW: secret.hex(), _BEFORE: json.dumps(before)}
