"""Asking for a canned text or a line of a checklist, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from postal_desk.domain.canned import STEP, STORY, VARIABLES
from postal_desk.domain.changes import Changes
from postal_desk.domain.rules import CannedText, CheckItem, Code
from postal_desk.domain.sentences import FieldRefusal, say
from postal_desk.domain.text_rule import clean
from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.choices import Choice, code_choices
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.codes_field import CodesField
from postal_desk.ui.widgets.editor import Editor
from postal_desk.ui.widgets.form import ChoiceField

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk
    from postal_desk.services.rule_book import RuleEntry

_LONGEST_NAME, _LONGEST_TEXT = 60, 2000


@dataclass(frozen=True)
class TextRow:
    """A rule of either kind with where it comes from."""

    kind: str
    rule: CannedText | CheckItem
    entry: RuleEntry

    @property
    def id(self) -> str:
        """What keeps a row lit."""
        return self.entry.key

    @property
    def origin(self) -> str:
        """Whether it is as shipped."""
        if self.entry.added:
            return _("own")
        return _("changed") if self.entry.edited else _("shipped")

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "attention" if self.entry.added or self.entry.edited else "neutral"


def rows_of(desk: Desk, kind: str, rules: Iterable[CannedText | CheckItem]) -> list[TextRow]:
    """The rules of a kind with their entries, in order; on the desk's thread."""
    from postal_desk.services.rule_book import list_rules

    entries = {entry.key: entry for entry in list_rules(desk, kind)}
    return [TextRow(kind, rule, entries[rule.key]) for rule in rules if rule.key in entries]


def ended(ctx: Context, row: TextRow, last_day: date, owner: QWidget) -> None:
    """Give a rule its last day; Undo takes it back."""
    from postal_desk.services.rule_book import edit_rule

    desk, payload = ctx.desk, {**row.entry.payload, "valid_to": last_day.isoformat()}
    ctx.write(lambda: edit_rule(desk, row.kind, row.entry.key, payload), owner=owner)


class _RuleDialog(Editor):
    """What both dialogs share: names in two languages, writing, taking the shipped form again."""

    kind = ""

    def __init__(self, ctx: Context, title: str, row: TextRow | None, parent: QWidget) -> None:
        super().__init__(ctx, title, parent, grows=False)
        self.row = row
        if row is not None and row.entry.edited and not row.entry.added:
            reset = QPushButton(_("As shipped"))
            reset.setAutoDefault(False)
            reset.clicked.connect(self.reset)
            self.buttons.insertWidget(0, reset)

    def payload(self) -> dict[str, Any]:
        """The rule's values as typed."""
        raise NotImplementedError

    def work(self) -> Callable[[], Changes]:
        from postal_desk.services.rule_book import edit_rule

        desk, row, values = self.ctx.desk, self.row, self.payload()
        old = dict(row.entry.payload) if row is not None else {}
        whole = {name: value for name, value in {**old, **values}.items() if value not in ([], None)}
        key = row.entry.key if row is not None else f"own_{uuid4().hex[:12]}"
        return lambda: edit_rule(desk, self.kind, key, whole)

    def reset(self) -> None:
        """Take the shipped form again."""
        from postal_desk.services.rule_book import reset_rule

        assert self.row is not None
        desk, key = self.ctx.desk, self.row.entry.key
        self.ctx.write(
            lambda: reset_rule(desk, self.kind, key), lambda _done: self.accept(), self.refused, self
        )

    def refused(self, error: Exception) -> None:
        """A rule's own refusal names its key first."""
        if isinstance(error, FieldRefusal):
            error = FieldRefusal(error.path.rpartition(".")[2], error.reason)
        super().refused(error)

    def both(self, zh: str, en: str, path: str, longest: int) -> dict[str, str]:
        """A text in both languages; where one is left empty it is the other."""
        chinese, english = (clean(text, longest, path).text.strip() for text in (zh, en))
        if not (chinese or english):
            raise FieldRefusal(path, say("this field is required"))
        return {"zh": chinese or english, "en": english or chinese}


class CannedDialog(_RuleDialog):
    """A new canned text, or a change of one."""

    kind = "canned"

    def __init__(self, ctx: Context, row: TextRow | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit text") if row else _("Add text"), row, parent)
        text = row.rule if row is not None and isinstance(row.rule, CannedText) else None
        codes = ctx.desk.rules.codes
        self.zh = QLineEdit(text.name.zh if text else "")
        self.en = QLineEdit(text.name.en if text else "")
        self.text_zh, self.text_en = (
            _lines(text.text.zh if text else ""),
            _lines(text.text.en if text else ""),
        )
        self.place = CodeCombo(_("Where"), [Choice(STEP, _("step")), Choice(STORY, _("story"))])
        self.place.set_value(STORY if text and STORY in text.places else STEP)
        self.channels, self.results, self.dispositions = (
            _codes(_("Channel"), codes["channels"], text.channels if text else ()),
            _codes(_("Result"), codes["step_results"], text.results if text else ()),
            _codes(_("Disposition"), codes["dispositions"], text.dispositions if text else ()),
        )
        self.form.add(_("Name in Chinese"), self.zh, key="name")
        self.form.add(_("Name in English"), self.en)
        self.form.add(_("Text in Chinese"), self.text_zh, key="text")
        self.form.add(_("Text in English"), self.text_en, variables_hint())
        self.form.add(_("Where"), self.place)
        self.form.add(_("First for channels"), self.channels, key="channels")
        self.form.add(_("First for results"), self.results, key="results")
        self.form.add(_("First for outcomes"), self.dispositions, key="dispositions")

    def payload(self) -> dict[str, Any]:
        place = self.place.value()
        return {
            "name": self.both(self.zh.text(), self.en.text(), "name", _LONGEST_NAME),
            "text": self.both(self.text_zh.toPlainText(), self.text_en.toPlainText(), "text", _LONGEST_TEXT),
            "places": [STORY] if place == STORY else [],
            "channels": list(self.channels.values()),
            "results": list(self.results.values()),
            "dispositions": list(self.dispositions.values()),
        }


class CheckDialog(_RuleDialog):
    """A new line of a checklist, or a change of one."""

    kind = "check_item"

    def __init__(self, ctx: Context, row: TextRow | None, parent: QWidget) -> None:
        super().__init__(ctx, _("Edit line") if row else _("Add line"), row, parent)
        item = row.rule if row is not None and isinstance(row.rule, CheckItem) else None
        rules = ctx.desk.rules
        self.list_zh = QLineEdit(item.checklist.zh if item else "")
        self.list_en = QLineEdit(item.checklist.en if item else "")
        self.zh, self.en = QLineEdit(item.name.zh if item else ""), QLineEdit(item.name.en if item else "")
        categories = [
            Choice(c.code, label(rules.category_name(c.code)), c.code) for c in rules.categories.values()
        ]
        self.categories = CodesField(_("Categories"), categories)
        self.categories.set_values(item.categories if item else ())
        self.kinds, self.classes, self.channels, self.results = (
            _codes(_("Kind"), rules.codes["kinds"], item.kinds if item else ()),
            _codes(_("Kind of mail"), rules.codes["classes"], item.classes if item else ()),
            _codes(_("Channel"), rules.codes["channels"], item.channels if item else ()),
            _codes(_("Result"), rules.codes["step_results"], item.results if item else ()),
        )
        self.fraud = ChoiceField([(False, _("no")), (True, _("yes, of whatever category"))])
        self.fraud.show_value(item.fraud if item else False)
        self.form.add(_("Checklist in Chinese"), self.list_zh, key="checklist")
        self.form.add(_("Checklist in English"), self.list_en)
        self.form.add(_("Line in Chinese"), self.zh, key="name")
        self.form.add(_("Line in English"), self.en)
        self.form.add(_("Categories"), self.categories, _("None chosen is every category"), "categories")
        self.form.add(_("Kinds"), self.kinds, key="kinds")
        self.form.add(_("Kinds of mail"), self.classes, key="classes")
        self.form.add(_("Suspected fraud"), self.fraud, key="fraud")
        by_step = _("A step with one of these channels and results does the line; without any it is ticked")
        self.form.add(_("Channels"), self.channels, key="channels")
        self.form.add(_("Results"), self.results, by_step, "results")

    def payload(self) -> dict[str, Any]:
        return {
            "name": self.both(self.zh.text(), self.en.text(), "name", 2 * _LONGEST_NAME),
            "checklist": self.both(self.list_zh.text(), self.list_en.text(), "checklist", _LONGEST_NAME),
            "categories": list(self.categories.values()),
            "kinds": list(self.kinds.values()),
            "classes": list(self.classes.values()),
            "fraud": bool(self.fraud.currentData()) or None,
            "channels": list(self.channels.values()),
            "results": list(self.results.values()),
        }


def variables_hint() -> str:
    """What may stand in braces."""
    named = [f"{{{name}}} {tell(what)}" for name, what in VARIABLES.items()]
    return _("In braces, filled when it is put in: {variables}").format(variables=" · ".join(named))


def _codes(name: str, codes: Mapping[str, Code], chosen: Sequence[str]) -> CodesField:
    made = CodesField(name, code_choices(codes.values()))
    made.set_values(chosen)
    return made


def _lines(text: str) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(looks.px(64))
    return made
