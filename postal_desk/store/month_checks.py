"""How each contradiction of a month is found: one indexed question for each, bounded by the month and by a limit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import text

from postal_desk.store.work import Work

#: No manager reads more of one kind at once; the rest follows when these are put right.
MOST = 200

_OPENED = (
    "SELECT id FROM cases INDEXED BY ix_cases_received "
    "WHERE deleted_at IS NULL AND opened_on BETWEEN :first AND :last"
)
_CLOSED = (
    "SELECT id FROM cases INDEXED BY ix_cases_closed "
    "WHERE deleted_at IS NULL AND closed_on IS NOT NULL AND closed_on BETWEEN :first AND :last"
)
_BOTH = f"{_OPENED} UNION {_CLOSED}"
_LATE = (
    "SELECT id FROM cases INDEXED BY ix_cases_first_due WHERE deleted_at IS NULL AND replied_on IS NULL "
    "AND first_due IS NOT NULL AND first_due <= :last"
)
_NO_STEP = (
    "NOT EXISTS (SELECT 1 FROM steps WHERE case_id = cases.id AND substr(at, 1, 10) >= cases.opened_on)"
)

#: code → which cases are looked at, and what must hold of one for it to be told
_CASES: Mapping[str, tuple[str, str]] = {
    "closed_without_disposition": (
        _CLOSED,
        "NOT EXISTS (SELECT 1 FROM dispositions WHERE case_id = cases.id)",
    ),
    "closed_undecided": (_CLOSED, "cases.responsibility IN ('', 'pending')"),
    "closed_without_step": (_CLOSED, _NO_STEP),
    "closed_without_opinion": (
        _CLOSED,
        "cases.opinion IN ('', 'not_asked') AND NOT EXISTS (SELECT 1 FROM attempts WHERE case_id = cases.id)",
    ),
    "accepted_before_opened": (_BOTH, "cases.accepted_on < cases.opened_on"),
    "answered_before_opened": (_BOTH, "cases.answered_on < cases.opened_on"),
    "answered_after_closed": (_CLOSED, "cases.answered_on > cases.closed_on"),
    "answered_without_day": (_BOTH, "cases.status = 'answered' AND cases.answered_on IS NULL"),
    "answer_without_status": (
        _BOTH,
        "cases.answered_on IS NOT NULL AND cases.status IN ('registered', 'accepted')",
    ),
    "step_in_future": (
        _BOTH,
        "EXISTS (SELECT 1 FROM steps WHERE case_id = cases.id AND substr(at, 1, 10) > :today)",
    ),
    "step_after_closing": (
        _CLOSED,
        "EXISTS (SELECT 1 FROM steps WHERE case_id = cases.id AND substr(at, 1, 10) > cases.closed_on)",
    ),
    "compensation_without_amount": (
        _BOTH,
        "EXISTS (SELECT 1 FROM dispositions WHERE case_id = cases.id AND kind = 'compensated' AND amount IS NULL)",
    ),
    "outcome_without_day": (
        _BOTH,
        (
            'EXISTS (SELECT 1 FROM dispositions WHERE case_id = cases.id AND "on" IS NULL '
            "AND kind IN ('compensated', 'fraud_prevented'))"
        ),
    ),
    "outcome_before_opened": (
        _BOTH,
        'EXISTS (SELECT 1 FROM dispositions WHERE case_id = cases.id AND "on" < cases.opened_on)',
    ),
    "overdue_without_step": (_LATE, _NO_STEP),
    "outlet_not_valid": (
        _BOTH,
        (
            "EXISTS (SELECT 1 FROM outlets WHERE outlets.id = cases.outlet_id "
            "AND (outlets.valid_from > cases.opened_on OR outlets.valid_to < cases.opened_on))"
        ),
    ),
    "handler_not_there": (
        _BOTH,
        (
            "EXISTS (SELECT 1 FROM staff WHERE staff.id = cases.handler_id "
            "AND (staff.joined_on > coalesce(cases.closed_on, :last) OR staff.left_on < cases.opened_on))"
        ),
    ),
    "no_outlet": (_OPENED, "cases.outlet_id IS NULL"),
    "no_handler": (_OPENED, "cases.handler_id IS NULL AND cases.closed_on IS NULL"),
    "praise_without_words": (
        _OPENED,
        (
            "cases.kind = 'praise' AND EXISTS (SELECT 1 FROM case_texts WHERE case_id = cases.id "
            "AND praise = '' AND narrative = '')"
        ),
    ),
    "item_twice": (
        _OPENED,
        (
            "EXISTS (SELECT 1 FROM items AS mine JOIN items AS theirs ON theirs.number = mine.number "
            "AND theirs.number <> '' AND theirs.case_id <> mine.case_id "
            "JOIN cases AS other ON other.id = theirs.case_id AND other.deleted_at IS NULL "
            "WHERE mine.case_id = cases.id AND mine.number <> '' "
            "AND NOT EXISTS (SELECT 1 FROM relations WHERE case_id = cases.id AND number = other.number) "
            "AND NOT EXISTS (SELECT 1 FROM relations WHERE case_id = other.id AND number = cases.number))"
        ),
    ),
}
_CATEGORIES = (
    "SELECT category, min(opened_on), max(opened_on) FROM cases INDEXED BY ix_cases_received "
    "WHERE deleted_at IS NULL AND opened_on BETWEEN :first AND :last GROUP BY category"
)
_OF_CATEGORY = (
    "SELECT number FROM cases WHERE deleted_at IS NULL AND category = :category AND opened_on BETWEEN :first AND :last "
    "AND (opened_on < :from OR opened_on > :to) ORDER BY number LIMIT :most"
)
_CLAIMS: Mapping[str, str] = {
    "paid_case_silent": (
        "SELECT claims.number FROM claims JOIN cases ON cases.number = claims.case_number "
        "WHERE claims.deleted_at IS NULL AND claims.paid_on BETWEEN :first AND :last AND NOT EXISTS ("
        "SELECT 1 FROM dispositions WHERE case_id = cases.id AND kind = 'compensated' AND amount = claims.paid)"
    ),
    "open_claim_of_closed_case": (
        "SELECT claims.number FROM claims INDEXED BY ix_claims_open "
        "JOIN cases ON cases.number = claims.case_number WHERE claims.closed_on IS NULL "
        "AND claims.deleted_at IS NULL AND cases.closed_on <= :last"
    ),
}


def sql_of(code: str) -> str:
    """The question behind one finding about cases."""
    looked_at, condition = _CASES[code]
    return (
        f"SELECT cases.number FROM cases WHERE cases.id IN ({looked_at}) AND {condition} "
        "ORDER BY cases.sort_key LIMIT :most"
    )


def case_codes() -> tuple[str, ...]:
    """The findings about cases that a question answers."""
    return tuple(_CASES)


def cases(work: Work, code: str, first: date, last: date, today: date) -> list[str]:
    """Numbers of the cases of which a finding holds."""
    return _numbers(work, sql_of(code), first, last, today)


def claims(work: Work, code: str, first: date, last: date) -> list[str]:
    """Numbers of the claims of which a finding holds."""
    return _numbers(work, f"{_CLAIMS[code]} ORDER BY claims.number LIMIT :most", first, last, last)


def categories(work: Work, first: date, last: date) -> list[tuple[str, str, str]]:
    """Each category that the month's cases use, with the first and the last opening day."""
    found = work.run(text(_CATEGORIES), {"first": first.isoformat(), "last": last.isoformat()})
    return [(category, begin, end) for category, begin, end in found]


def outside(work: Work, category: str, first: date, last: date, begin: str, end: str) -> list[str]:
    """Numbers of the month's cases of a category that were opened outside the days on which it held."""
    values = {"category": category, "first": first.isoformat(), "last": last.isoformat()}
    found = work.run(text(_OF_CATEGORY), {**values, "from": begin, "to": end, "most": MOST})
    return [number for (number,) in found]


def _numbers(work: Work, sql: str, first: date, last: date, today: date) -> list[str]:
    values = {"first": first.isoformat(), "last": last.isoformat(), "today": today.isoformat(), "most": MOST}
    used = {name: value for name, value in values.items() if f":{name}" in sql}
    return [number for (number,) in work.run(text(sql), used)]
