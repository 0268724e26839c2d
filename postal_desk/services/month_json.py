"""Closed months and their contradictions as the command line's JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from postal_desk import i18n
from postal_desk.domain.contradictions import ERROR, Contradiction
from postal_desk.domain.periods import Month
from postal_desk.reports.month_differences import Difference
from postal_desk.reports.summary_json import summary_to_json
from postal_desk.services.desk import Desk
from postal_desk.services.months import Revision, figures, month_state


def check_to_json(month: Month, found: Sequence[Contradiction]) -> dict[str, Any]:
    """What is open in a month; ``ok`` if nothing but notices."""
    return {
        "month": str(month),
        "ok": not any(one.level == ERROR for one in found),
        "open": [
            {
                "code": one.code,
                "level": one.level,
                "what": i18n.tell(one.what),
                "record": {"kind": one.kind, "number": one.number},
            }
            for one in found
        ],
    }


def state_to_json(desk: Desk, month: Month) -> dict[str, Any]:
    """A month with its frozen figures (while it is open: those of today), revisions and differences."""
    state = month_state(desk, month)
    closing = state.closing
    return {
        "month": str(month),
        "state": state.state,
        "number": closing.number if closing else None,
        "revision": closing.revision if closing else None,
        "closed_at": closing.closed_at if closing else None,
        "closed_by": closing.closed_by if closing else None,
        "hash": closing.hash if closing else None,
        "audit": {"number": closing.audit_number, "head": closing.audit_head} if closing else None,
        "figures": summary_to_json(figures(desk, month), i18n.language()),
        "differences": _differences(state.differences),
        "moved_by_later_work": [one.path for one in state.differences if one.later],
        "revisions": [_revision(revision) for revision in state.revisions],
    }


def _revision(revision: Revision) -> dict[str, Any]:
    closing = revision.closing
    return {
        "revision": closing.revision,
        "closed_at": closing.closed_at,
        "closed_by": closing.closed_by,
        "reason": closing.reason,
        "hash": closing.hash,
        "differences": _differences(revision.differences),
    }


def _differences(found: Sequence[Difference]) -> list[dict[str, str]]:
    return [
        {
            "figure": one.path,
            "name": i18n.tell(one.name),
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]
