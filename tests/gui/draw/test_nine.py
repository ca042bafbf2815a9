"""A drawing is read nine times, which is seen, and may be read once."""

from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.draw.nine import NINE
from digitpad.gui.demo import THREE
from digitpad.gui.replay import draw
from digitpad.gui.window.main_window import MainWindow
from digitpad.gui.window.preferences_dialog import PreferencesDialog
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests.gui import hands


def a_three(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.draw.answered):
        draw(window.draw.canvas, [THREE])


def is_seen_whole(part: QWidget) -> bool:
    return part.visibleRegion().boundingRect() == part.rect()


def test_nine_readings_are_shown_and_how_many_agree(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.draw.panel
    panel.how.set_open(True)
    assert panel.nine.isVisible()
    assert panel.nine.accessibleDescription() == "none yet"
    blank = panel.nine.grab().toImage()
    a_three(window, qtbot)
    reading = window.draw.reading
    assert reading is not None
    assert reading.nine is not None
    assert panel.nine.grab().toImage() != blank
    assert panel.agreement.text() == f"{reading.nine.agree} of {NINE} agree"
    assert panel.nine.accessibleDescription().startswith(f"{panel.agreement.text()}. Read as 3, ")
    np.testing.assert_allclose(reading.outputs, reading.nine.outputs.mean(axis=0), atol=1e-6)
    panel.how.set_open(False)
    assert panel.how.summary.text() == panel.agreement.text()
    with qtbot.waitSignal(window.draw.answered):
        window.draw.clear.trigger()
    assert panel.agreement.text() == ""
    assert panel.how.button.accessibleDescription() == "Shows or hides this part"


@pytest.mark.parametrize("open_first", [False, True])
def test_all_of_it_is_seen_in_a_small_window(open_first: bool, window: MainWindow, qtbot: QtBot) -> None:
    panel = window.draw.panel
    panel.how.set_open(open_first)
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.width() == 1280)
    panel.how.set_open(True)
    for drawn in (False, True):
        if drawn:
            a_three(window, qtbot)
        for part in (panel.answer, panel.outputs, panel.bits, panel.stages, panel.nine):
            qtbot.waitUntil(partial(is_seen_whole, part))


@pytest.mark.parametrize("size", [(1280, 720), (1100, 780), (720, 520)])
def test_nothing_moves_while_a_digit_is_drawn(size: tuple[int, int], window: MainWindow, qtbot: QtBot) -> None:
    window.resize(*size)
    panel = window.draw.panel
    panel.how.set_open(True)

    def places() -> list[QRect]:
        shown = (panel.nine, panel.stages, panel.outputs, panel.how)
        return [QRect(each.mapTo(panel, QPoint()), each.size()) for each in shown]

    with qtbot.waitSignal(window.draw.answered):
        hands.drag(window.draw.canvas, hands.LINE)
    before = places()
    a_three(window, qtbot)
    assert places() == before
    with qtbot.waitSignal(window.draw.answered):
        window.draw.clear.trigger()
    assert places() == before


def test_once_or_nine_times_is_chosen_in_the_menu_and_in_preferences(window: MainWindow, qtbot: QtBot) -> None:
    a_three(window, qtbot)
    entry = window.findChild(QAction, "nine")
    assert isinstance(entry, QAction)
    assert entry.isChecked()
    with qtbot.waitSignal(window.draw.answered):
        entry.trigger()
    assert window.draw.reading is not None
    assert window.draw.reading.nine is None
    assert not window.draw.panel.nine.isVisible()
    assert not window.preferences.prefers_nine
    window.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    assert dialog.times.currentText() == "once"
    with qtbot.waitSignal(window.draw.answered):
        dialog.times.setCurrentText("nine times")
        dialog.times.activated.emit(dialog.times.currentIndex())
    assert window.draw.reading.nine is not None
    assert entry.isChecked()
    assert window.preferences.prefers_nine


@pytest.mark.parametrize(("deformation", "nine"), [("", False), ("rotate 0.1", True)])
def test_a_network_that_never_saw_deformed_digits_reads_once(
    deformation: str, nine: bool, window: MainWindow, qtbot: QtBot
) -> None:
    a_three(window, qtbot)
    with qtbot.waitSignal(window.draw.answered):
        window.session.use(Model(Network([784, 10], seed=1), Provenance(deformation=deformation)))
    assert window.draw.reading is not None
    assert (window.draw.reading.nine is not None) == nine
    window.draw.panel.how.set_open(True)
    assert window.draw.panel.nine.isVisible() == nine
    assert bool(window.draw.panel.agreement.text()) == nine
