"""Saved views: named filters beside the case list, each with a counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.changes import Changes
from postal_desk.domain.sentences import FieldRefusal, Refusal, say
from postal_desk.services.desk import Desk
from postal_desk.services.entered import checked_text
from postal_desk.services.filter_json import filter_from_json, filter_to_json
from postal_desk.services.history_json import to_json
from postal_desk.store import case_queries, view_records
from postal_desk.store.audit import Change
from postal_desk.store.work import Work

_LONGEST_NAME = 40
_MOST = 50


@dataclass(frozen=True, slots=True)
class SavedView:
    """One named filter."""

    id: int
    name: str
    filter: CaseFilter


def list_views(desk: Desk) -> list[SavedView]:
    """All views, in the order they were made."""
    with desk.work() as work:
        return _all(work)


def save_view(desk: Desk, name: str, filter: CaseFilter, view_id: int | None = None) -> Changes:
    """Add a view, or change the one with ``view_id``. Refuses a name that is taken."""
    name = checked_text(name, "name", _LONGEST_NAME)
    if not name:
        raise FieldRefusal("name", say("this field is required"))
    with desk.work(write=True) as work:
        known = {view.id: view for view in _all(work)}
        if any(view.name == name and view.id != view_id for view in known.values()):
            raise FieldRefusal("name", say("“{name}” is taken; choose another name", name=name))
        if view_id is None and len(known) >= _MOST:
            raise Refusal(say("There are {count} saved views; delete one first", count=len(known)))
        before = known.get(view_id) if view_id is not None else None
        number = view_records.put(work, name, filter_to_json(filter), view_id)
        change = Change("view", number, 0, _content(before), _content(SavedView(number, name, filter)))
        undo = desk.record(
            work, "view.save", "view", str(number), fields=["name", "filter"], changes=[change]
        )
        work.commit()
    return Changes(views=True, undo=undo, said=say("Saved the view {name}", name=name))


def delete_view(desk: Desk, view_id: int) -> Changes:
    """Delete a view; its cases stay."""
    with desk.work(write=True) as work:
        view = next((view for view in _all(work) if view.id == view_id), None)
        if view is None:
            return Changes()
        view_records.remove(work, view_id)
        change = Change("view", view_id, 0, _content(view), "")
        undo = desk.record(work, "view.delete", "view", str(view_id), changes=[change])
        work.commit()
    return Changes(views=True, undo=undo, said=say("Deleted the view {name}", name=view.name))


def view_counts(desk: Desk) -> dict[int, int]:
    """How many cases each view shows today, by its id."""
    found: dict[int, int] = {}
    with desk.work() as work:
        for view in _all(work):
            found[view.id] = case_queries.count_of(work, view.filter, desk.today())
    return found


def _all(work: Work) -> list[SavedView]:
    return [
        SavedView(number, name, filter_from_json(content))
        for number, name, content in view_records.in_order(work)
    ]


def _content(view: SavedView | None) -> str:
    """As the history keeps it: what :func:`~postal_desk.store.view_records.put` takes."""
    content: dict[str, Any] = {"name": view.name, "filter": filter_to_json(view.filter)} if view else {}
    return to_json(content) if content else ""
