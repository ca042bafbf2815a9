"""What the parts of the window share, announced when it changes."""

from PySide6.QtCore import QObject, Signal

from digitpad.model_file import Model


class Session(QObject):
    """The network in use. ``model_changed`` is emitted after it was replaced."""

    model_changed = Signal()

    def __init__(self, model: Model) -> None:
        """Start with ``model`` in use."""
        super().__init__()
        self._model = model

    @property
    def model(self) -> Model:
        """The network that reads the drawing, and how it was made."""
        return self._model

    def use(self, model: Model) -> None:
        """Read with ``model`` from now on."""
        self._model = model
        self.model_changed.emit()
