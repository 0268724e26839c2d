"""What the branch puts on its papers: the hand-in block of the monthly summary. It belongs to the desk, not to a PC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from postal_desk.domain.changes import Changes
from postal_desk.domain.month_ranges import Span
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import FieldRefusal, Sentence, say
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.history_json import to_json
from postal_desk.store import settings_records
from postal_desk.store.audit import Change


@dataclass(frozen=True, slots=True)
class BranchSetting:
    """One setting: its name, its label, the longest value, an example for the form (empty for none)."""

    name: str
    label: Sentence
    max_length: int
    example: Sentence | None = None


DECLARED = (
    BranchSetting("unit", say("Reporting unit"), 60),
    BranchSetting("submitted_to", say("Submitted to"), 60),
    BranchSetting("prepared_by", say("Prepared by"), 30),
    BranchSetting("approved_by", say("Approved by"), 30),
    BranchSetting("telephone", say("Telephone"), 40),
    BranchSetting("serial_number", say("Serial number"), 60, say("〔{{year}}〕 No. {{month}}")),
    BranchSetting("seal_place", say("Place for the seal"), 60),
)


@dataclass(frozen=True, slots=True)
class HandIn:
    """The hand-in block. Empty parts are printed as blanks; ``serial_number`` may hold ``{year}`` and ``{month}``."""

    unit: str = ""
    submitted_to: str = ""
    prepared_by: str = ""
    approved_by: str = ""
    telephone: str = ""
    serial_number: str = ""
    seal_place: str = ""

    def serial_of(self, month: Span) -> str:
        """The serial number of one month's report; a report of several months is not in that series."""
        if not isinstance(month, Month):
            return ""
        return self.serial_number.replace("{year}", str(month.year)).replace("{month}", str(month.month))


def get(desk: Desk) -> HandIn:
    """The settings of the desk; empty until somebody filled them in."""
    known = {field.name for field in fields(HandIn)}
    with desk.work() as work:
        return HandIn(**{name: value for name, value in settings_records.read(work).items() if name in known})


def set(desk: Desk, **values: str) -> Changes:
    """Change some settings by name. Refuses an unknown name and a text that is too long."""
    declared = {setting.name: setting for setting in DECLARED}
    checked: dict[str, str] = {}
    for name, value in values.items():
        if name not in declared:
            raise FieldRefusal(name, say("this key is not known; known are: {keys}", keys=tuple(declared)))
        checked[name] = checked_text(value, name, declared[name].max_length)
    old = get(desk)
    new = replace(old, **cast(Any, checked))
    changed = {name: value for name, value in checked.items() if value != getattr(old, name)}
    if not changed:
        return Changes()
    with desk.work(write=True) as work:
        settings_records.write(work, changed)
        before: Mapping[str, str] = {name: getattr(old, name) for name in changed}
        after: Mapping[str, str] = {name: getattr(new, name) for name in changed}
        change = Change("setting", None, 0, to_json(before), to_json(after))
        undo = desk.record(work, "setting.edit", "setting", fields=tuple(changed), changes=[change])
        work.commit()
    return Changes(settings=True, undo=undo, said=say("Saved the settings of the branch"))
