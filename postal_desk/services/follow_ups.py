"""What somebody promised to come back to: steps with a follow-up date that nothing has followed yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postal_desk.services.desk import Desk
from postal_desk.store import step_queries


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One promise: the case, the day, what the step said. ``position`` is the step's place in the case, from 1."""

    number: str
    subject: str
    handler: str
    outlet: str
    position: int
    on: date
    text: str


def due_follow_ups(desk: Desk, until: date) -> list[FollowUp]:
    """Follow-ups due up to a day (inclusive), the oldest first.

    A follow-up is done when the case has a later step dated on its day or after, or is closed.
    """
    with desk.work() as work:
        rows = step_queries.open_follow_ups(work, until.isoformat())
    return [
        FollowUp(number, subject, handler or "", outlet or "", position, date.fromisoformat(on), text)
        for number, subject, handler, outlet, position, on, text in rows
    ]
