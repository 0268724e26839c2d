"""Settings of this user on this PC: language, theme, text size, name, documents, folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from postal_desk import paths
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.settings.section import Section, scrolled
from postal_desk.ui.widgets.card import Card
from postal_desk.ui.widgets.dressing import dress
from postal_desk.ui.widgets.form import ChoiceField, Form, NameField
from postal_desk.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from postal_desk.services.desk import Desk


class GeneralSection(Section):
    """Each field holds as soon as it is changed."""

    name = "general"

    def parts(self) -> Iterator[None]:
        holder = dress(QWidget(), kind="plain")
        self._cards = QVBoxLayout(holder)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(looks.px(12))
        self.body.addWidget(scrolled(holder, self.accessibleName()), 1)
        yield
        yield from self._window()
        yield from self._person()
        yield from self._documents()
        if not self.ctx.desk.practice and _has_practice_desk():
            self._cards.addWidget(self._practice_card())
        self._cards.addStretch(1)

    def load(self) -> None:
        from postal_desk.services.organisation import list_staff

        def read(desk: Desk) -> list[str]:
            return [person.name for person in list_staff(desk, desk.today())]

        self.ask(read, self.user.set_names)

    def _choice(self, setting: str, choices: list[tuple[object, str]]) -> ChoiceField:
        field = ChoiceField(choices)
        field.show_value(self.ctx.settings[setting])
        field.picked.connect(lambda value: self._set(setting, value))
        return field

    def _set(self, setting: str, value: object) -> None:
        self.ctx.settings[setting] = value

    def _work_as(self, name: str) -> None:
        if name == self.ctx.settings["user"]:
            return
        self.ctx.settings["user"] = name
        desk = self.ctx.desk
        self.ctx.background.db(lambda: setattr(desk, "actor", name))

    def _card(self, heading: str) -> Form:
        card, form = Card(heading), Form()
        self._cards.addWidget(card)
        card.body.addLayout(form)
        return form

    def _window(self) -> Iterator[None]:
        form = self._card(_("Window"))
        yield
        self.language = self._choice(
            "language", [("", _("As the system")), ("zh_CN", "中文"), ("en", "English")]
        )
        form.add(_("Language"), self.language)
        yield
        self.theme = self._choice(
            "theme", [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        )
        form.add(_("Theme"), self.theme)
        yield
        self.text_scale = self._choice("text_scale", [(size, f"{size}%") for size in (100, 125, 150)])
        form.add(_("Text size"), self.text_scale)
        yield
        self.morning = self._choice("morning_notice", [(True, _("Notify me")), (False, _("No notification"))])
        what = _("A desktop notification of what is due, once a day")
        form.add(_("In the morning"), self.morning, what)
        yield

    def _person(self) -> Iterator[None]:
        form, desk = self._card(_("Who works here")), self.ctx.desk
        yield
        self.user = NameField()
        self.user.setEditText(desk.actor if desk.user else self.ctx.settings["user"])
        self.user.setEnabled(desk.user is None)  # whoever logged in works here
        self.user.settled.connect(self._work_as)
        form.add(_("My name"), self.user, _("Recorded with every change made on this PC"))
        yield

    def _documents(self) -> Iterator[None]:
        form = self.documents = self._card(_("Documents"))
        yield
        self.document_language = self._choice(
            "document_language", [("", _("As the window")), ("zh_CN", "中文"), ("en", "English")]
        )
        form.add(_("Language"), self.document_language)
        yield
        self.layout_field = self._choice(
            "summary_layout", [("gbt9704", _("Official document (GB/T 9704)")), ("plain", _("Plain"))]
        )
        form.add(_("Layout"), self.layout_field)
        yield
        self.folder = QLineEdit(self.ctx.settings["export_folder"])
        self.folder.setPlaceholderText(_default_folder())
        self.folder.editingFinished.connect(self._keep_folder)
        browse = QPushButton(_("Choose…"))
        browse.setAccessibleName(_("Choose the folder for exported files"))
        browse.clicked.connect(self.choose_folder)
        where = _("Where Word, Excel and PDF files are put; a file that is there is never overwritten")
        form.add(_("Export to"), self.folder, where, "folder", browse)
        yield

    def _practice_card(self) -> Card:
        card = Card(_("Practice"))
        what = _("A separate desk with invented cases; nothing done there reaches the real register.")
        row = QHBoxLayout()
        row.addWidget(text_label(what, "hint", wrap=True), 1)
        opener = QPushButton(_("Open the practice desk"))
        opener.clicked.connect(lambda: self.ctx.navigator.open_desk(paths.practice_desk()))
        row.addWidget(opener)
        card.body.addLayout(row)
        return card

    def choose_folder(self) -> QFileDialog:
        """Ask for the export folder."""
        dialog = QFileDialog(self, _("Folder for exported files"), self.folder.text() or _default_folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        self.open_dialog(dialog)
        return dialog

    def _chosen(self, folder: str) -> None:
        self.folder.setText(folder)
        self._keep_folder()

    def _keep_folder(self) -> None:
        typed = self.folder.text().strip()
        known = not typed or Path(typed).is_dir()
        self.documents.refuse("folder", "" if known else _("There is no such folder; choose one that exists"))
        dress(self.folder, state="" if known else "bad")
        if known:
            self._set("export_folder", typed)


def _has_practice_desk() -> bool:
    from postal_desk.services.desk import desk_exists

    return desk_exists(paths.practice_desk())


def _default_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
