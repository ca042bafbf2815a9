"""When the Train tab takes in what a run has learned: soon, and never all of it at once."""

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.gui.services.trainer import State, Trainer

_INTERVAL_MS = 100  # between two looks at a run that learns
_TURNS = 4  # the curves are brought up to date at every second look, the results at one of four


class Schedule(QObject):
    """Calls for an update soon after it was requested.

    While a run learns, curves and results take turns, so that neither waits for the other to be painted; otherwise
    both are due at once.

    Signals: ``due(curves, results)``, two bools.
    """

    due = Signal(bool, bool)

    def __init__(self, parent: QObject, trainer: Trainer) -> None:
        """Follow the state of ``trainer``; nothing is due before it is requested."""
        super().__init__(parent)
        self._trainer = trainer
        self._turn = 0
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._take_turn)

    def request(self) -> None:
        """Have what is new taken in soon."""
        if not self._timer.isActive() and not self._closed:
            self._timer.start()

    def close(self) -> None:
        """Call for nothing any more: what the thread still has to tell needs no screen."""
        self._closed = True
        self._timer.stop()

    def _take_turn(self) -> None:
        learning = self._trainer.state is State.LEARNING
        self._turn = (self._turn + 1) % _TURNS
        curves = not learning or self._turn % 2 == 0
        self.due.emit(curves, not learning or self._turn == 1)
        if learning and not curves:
            self.request()  # there may be no other report
