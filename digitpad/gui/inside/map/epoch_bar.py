"""Goes through the epochs of a run that is looked at: ``EpochBar``."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from digitpad.gui.widgets.slider import Slider
from digitpad.gui.widgets.theme import GAP, SMALL, font, grow

_STEP_MS = 700  # a little longer than points take from one epoch to the next


class EpochBar(QWidget):
    """A slider of epochs, Play, and a way back to the network in use.

    Signal: ``chosen(index)`` of an epoch, or None for the network in use.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        """Start with no epochs."""
        super().__init__()
        self.index: int | None = None  # of the epoch that is shown
        self.epochs: tuple[float, ...] = ()
        self._waiting = False
        self.play, self.in_use = QToolButton(), QToolButton()
        self.slider, self.words = Slider(Qt.Orientation.Horizontal), QLabel()
        self.play.setObjectName("play_epochs")
        self.play.setText("Play")
        self.play.setCheckable(True)
        self.play.setToolTip("See the islands part, epoch by epoch, in the run that is looked at")
        self.in_use.setObjectName("map_in_use")
        self.in_use.setText("In use")
        self.in_use.setToolTip("Show the network in use again")
        for button, wide in ((self.play, 64), (self.in_use, 64)):
            button.setProperty("tight", True)
            grow(button, minimumWidth=wide)
        self.slider.setToolTip("The epoch whose network is shown (arrow keys)")
        self.words.setFont(font(SMALL))
        self.words.setProperty("quiet", True)
        grow(self.words, minimumWidth=64)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for part, stretch in ((self.play, 0), (self.slider, 1), (self.words, 0), (self.in_use, 0)):
            row.addWidget(part, stretch)
        self._clock = QTimer(self)
        self._clock.setInterval(_STEP_MS)
        self._clock.timeout.connect(self._step)
        self.play.toggled.connect(self._play)
        self.in_use.clicked.connect(lambda: self.choose(None))
        self.slider.valueChanged.connect(self.choose)
        self.show_epochs(())

    def show_epochs(self, epochs: Sequence[float]) -> None:
        """Offer these ``epochs``, if there are several; if they are others than before, the network in use is shown."""
        if tuple(epochs) == self.epochs and self.epochs:
            return
        self.epochs = tuple(epochs)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(len(epochs) - 1, 0))
            self.slider.setValue(len(epochs) - 1)
        self.setVisible(len(epochs) > 1)
        self.choose(None)
        self._tell()

    def choose(self, index: int | None) -> None:
        """Show an epoch, or None for the network in use."""
        if index is None:
            self.play.setChecked(False)
        else:
            with QSignalBlocker(self.slider):
                self.slider.setValue(index)
        if index != self.index:
            self.index = index
            self._tell()
            self.chosen.emit(index)

    def wait(self, waiting: bool) -> None:
        """Let Play wait for the first epoch to be seen."""
        self._waiting = waiting

    def _tell(self) -> None:
        words = "in use" if self.index is None else f"epoch {self.epochs[self.index]:g}"
        self.words.setText("" if self.index is None else words)
        self.slider.setAccessibleName(f"Epoch shown: {words}")
        self.in_use.setEnabled(self.index is not None)

    def _play(self, on: bool) -> None:
        self.play.setText("Pause" if on else "Play")
        if not on:
            self._clock.stop()
            return
        if self.index is None or self.index >= len(self.epochs) - 1:
            self.choose(0)
        self._clock.start()

    def _step(self) -> None:
        last = len(self.epochs) - 1
        if self._waiting:
            return
        if self.index is not None and self.index < last:
            self.choose(self.index + 1)
        if self.index is None or self.index >= last:
            self.play.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop playing."""
        super().hideEvent(event)
        self.play.setChecked(False)
