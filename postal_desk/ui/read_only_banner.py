"""The strip over a desk that can only be read: why, and the way out of it."""

from __future__ import annotations

from pathlib import Path

from postal_desk import paths
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui.context import Context
from postal_desk.ui.widgets.banner import Banner


def read_only_banner(ctx: Context, reason: Sentence) -> Banner:
    """For the desk that is open. A copy looked at leads back to the desk, a moved desk to its settings."""
    from postal_desk.services.moving import is_look, mark_of

    text = tell(reason)
    if is_look(ctx.desk.path):
        home = Path(ctx.settings["desk"]) if ctx.settings["desk"] else paths.usual_desk()
        return Banner(text, _("Back to the desk"), lambda: ctx.navigator.open_desk(home))
    if mark_of(ctx.desk.path) is not None:
        return Banner(text, _("Move to a new PC"), lambda: ctx.navigator.go("settings", section="moving"))
    return Banner(text)
