"""What a field of a case is called, from its JSON path."""

from __future__ import annotations

from postal_desk.domain.fields import CASE_FIELDS, PART_FIELDS
from postal_desk.i18n import _, tell

_PARTS = [field for part in PART_FIELDS.values() for field in part]
_LABELS = {field.name: field.label for field in (*CASE_FIELDS, *_PARTS)}
_STEP = "steps."


def field_words(path: str) -> str:
    """The field's label; the path itself for one that this version does not know. A step's own fields need no
    prefix.
    """
    more = {"status": _("Status"), "customer": _("Customer"), "deleted_at": _("Recycle bin")}
    label = _LABELS.get(path) or _LABELS.get(_STEP + path)
    return tell(label) if label is not None else more.get(path, path)
