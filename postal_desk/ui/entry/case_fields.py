"""The fields of the form and where they stand: the ones of every case, and the rarer ones that are folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from postal_desk.domain import fields as declared
from postal_desk.domain.rules import Rules
from postal_desk.domain.sentences import Sentence, say
from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.entry.field_grid import FieldGrid
from postal_desk.ui.entry.fields import (
    CodeField,
    DateField,
    Field,
    FlagField,
    LinesField,
    MemberField,
    TextField,
)
from postal_desk.ui.entry.form import Form
from postal_desk.ui.entry.items_table import ItemsTable
from postal_desk.ui.entry.slots import Slot
from postal_desk.ui.icons import icon
from postal_desk.ui.widgets.buttons import link_button
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.labels import text_label

#: Titles where the form says it shorter than the declaration does.
_TITLES = {
    "items.posted_on": say("Posted on"),
    "customer.name": say("Customer"),
    "customer.anonymous": say("Anonymous"),
}
_CODES = ("kind", "category", "channel", "outlet", "handler", "business", "severity", "customer.age_band")
_DATES = ("items.posted_on", "opened_on", "accepted_on", "answered_on")
_LINES = ("remedy", "praise")
_FLAGS = ("fraud", "customer.anonymous")
_TEXTS = ("subject", "customer.name", "customer.phone", "customer.address")
_FOLDED = (
    "customer.address", "customer.age_band", "business", "severity", "accepted_on", "answered_on", "praise",
)  # fmt: skip
_VULNERABLE = "customer.vulnerable"


def title_of(name: str) -> str:
    """What a field is called, in the language in use."""
    return tell(_TITLES.get(name) or declared.field(name).label)


class CaseFields(QWidget):
    """All fields but the story, once its :attr:`parts` are made. :attr:`changed` names the field a person changed
    (``items`` for the table).
    """

    changed = Signal(str)
    customer_asked = Signal()

    def __init__(self, form: Callable[[], Form], rules: Rules, today: Callable[[], date]) -> None:
        super().__init__()
        self._form = form
        self._today = today
        self.fields: dict[str, Field] = {}
        self.members: list[MemberField] = []
        self.items = ItemsTable(lambda: form().items, today)
        self.grid, self.more_grid = FieldGrid(), FieldGrid()
        self.regular = link_button("", self.customer_asked.emit)
        self.regular.hide()
        self.fold = link_button("", self._toggle_fold)
        self.fold.setIconSize(QSize(looks.px(14), looks.px(14)))
        #: makes the fields, one piece a step
        self.parts = self._make_parts(rules)

    def _make_parts(self, rules: Rules) -> Iterator[None]:
        """The fields go into their place in the window one by one, so that each is dressed once."""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(8))
        box.addWidget(self.grid)
        box.addWidget(self.fold)
        box.addWidget(self.more_grid)
        self.more_grid.hide()
        yield
        yield from self._make(rules)
        yield from self._lay()
        self.items.rebuilt.connect(self.order_items)
        self.items.changed.connect(lambda: self._changed("items"))
        for field in (*self.fields.values(), *self.members):
            field.changed.connect(self._changed)
            field.taken.connect(self._go_on)

    # -- showing ------------------------------------------------------------------------------------------

    def showing(self) -> Iterator[None]:
        """Show every field of the form in front, one a step."""
        for field in (*self.fields.values(), *self.members):
            field.set_error(None)
            field.show()
            yield
        self.items.show_rows()
        yield
        self.set_folded(not any(self._form()[name].given for name in _FOLDED))
        self.show_messages()

    def show_fields(self, names: set[str]) -> None:
        """Show those that a reading changed."""
        for name in names & self.fields.keys():
            self.fields[name].show()
        if _VULNERABLE in names:
            for member in self.members:
                member.show()
        if "items" in names:
            self.items.show_rows()
        self._name_fold()

    def accept_all(self) -> None:
        """Take every suggestion."""
        for field in (*self.fields.values(), *self.members):
            if field.suggested:
                field.accept()

    def set_choices(self, name: str, choices: list[Choice]) -> None:
        """What a field may be chosen from; ``class`` is for the items."""
        if name == "class":
            self.items.set_classes(choices)
        elif isinstance(field := self.fields[name], CodeField):
            field.set_choices(choices)
            field.mark()

    def show_customer(self, cases: int) -> None:
        """Say that the customer is known from other cases."""
        self.regular.setVisible(cases > 0)
        self.regular.setText(
            _("Known · {count} cases").format(count=cases) if cases > 1 else _("Known · 1 case")
        )

    def field_at(self, path: str) -> Field | None:
        """The field of a JSON path; of the part it stands in if it names no field of its own."""
        if path.startswith("items["):
            return self.items.field(path)
        if path.startswith(_VULNERABLE):
            return self.members[0]
        return self.fields.get(path)

    def set_error(self, path: str, error: Sentence) -> Field | None:
        """Say what is wrong with the field of a path and open what hides it; ``None`` if there is none."""
        field = self.field_at(path)
        if field is not None:
            field.set_error(error)
            if path in _FOLDED:
                self.set_folded(False)
            self.show_messages()
        return field

    def settle(self) -> None:
        """Take what is still being typed."""
        cells = [field for line in self.items.lines for field in line.fields]
        for field in (*self.fields.values(), *cells):
            field.settle()

    def clear_errors(self) -> None:
        """Forget what the last attempt to save said."""
        cells = [field for line in self.items.lines for field in line.fields]
        for field in (*self.fields.values(), *self.members, *cells):
            field.set_error(None)
        self.show_messages()

    def show_messages(self) -> None:
        """Say below the fields what is wrong with them."""
        self.grid.show_messages()
        self.more_grid.show_messages()
        self.items.show_messages()

    def tab_chain(self) -> list[QWidget]:
        """What Tab visits, in order; the items have their own order in the midst of it."""
        before = ("subject", "kind", "category", "channel", "fraud", "outlet", "handler", "customer.name")
        return [
            *(self.fields[name].widget for name in before),
            *(member.widget for member in self.members),
            self.fields["customer.anonymous"].widget,
            self.fields["customer.phone"].widget,
            self.regular,
            self.fields["items.posted_on"].widget,
            self.fields["opened_on"].widget,
            self.fields["remedy"].widget,
            self.fold,
            *(self.fields[name].widget for name in _FOLDED),
        ]

    def order_items(self) -> None:
        """Put the items' fields into the order of Tab, between phone and day of posting."""
        chain = [self.regular, *self.items.tab_chain(), self.fields["items.posted_on"].widget]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def set_folded(self, folded: bool) -> None:
        """Hide or show the rarer fields."""
        self.more_grid.setVisible(not folded)
        self._name_fold()

    # -- making -------------------------------------------------------------------------------------------

    def _make(self, rules: Rules) -> Iterator[None]:
        def slot(name: str) -> Callable[[], Slot]:
            return lambda: self._form()[name]

        for name in _TEXTS:
            self.fields[name] = TextField(name, title_of(name), slot(name))
            yield
        for name in _CODES:
            self.fields[name] = CodeField(name, title_of(name), slot(name))
            yield
        for name in _DATES:
            self.fields[name] = DateField(name, title_of(name), slot(name), self._today)
            yield
        for name in _LINES:
            self.fields[name] = LinesField(name, title_of(name), slot(name))
            yield
        for name in _FLAGS:
            self.fields[name] = FlagField(name, title_of(name), slot(name))
            yield
        short = {"elderly": _("Elderly"), "disabled": _("Disabled"), "minor": _("Minor")}
        for code in rules.codes["vulnerabilities"].values():
            title = short.get(code.code, label(code.name))
            self.members.append(MemberField(_VULNERABLE, code.code, title, slot(_VULNERABLE)))
            yield

    def _lay(self) -> Iterator[None]:
        fields, grid = self.fields, self.grid
        grid.add(_("Subject"), [fields["subject"]], required=True)
        yield
        kind = [fields["kind"], fields["category"]]
        grid.add(_("Kind, category"), kind, [(kind[0].widget, 2), (kind[1].widget, 5)], required=True)
        yield
        grid.add(
            _("Channel"),
            [fields["channel"]],
            [(fields["channel"].widget, 1), (fields["fraud"].widget, 0)],
            True,
        )
        yield
        grid.add(_("Outlet, handler"), [fields["outlet"], fields["handler"]])
        yield
        ticks = [*self.members, fields["customer.anonymous"]]
        name = fields["customer.name"]
        name.widget.setMinimumWidth(looks.px(84))
        grid.add(_("Customer"), [name, *ticks], [(name.widget, 1), *((tick.widget, 0) for tick in ticks)])
        yield
        phone = fields["customer.phone"]
        grid.add(_("Phone"), [phone], [(phone.widget, 1), (self.regular, 0)])
        yield
        grid.add(_("Mail items"), [], [(self.items, 1)], below=self.items.add_button)
        yield
        posted, opened = fields["items.posted_on"], fields["opened_on"]
        between = text_label(_("Opened on *"), "caption")
        between.setBuddy(opened.widget)
        grid.add(_("Posted on"), [posted, opened], [(posted.widget, 1), (between, 0), (opened.widget, 1)])
        yield
        grid.add(_("Remedy"), [fields["remedy"]])
        yield
        for folded in _FOLDED:
            self.more_grid.add(fields[folded].title, [fields[folded]])
            yield
        for either in (grid, self.more_grid):
            either.set_label_width(max(grid.label_width, self.more_grid.label_width) + looks.px(2))
        self._name_fold()

    def _toggle_fold(self) -> None:
        folded = self.more_grid.isVisibleTo(self)
        self.set_folded(folded)
        if not folded:
            self.fields[_FOLDED[0]].widget.setFocus()

    def _name_fold(self) -> None:
        shown = self.more_grid.isVisibleTo(self)
        filled = sum(self._form()[name].given for name in _FOLDED)
        if shown:
            text = _("Fewer fields")
        elif filled:
            text = _("More fields ({count} filled in): address, age, business, severity …").format(
                count=filled
            )
        else:
            text = _("More fields: address, age, business, severity …")
        self.fold.setText(text)
        self.fold.setIcon(icon("chevron-down" if shown else "chevron-right", "accent"))

    def _go_on(self) -> None:
        """To the first suggestion that is left, so that Enter after Enter takes one after the other."""
        left = {field.widget for field in (*self.fields.values(), *self.members) if field.suggested}
        for widget in self.tab_chain():
            if widget in left and widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _changed(self, name: str) -> None:
        self.show_messages()
        if name == _VULNERABLE:
            for member in self.members:
                member.show()
        self.changed.emit(name)
