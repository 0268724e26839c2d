"""How lists name kinds of records, and what a row of the audit was about."""

from __future__ import annotations

from collections.abc import Sequence

from postal_desk.domain.audit_words import field_name
from postal_desk.domain.sentences import Sentence
from postal_desk.i18n import _, enumerate_words, label, tell


def kind_words(kind: str) -> str:
    """A kind of record in words."""
    words = {
        "case": _("Case"),
        "measure": _("Measure"),
        "claim": _("Claim"),
        "problem": _("Problem"),
        "visit": _("Field visit"),
        "error": _("Error record"),
        "accountability": _("Accountability"),
        "attachment": _("Attachment"),
        "total": _("Totals of a past month"),
    }
    return words.get(kind, kind)


def audited_fields(action: str, fields: Sequence[str]) -> str:
    """The fields of a row of the audit; of refused passwords the first and the last moment."""
    if action == "access.failed":
        return " – ".join(moment.replace("T", " ") for moment in fields)
    return enumerate_words(map(_name, fields))


def _name(field: str) -> str:
    name = field_name(field)
    return tell(name) if isinstance(name, Sentence) else label(name)
