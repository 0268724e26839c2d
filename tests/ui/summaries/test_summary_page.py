"""The page from the outside: a month in, figures, cases and documents out."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from postal_desk.domain.changes import Changes
from postal_desk.domain.periods import Month
from postal_desk.domain.sentences import Refusal, say
from postal_desk.services import branch_settings, months
from postal_desk.services.cases import delete_cases
from postal_desk.services.desk import Desk
from postal_desk.services.summaries import summary
from postal_desk.ui.widgets.labels import ElidedLabel

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
JULY = Month(2019, 7)


def tile_values(window: Any) -> list[str]:
    return [tile.shown.value for tile in window.view.tiles.tiles]


# -- the month ------------------------------------------------------------------------------------------------


def test_early_in_a_month_the_last_one_is_wanted(window: Any) -> None:
    assert window.page.month == JULY
    assert window.page.header.month.edit.text() == "July 2019"
    assert window.page.header.facts.text().startswith("Figures as at 31 July")


def test_the_tiles_say_what_the_summary_says(window: Any, desk: Desk) -> None:
    figures = summary(desk, JULY)
    assert (figures.now.received, figures.now.satisfaction.pair) == (5, (3, 4))
    assert tile_values(window) == ["5", "66.7%", "66.7%", "1.5 days", "75.0%"]
    assert window.view.tiles.tiles[0].accessibleName() == (
        "Received 5; on last month: up 4; on the same month last year: nothing to compare with"
    )


def test_months_are_stepped_by_keyboard_but_not_into_the_future(window: Any) -> None:
    field = window.page.header.month
    assert window.main.focusWidget() is field.edit
    window.press(Qt.Key.Key_Down)
    assert window.page.month == Month(2019, 6)
    for _press in range(4):
        window.press(Qt.Key.Key_Up)
    assert window.page.month == Month(2019, 8)
    assert not field.later.isEnabled()


def test_a_month_is_typed(window: Any) -> None:
    edit = window.page.header.month.edit
    edit.selectAll()
    QTest.keyClicks(edit, "2019-6")
    window.press(Qt.Key.Key_Return)
    assert window.page.month == Month(2019, 6)
    assert tile_values(window)[0] == "1"


def test_a_month_that_is_none_is_named_and_nothing_changes(window: Any) -> None:
    edit = window.page.header.month.edit
    edit.selectAll()
    QTest.keyClicks(edit, "13")
    window.press(Qt.Key.Key_Return)
    assert window.page.month == JULY
    assert "“13” is not a month" in window.page.header.facts.text()
    window.press(Qt.Key.Key_Escape)
    assert edit.text() == "July 2019"


def test_a_month_is_chosen_from_the_year_by_arrows(window: Any) -> None:
    popup = window.page.header.month.open_year()
    assert popup.focusWidget() is popup.buttons[6]
    QTest.keyClick(popup.buttons[6], Qt.Key.Key_Left)
    QTest.keyClick(popup.buttons[5], Qt.Key.Key_Return)
    assert window.page.month == Month(2019, 6)


def test_a_running_month_says_so_and_is_not_judged(window: Any) -> None:
    window.main.go("summary", month="2019-08")
    assert "not over yet" in window.page.header.facts.text()
    assert {tile.shown.month.tone for tile in window.view.tiles.tiles} == {""}


def test_a_nil_month_shows_dashes_and_says_what_it_is(window: Any) -> None:
    window.main.go("summary", month="2018-03")
    assert tile_values(window) == ["0", "—", "—", "—", "—"]
    assert window.page.header.facts.text().startswith("Nil report")
    assert not any(chip.isEnabled() for chip in window.view.facts.chips.values())
    assert not window.view.outlets.isVisible()


# -- the cases behind -----------------------------------------------------------------------------------------


def test_every_tile_opens_its_cases_by_keyboard(window: Any) -> None:
    opened = []
    for tile in window.view.tiles.tiles:
        window.focus(tile)
        window.press(Qt.Key.Key_Return)
        opened.append(window.cases_shown())
    assert opened == [tile.shown.cases for tile in window.view.tiles.tiles]
    assert opened == [5, 3, 3, 4, 4]


def test_a_tile_opens_its_cases_by_mouse(window: Any) -> None:
    QTest.mouseClick(window.view.tiles.tiles[3], Qt.MouseButton.LeftButton)
    assert window.cases_shown() == 4


def test_the_smaller_figures_open_their_cases(window: Any) -> None:
    chips = window.view.facts.chips
    assert [chip.text() for chip in chips.values()][:4] == ["Closed 4", "Open 1", "Overdue 1", "Late 1"]
    for name, cases in (("closed", 4), ("in_progress", 1), ("overdue", 1), ("late", 1)):
        window.focus(chips[name])
        window.press(Qt.Key.Key_Space)
        assert window.cases_shown() == cases, name


def test_a_figure_of_nought_opens_nothing(window: Any) -> None:
    window.main.go("summary", month="2018-03")
    window.view.tiles.tiles[0].click()
    assert window.main.page is window.page


def test_bars_are_walked_by_arrows_and_opened(window: Any) -> None:
    trend = window.view.trend
    window.focus(trend)
    assert trend.accessibleName() == "Received and closed: Jul · Received 5"
    window.press(Qt.Key.Key_Down)
    window.press(Qt.Key.Key_Return)
    assert window.cases_shown() == 4
    window.focus(trend)
    window.press(Qt.Key.Key_Left)
    assert trend.accessibleName() == "Received and closed: Jun · Closed 1"
    window.press(Qt.Key.Key_Return)
    assert window.cases_shown() == 1


def test_the_row_of_a_category_opens_its_cases_by_mouse(window: Any) -> None:
    categories = window.view.categories
    assert [(bar.key, bar.words) for bar in categories.bars()] == [
        ("01", "Delivery service 3"),
        ("07", "Inquiry 2"),
    ]
    at = categories.bars()[1].reach.center().toPoint()
    QTest.mouseClick(categories, Qt.MouseButton.LeftButton, pos=at)
    assert window.cases_shown() == 2


# -- the document ---------------------------------------------------------------------------------------------


def test_the_preview_shows_the_pages_of_the_document(window: Any) -> None:
    assert window.view.preview.pages.complete
    assert window.view.preview.pages.count >= 3
    assert window.view.preview.count.text() == f"{window.view.preview.pages.count} pages, A4"


def test_the_document_has_a_language_of_its_own(window: Any) -> None:
    assert window.page.document.language == "en"
    window.page.header.language_choice._take("zh_CN")
    assert window.page.document.language == "zh_CN"
    assert window.page.header.title.text() == "Monthly summary"


def test_another_layout_is_another_document(window: Any) -> None:
    window.page.header.layout_choice._take("plain")
    assert window.page.document.style == "plain"


def test_a_layout_set_elsewhere_holds_when_the_page_comes_back(window: Any) -> None:
    window.main.go("cases")
    window.ctx.settings["summary_layout"] = "plain"
    window.main.go("summary")
    assert window.page.document.style == "plain"
    assert window.page.header.layout_choice.text() == "Plain layout"


def test_what_the_hand_in_block_lacks_is_named_and_leads_to_the_settings(window: Any, desk: Desk) -> None:
    preview = window.view.preview
    assert preview.missing.text().endswith("Prepared by, Approved by, Telephone, Serial number")
    preview.fill_in.click()
    assert window.main.page.name == "settings"
    assert window.main.page.place() == {"section": "branch"}
    given = {"prepared_by": "苏阳", "approved_by": "王芳", "telephone": "0432-62000000", "serial_number": "1"}
    window.ctx.announce(branch_settings.set(desk, **given))
    window.main.go("summary")
    assert not preview.fill_in.isVisible()


def test_who_may_not_fill_in_the_hand_in_block_is_not_led_there(
    window: Any, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.view.preview.fill_in.isVisible()
    monkeypatch.setattr(type(desk), "may", lambda _desk, action: action != "setting.edit")
    window.ctx.announce(Changes(users=True))
    assert window.view.preview.missing.isVisible()
    assert not window.view.preview.fill_in.isVisible()


# -- refresh --------------------------------------------------------------------------------------------------


def test_figures_follow_a_case_that_is_deleted_elsewhere(window: Any, desk: Desk) -> None:
    window.view.facts.chips["in_progress"].click()
    numbers = window.main.page.place()["filter"].numbers
    window.ctx.announce(delete_cases(desk, numbers))
    assert tile_values(window)[0] == "5"  # a hidden page waits until it is looked at
    window.main.go("summary")
    assert tile_values(window)[0] == "4"
    assert window.view.facts.chips["in_progress"].text() == "Open 0"


def test_the_focus_returns_to_the_figure_whose_cases_were_seen(window: Any) -> None:
    window.focus(window.view.tiles.tiles[3])
    window.press(Qt.Key.Key_Return)
    assert window.main.page.name == "cases"
    window.main.go("summary")
    assert window.main.focusWidget() is window.view.tiles.tiles[3]


def test_figures_that_could_not_be_read_are_asked_for_again(window: Any, monkeypatch: Any) -> None:
    def full(_desk: Desk, _month: Month) -> None:
        raise Refusal(say("The disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(months, "figures", full)
        window.main.go("summary", month="2019-06")
    (fault,) = window.faults
    window.faults.clear()
    assert str(fault) == "The disk is full"
    assert tile_values(window)[0] == "5"
    window.main.go("summary", month="2019-06")
    assert tile_values(window)[0] == "1"


def test_place_brings_the_page_back_to_its_month(window: Any) -> None:
    window.main.go("summary", month="2019-06")
    assert window.page.place() == {"month": "2019-06"}


# -- for every eye and hand -----------------------------------------------------------------------------------


def test_every_control_has_a_name(window: Any) -> None:
    controls = [
        child
        for child in window.page.findChildren(QWidget)
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus and child.isVisible()
    ]
    nameless = [
        child
        for child in controls
        if not child.accessibleName() and not (isinstance(child, QAbstractButton) and child.text())
    ]
    assert len(controls) > 20
    assert not nameless


def test_tab_reaches_every_part(window: Any) -> None:
    window.focus(window.page.header.month.edit)
    reached: list[QWidget] = []
    for _press in range(60):
        window.press(Qt.Key.Key_Tab)
        focus = window.main.focusWidget()
        if focus in reached:
            break
        reached.append(focus)
    view = window.view
    wanted = [
        *view.tiles.tiles,
        view.facts.chips["closed"],
        view.trend,
        view.categories,
        view.outlets,
        view.preview.pages,
        window.page.header.word,
    ]
    assert [part for part in wanted if part not in reached] == []
    order = [reached.index(part) for part in wanted[:-1]]
    assert order == sorted(order)


def test_nothing_is_cut_off_at_any_width(window: Any) -> None:
    for width in (560, 683, 1024, 1366, 1920):
        window.main.resize(width, 600)
        for _turn in range(5):  # the sidebar first, then what is beside it, then what wraps
            QApplication.processEvents()
        for child in shown_whole(window.page):
            area = window.view.area.viewport()
            within = (
                area
                if area.isAncestorOf(child) and not window.view.preview.isAncestorOf(child)
                else window.page
            )
            right = child.mapTo(within, QPoint(child.width(), 0)).x()
            assert right <= within.width(), f"{child.accessibleName()} ends at {right} of {width}"
            least = min(child.sizeHint().width(), child.minimumSizeHint().width())
            assert child.width() >= least, f"{child} {child.accessibleName()} at {width}"


def shown_whole(page: QWidget) -> list[QWidget]:
    """The buttons, fields and texts that must not be shortened."""
    found: list[QWidget] = []
    for child in page.findChildren(QWidget):
        text = isinstance(child, QLabel) and not isinstance(child, ElidedLabel) and not child.wordWrap()
        inside_field = isinstance(child.parent(), QLineEdit)
        if (
            child.isVisible()
            and not inside_field
            and (text or isinstance(child, QAbstractButton | QLineEdit))
        ):
            found.append(child)
    return found


def test_enter_presses_the_tools(window: Any) -> None:
    window.focus(window.page.header.pdf)
    window.press(Qt.Key.Key_Return)
    window.dialog(QFileDialog).reject()
    window.focus(window.view.preview.fill_in)
    window.press(Qt.Key.Key_Return)
    assert window.main.page.name == "settings"


def test_the_five_tiles_stand_in_one_row_on_the_smallest_screen(window: Any) -> None:
    assert len({tile.y() for tile in window.view.tiles.tiles}) == 1
