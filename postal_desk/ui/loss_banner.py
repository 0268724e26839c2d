"""The strip that says which saved work is missing, until somebody has taken note of it."""

from __future__ import annotations

from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.banner import Banner


class LossBanner(Banner):
    """Says what the desk's notices say."""

    def __init__(self, ctx: Context) -> None:
        text = " ".join(tell(notice) for notice in ctx.desk.notices)
        super().__init__(text, _("I have seen it"), self._accept, (_("Look at the copies"), self._to_copies))
        self._ctx = ctx

    def _to_copies(self) -> None:
        self._ctx.navigator.go("settings", section="copies")

    def _accept(self) -> None:
        from postal_desk.services.lost_work import accept_losses

        desk = self._ctx.desk
        self._ctx.write(lambda: accept_losses(desk), lambda _changes: self.deleteLater(), owner=self)
