"""The switch of the baselines: finds them for the data set in use, away from the window: ``BaselineSwitch``."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from digitpad.data.dataset import Digits
from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.train.plots import Plots
from digitpad.gui.widgets.buttons import tool_button
from digitpad.train.baselines import Baselines, baselines_of


class BaselineSwitch(QObject):
    """Has the button that shows baselines in the plots. Signal: ``failed(sentence)``."""

    failed = Signal(str)

    def __init__(self, parent: QObject, sets: DigitSets, plots: Plots) -> None:
        """Show those of the set in use in ``plots``, while the button is down; ``parent`` calls ``close_down``."""
        super().__init__(parent)
        self._sets, self._plots = sets, plots
        self._digits: Digits | None = None  # that those shown, or being found, are of
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        self.button = tool_button(
            "show_baselines",
            "Baselines",
            "What is reached without a network: by guessing, by the average darkness of each digit, and on MNIST by "
            "the book's SVM",
        )
        self.button.setCheckable(True)
        self.button.toggled.connect(self._show)
        sets.changed.connect(self._show)

    def _show(self) -> None:
        self._show_those_of(self._sets.current if self.button.isChecked() else None)

    def _show_those_of(self, digits: Digits | None) -> None:
        if digits is self._digits:
            return
        self._digits = digits
        self._background.drop("baselines")
        self._plots.show_baselines(None)
        if digits is not None:
            self._background.run(partial(baselines_of, digits), self._take, latest="baselines")

    def _take(self, baselines: Baselines) -> None:
        self._plots.show_baselines(baselines)

    def close_down(self) -> None:
        """Wait for what is being found."""
        self._background.wait()
