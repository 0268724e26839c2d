"""Files added before a case is saved wait with its draft and go with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postal_desk.domain.cases import Case
from postal_desk.services.attachments import list_attachments
from postal_desk.services.desk import Desk
from postal_desk.services.drafts import list_drafts
from postal_desk.ui.entry.entry_work import EntryWork
from postal_desk.ui.widgets.attachments.incoming import of_paths

from .conftest import Hands


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "收据.txt"
    path.write_text("收据", "utf-8")
    return path


def test_files_go_with_the_saved_case(
    work: EntryWork, hands: Hands, story: str, desk: Desk, receipt: Path, on_file: Callable[[], list[Case]]
) -> None:
    work.view.files.add(of_paths([receipt]))
    hands.log(story)
    hands.save()
    (case,) = on_file()
    assert [file.name for file in list_attachments(desk, "case", case.number)] == ["收据.txt"]
    assert work.view.files.files == []


def test_a_file_alone_is_worth_a_draft_and_comes_back_with_it(
    work: EntryWork, desk: Desk, receipt: Path
) -> None:
    work.view.files.add(of_paths([receipt]))
    work.keeper.flush()
    (draft,) = list_drafts(desk)
    work.new()
    assert work.view.files.files == []
    work.resume(draft.key)
    assert [file.name for file in work.view.files.files] == ["收据.txt"]


def test_files_of_a_stored_case_are_added_at_once(
    work: EntryWork, desk: Desk, receipt: Path, store: Callable[..., str]
) -> None:
    number = store()
    work.edit(number)
    work.view.files.add(of_paths([receipt]))
    assert [file.name for file in list_attachments(desk, "case", number)] == ["收据.txt"]
