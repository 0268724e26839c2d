"""The PC's clock, held against what the desk has seen.

A clock that was put back is told until it is right again, or until somebody who may says that it is: then it was wrong
before. What is written meanwhile carries the wrong time, so that the last change alone would tell nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import say
from postal_desk.store import audit, facts
from postal_desk.store.work import Work

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk

#: Fact of a desk: the row of the audit up to which the times are not believed.
_BELIEVED = "clock_believed"
_LOOKED_AT = 500  # newest rows; whoever has worked on for longer has seen the strip


def reached(work: Work, known: Mapping[str, str]) -> str:
    """The latest time at which something was saved, as far as the desk's times are believed; empty if nothing was."""
    return audit.latest_moment(work, int(known.get(_BELIEVED, "0")), _LOOKED_AT)


def believe_clock(desk: Desk) -> Changes:
    """Somebody says that the clock is right now: the times before are those of a wrong one."""
    with desk.work(write=True) as work:
        facts.write(work, {_BELIEVED: str(audit.end(work).number)})
        desk.record(work, "desk.clock_believed", "desk")
        work.commit()
    desk.reached = desk.moment()
    return Changes(settings=True, said=say("The clock of this PC counts as right now"))
