"""Files leaving the desk: a copy saved for somebody, and one handed to the system's own program.

A picture can't be masked, so every such copy is in clear: it needs a reason (or is named as opened), stands in the
audit before the file gets its name, and the one for the system is taken away again when the desk is closed.
"""

from __future__ import annotations

from pathlib import Path

from postal_desk.domain.attachments import ending_of, may_be_opened
from postal_desk.domain.sentences import Refusal, say
from postal_desk.reports.file_names import safe_stem
from postal_desk.reports.safe_files import BrokenFile, write_file
from postal_desk.services import attachment_owners
from postal_desk.services.attachments import content_of, show_attachment
from postal_desk.services.desk import Desk
from postal_desk.store.attachment_files import OPENED
from postal_desk.store.durable import make_folder
from postal_desk.store.faults import environment_faults


def save_out(desk: Desk, attachment_id: int, target: Path, reason: str) -> Path:
    """Save a copy in a file, or in a folder under its own name; where a file stands already the next free name is
    taken. Returns where it stands. Refuses an empty reason, and an unknown, missing or damaged file.
    """
    if not reason.strip():
        raise Refusal(say("A copy leaves the desk in clear and needs a reason; it is written to the audit"))
    file = show_attachment(desk, attachment_id)
    content = content_of(desk, attachment_id)()
    path = target / _short(file.name) if target.is_dir() else target
    if not path.parent.is_dir():
        raise Refusal(say("There is no folder {folder}; choose another", folder=str(path.parent)))
    _audit(desk, "attachment.export", attachment_id, f"reason: {reason.strip()}".replace(",", "，"))
    return _placed(path, content, replace=False)


def open_out(desk: Desk, attachment_id: int) -> Path:
    """Put a copy where the system's own program can open it, and say where; it goes when the desk is closed.

    Refuses programs, scripts and files with macros: these are only saved.
    """
    file = show_attachment(desk, attachment_id)
    if not may_be_opened(file.name, file.media):
        raise Refusal(
            say(
                "Programs and scripts are not opened from here; save a copy if you are sure where it came from"
            )
        )
    content = content_of(desk, attachment_id)()
    _audit(desk, "attachment.open", attachment_id)
    folder = desk.path / OPENED / str(attachment_id)
    with environment_faults(folder):
        make_folder(folder.parent, 0o700)
        folder.mkdir(mode=0o700, exist_ok=True)  # what is in it can be read: for nobody else
    return _placed(folder / _short(file.name), content, replace=True)


def _short(name: str) -> str:
    """A name that the file systems of Linux take too: 255 bytes, and Chinese has three a character."""
    ending = ending_of(name)
    return f"{safe_stem(name.removesuffix(f'.{ending}'))}.{ending}" if ending else safe_stem(name)


def _placed(path: Path, content: bytes, *, replace: bool) -> Path:
    def write(partial: Path) -> None:
        partial.write_bytes(content)

    def same(partial: Path) -> None:
        if partial.read_bytes() != content:
            raise BrokenFile(partial.name)

    with environment_faults(path.parent):
        return write_file(path, write, replace=replace, check=same)


def _audit(desk: Desk, action: str, attachment_id: int, *fields: str) -> None:
    file = show_attachment(desk, attachment_id)
    with desk.work(write=True) as work:
        owner = attachment_owners.KINDS.get(file.kind)
        record = f"{file.number} {file.id}" if owner is not None else str(file.id)
        desk.record(work, action, "attachment", record, fields=("unmasked", *fields))
        work.commit()
