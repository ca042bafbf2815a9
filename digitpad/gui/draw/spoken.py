"""The answer for those who do not see it: ``SpokenAnswer`` says a new one when the hand rests."""

from PySide6.QtCore import QEvent, QObject, QTimer

from digitpad.gui.draw.answer import AnswerView
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.widgets.announcing import announce

_REST_MS = 800  # without another reading: then the hand rests


class SpokenAnswer(QObject):
    """Has screen readers say what is answered, once for each new answer, and nothing while the pen is down."""

    def __init__(self, answer: AnswerView, canvas: Canvas) -> None:
        """Speak for ``answer``, to the drawing on ``canvas``."""
        super().__init__(answer)
        self._answer, self._canvas, self._said = answer, canvas, ""
        self._rest = QTimer(self)
        self._rest.setObjectName("spoken_rest")
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._speak)
        answer.installEventFilter(self)

    def wait_for_rest(self) -> None:
        """Know that there was another reading."""
        if self._answer.isVisible():
            self._rest.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Say nothing of what is not shown any more."""
        if event.type() is QEvent.Type.Hide:
            self._rest.stop()
        return False

    def _speak(self) -> None:
        if self._canvas.drawing_now or not self._canvas.is_quick:  # which was not read yet
            self._rest.start()
            return
        view = self._answer
        sentence = "" if self._canvas.empty else f"{view.answer.text()}. {view.verdict.text()}."
        if sentence and sentence != self._said:
            announce(view, sentence)  # the label may be hidden, where a number is shown
        self._said = sentence
