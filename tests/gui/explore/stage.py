"""A page on its own, as the tests show it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Digits
from digitpad.gui.explore.chosen_network import ChosenNetwork
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.progress import Progress
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.theme import Theme
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.model_file import Model

AnyPage = TypeVar("AnyPage", bound=Page)


def on_stage(page: AnyPage, qtbot: QtBot, width: int, height: int) -> AnyPage:
    """Show ``page`` at a size, and return it as it begins: no event was handled yet, nor has a thread's result come."""
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    return page


def without_digits(session: Session, preferences: Preferences | None = None) -> Shared:
    """Return what pages share that need no digits."""
    preferences = preferences or Preferences()
    chosen = ChosenNetwork(session) if session else cast("ChosenNetwork", None)
    return Shared(session, cast("DigitSets", None), Progress(preferences), Guesses(preferences), chosen)


def every_view(window: MainWindow) -> Iterator[str]:
    """Open each page of Explore, and each view of those that have several; yield what is open."""
    for number in range(1, window.explore.list.count() + 1):
        page = window.explore.show_page(number)
        yield page.IDEA.title
        for button in page.views.buttons()[1:]:
            button.click()
            yield f"{page.IDEA.title}, {button.text()}"


@contextmanager
def alone(kind: type[AnyPage], qapp: QApplication, qtbot: QtBot, width: int, height: int) -> Iterator[AnyPage]:
    """Show a page that needs neither network nor digits."""
    theme = Theme(qapp)
    page = on_stage(kind(without_digits(cast("Session", None))), qtbot, width, height)
    yield page
    page.close()
    theme.deleteLater()


@contextmanager
def sharing(qapp: QApplication, digits: Digits, model: Model) -> Iterator[Shared]:
    """What pages share, with ``digits`` loaded and ``model`` in use."""
    theme, owner = Theme(qapp), QObject()
    preferences = Preferences()
    sets = DigitSets(preferences, owner)
    sets.current = digits
    session = Session(model)
    yield Shared(session, sets, Progress(preferences), Guesses(preferences), ChosenNetwork(session))
    sets.close_down()
    session.drawings.close_down()
    theme.deleteLater()
