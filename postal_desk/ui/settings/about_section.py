"""What this program is, where its data stands, whose work it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

import postal_desk
from postal_desk import installation, paths
from postal_desk.i18n import _
from postal_desk.ui import looks
from postal_desk.ui.context import Context
from postal_desk.ui.readying import InTurns
from postal_desk.ui.settings.licences_dialog import LicencesDialog
from postal_desk.ui.settings.section import Section, scrolled
from postal_desk.ui.widgets.card import Card, NoteBox
from postal_desk.ui.widgets.form import Form
from postal_desk.ui.widgets.labels import text_label


class AboutSection(Section):
    """Version, folders, licences."""

    name = "about"
    help = "trouble"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._parts: tuple[installation.Part, ...] = ()
        self._turns = InTurns(ctx, self)

    def parts(self) -> Iterator[None]:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(looks.px(12))
        self.body.addWidget(scrolled(holder, self.accessibleName()), 1)
        yield
        for make in (self._program, self._folders, self._licences):
            box.addWidget(make())
            yield
        box.addStretch(1)

    def load(self) -> None:
        """What the program is made of is read from some hundred files, once."""
        if not self._parts:
            self.ctx.background.pool(lambda: installation.parts(), self._show_parts, owner=self)

    def _show_parts(self, parts: tuple[installation.Part, ...]) -> None:
        if self._parts:  # asked for twice
            return
        self._parts = parts
        self.show_licences.setEnabled(True)
        self._turns.make(installation.__name__, self._listed(parts), self.update)

    def _listed(self, parts: tuple[installation.Part, ...]) -> Iterator[None]:
        for part in parts:
            self._list.add(
                f"{part.name} {part.version}".strip(), text_label(part.licence, wrap=True, selectable=True)
            )
            yield

    def _program(self) -> Card:
        card = Card(_("Postal Desk"))
        what = _(
            "Logs inquiries and complaints of a postal branch, follows each to its end and writes the month."
        )
        card.body.addWidget(text_label(what, wrap=True))
        form = Form()
        form.add(_("Version"), text_label(postal_desk.__version__, selectable=True))
        form.add(_("Build"), text_label(_build_words(), selectable=True))
        desk = self.ctx.desk
        form.add(_("Branch"), text_label(f"{desk.branch.name} · {desk.branch.prefix}", selectable=True))
        card.body.addLayout(form)
        return card

    def _folders(self) -> Card:
        card = Card(_("Where the data stands"))
        for label, folder in (
            (_("This desk"), self.ctx.desk.path),
            (_("Settings"), self.ctx.settings.file.parent),
            (_("Program log"), paths.user_logs()),
            (_("Program"), paths.data_root()),
        ):
            card.body.addLayout(self._folder(label, Path(folder)))
        if self.ctx.desk.user is None and not self.ctx.desk.practice:
            note = _("This desk has no password yet: anybody who uses this PC can open it.")
            card.body.addWidget(NoteBox(note, "attention"))
        return card

    def _folder(self, label: str, folder: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        name = text_label(label, "caption")
        name.setFixedWidth(looks.px(112))
        path = text_label(str(folder), wrap=True, selectable=True)
        path.setAccessibleName(f"{label}: {folder}")
        opener = QPushButton(_("Open folder"))
        opener.setAccessibleName(_("Open folder: {name}").format(name=label))
        opener.setEnabled(folder.is_dir())
        opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        row.addWidget(name)
        row.addWidget(path, 1)
        row.addWidget(opener)
        return row

    def _licences(self) -> Card:
        card = Card(_("Licences"))
        card.body.addWidget(
            text_label(_("Postal Desk itself: Apache License 2.0. It is built with:"), wrap=True)
        )
        self._list = Form(label_width=230)
        card.body.addLayout(self._list)
        self.show_licences = QPushButton(_("Licence texts…"))
        self.show_licences.setEnabled(False)  # until it is known whose
        self.show_licences.clicked.connect(lambda: LicencesDialog(self._parts, self).open())
        card.body.addWidget(self.show_licences, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _build_words() -> str:
    built = installation.build()
    if built is None:
        return _("runs from its source")
    return f"{built.date[:10]} · {built.commit or '–'} · Python {built.python}"
