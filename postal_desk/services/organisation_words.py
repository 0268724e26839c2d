"""How outlets and staff are told in lists: their grade, and whether they are there today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from postal_desk.domain.rules import holds
from postal_desk.i18n import _

if TYPE_CHECKING:
    from postal_desk.services.organisation import Outlet, Staff


def grade_name(grade: int | None) -> str:
    """«一级», «二级», «三级», or nothing."""
    return {None: "", 1: _("Grade 1"), 2: _("Grade 2"), 3: _("Grade 3")}.get(grade, str(grade))


def outlet_state(outlet: Outlet, today: date) -> str:
    """Whether an outlet is in use, and who follows one that is not."""
    if holds(outlet, today):
        return _("in use")
    if outlet.successor:
        return f"→ {outlet.successor}"
    return _("no longer in use") if outlet.valid_to and outlet.valid_to < today else _("not yet open")


def works_here(person: Staff, today: date) -> bool:
    """True from the day of joining to the last day."""
    joined = person.joined_on is None or person.joined_on <= today
    return joined and (person.left_on is None or today <= person.left_on)


def staff_state(person: Staff, today: date) -> str:
    """Whether somebody works here."""
    if works_here(person, today):
        return _("leaves soon") if person.left_on is not None else _("works here")
    return _("has left") if person.left_on and person.left_on < today else _("not yet here")
