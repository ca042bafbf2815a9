"""Pages that look inside the network as the tests show them: on their own, or in the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Digits
from digitpad.gui.demo import THREE
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.replay import draw
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.theme import Theme
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.model_file import Model

AnyPage = TypeVar("AnyPage", bound=InsidePage)


@contextmanager
def sharing(qapp: QApplication, model: Model, digits: Digits | None) -> Iterator[Shared]:
    """What pages share: ``model`` in use, a blank canvas, and ``digits`` loaded, if there are any."""
    theme, owner = Theme(qapp), QObject()
    preferences = Preferences()
    sets = DigitSets(preferences, owner)
    sets.current = digits
    session = Session(model)
    yield Shared(session, sets, Reader(owner, session, preferences), preferences)
    sets.close_down()
    session.drawings.close_down()
    theme.deleteLater()


def on_stage(page: AnyPage, qtbot: QtBot, width: int = 690, height: int = 440) -> AnyPage:
    """Show ``page``, which follows the session as in its view, and is closed down as there."""
    qtbot.addWidget(page, before_close_func=lambda _: page.close_down())
    page.shared.session.seen_changed.connect(page.update_soon)
    page.shared.session.model_changed.connect(page.update_soon)
    page.resize(width, height)
    page.show()
    return page


def of_a_three(window: MainWindow, kind: type[AnyPage]) -> AnyPage:
    """Open the page of this ``kind`` in ``window``, of a three that was drawn."""
    draw(window.draw.canvas, [THREE])
    window.draw.look_inside.trigger()
    assert window.tabs.inside
    page = window.tabs.inside.show_page(kind.TITLE)
    assert isinstance(page, kind)
    return page
