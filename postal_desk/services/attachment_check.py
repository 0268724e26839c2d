"""Looking all attachments over: every content read through, every file beside the database asked for its row."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from postal_desk.domain.attachments import DRAFT
from postal_desk.domain.sentences import Sentence, say
from postal_desk.services import attachment_owners
from postal_desk.services.attachment_intake import shelf_of, shown_name
from postal_desk.services.desk import Desk
from postal_desk.services.purging import clear_shelf
from postal_desk.store import attachment_records
from postal_desk.store.attachment_records import Content
from postal_desk.store.faults import environment_faults


@dataclass(frozen=True, slots=True)
class AttachmentProblem:
    """What is wrong with a file, with which record it is kept, and its name as a list may show it."""

    what: Sentence
    where: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """How many files are kept, how many different contents, their bytes; what is wrong; how many contents (in the
    database and beside it) nothing names.
    """

    files: int
    contents: int
    size: int
    problems: tuple[AttachmentProblem, ...]
    unused: int

    @property
    def ok(self) -> bool:
        """True if no file is missing or damaged; unused contents take room and harm nothing."""
        return not self.problems

    @property
    def said(self) -> Sentence:
        """The outcome in one sentence."""
        if self.problems:
            return say(
                "{bad} of {files} files are missing or damaged: bring them back from a copy of the desk, "
                "or add them again",
                bad=len(self.problems),
                files=self.files,
            )
        if self.unused:
            return say(
                "All {files} files are whole; {unused} contents are not used any more",
                files=self.files,
                unused=self.unused,
            )
        return say("All {files} files are whole, and nothing lies there unused", files=self.files)


def check_attachments(desk: Desk) -> Checked:
    """Read everything, change nothing. Other works may run between two contents."""
    with desk.work() as work:
        contents = list(attachment_records.contents(work))
        kept = attachment_records.newest(work)
        numbers = attachment_owners.numbers_of(work, kept)
        used = {row[0] for row in work.rows("SELECT DISTINCT blob_id FROM attachments")}
        orphans = attachment_owners.without_record(work)
    with_content = defaultdict(list)
    for file in kept:
        with_content[file.blob_id].append(file)
    problems = []
    for content in contents:
        if not with_content[content.blob_id]:
            continue
        if (wrong := _wrong(desk, content)) is not None:
            problems += [
                AttachmentProblem(wrong, f"{numbers[file.id]} {file.id}", shown_name(file.name))
                for file in with_content[content.blob_id]
            ]
    gone = say("its record is gone; remove the file")
    problems += [
        AttachmentProblem(gone, str(file.id), shown_name(file.name))
        for file in orphans
        if file.deleted_at is None
    ]
    beside = {
        shelf_of(desk).path_of(one.sha256).name for one in contents if one.beside and one.blob_id in used
    }
    unused = sum(one.blob_id not in used for one in contents if not one.beside)
    unused += sum(path.name not in beside for path in shelf_of(desk).files())
    return Checked(len(kept), len(contents), sum(one.size for one in contents), tuple(problems), unused)


@dataclass(frozen=True, slots=True)
class MissingFile:
    """A file whose content is not there: its id and name, and the number of its record (empty for a draft's)."""

    id: int
    name: str
    number: str


def missing_files(desk: Desk) -> tuple[MissingFile, ...]:
    """The files, removed ones too, whose content should stand beside the database and does not. Reads none of them."""
    shelf = shelf_of(desk)
    with desk.work() as work:
        gone = [
            one.blob_id
            for one in attachment_records.contents(work)
            if one.beside and not shelf.path_of(one.sha256).exists()
        ]
        files = attachment_records.with_contents(work, gone)
        numbers = attachment_owners.numbers_of(work, files)
    return tuple(
        MissingFile(file.id, file.name, "" if file.kind == DRAFT else numbers[file.id]) for file in files
    )


def tidy(desk: Desk) -> int:
    """Take away the contents that no row names: rows, and files beside the database. How many."""
    with desk.work(write=True) as work:
        rows = attachment_records.drop_unused_contents(work)
        if rows:
            work.commit()
    return max(rows, clear_shelf(desk))


def _wrong(desk: Desk, content: Content) -> Sentence | None:
    if content.beside:
        shelf = shelf_of(desk)
        with environment_faults(desk.path):
            if not shelf.path_of(content.sha256).exists():
                return say("its content is missing; bring it back from a copy of the desk")
            whole = shelf.holds(content.sha256)
    else:
        with desk.work() as work:
            found = attachment_records.inside(work, content.blob_id)
        whole = found is not None and hashlib.sha256(found).digest() == content.sha256
    if whole:
        return None
    return say("its content is damaged; bring it back from a copy of the desk")
