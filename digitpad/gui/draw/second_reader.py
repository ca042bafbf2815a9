"""What the drawing really is, and what another network makes of it, beside the one in use: ``SecondReader``."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from digitpad.draw.drawing import Drawing
from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading, Verdict
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.widgets.buttons import tool_button
from digitpad.gui.widgets.elided import ElidedLabel
from digitpad.gui.widgets.theme import GAP, NORMAL, SMALL, font
from digitpad.gui.words import a_digit

_NAME = "network in use"  # where it has none
Known = tuple[Drawing, int]  # a drawing, and what it really is


class SecondReader(QFrame):
    """A strip that tells both answers, and lets the other network be used; hidden while there is nothing to tell.

    It is there when a mistake of a network is put on the canvas: what it really is, as long as it is there unchanged,
    and where a run's network made the mistake, what that reads, as it would if it were in use.
    """

    def __init__(self, session: Session, reader: Reader) -> None:
        """Begin hidden; both networks read as the ``reader`` does."""
        super().__init__()
        self.setObjectName("second_reader")
        self._session, self._reader = session, reader
        self.snapshot: Snapshot | None = None
        self._name = ""
        self._known: Known | None = None
        self._read: tuple[Drawing, Stages, Reading] | None = None  # the newest, and what the network in use says
        self.truth, self.words = ElidedLabel(), ElidedLabel()
        for label in (self.truth, self.words):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.truth.setFont(font(NORMAL, strong=True))
        self.words.setFont(font(SMALL))
        self.use = tool_button("use_second", "")
        self.use.clicked.connect(self._use)
        close = tool_button("close_second", "×", "Read with the network in use alone")
        close.setAccessibleName("Close")
        close.clicked.connect(lambda: self.compare(None))
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.truth, 1)
        row.addWidget(self.use)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addLayout(row)
        column.addWidget(self.words)
        self.hide()

    def compare(self, snapshot: Snapshot | None, name: str = "", known: Known | None = None) -> None:
        """Read with this network, too, called ``name``; or with none. Of one drawing it is ``known`` what it is."""
        self.snapshot, self._name, self._known = snapshot, name, known
        self.use.setText(f"Use {name}")
        self.use.setToolTip(f"Read drawings with the network of {name} from now on")
        self._show()

    def show_reading(self, drawing: Drawing, stages: Stages, reading: Reading) -> None:
        """Take in a drawing, and what the network in use makes of it."""
        self._read = drawing, stages, reading
        if self.snapshot is not None or self._known is not None:
            self._show()

    def _show(self) -> None:
        snapshot = self.snapshot
        if snapshot is not None and self._session.in_use(snapshot):
            snapshot = self.snapshot = None
        is_known = self._known is not None and self._read is not None and self._read[0] == self._known[0]
        self.use.setVisible(snapshot is not None)
        self.setVisible(snapshot is not None or is_known)
        if self._read is None:
            return
        _, stages, first = self._read
        self.truth.setText(f"Really {a_digit(self._known[1])}" if self._known and is_known else "")
        answers = [(f"{self._session.model.provenance.name or _NAME}: {_said(first)}", 1)]
        if snapshot is not None:
            second = _said(self._reader.read(stages, snapshot.summary))
            answers.append((f"{self._name} at epoch {round(snapshot.epochs, 2):g}: {second}", 0))
        self.words.show_parts(*answers)

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
