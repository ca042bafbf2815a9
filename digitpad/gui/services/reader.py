"""How the network in use reads drawings, once or nine times: ``Reader``, for the canvas, menus and dialogs alike."""

from PySide6.QtCore import QObject, Signal

from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import Reading, read
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.train.model_file import Model


class Reader(QObject):
    """Reads as the person chose, and as is right for the network.

    Signal: ``changed()`` when the person chose another way.
    """

    changed = Signal()

    def __init__(self, parent: QObject, session: Session, preferences: Preferences) -> None:
        """Read with the network that is in use in ``session``, and remember the choice in ``preferences``."""
        super().__init__(parent)
        self._session, self._preferences = session, preferences

    @property
    def prefers_nine(self) -> bool:
        """Whether to read nine times with networks for which that is right."""
        return self._preferences.prefers_nine

    def choose(self, nine: bool) -> None:
        """Read ``nine`` times from now on where that is right for the network, or always once."""
        self._preferences.prefers_nine = nine
        self.changed.emit()

    @property
    def can_read_nine(self) -> bool:
        """Whether reading nine times is right for the network in use."""
        return self._session.model.provenance.reads_nine

    def read(self, stages: Stages, model: Model | None = None) -> Reading:
        """Return what a ``model`` reads of a drawing while it is in use, by default the one that is."""
        model = model or self._session.model
        return read(model.network, stages, nine=self.prefers_nine and model.provenance.reads_nine)
