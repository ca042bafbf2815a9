"""What is nearest to a drawing that is no digit to the network: ``NearestKnown``."""

from PySide6.QtCore import QObject, QTimer

from digitpad.draw.reading import Verdict
from digitpad.gui.draw.answer import AnswerView
from digitpad.gui.services.seen import Seen
from digitpad.gui.services.session import Session

_REST_MS = 300  # after the last movement: what is being drawn may become a digit yet


class NearestKnown(QObject):
    """Has the answer name the digit that is most like a drawing which is none, when the pen rests.

    The digits are fed forward in a thread, the first time that such a drawing is there.
    """

    def __init__(self, session: Session, answer: AnswerView) -> None:
        """Follow what is seen, for ``answer`` to say more."""
        super().__init__(answer)
        self._session, self._answer = session, answer
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        session.seen_changed.connect(self._follow)
        session.examples.changed.connect(self._show)

    @property
    def _seen(self) -> Seen | None:
        """The drawing, where it is no digit."""
        seen = self._session.seen
        no_digit = seen is not None and seen.number is None and seen.reading.verdict is Verdict.NO_DIGIT
        return seen if no_digit else None

    def _follow(self) -> None:
        if self._seen:
            self._rest.start()
        else:
            self._rest.stop()
            self._session.examples.want_no_more(self)

    def _ask(self) -> None:
        self._session.examples.want(self)
        self._show()

    def _show(self) -> None:
        seen, cloud = self._seen, self._session.examples.cloud
        if seen is None or cloud is None or self._session.examples.coming or self._rest.isActive():
            return
        indices, _ = cloud.nearest_to(seen.stages.image, 1)
        for index in indices.tolist():
            self._answer.show_nearest(seen.reading, int(cloud.digits.labels[index]), cloud.digits.images[index])

    def close_down(self) -> None:
        """Ask for nothing any more."""
        self._rest.stop()
