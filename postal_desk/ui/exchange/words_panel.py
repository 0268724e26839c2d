"""Words of the ledger that were not understood: each can be given a meaning, which the desk remembers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from postal_desk.i18n import _, label, tell
from postal_desk.ui import looks
from postal_desk.ui.exchange.import_work import ImportWork
from postal_desk.ui.widgets.buttons import PressButton
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.choices import Choice
from postal_desk.ui.widgets.code_combo import CodeCombo
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.labels import ElidedLabel, text_label

_WIDTH = 290
_MOST = 60
_LEAVE = "\0"  # what a choice calls «leave it empty», as an empty value is «nothing decided»


class WordsPanel(Card):
    """``decided``: the rows should be checked again with what was decided."""

    decided = Signal()

    def __init__(self, work: ImportWork) -> None:
        super().__init__(_("Words not understood"), margin=12)
        self.work = work
        self.combos: dict[tuple[str, str], CodeCombo] = {}
        self.setFixedWidth(looks.px(_WIDTH))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(_("Words not understood"))
        self.body.addWidget(text_label(_("Say what they mean; the desk remembers it."), "hint", wrap=True))
        self.body.addWidget(self._area, 1)
        self.near_button = PressButton(_("Take the nearest"))
        self.near_button.setToolTip(_("Fills in the most similar name where there is one; look them over"))
        self.near_button.clicked.connect(self.take_nearest)
        self.apply_button = dress(PressButton(_("Check again")), kind="primary")
        self.apply_button.clicked.connect(self._apply)
        self.body.addWidget(self.near_button)
        self.body.addWidget(self.apply_button)

    def load(self) -> None:
        """Show the words of the dry run; the panel hides where there are none."""
        from postal_desk.services.ledger_json import nearest
        from postal_desk.services.ledgers import TARGETS, unknown_words

        read = self.work.read
        assert read is not None
        self.combos.clear()
        inner = dress(QWidget(), kind="plain")
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, looks.px(8), 0)
        box.setSpacing(looks.px(4))
        self._near: dict[tuple[str, str], str] = {}
        words = [(name, *word) for name, found in unknown_words(read.unknown()).items() for word in found]
        for name, word, count in words[:_MOST]:
            near = nearest(read.parts[0], name, word, label)
            if near:
                self._near[name, word] = near[0]["value"]
            title = _("{field}: “{word}” × {count}").format(
                field=tell(TARGETS[name].label), word=word, count=count
            )
            box.addWidget(ElidedLabel(title, "caption"))
            combo = CodeCombo(title, self._choices(name, near))
            combo.set_value("")
            self.combos[name, word] = combo
            box.addWidget(combo)
        if len(words) > _MOST:
            box.addWidget(text_label(_("and {count} more").format(count=len(words) - _MOST), "hint"))
        box.addStretch(1)
        self._area.setWidget(inner)
        self.near_button.setEnabled(bool(self._near))
        self.setVisible(bool(words))

    def take_nearest(self) -> None:
        """Fill in what is most like each word, for the user to look over."""
        for key, value in self._near.items():
            if not self.combos[key].value():
                self.combos[key].set_value(value)

    def _choices(self, name: str, near: list[dict[str, str]]) -> list[Choice]:
        from postal_desk.services.ledgers import ADD, TARGETS

        words = self.work.words
        assert words is not None
        first = [Choice("", _("not decided"))]
        near_values = [found["value"] for found in near]
        choices = [Choice(found["value"], found["name"], _("similar")) for found in near]
        if name in ("outlet", "handler"):
            names = words.outlets.names if name == "outlet" else words.staff.names
            choices += [Choice(other, other) for other in names if other not in near_values]
            choices.append(Choice(ADD, _("Add it to the list")))
        elif name == "category":
            choices += [
                Choice(code, label(words.rules.category_name(code)), code)
                for code in sorted(words.rules.categories)
                if code not in near_values
            ]
        else:
            codes = words.rules.codes[TARGETS[name].codes]
            choices += [Choice(c.code, label(c.name)) for c in codes.values() if c.code not in near_values]
        leave = (
            []
            if name in ("kind", "category", "channel")
            else [Choice(_LEAVE, _("Leave it empty, keep the word as text"))]
        )
        return [*first, *choices, *leave]

    def _apply(self) -> None:
        plan = self.work.plan
        for (name, word), combo in self.combos.items():
            if value := combo.value():
                plan = plan.with_word(name, word, "" if value == _LEAVE else value)
        self.work.set_plan(plan)
        self.decided.emit()
