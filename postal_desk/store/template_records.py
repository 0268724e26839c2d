"""Reading and writing the superior's forms. There are a handful; a removed one is kept for its undo."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from postal_desk.store.total_tables import templates
from postal_desk.store.uids import uuid7
from postal_desk.store.work import Work


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A form without its content; ``form`` is ``docx`` or ``xlsx``."""

    id: int
    name: str
    form: str
    sha256: str
    size: int
    revision: int
    changed_at: str
    deleted_at: str | None


_LIST = (
    "SELECT id, name, form, sha256, length(content), revision, changed_at, deleted_at FROM templates "
    "WHERE {wanted} ORDER BY name, id"
)


def living(work: Work) -> list[TemplateRow]:
    """The forms in use, by name."""
    return [TemplateRow(*row) for row in work.rows(_LIST.format(wanted="deleted_at IS NULL"))]


def by_id(work: Work, template_id: int) -> TemplateRow | None:
    """One form, a removed one too."""
    rows = work.rows(_LIST.format(wanted="id = ?"), (template_id,)).all()
    return TemplateRow(*rows[0]) if rows else None


def content(work: Work, template_id: int) -> bytes:
    """The file of a form."""
    return bytes(work.run(select(templates.c.content).where(templates.c.id == template_id)).scalar_one())


def add(work: Work, name: str, form: str, sha256: str, data: bytes, moment: str) -> int:
    """A new form; returns its id."""
    values = {
        "uid": uuid7(),
        "revision": 1,
        "created_at": moment,
        "changed_at": moment,
        "name": name,
        "form": form,
        "sha256": sha256,
        "content": data,
    }
    return int(work.run(insert(templates), values).lastrowid)


def set_deleted(work: Work, row: TemplateRow, deleted_at: str | None, moment: str) -> int:
    """Remove a form or bring it back; returns its new revision."""
    values = {"deleted_at": deleted_at, "changed_at": moment, "revision": row.revision + 1}
    work.run(update(templates).where(templates.c.id == row.id).values(values))
    return row.revision + 1
