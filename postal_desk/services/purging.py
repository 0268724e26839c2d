"""Taking records out for good: their rows, the values behind their audit rows, their files. All inside one open work;
the audit still says that they existed.
"""

from __future__ import annotations

from collections.abc import Sequence

from postal_desk.services import attachment_owners
from postal_desk.services.attachment_intake import shelf_of
from postal_desk.services.desk import Desk
from postal_desk.store import attachment_records, audit, case_records, keeping_records
from postal_desk.store.attachment_files import FileKeys, FileShelf
from postal_desk.store.attachment_records import StoredFile
from postal_desk.store.faults import environment_faults
from postal_desk.store.work import Work


def purge_cases(desk: Desk, work: Work, ids: Sequence[int]) -> list[str]:
    """Take cases out for good, with their files; those under legal hold stay. Their numbers."""
    held = keeping_records.held_ids(work)
    ids = [case_id for case_id in ids if case_id not in held]
    if not ids:
        return []
    numbers = []
    purged = desk.record(work, "bin.purge", "case", count=len(ids))
    for placed in case_records.by_ids(work, ids):
        audit.blank(work, "case", placed.id, purged)
        purge_files(work, attachment_records.of_record(work, "case", placed.id, removed=True), purged)
        case_records.remove(work, placed)
        numbers.append(placed.case.number)
    return numbers


def purge_old_files(desk: Desk, work: Work, limit: str) -> int:
    """Take out the files that were removed before a moment, whose draft is gone, or whose record is; how many."""
    held = keeping_records.held_ids(work)
    old = [
        file
        for file in attachment_records.removed_before(work, limit)
        if file.kind != "case" or file.record_id not in held
    ]
    gone = {file.id: file for file in (*old, *attachment_owners.without_record(work))}
    if gone:
        purge_files(work, list(gone.values()), desk.record(work, "bin.purge", "attachment", count=len(gone)))
    return len(gone)


def purge_files(work: Work, files: Sequence[StoredFile], purged: int) -> None:
    """Take out rows of files, and the contents that no row names then. ``purged`` is the audited act."""
    for file in files:
        audit.blank(work, "attachment", file.id, purged)
    attachment_records.remove(work, [file.id for file in files])
    if files:
        attachment_records.drop_unused_contents(work)


def clear_shelf(desk: Desk) -> int:
    """Take away the files beside the database that it does not name any more. After the commit."""
    with desk.work() as work:
        wanted = [one.sha256 for one in attachment_records.contents(work) if one.beside]
    with environment_faults(desk.path):
        return shelf_of(desk).remove_all_but(wanted)


def renew_files(desk: Desk, secret: bytes) -> None:
    """Write the files beside the database once more, encrypted and named by another secret, beside the old ones.

    What is damaged or missing stays so. The database names none of them until it has the secret; then, or if it never
    gets it, :func:`clear_shelf` takes away what nothing names.
    """
    with desk.work() as work:
        wanted = [one.sha256 for one in attachment_records.contents(work) if one.beside]
    old = shelf_of(desk)
    new = FileShelf(old.folder, FileKeys.of(secret))
    with environment_faults(desk.path):
        for sha256 in wanted:
            new.take_over(old, sha256)
