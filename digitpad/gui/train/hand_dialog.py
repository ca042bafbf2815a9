"""Learn my hand: a dialog that leads from collecting over learning to the choice whether to use what was learned."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from digitpad.data.dataset import Digits
from digitpad.data.strokes import drawing_of
from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.preprocess import SIDE
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.drawings import ENOUGH
from digitpad.gui.services.session import Session
from digitpad.gui.train.hand_result import HandResult, Misread
from digitpad.gui.train.hands import MINE, Hands
from digitpad.gui.train.learning_dialog import LearningDialog
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.widgets.layouts import column_in
from digitpad.gui.widgets.theme import GAP, LARGE, font, grow
from digitpad.gui.words import roughly
from digitpad.nn.batches import greys
from digitpad.nn.steps import Steps
from digitpad.train.model_file import Model

if TYPE_CHECKING:
    from digitpad.data.store import Sample
    from digitpad.train.hand import Learned

_MOST_DRAWINGS = 2000  # to learn from, the newest: more would take longer than a person waits
_BAR_STEPS = 1000
_TELLING = 0.05  # of the time: over before it can be told how long the rest takes
_WIDTH, _HEIGHT = 640, 400  # pixels
_STEPS = (
    "1.  Collect: draw the digits you are asked for. Three minutes give a hundred.",
    "2.  Learn: the network goes on learning, from them and from what it knows, in some fifteen seconds.",
    "3.  Compare: how it reads others of your drawings and the test digits, before and after.",
    "4.  Use it from now on, or keep what you have.",
)


class _Divided(NamedTuple):
    """Drawings to learn from, others for a test, and whether they are enough."""

    learn: "list[Sample]"
    held_out: "list[Sample]"
    enough: bool


class HandDialog(LearningDialog):
    """Learns at once, where enough is kept; then shows what it gave, to use or to discard.

    Signals: ``failed(sentence)`` when it cannot be done; ``learned()`` when the result is on show, and
    ``reported(sentence)`` when it is used; ``collect_wanted()`` when the person wants to draw first;
    ``put_wanted(Drawing)`` when one is to be put on the canvas.
    """

    failed = Signal(str)
    reported = Signal(str)
    learned = Signal()
    collect_wanted = Signal()
    put_wanted = Signal(object)
    _advanced = Signal(float)

    def __init__(self, window: QWidget, session: Session, sets: DigitSets, hands: Hands = MINE) -> None:
        """Begin with the network in use, the drawings of ``hands``, and the data set that is chosen for training."""
        super().__init__(window, "hand_dialog", hands.title)
        self._session, self._sets, self._hands = session, sets, hands
        self._model = session.model
        self._divided: _Divided | None = None
        self._begun_at: float | None = None
        self.outcome: Learned | None = None
        self._background.failed.connect(self._fail)
        self._advanced.connect(self._show_progress)
        self._lay_out()
        sets.changed.connect(self._begin)
        sets.wanted()
        halted = self._halt.is_set
        session.drawings.newest(_MOST_DRAWINGS, hands.drawn_by, self._divide, self._fail, lambda: not halted())

    def _lay_out(self) -> None:
        self.heading, self.words = QLabel("Learning…"), QLabel("It takes some fifteen seconds.")
        self.heading.setFont(font(LARGE, strong=True))
        for words in (self.heading, self.words):
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setProperty("quiet", True)
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing() + 2)
        self.steps, working, self.result_view = QLabel("\n\n".join(_STEPS)), QWidget(), HandResult()
        self.steps.setWordWrap(True)
        self.steps.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bar, self.left = QProgressBar(), QLabel()
        self.bar.setRange(0, _BAR_STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Learning")
        self.bar.setFixedHeight(6)
        self.left.setProperty("quiet", True)
        column = column_in(working)
        for part in (self.bar, self.left):
            column.addWidget(part)
        column.addStretch()
        self.result_view.put_wanted.connect(lambda sample: self.put_wanted.emit(_drawing_of(sample)))
        self.result_view.relabel_wanted.connect(lambda number, label: self._session.drawings.relabel([number], label))
        self._pages = QStackedWidget()
        for page in (working, self.steps, self.result_view):
            self._pages.addWidget(page)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP * 3, GAP * 3, GAP * 3, GAP * 2)
        whole.setSpacing(GAP * 2)
        whole.addWidget(self.heading)
        whole.addWidget(self.words)
        whole.addWidget(self._pages, 1)
        whole.addWidget(self.buttons)
        grow(self, minimumWidth=_WIDTH, minimumHeight=_HEIGHT)

    # Whether there is enough

    def _divide(self, samples: "list[Sample]") -> None:
        drawings = self._session.drawings

        def divide() -> _Divided:
            from digitpad.train.hand import FEWEST

            learn, held_out = self._hands.divided(samples, drawings.samples)
            return _Divided(learn, held_out, len(learn) >= FEWEST and bool(held_out))

        if not self._halt.is_set():
            self._background.run(divide, self._take_divided, leave=True)

    def _take_divided(self, divided: _Divided) -> None:
        self._divided = divided
        if divided.enough:
            self._begin()
        elif self._hands is not MINE:
            self._fail(
                "Learning from half of the class takes ten drawings from odd seats and one from an even seat; "
                f"so far there are {len(divided.learn)} and {len(divided.held_out)}."
            )
        else:
            self._lead_to_collecting(len(divided.learn) + len(divided.held_out))

    def _lead_to_collecting(self, kept: int) -> None:
        self.heading.setText("First, some of your digits")
        so_far = f"so far you have kept {kept}" if kept else "so far you have kept none"
        self.words.setText(f"Your hand can be learned from {ENOUGH} drawings and more; {so_far}.")
        self._pages.setCurrentWidget(self.steps)
        collect = self._add_button("Collect", "collect_hand", self._collect)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("Close")
        _choose(collect)

    def _collect(self) -> None:
        self.accept()
        self.collect_wanted.emit()

    # Learning

    def _begin(self) -> None:
        """Begin once both the drawings and the data set are there."""
        digits, divided = self._sets.current, self._divided
        if self._begun_at is not None or self._halt.is_set() or digits is None or not (divided and divided.enough):
            return
        self._begun_at = monotonic()
        self.words.setText(
            f"The network in use goes on learning, from {self._hands.told(divided.learn)}, mixed with "
            f"“{breakable(digits.name)}”."
        )
        network, halted, advanced = self._model.network, self._halt.is_set, self._advanced
        learn_from, held_out, _ = divided

        def learn() -> "tuple[Learned, list[Misread]] | None":
            from digitpad.train.hand import learn_hand

            learning = Steps(learn_hand(network, digits, learn_from, held_out))
            for share in learning:
                advanced.emit(share)
                if halted():
                    return None
            learned = learning.result.network
            images = greys(np.stack([sample.image for sample in held_out]), learned.dtype)
            answers = learned.feedforward(images).argmax(axis=1).tolist()
            pairs = zip(held_out, answers, strict=True)
            return learning.result, [Misread(sample, answer) for sample, answer in pairs if answer != sample.label]

        self._background.run(learn, lambda result: self._take(digits, result))

    def _show_progress(self, share: float) -> None:
        self.bar.setValue(round(_BAR_STEPS * share))
        if self._begun_at is not None and share > _TELLING:
            left = (monotonic() - self._begun_at) * (1 - share) / share
            self.left.setText(f"About {roughly(left)} left" if left >= 1 else "Nearly done")

    def _fail(self, sentence: str) -> None:
        if self._halt.is_set():  # the dialog is closed, and what was looked for is not wanted any more
            return
        self.failed.emit(sentence)
        self.reject()

    # The result

    def _take(self, digits: Digits, taken: "tuple[Learned, list[Misread]] | None") -> None:
        if taken is None:
            return
        result, misread = taken
        self.outcome = result
        better = result.own_after.accuracy - result.own_before.accuracy
        how = "better now" if better > 0 else "as before" if better == 0 else "worse now"
        self.heading.setText(f"It reads {self._hands.read} {how}")
        learned_from = self._hands.told(self._divided.learn if self._divided else [])
        self.words.setText(
            f"Learned from {learned_from}; the others it has never seen. "
            "Use it from now on, or go on with the network you had?"
        )
        self.result_view.show_outcome(self._hands.tested, digits.name, result, misread)
        self._pages.setCurrentWidget(self.result_view)
        keep = self._add_button("Use from now on", "keep_hand", self._keep)
        discard = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        discard.setText("Discard")
        _choose(keep if better > 0 else discard)
        self.learned.emit()

    def _add_button(self, text: str, name: str, slot: Callable[[], None]) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.clicked.connect(slot)
        return button

    def _keep(self) -> None:
        result = self.outcome
        if result is None:
            return
        model = Model(result.network, result.provenance(self._model.provenance, self._hands.taught))
        self._session.use(model, unsaved=True)
        self.accept()
        self.reported.emit(self._hands.used)


def _drawing_of(sample: "Sample") -> Drawing:
    if sample.strokes:
        return drawing_of(sample.strokes)
    return Drawing(picture=Picture.fitted(greys(sample.image, np.float32).reshape(SIDE, SIDE)))


def _choose(button: QPushButton) -> None:
    """Let Return press ``button``."""
    button.setDefault(True)
    button.setFocus()
