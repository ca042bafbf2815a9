"""The bar above the curves: all of it is within reach, however narrow the window is."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolButton

from digitpad.gui.window.main_window import MainWindow
from tests.gui.looks import choose_text
from tests.gui.test_accessible import settle


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(1280, 720), (720, 520)])
def test_every_button_is_inside(training_window: MainWindow, size: tuple[int, int], percent: int) -> None:
    window, tab = training_window, training_window.train
    window.tabs.guesses.want(True)  # whose button is there then
    choose_text(window, percent)
    try:
        window.resize(*size)
        settle()
        card = tab.curves_bar.parentWidget()
        assert card is not None
        assert card.width() <= tab.story.width()
        buttons = [button for button in tab.curves_bar.findChildren(QToolButton) if button.isVisible()]
        assert len(buttons) == 8
        for button in buttons:
            corner = button.mapTo(card, QPoint(0, 0))
            assert corner.x() >= 0
            assert corner.x() + button.width() <= card.width(), button.text()
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    finally:
        choose_text(window, 100)
