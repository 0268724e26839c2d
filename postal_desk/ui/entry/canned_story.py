"""Canned texts in the story and the other long texts of the form, filled from what the form says so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from postal_desk.i18n import enumerate_words, label
from postal_desk.ui.context import Context
from postal_desk.ui.entry.form import Form
from postal_desk.ui.entry.story_edit import StoryEdit
from postal_desk.ui.widgets.canned_popup import Canned, CannedPopup

#: variable → field of the form
_FROM = {
    "customer": "customer.name",
    "subject": "subject",
    "outlet": "outlet",
    "handler": "handler",
    "opened": "opened_on",
}


class CannedStory(QObject):
    """Serves every field of ``view`` in which one writes more than a line."""

    def __init__(self, ctx: Context, view: QWidget, form: Callable[[], Form]) -> None:
        super().__init__(view)
        self._ctx, self._form = ctx, form
        fields: list[QTextEdit | QPlainTextEdit] = [*view.findChildren(QTextEdit)]
        fields += view.findChildren(QPlainTextEdit)
        self.popups = [
            CannedPopup(field, partial(self._offer, isinstance(field, StoryEdit))) for field in fields
        ]

    def _offer(self, story: bool) -> list[Canned]:
        from postal_desk.domain.canned import STEP, STORY, fill, offered
        from postal_desk.services.canned_texts import bare_values

        desk, form = self._ctx.desk, self._form()
        items = [row.number for row in form.items.rows if row.number]
        values = {
            **bare_values(desk),
            **{name: form.text(field) for name, field in _FROM.items()},
            "item": items[0] if items else "",
            "items": enumerate_words(items),
        }
        places = (STORY, STEP) if story else (STEP, STORY)
        texts = [text for place in places for text in offered(desk.rules.canned, desk.today(), place)]
        return [Canned(text.key, label(text.name), fill(label(text.text), values)) for text in texts]
