"""What is said across the top of the window while MNIST is being fetched."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton

from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.widgets.theme import GAP
from digitpad.gui.words import duration

if TYPE_CHECKING:
    from digitpad.data.download import Received

_STEPS = 1000  # of the bar


class FetchingBar(QFrame):
    """Shows how much has come and how long the rest will take, with a button to cancel."""

    def __init__(self, sets: DigitSets) -> None:
        """Show itself whenever ``sets`` fetches MNIST."""
        super().__init__()
        self._sets = sets
        self.setObjectName("fetching")
        self.label = QLabel()
        self.label.setMinimumWidth(320)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.cancel = QToolButton()
        self.cancel.setObjectName("cancel_fetching")
        self.cancel.setText("Cancel")
        self.cancel.setToolTip("Stop fetching MNIST; nothing half-written stays")
        self.cancel.clicked.connect(sets.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, GAP, GAP, GAP)
        row.setSpacing(GAP * 2)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.cancel)
        sets.fetching_changed.connect(self._begin_or_end)
        sets.received.connect(self._show)
        self.hide()

    def _begin_or_end(self) -> None:
        self.label.setText("Fetching MNIST…")
        self.bar.setValue(0)
        self.setVisible(self._sets.fetching)

    def _show(self, received: "Received") -> None:
        if not self._sets.fetching:
            return
        text = f"Fetching MNIST: {received.received / 1e6:.1f} of {received.total / 1e6:.1f} MB"
        if received.seconds_left is not None:
            text += f", {duration(received.seconds_left)} left"
        self.label.setText(text)
        self.bar.setValue(round(_STEPS * received.received / received.total))
