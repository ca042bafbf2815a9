"""``Player``: the buttons Step, Play and Reset of what goes on step by step."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from digitpad.gui.explore.controls import button
from digitpad.gui.widgets.theme import GAP, grow


class Player(QWidget):
    """Takes one step, or one after the other until it is over; Play then begins again. It rests when it is hidden."""

    def __init__(
        self, pause_ms: int, step: Callable[[], object], rewind: Callable[[], object], over: Callable[[], bool],
        tips: tuple[str, str, str],
    ) -> None:  # fmt: skip
        """``step`` takes a step, ``rewind`` goes back to the start, ``over`` says whether there is no step left.

        Steps that are played are ``pause_ms`` milliseconds apart. ``tips`` are of Step, Play and Reset.
        """
        super().__init__()
        self._take, self._rewind, self._over = step, rewind, over
        self.step, self.play, self.reset = (
            button(text, tip, checkable=text == "&Play")
            for text, tip in zip(("&Step", "&Play", "&Reset"), tips, strict=True)
        )
        grow(self.play, minimumWidth=76, maximumWidth=76)  # "Pause" must fit, too
        self.step.clicked.connect(self._step)
        self.play.toggled.connect(self._play)
        self.reset.clicked.connect(self._reset)
        self.clock = QTimer(self)
        self.clock.setInterval(pause_ms)
        self.clock.timeout.connect(self._step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for made in (self.step, self.play, self.reset):
            row.addWidget(made)
        row.addStretch()

    @property
    def playing(self) -> bool:
        """Whether steps are taken by themselves."""
        return self.clock.isActive()

    def stop(self) -> None:
        """Take no more steps by itself."""
        self.play.setChecked(False)

    def refresh(self) -> None:
        """Let Step be pressed as long as there is one left."""
        self.step.setEnabled(not self._over())

    def _step(self) -> None:
        if not self._over():
            self._take()
        if self._over():
            self.stop()

    def _play(self, on: bool) -> None:
        self.play.setText("&Pause" if on else "&Play")
        if not on:
            self.clock.stop()
            return
        if self._over():
            self._rewind()
        self.clock.start()

    def _reset(self) -> None:
        self.stop()
        self._rewind()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop playing."""
        super().hideEvent(event)
        self.stop()
