"""What a role may not do is not offered on any page; whoever may is offered all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from postal_desk import i18n
from postal_desk.domain.case_json import parse_case
from postal_desk.services import users
from postal_desk.services.access import Credential
from postal_desk.services.cases import add_cases
from postal_desk.services.desk import Desk, create_desk, open_desk
from postal_desk.services.moving import move_out
from postal_desk.settings import Settings
from postal_desk.ui import pages
from postal_desk.ui.background import InlineBackground
from postal_desk.ui.context import Context
from postal_desk.ui.main_window import MainWindow
from postal_desk.ui.role_guard import RoleGuard, offer
from postal_desk.ui.settings.sections import SECTIONS
from postal_desk.ui.user_button import UserButton

pytestmark = pytest.mark.usefixtures("quick_keys")
CASE = {
    "kind": "inquiry",
    "category": "07.domestic",
    "channel": "counter",
    "opened_on": "2026-07-02",
    "subject": "x",
}
#: What only writes, wherever it stands.
WRITES = {
    "Log a case",
    "Close case",
    "Edit",
    "Delete",
    "Add outlet",
    "Add person",
    "Add category",
    "Add text",
    "Add line",
    "Rename",
    "Close category",
    "Change the limit…",
    "Make anonymous…",
    "Legal hold…",
    "Add user",
    "Copy to a stick and move…",
    "Add a form…",
    "New measure",
    "Delete for good…",
    "Choose a file…",
    "Save as view",
}


def fail(error: Exception) -> None:
    raise error


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with create_desk(folder, "", "220204", owner=users.checked_owner("王芳", "wang's password")) as desk:
        add_cases(desk, [parse_case(CASE, desk.rules)])
        for role in ("clerk", "auditor"):
            users.add_user(desk, role, role, f"password of {role}")
    return folder


@pytest.fixture
def opened(path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    name = request.param
    secret = "wang's password" if name == "王芳" else f"password of {name}"
    with open_desk(path, credential=Credential.password(secret, name)) as desk:
        yield desk


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, opened: Desk) -> MainWindow:
    i18n.use("en")
    ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
    made = MainWindow(ctx, lambda _path: None)
    qtbot.addWidget(made)
    made.show()
    ctx.desk = opened
    made.complete()
    ctx.settle()  # now, not when the desk is closed again
    return made


def offered(window: MainWindow) -> set[str]:
    """The words of every button that can be pressed on any page or section."""
    found: set[str] = set()
    places: list[tuple[str, dict[str, object]]] = [
        (name, {}) for name in ("today", "cases", "measures", "summary", "exchange") if pages.known(name)
    ]
    places += [("settings", {"section": entry.name}) for entry in SECTIONS]
    for name, request in places:
        window.go(name, **request)
        QApplication.processEvents()
        page = window.page
        assert page is not None
        buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        found |= {one.text().lstrip("＋ ").replace("&", "") for one in buttons}
    return found


@pytest.mark.parametrize("opened", ["auditor"], indirect=True)
def test_an_auditor_is_offered_nothing_that_writes(window: MainWindow) -> None:
    found = offered(window)
    assert found & WRITES == set()
    assert "Check the whole chain" in found


@pytest.mark.parametrize("opened", ["clerk"], indirect=True)
def test_a_clerk_logs_cases_and_leaves_the_rest(window: MainWindow) -> None:
    assert offered(window) & WRITES <= {
        "Log a case",
        "Close case",
        "Edit",
        "Delete",
        "Choose a file…",
        "Save as view",
    }
    assert "Log a case" in offered(window)


@pytest.mark.parametrize("opened", ["王芳"], indirect=True)
def test_a_manager_is_offered_all_of_it(window: MainWindow) -> None:
    found = offered(window)
    assert {"Log a case", "Add outlet", "Add category", "Add user", "New measure"} <= found


def test_a_moved_desk_is_offered_the_way_back_and_nothing_that_writes(
    qtbot: Any, tmp_path: Path, path: Path
) -> None:
    wang = Credential.password("wang's password", "王芳")
    (tmp_path / "stick").mkdir()
    with open_desk(path, credential=wang) as desk:
        move_out(desk, tmp_path / "stick")
    i18n.use("en")
    ctx = Context(InlineBackground(fail), Settings(tmp_path / "settings.json"))
    made = MainWindow(ctx, lambda _path: None)
    qtbot.addWidget(made)
    made.show()
    with open_desk(path, credential=wang) as desk:
        ctx.desk = desk
        made.complete()
        ctx.settle()
        found = offered(made)
        assert (
            found
            & {
                "Log a case",
                "Edit",
                "New measure",
                "Add outlet",
                "Add a form…",
                "Choose a file…",
                "Save as view",
            }
            == set()
        )
        assert "Work here again" in found
        (user,) = made.findChildren(UserButton)
        texts = [action.text() for action in user.menu_of_user().actions()]
        assert "Switch user" in texts
        assert not [text for text in texts if "password" in text]
        assert not made.go("entry")
        assert "moved to another PC" in made.toast.label.text()


@pytest.mark.parametrize("opened", ["clerk"], indirect=True)
def test_a_guarded_button_stays_away_however_often_it_is_shown(window: MainWindow, opened: Desk) -> None:
    box = QWidget(window)
    box.show()
    button = QPushButton("x", box)
    offer(window.ctx, "setting.edit", button)
    button.show()
    assert not button.isVisible()
    (guard,) = button.findChildren(RoleGuard)
    user = opened.user
    opened.user = None  # as with acting days that begin
    guard.look()
    assert button.isVisible()
    opened.user = user
