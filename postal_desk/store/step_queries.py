"""Questions about the steps of many cases."""

from __future__ import annotations

from typing import Any

from postal_desk.store.work import Work

_OPEN_FOLLOW_UPS = """
SELECT cases.number, cases.subject, staff.name, outlets.name, steps.position, steps.follow_up_on, steps.text
FROM steps INDEXED BY ix_steps_follow_up
CROSS JOIN cases ON cases.id = steps.case_id
LEFT JOIN outlets ON outlets.id = cases.outlet_id
LEFT JOIN staff ON staff.id = cases.handler_id
WHERE steps.follow_up_on IS NOT NULL AND steps.follow_up_on <= ?
  AND cases.closed_on IS NULL AND cases.deleted_at IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM steps AS later
    WHERE later.case_id = steps.case_id AND later.position > steps.position
      AND substr(later.at, 1, 10) >= steps.follow_up_on
  )
ORDER BY steps.follow_up_on, cases.sort_key, steps.position
"""


def open_follow_ups(work: Work, until: str) -> list[Any]:
    """Number, subject, handler, outlet, position, day and text of the follow-ups that nothing has followed."""
    return list(work.rows(_OPEN_FOLLOW_UPS, (until,)))
