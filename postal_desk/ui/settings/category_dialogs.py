"""Asking for a category: a new one, another name, the end of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.rules import Category, current
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.i18n import _, label
from postal_desk.ui.context import Context
from postal_desk.ui.settings.outlet_dialogs import typed_day
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.date_edit import DateEdit
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.form import with_none
from postal_desk.ui.widgets.labels import text_label


class AddCategoryDialog(Editor):
    """A new category below ``parent``, or a new one of level 1. Its code is given by the program."""

    def __init__(self, ctx: Context, parent_code: str, parent: QWidget) -> None:
        super().__init__(ctx, _("Add category"), parent)
        rules, today = ctx.desk.rules, ctx.desk.today()
        tops = [
            Choice(top.code, f"{top.code} {label(top.name)}")
            for top in current(rules.top_categories(), today)
        ]
        self.parent_field = CodeCombo(_("Below"), with_none(tops, _("none: a category of level 1")))
        self.parent_field.set_value(parent_code)
        self.zh = QLineEdit()
        self.en = QLineEdit()
        self.since = DateEdit(_("In use from"), ctx.desk.today)
        self.form.add(_("Below"), self.parent_field, key="parent")
        self.form.add(_("Name in Chinese"), self.zh, key="zh")
        self.form.add(_("Name in English"), self.en, _("May be left empty"), "en")
        self.form.add(_("In use from"), self.since, _("Empty: also for cases that are older"), "valid_from")

    def fields(self) -> list[QWidget]:
        return [self.zh, self.en, self.since, self.parent_field]  # where it belongs is mostly right already

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_book import add_category

        desk, above = self.ctx.desk, self.parent_field.value()
        zh, en, since = self.zh.text(), self.en.text(), typed_day(self.since, "valid_from")
        code = free_code(set(desk.rules.categories), above)
        return lambda: add_category(desk, code, zh, en, parent=above, valid_from=since)


class RenameCategoryDialog(Editor):
    """Another name; the code, and so every case, stays."""

    def __init__(self, ctx: Context, category: Category, parent: QWidget) -> None:
        super().__init__(ctx, _("Rename {name}").format(name=label(category.name)), parent)
        self._category = category
        self.zh, self.en = QLineEdit(category.name.zh), QLineEdit(category.name.en)
        self.form.add(_("Name in Chinese"), self.zh, key="zh")
        self.form.add(_("Name in English"), self.en, key="en")
        note = _("Cases of this category show the new name from now on, older ones too.")
        self.inner.insertWidget(0, text_label(note, "hint", wrap=True))

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_edits import rename_category

        desk, code, zh, en = self.ctx.desk, self._category.code, self.zh.text(), self.en.text()
        return lambda: rename_category(desk, code, zh, en)


class CloseCategoryDialog(Editor):
    """The last day of a category, and the one that takes its place."""

    def __init__(self, ctx: Context, category: Category, today: date, parent: QWidget) -> None:
        super().__init__(
            ctx, _("Close {name}").format(name=label(category.name)), parent, _("Close category")
        )
        self._category = category
        rules = ctx.desk.rules
        others = [
            Choice(other.code, f"{other.code} {label(rules.category_name(other.code))}")
            for other in sorted(current(rules.categories.values(), today), key=lambda c: c.code)
            if other.code != category.code and other.parent != category.code
        ]
        self.last_day = DateEdit(_("Last day"), ctx.desk.today)
        self.last_day.set_value(today)
        self.successor = CodeCombo(_("Takes its place"), with_none(others, _("nothing")))
        self.successor.set_value("")
        self.form.add(_("Last day"), self.last_day, key="valid_to")
        self.form.add(_("Takes its place"), self.successor, key="successor")
        note = _(
            "From the day after it and those below it are not offered any more. "
            "Cases keep them, and past summaries stay as they are."
        )
        self.inner.insertWidget(0, text_label(note, "hint", wrap=True))

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_edits import close_category

        desk, code, successor = self.ctx.desk, self._category.code, self.successor.value()
        day = typed_day(self.last_day, "valid_to")
        if day is None:
            raise FieldRefusal("valid_to", say("this field is required"))
        return lambda: close_category(desk, code, day, successor)


def free_code(taken: set[str], parent: str) -> str:
    """A code that no category has: two digits on level 1 (before 99, «other»), else ``own_1``, ``own_2`` …"""
    if parent:
        numbers = (f"own_{number}" for number in range(1, len(taken) + 2))
        return next(code for code in numbers if f"{parent}.{code}" not in taken)
    free = next((code for number in range(1, 99) if (code := f"{number:02d}") not in taken), "")
    if not free:
        raise FieldRefusal(
            "parent", say("all 99 codes of level 1 are taken; put the category below another one")
        )
    return free
