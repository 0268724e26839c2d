"""Personal data shown in clear on the screen: allowed to whoever works here, and written down."""

from __future__ import annotations

from postal_desk.services.desk import Desk


def note_unmasked(desk: Desk, number: str, *what: str) -> None:
    """Somebody looked at the personal data of one case; ``what`` are the parts (``customer``, ``items``, ``form``)."""
    with desk.work(write=True) as work:
        desk.record(work, "case.unmask", "case", number, fields=what)
        work.commit()
