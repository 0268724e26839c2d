"""A case named by a measure, a problem or an error: it must exist, and its number is written out."""

from __future__ import annotations

from postal_desk.domain import numbering
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.desk import Desk
from postal_desk.store import case_records
from postal_desk.store.work import Work


def linked_case(desk: Desk, work: Work, written: str, path: str) -> str:
    """The whole number of a case. Refuses, under ``path``, what is no number and a case that this desk lacks; cases
    of another desk can't be looked up here.
    """
    try:
        number = str(numbering.parse_number(written, desk.branch.code))
    except Refusal as refusal:
        raise FieldRefusal(path, refusal.sentence) from refusal
    own = number.startswith(f"{desk.branch.prefix}-")
    if own and case_records.by_number(work, number) is None:
        raise FieldRefusal(path, say("there is no case {number}", number=number))
    return number
