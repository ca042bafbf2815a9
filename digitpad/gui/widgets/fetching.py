"""What is said over the page while MNIST is being fetched."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar

from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.widgets.card import Card
from digitpad.gui.words import duration

if TYPE_CHECKING:
    from digitpad.data.download import Received

_STEPS = 1000  # of the bar


class FetchingBar(Card):
    """Shows how much has come and how long the rest will take, with a button to cancel."""

    def __init__(self, sets: DigitSets) -> None:
        """Show itself whenever ``sets`` fetches MNIST."""
        super().__init__("fetching")
        self._sets = sets
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Fetching MNIST")
        self.bar.setFixedHeight(6)
        self.column.addWidget(self.bar)
        self.cancel = self.add_button(
            "cancel_fetching", "Cancel", "Stop fetching MNIST; nothing half-written stays", sets.cancel
        )
        sets.fetching_changed.connect(self._begin_or_end)
        sets.received.connect(self._show)

    def _begin_or_end(self) -> None:
        self.bar.setValue(0)
        if self._sets.fetching:
            self.say("Fetching MNIST…")
        else:
            self.dismiss()

    def _show(self, received: "Received") -> None:
        if not self._sets.fetching:
            return
        text = f"MNIST: {received.received / 1e6:.1f} of {received.total / 1e6:.1f} MB"
        if received.seconds_left is not None:
            text += f", {duration(received.seconds_left)} left"
        self.rephrase(text)
        self.bar.setValue(round(_STEPS * received.received / received.total))
