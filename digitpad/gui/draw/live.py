"""``Live``: when what is drawn is read, so that neither the hand nor the window waits for it."""

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.draw.live import LiveInk
from digitpad.draw.preprocess import Stages
from digitpad.gui.draw.canvas import Canvas

_REST_MS, _TURN_S = 30, 0.006  # without a change before the turns begin, and how long each is


class Live(QObject):
    """However many events arrive together, the drawing is read once, after the last of them.

    Where very much has to be drawn anew for the network, that waits until the hand rests, and goes on in short turns.
    Signal: ``due()``, when the drawing can be read in an instant.
    """

    due = Signal()

    def __init__(self, canvas: Canvas) -> None:
        """Follow what is drawn on ``canvas``."""
        super().__init__(canvas)
        self._canvas, self._ink = canvas, LiveInk(canvas.extents)
        self._late = False
        self._soon, self._rest = (QTimer(self, singleShot=True) for _ in range(2))
        self._soon.timeout.connect(self._read_if_quick)
        self._rest.timeout.connect(self._prepare)
        canvas.changed.connect(self.ask)

    def ask(self) -> None:
        """Have the drawing read soon."""
        self._late = True
        self._soon.start()

    def go_on(self) -> None:
        """Have the drawing read once more with the next turn: not all of it has been."""
        self._late = True
        self._rest.start(0)

    def leave(self) -> None:
        """Have nothing read any more."""
        self._late = False
        self._soon.stop()
        self._rest.stop()

    @property
    def late(self) -> bool:
        """Whether something was changed that has not been read yet, or not all of it."""
        return self._late

    def stages(self) -> Stages:
        """Return the pictures on the way from what is drawn now to what the network sees: nothing is late then."""
        self.leave()
        return self._ink.stages(self._canvas.drawing)

    def _read_if_quick(self) -> None:
        if not self._canvas.is_quick:
            return  # it tells when it is
        if self._ink.is_quick(self._canvas.drawing):
            self.due.emit()
        else:
            self._rest.start(_REST_MS)

    def _prepare(self) -> None:
        if not self._canvas.is_quick:
            return
        if self._ink.prepare(self._canvas.drawing, _TURN_S):
            self.due.emit()
        else:
            self._rest.start(0)
