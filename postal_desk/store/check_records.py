"""What was ticked in the checklists of cases."""

from __future__ import annotations

from postal_desk.store.work import Work


def of_case(work: Work, case_id: int) -> dict[str, tuple[str, str]]:
    """The ticked lines of a case by key: when, and by whom."""
    found = work.rows("SELECT item, at, who FROM case_checks WHERE case_id = ?", (case_id,))
    return {item: (at, who) for item, at, who in found}


def put(work: Work, case_id: int, item: str, at: str, who: str) -> None:
    """Tick a line."""
    work.rows(
        "INSERT INTO case_checks (case_id, item, at, who) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (case_id, item) DO UPDATE SET at = excluded.at, who = excluded.who",
        (case_id, item, at, who),
    )


def remove(work: Work, case_id: int, item: str) -> None:
    """Take a tick away."""
    work.rows("DELETE FROM case_checks WHERE case_id = ? AND item = ?", (case_id, item))
