"""Learn my hand: a dialog that trains the network in use with the person's own drawings, and lets them judge."""

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from digitpad.data.dataset import Digits
from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.theme import GAP, LARGE, font
from digitpad.nn.steps import Steps
from digitpad.train.model_file import Model

if TYPE_CHECKING:
    from digitpad.data.store import Sample
    from digitpad.train.hand import Learned, Score

_MOST_DRAWINGS = 2000  # to learn from, the newest: more would take longer than a person waits
_BAR_STEPS = 1000


class HandDialog(QDialog):
    """Learns at once; then shows what it gave, to keep or to discard.

    Signals: ``failed(sentence)`` when it cannot be done; ``learned()`` when the result is on show.
    """

    failed = Signal(str)
    learned = Signal()
    _advanced = Signal(float)

    def __init__(self, window: QWidget, session: Session, sets: DigitSets) -> None:
        """Begin with the network in use, the drawings, and the data set that is chosen for training."""
        super().__init__(window)
        self.setObjectName("hand_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Learn my hand")
        self._session, self._sets = session, sets
        self._model = session.model
        self._samples: list[Sample] | None = None
        self._begun = False
        self._halt = Event()
        self.outcome: Learned | None = None
        self._background = Background(self)
        self._background.failed.connect(self._fail)
        self._advanced.connect(self._show_progress)
        self._lay_out()
        sets.changed.connect(self._begin)
        sets.wanted()
        session.drawings.page(None, 0, _MOST_DRAWINGS, self._take_samples, self._fail)

    def _lay_out(self) -> None:
        self.heading, self.words, self.bar = QLabel("Learning your hand…"), QLabel(), QProgressBar()
        self.heading.setFont(font(LARGE, strong=True))
        self.words.setProperty("quiet", True)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, GAP, 0, GAP)
        self._grid.setHorizontalSpacing(GAP * 4)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self.table.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
        column.setSpacing(GAP * 2)
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addWidget(self.table)
        column.addStretch()
        column.addWidget(self.buttons)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing() + 2)
        self.setMinimumWidth(720)

    def _take_samples(self, samples: "list[Sample]") -> None:
        self._samples = samples
        self._begin()

    def _begin(self) -> None:
        """Begin once both the drawings and the data set are there."""
        digits, samples = self._sets.current, self._samples
        if self._begun or self._halt.is_set() or digits is None or samples is None:
            return
        self._begun = True
        self.words.setText(
            f"The network in use goes on learning, from {breakable(digits.name)} mixed with your drawings."
        )
        network, halted, advanced = self._model.network, self._halt.is_set, self._advanced

        def learn() -> "Learned | None":
            from digitpad.train.hand import divided, learn_hand

            learning = Steps(learn_hand(network, digits, *divided(samples)))
            for share in learning:
                advanced.emit(share)
                if halted():
                    return None
            return learning.result

        self._background.run(learn, lambda result: self._take(digits, result))

    def _show_progress(self, share: float) -> None:
        self.bar.setValue(round(_BAR_STEPS * share))

    def _fail(self, sentence: str) -> None:
        if self._halt.is_set():  # the dialog is closed, and what was looked for is not wanted any more
            return
        self.failed.emit(sentence)
        self.reject()

    def _take(self, digits: Digits, result: "Learned | None") -> None:
        if result is None:
            return
        self.outcome = result
        better = result.own_after.accuracy - result.own_before.accuracy
        self.heading.setText("It reads your hand better now" if better > 0 else "It reads your hand as before"
                             if better == 0 else "It reads your hand worse now")  # fmt: skip
        self.words.setText(
            f"Learned from {result.drawings:,} of your drawings; the others it has never seen. "
            "Keep the network, or go on with the one you had?"
        )
        rows = (
            ("", "before", "after"),
            ("Your other drawings", _shown(result.own_before), _shown(result.own_after)),
            (f"{digits.name}, test set", _shown(result.test_before), _shown(result.test_after)),
        )
        for row, texts in enumerate(rows):
            for at, text in enumerate(texts):
                label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
                label.setMinimumWidth(1 if at == 0 else 0)  # a long name is cut off
                label.setProperty("quiet", row == 0 or at == 0)
                label.setAlignment(Qt.AlignmentFlag.AlignRight if at else Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(label, row, at)
        self.bar.hide()
        self.table.show()
        keep = self.buttons.addButton("Keep", QDialogButtonBox.ButtonRole.AcceptRole)
        keep.setObjectName("keep_hand")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Discard")
        keep.setDefault(True)
        keep.setFocus()
        self.adjustSize()
        self.learned.emit()

    def _keep(self) -> None:
        result = self.outcome
        if result is None:
            return
        model = Model(result.network, result.provenance(self._model.provenance))
        self._session.use(model, unsaved=True)
        self.accept()

    def done(self, result: int) -> None:
        """End what still learns."""
        self._stop()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what still learns."""
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        self._halt.set()
        self._background.wait()


def _shown(score: "Score") -> str:
    return f"{score.correct:,} of {score.n:,}  ·  {100 * score.accuracy:.2f} %"
