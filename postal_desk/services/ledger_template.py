"""The template of a ledger, in the language of the program, with the desk's own lists to choose from."""

from __future__ import annotations

from pathlib import Path

from postal_desk import i18n
from postal_desk.domain.rules import current
from postal_desk.domain.sentences import Refusal, say
from postal_desk.ledgers.targets import HEADINGS, TARGETS
from postal_desk.ledgers.template import write_template_file
from postal_desk.reports.safe_files import write_file
from postal_desk.services.desk import Desk
from postal_desk.services.organisation import list_outlets, list_staff
from postal_desk.store.faults import environment_faults

#: Target → width of its column, in the order of the template.
_COLUMNS = {
    "ledger_number": 14, "opened_on": 12, "kind": 9, "business": 10, "category": 20, "channel": 12, "outlet": 16,
    "handler": 10, "customer_name": 10, "customer_phone": 14, "customer_address": 22, "items_number": 18,
    "items_class": 12, "items_posted_on": 12, "subject": 26, "narrative": 36, "remedy": 18, "steps": 36,
    "dispositions": 18, "amount": 10, "responsibility": 10, "opinion": 10, "answered_on": 12, "closed_on": 12,
    "note": 18,
}  # fmt: skip
_CODED = ("kind", "business", "channel", "items_class", "responsibility", "opinion", "dispositions")


def write_template(desk: Desk, target: Path | None = None) -> Path:
    """Write the template; never over another file. Returns where it stands."""
    name = i18n.tell(say("Ledger template"))
    place = (target or Path.cwd() / f"{name}.xlsx").absolute()
    if not place.parent.is_dir():
        raise Refusal(say("There is no folder {place}; make it, or name another", place=str(place.parent)))
    columns = [(_heading(name), _form(name), width) for name, width in _COLUMNS.items()]
    order = list(_COLUMNS)
    today = desk.today()
    lists = {
        order.index(name): [
            i18n.label(code.name) for code in current(desk.rules.codes[TARGETS[name].codes].values(), today)
        ]
        for name in _CODED
    }
    lists[order.index("category")] = [
        i18n.label(desk.rules.category_name(category.code))
        for category in sorted(current(desk.rules.categories.values(), today), key=lambda c: c.code)
    ]
    lists[order.index("outlet")] = [outlet.name for outlet in list_outlets(desk, today)]
    lists[order.index("handler")] = [person.name for person in list_staff(desk, today)]
    hints = [i18n.tell(hint) for hint in _HINTS]
    sheets = (i18n.tell(say("Ledger")), i18n.tell(say("Lists")))
    with environment_faults(place.parent):
        return write_file(
            place, lambda path: write_template_file(path, columns, lists, sheets, hints), replace=False
        )


_HINTS = (
    say("One row for each case. What is done goes into one cell, each step with its date."),
    say("Dates as 2019-07-02; several item numbers in one cell, with a comma between."),
    say("The lists below are those of the desk; the arrow in a cell offers them."),
)


def _heading(name: str) -> str:
    """The label by which the program calls the field; a heading that an import knows."""
    return i18n.tell(HEADINGS.get(name, TARGETS[name].label))


def _form(name: str) -> str:
    return {"date": "date", "money": "money"}.get(TARGETS[name].form, "text")
