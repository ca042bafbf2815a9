"""What another network makes of the drawing, beside the one in use: ``SecondReader``."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton

from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading, Verdict, read
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.theme import GAP

_NAME = "network in use"  # where it has none


class SecondReader(QFrame):
    """A strip that tells both answers, and lets the other network be used; hidden while there is none.

    It is there when a mistake of a run's network is put on the pad: the network that made it reads it again.
    """

    def __init__(self, session: Session) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("second_reader")
        self._session = session
        self.snapshot: Snapshot | None = None
        self._name = ""
        self._read: tuple[Stages, Reading] | None = None  # the newest drawing, and what the network in use says
        self.words = ElidedLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.use = _button("use_second", "")
        self.use.clicked.connect(self._use)
        close = _button("close_second", "×")
        close.setToolTip("Read with the network in use alone")
        close.setAccessibleName("Close")
        close.clicked.connect(lambda: self.compare(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.words, 1)
        row.addWidget(self.use)
        row.addWidget(close)
        self.hide()

    def compare(self, snapshot: Snapshot | None, name: str = "") -> None:
        """Read with this network, too, called ``name``; or with none."""
        self.snapshot, self._name = snapshot, name
        self.use.setText(f"Use {name}")
        self.use.setToolTip(f"Read drawings with the network of {name} from now on")
        self._show()

    def show_reading(self, stages: Stages, reading: Reading) -> None:
        """Take in a drawing, and what the network in use makes of it."""
        self._read = stages, reading
        if self.snapshot is not None:
            self._show()

    def _show(self) -> None:
        snapshot = self.snapshot
        if snapshot is not None and self._session.in_use(snapshot):
            snapshot = self.snapshot = None
        self.setVisible(snapshot is not None)
        if snapshot is not None and self._read is not None:
            stages, first = self._read
            second = read(snapshot.network, stages)
            name = self._session.model.provenance.name or _NAME
            self.words.setText(f"{name}: {_said(first)}  ·  {self._name}: {_said(second)}")

    def _use(self) -> None:
        if self.snapshot is not None:
            self._session.use_snapshot(self.snapshot)
            self.compare(None)


def _said(reading: Reading) -> str:
    if reading.verdict is Verdict.BLANK:
        return "nothing"
    if reading.verdict is Verdict.NO_DIGIT:
        return "no digit"
    return str(reading.digit)


def _button(name: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setProperty("tight", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
