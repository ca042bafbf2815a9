"""The window's status line: the network in use, what was done last, how far training is, how quick the reading was."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QStatusBar

from digitpad.errors import SENTENCE, one_line
from digitpad.gui.services.session import Session
from digitpad.gui.train.status import TrainingStatus
from digitpad.gui.widgets.announcing import announce
from digitpad.gui.widgets.elided import ElidedLabel, Part
from digitpad.gui.widgets.theme import GAP, SMALL, font

_REPORT_MS = 4000  # for which the line says what was done


class StatusLine(QStatusBar):
    """Labels beside each other; what was done takes the place of the network's name for a while."""

    def __init__(self, session: Session) -> None:
        """Follow the session's network and training."""
        super().__init__()
        self._session = session
        self.setSizeGripEnabled(False)
        self.network, self.report, self.time = ElidedLabel(), ElidedLabel(), ElidedLabel()
        self.training = TrainingStatus(session.trainer, session.series)
        for label in (self.network, self.report, self.time):
            label.setFont(font(SMALL))
            label.setProperty("quiet", label is not self.report)
            label.setContentsMargins(GAP * 2, 2, GAP * 2, 2)
        self.time.keep_room_for(_reading(100.0))
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.network.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the others come first
        # Not the status bar's own message, which hides how far training is.
        self.addWidget(self.report, 1)
        self.addWidget(self.network, 1)
        self.addWidget(self.training, 2)
        self.addPermanentWidget(self.time)
        self.report.hide()
        self.training.hide()
        self._ended = False  # whether nothing goes by itself any more
        self._report_timer = QTimer(self)
        self._report_timer.setSingleShot(True)
        self._report_timer.setInterval(_REPORT_MS)
        self._report_timer.timeout.connect(self._end_report)
        session.model_changed.connect(self._show_network)
        self._show_network()

    def say(self, sentence: str) -> None:
        """Say for a while what was done."""
        sentence = one_line(sentence, SENTENCE)
        self.report.setText(sentence)
        announce(self.report, sentence)
        self.report.show()
        self.network.hide()
        if not self._ended:
            self._report_timer.start()

    def unsay(self, sentence: str) -> None:
        """Say ``sentence`` no longer, where nothing else is said meanwhile."""
        if self.report.text() == one_line(sentence, SENTENCE):
            self._end_report()

    def _end_report(self) -> None:
        self._report_timer.stop()
        self.report.clear()
        self.report.hide()
        self.network.show()

    def show_time(self, milliseconds: float) -> None:
        """Say how long the reading took."""
        self.time.show_parts(_reading(milliseconds))

    def _show_network(self) -> None:
        model = self._session.model
        name, sizes = model.provenance.name or "network", "-".join(map(str, model.network.sizes))
        self.network.show_parts((name, 0), ("" if sizes in name else sizes, 2), (model.provenance.accuracy, 1))

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: what is shown leaves out what there is no room for."""
        return QSize(0, super().minimumSizeHint().height())

    def close_down(self) -> None:
        """Let nothing more happen by itself, not even with what is still said."""
        self._ended = True
        self._report_timer.stop()


def _reading(milliseconds: float) -> Part:
    return f"read in {milliseconds:.1f} ms", 1
