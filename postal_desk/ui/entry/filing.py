"""Saving the form: a new case, or the changes of a stored one. Runs on the desk's thread; only plain data goes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from postal_desk.domain.case_json import parse_case, parse_changes
from postal_desk.domain.changes import Changes

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk


def file_case(desk: Desk, content: Mapping[str, object], draft: str) -> Changes:
    """Save a new case and drop its draft in the same commit. :class:`FieldRefusal` names the field."""
    from postal_desk.services.cases import add_cases

    return add_cases(desk, [parse_case(content, desk.rules)], draft=draft)


def file_changes(desk: Desk, number: str, content: Mapping[str, object], revision: int) -> Changes:
    """Save the changed fields of a stored case. :class:`Refusal` if somebody else changed it meanwhile."""
    from postal_desk.services.cases import edit_case

    return edit_case(desk, number, parse_changes(content, desk.rules), revision)
