"""What the parts of the window share, announced when it changes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.draw.preprocess import Greys
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.trainer import Trainer
from digitpad.train import model_file
from digitpad.train.model_file import Model


class Session(QObject):
    """The network in use, its file, whether it would be lost, runs of training, and the person's own drawings.

    Signals: ``model_changed()`` after the network was replaced, ``file_changed()`` after its file or its being saved
    did, ``image_changed()`` after another drawing was read. ``drawings`` and ``trainer`` announce their own changes.
    """

    model_changed = Signal()
    file_changed = Signal()
    image_changed = Signal()

    def __init__(self, model: Model, path: Path | None = None, drawings: Path | None = None) -> None:
        """Start with ``model``, from the file ``path`` if it is in one, in use.

        ``drawings`` is where the person's own drawings are kept; without it, in memory.
        """
        super().__init__()
        self.drawings = Drawings(drawings, self)
        self.trainer = Trainer(self)
        self._model = model
        self._complete: Callable[[], Model] | None = None
        self.path = path
        self.unsaved = False
        self.image: Greys | None = None  # the 784 greys of what is on the canvas; None when it is blank

    def show_image(self, image: Greys | None) -> None:
        """Tell what the network is fed at present."""
        self.image = image
        self.image_changed.emit()

    @property
    def model(self) -> Model:
        """The network that reads the drawing, and how it was made."""
        return self._model

    def use(self, model: Model, path: Path | None = None, complete: Callable[[], Model] | None = None) -> None:
        """Read with ``model`` from now on.

        ``path`` is the file it is in. ``complete`` is given for a network trained here that is in no file yet: it
        returns the model with all there is to save, such as curves too long to put together at every step.
        """
        self._model, self._complete = model, complete
        unsaved = complete is not None
        told = (path, unsaved) != (self.path, self.unsaved)
        self.path, self.unsaved = path, unsaved
        self.model_changed.emit()
        if told:
            self.file_changed.emit()

    def save(self, path: Path) -> None:
        """Write the network in use. Raises ModelError when it cannot be written."""
        if self._complete is not None:
            self._model = self._complete()
        model_file.save(path, self._model)
        self.path, self.unsaved, self._complete = path, False, None
        self.file_changed.emit()
