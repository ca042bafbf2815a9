"""Where text is larger nothing of it is cut: there is room, or it is scrolled to, or it says that it goes on."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from digitpad.gui.demo import THREE
from digitpad.gui.inside.page import InsidePage
from digitpad.gui.inside.view import PAGES
from digitpad.gui.replay import draw
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_text


@pytest.fixture(params=[100, 150, 200])
def enlarged(request: pytest.FixtureRequest, window: MainWindow) -> Iterator[MainWindow]:
    """The window on a small screen with text of several sizes, which is as usual again afterwards."""
    window.resize(1280, 720)
    choose_text(window, request.param)
    yield window
    choose_text(window, 100)


def needed(widget: QWidget) -> tuple[int, int]:
    """Return the width and the height that the text of ``widget`` takes, 0 where it may be cut short."""
    metrics = widget.fontMetrics()
    if isinstance(widget, ElidedLabel):
        return 0, metrics.height()
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        return (widget.sizeHint().width() if widget.minimumWidth() != 1 else 0), metrics.height()
    if isinstance(widget, QCheckBox):
        return widget.sizeHint().width(), metrics.height()
    if isinstance(widget, QAbstractButton):
        widest = max(metrics.horizontalAdvance(line.replace("&", "")) for line in widget.text().split("\n"))
        return widest, metrics.height()
    return 0, metrics.height()


def assert_nothing_is_cut(window: MainWindow, place: str) -> None:
    """See that each text in front has the room it takes, and lies on no other."""
    everything = window.findChildren(QWidget)
    shown = [one for one in everything if isinstance(one, QLabel | QAbstractButton | QLineEdit | QComboBox)]
    shown = [one for one in shown if one.isVisible()]
    assert len(shown) > 5
    for widget in shown:
        text = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
        if not text or isinstance(widget.parent(), QComboBox):
            continue
        wide, high = needed(widget)
        assert widget.width() >= wide, f"{place}: {text!r} needs {wide} pixels of width and has {widget.width()}"
        assert widget.height() >= high, f"{place}: {text!r} needs {high} pixels of height and has {widget.height()}"
        for other in shown:
            if other is not widget and other.parent() is widget.parent():
                assert not widget.geometry().intersects(other.geometry()), f"{place}: {text!r} lies on {other}"


def test_nothing_is_cut(enlarged: MainWindow, qtbot: QtBot) -> None:
    window = enlarged
    for name, page in window.tabs.pages.items():
        window.tabs.setCurrentWidget(page)
        if name != "Explore":
            qtbot.waitUntil(partial(assert_nothing_is_cut, window, name))
            continue
        for number in range(1, window.explore.list.count() + 1):
            shown = window.explore.show_page(number)
            settled = partial(assert_nothing_is_cut, window, shown.IDEA.title)
            qtbot.waitUntil(settled)  # some pages load digits first


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.TITLE))
def test_nothing_is_cut_inside(enlarged: MainWindow, qtbot: QtBot, page: type[InsidePage]) -> None:
    window = enlarged
    window.tabs.setCurrentWidget(window.draw)
    window.draw.look_inside.trigger()
    assert window.tabs.inside is not None
    window.tabs.inside.show_page(page.TITLE)
    qtbot.waitUntil(partial(assert_nothing_is_cut, window, f"{page.TITLE}, blank"))
    draw(window.draw.canvas, [THREE])
    qtbot.waitUntil(partial(assert_nothing_is_cut, window, page.TITLE))
