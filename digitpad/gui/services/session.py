"""What the parts of the window share, announced when it changes: the network in use, runs, drawings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from digitpad.draw.preprocess import Greys
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.history import History
from digitpad.gui.services.shown import Shown, Snapshot
from digitpad.gui.services.trainer import Trainer
from digitpad.train import model_file
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

if TYPE_CHECKING:
    from digitpad.nn.network import Network


class Session(QObject):
    """The network in use, its file, whether it would be lost, runs of training, the person's own drawings, and undo.

    Signals: ``model_changed()`` after the network was replaced, ``file_changed()`` after its file or its being saved
    did, ``image_changed()`` after another drawing was read, ``following_changed(bool)``. ``history``, ``drawings``,
    ``trainer`` and ``shown`` announce their own changes.
    """

    model_changed = Signal()
    file_changed = Signal()
    image_changed = Signal()
    following_changed = Signal(bool)

    def __init__(self, model: Model, path: Path | None = None, drawings: Path | None = None) -> None:
        """Start with ``model``, from the file ``path`` if it is in one, in use.

        ``drawings`` is where the person's own drawings are kept; without it, in memory.
        """
        super().__init__()
        self.history = History(self)
        self.drawings = Drawings(drawings, self.history, self)
        self.trainer = Trainer(self)
        self.shown = Shown(self)
        self.model = model  # the network that reads the drawing, and how it was made
        self.path = path
        self.unsaved = False  # whether the network in use is in no file
        self.following = False  # whether each step of training replaces the network in use
        self.image: Greys | None = None  # the 784 greys of what is on the canvas; None when it is blank
        self._in_use: Snapshot | None = None  # of a run, where the network in use is one and not saved yet
        self._followed: Network | None = None  # what was last put into use by following
        self._kept: tuple[int, float] | None = None  # the run, and its epochs, last put into use or saved
        self.trainer.advanced.connect(self._follow)
        self.trainer.state_changed.connect(self._follow)

    def show_image(self, image: Greys | None) -> None:
        """Tell what the network is fed at present."""
        self.image = image
        self.image_changed.emit()

    # The network in use

    def use(self, model: Model, path: Path | None = None, unsaved: bool = False) -> None:
        """Read with ``model`` from now on.

        ``path`` is the file it is in. One that is ``unsaved`` was made here and is in no file: training that is
        followed does not replace it.
        """
        if unsaved:
            self.follow(False)
        self._put_into_use(model, path, unsaved, None)

    def use_snapshot(self, snapshot: Snapshot) -> None:
        """Read with a network that was trained here."""
        self._kept = snapshot.run.number, snapshot.epochs
        self._put_into_use(snapshot.summary, None, True, snapshot)

    def open(self, model: Model, path: Path | None, run: Run | None) -> None:
        """Read with a network from a file from now on, and look at the ``run`` that the file tells of, if any."""
        self.use(model, path)
        if run:
            self.shown.show(self.trainer.add(run))

    def _put_into_use(self, model: Model, path: Path | None, unsaved: bool, snapshot: Snapshot | None) -> None:
        other_file = (path, unsaved) != (self.path, self.unsaved)
        self.model, self._in_use, self.path, self.unsaved = model, snapshot, path, unsaved
        self.model_changed.emit()
        if other_file:
            self.file_changed.emit()

    @property
    def snapshot_in_use(self) -> Snapshot | None:
        """The network in use as that of a run, where it is one and not saved yet."""
        return self._in_use

    # Following

    def follow(self, on: bool) -> None:
        """Put the newest weights into use as they are learned, or stop doing so."""
        if on != self.following:
            self.following, self._followed = on, None
            self.following_changed.emit(on)
            self._follow()

    def _follow(self) -> None:
        """Put into use what was learned since the last time, unless the person looks back at something else."""
        run = self.trainer.run
        if not self.following or run is None or run.latest is None or run.latest is self._followed:
            return
        looks_back = run is self.shown.run and self.shown.epochs is not None
        snapshot = Snapshot.of(run)
        if snapshot and not looks_back:
            self._followed = run.latest
            with self.trainer.window_priority:
                self.use_snapshot(snapshot)

    # Files

    @property
    def newest_unsaved(self) -> Snapshot | None:
        """The newest network of the last run, where it is neither in use nor saved."""
        run = self.trainer.run
        return Snapshot.of(run) if run and run.at > 0 and self._kept != (run.number, run.at) else None

    def save(self, path: Path) -> None:
        """Write the network in use. Raises ModelError when it cannot be written."""
        model = self._in_use.model if self._in_use else self.model
        model_file.save(path, model)
        self._keep(model, path)

    def save_snapshot(self, path: Path, snapshot: Snapshot) -> None:
        """Write a network that was trained here, whichever is in use. Raises ModelError when it cannot be written."""
        model = snapshot.model
        model_file.save(path, model)
        self._kept = snapshot.run.number, snapshot.epochs
        if self.in_use(snapshot):
            self._keep(model, path)
        elif self.path and os.path.realpath(path) == os.path.realpath(self.path):
            self.path, self.unsaved = None, True  # the network in use was in that file
            self.file_changed.emit()

    def in_use(self, snapshot: Snapshot) -> bool:
        """Whether drawings are read with this network."""
        return snapshot.network is self.model.network

    def _keep(self, model: Model, path: Path) -> None:
        self.model, self._in_use, self.path, self.unsaved = model, None, path, False
        self.file_changed.emit()
