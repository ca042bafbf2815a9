"""The Tab key goes through each page as one reads it."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.gui.explore.tab import PAGES
from digitpad.gui.window.main_window import MainWindow


def in_tab_order(page: QWidget) -> list[QWidget]:
    """Return what Tab stops at on ``page``, as it does."""
    chain: list[QWidget] = []
    each = page.nextInFocusChain()
    while each is not None and each is not page:
        if (
            page.isAncestorOf(each)
            and each.isVisible()
            and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None
        ):
            chain.append(each)
        each = each.nextInFocusChain()
    return chain


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1), ids=[page.__name__ for page in PAGES])
def test_tab_goes_through_a_page_from_its_head_by_picture_and_side_to_its_foot(
    window: MainWindow, qtbot: QtBot, number: int
) -> None:
    window.tabs.setCurrentIndex(3)
    page = window.explore.show_page(number)
    qtbot.waitUntil(page.isVisible)
    side = page.task.parentWidget()
    assert side
    foot: list[QWidget] = [*page.cards, *([page.code] if page.code else [])]

    def place(widget: QWidget) -> int:
        if any(part.isAncestorOf(widget) for part in foot):
            return 3
        if side.isAncestorOf(widget):
            return 2
        return 0 if widget is page.top else 1

    order = in_tab_order(page)
    assert page.top in order
    assert page.links in order
    places = [place(widget) for widget in order]
    assert places == sorted(places)
    heights = [widget.mapTo(page, QPoint()).y() for widget in order if side.isAncestorOf(widget)]
    for above, below in pairwise(heights):
        assert below >= above - 20  # parts of a row are not all of one height
