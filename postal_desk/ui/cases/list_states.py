"""What stands in the list's place where there is no case to show: why, and the next step."""

from __future__ import annotations

from collections.abc import Callable

from postal_desk import paths
from postal_desk.domain.case_filters import CaseFilter
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, tell
from postal_desk.ui.cases.case_model import CaseModel
from postal_desk.ui.context import Context
from postal_desk.ui.role_guard import offered
from postal_desk.ui.widgets.empty_state import EmptyState


def show_empty(empty: EmptyState, model: CaseModel, ctx: Context, clear: Callable[[], object]) -> None:
    """No case meets the filter."""
    shown = model.filter
    if not model.searchable:
        empty.show_text(
            _("Nothing to search for"),
            _("Type a word, two Chinese characters, or a number."),
            _("Show all cases"),
            clear,
        )
    elif shown.deleted:
        text = _("Deleted cases stay here for 30 days and can be restored.")
        empty.show_text(_("The recycle bin is empty"), text, _("Show all cases"), clear)
    elif shown == CaseFilter():
        if not offered(ctx, "case.add"):
            empty.show_text(_("No cases yet"), _("Nothing was logged in this desk."))
            return
        text = _("Log the first one: type or paste the customer's story, the fields fill from it.")
        empty.show_text(_("No cases yet"), text, _("Log a case"), lambda: ctx.navigator.go("entry"))
    else:
        text = _("Take a filter away or search for something else.")
        empty.show_text(_("No case fits"), text, _("Show all cases"), clear)


def show_none_chosen(empty: EmptyState, ctx: Context) -> None:
    """No case is in front, beside the list."""
    text = _("Choose one in the list, or log a new one with Ctrl+N.")
    if not offered(ctx, "case.add"):
        text = _("Choose one in the list.")
    empty.show_text(_("No case chosen"), text)


def show_not_open(empty: EmptyState, error: Exception, ctx: Context) -> None:
    """The desk could not be opened."""
    sentence = getattr(error, "sentence", None)
    if not isinstance(sentence, Sentence):
        ctx.tell_fault(error)
        return
    from postal_desk.services.faults import UnfitPlace

    if isinstance(error, UnfitPlace):  # trying again would not help
        button, path = _("Open the desk of this PC"), paths.usual_desk()
    else:
        button, path = _("Try again"), None
    empty.show_text(_("The desk is not open"), tell(sentence), button, lambda: ctx.navigator.open_desk(path))
