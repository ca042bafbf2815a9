"""What the parts of the window share, announced when it changes: the network in use, runs, drawings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QObject, Signal

from digitpad.draw.preprocess import Greys
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.services.examples import Examples
from digitpad.gui.services.history import History
from digitpad.gui.services.made_here import MadeHere
from digitpad.gui.services.seen import Seen
from digitpad.gui.services.series import Series
from digitpad.gui.services.shown import Shown, Snapshot
from digitpad.gui.services.trainer import Trainer
from digitpad.gui.services.ways import Ways
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

if TYPE_CHECKING:
    from digitpad.nn.network import Network


class Session(QObject):
    """The network in use, its file, whether it would be lost, runs of training, the person's own drawings, and undo.

    Signals: ``model_changed()`` after the network was replaced, ``file_changed()`` after its file or its being saved
    did, ``seen_changed()`` after another drawing was read, ``following_changed(bool)``, ``refused(sentence)`` when a
    network cannot be put into use. ``history``, ``drawings``, ``trainer``, ``shown``, ``made`` and ``examples``
    announce their own changes; ``ways`` lead from one tab to another.
    """

    model_changed = Signal()
    file_changed = Signal()
    seen_changed = Signal()
    following_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self, model: Model, path: Path | None = None, drawings: Path | None = None) -> None:
        """Start with ``model``, from the file ``path`` if it is in one, in use.

        ``drawings`` is where the person's own drawings are kept; without it, in memory.
        """
        super().__init__()
        self.history = History(self)
        self.drawings = Drawings(drawings, self.history, self)
        self.trainer = Trainer(self)
        self.series = Series(self.trainer)
        self.shown = Shown(self)
        self.made = MadeHere(self)  # networks that are in no file: the one in use, if it is one, and those before it
        self.ways = Ways(self)
        self.model = model  # the network that reads the drawing, and how it was made
        self.examples = Examples(
            model.network, self.trainer.window_priority, self
        )  # digits that are like what is drawn
        self.path = path
        self.unsaved = False  # whether the network in use is in no file
        self.following = False  # whether each step of training replaces the network in use
        self.seen: Seen | None = None  # what is on the canvas, and how it is read; None when it is blank
        self._in_use: Snapshot | None = None  # of a run, where the network in use is one and not saved yet
        self._followed: Network | None = None  # what was last put into use by following
        self._step: tuple[ref[Run], Made] | None = None  # the same as one of those made here, and its run
        self._kept: tuple[ref[Run], float] | None = None  # the run, and its epochs, last put into use or saved
        self.trainer.advanced.connect(self._follow)
        self.trainer.state_changed.connect(self._follow)

    def show_seen(self, seen: Seen | None) -> None:
        """Tell what is on the canvas now, and what the network in use makes of it."""
        self.seen = seen
        self.seen_changed.emit()

    @property
    def image(self) -> Greys | None:
        """The 784 greys of what is on the canvas; None when it is blank."""
        return self.seen.stages.image if self.seen else None

    # The network in use

    def use(self, model: Model, path: Path | None = None, unsaved: bool = False) -> None:
        """Read with ``model`` from now on, and no longer follow training, which would replace it at once.

        ``path`` is the file it is in. One that is ``unsaved`` was made here and is in no file.
        """
        self.follow(False)
        if unsaved:
            self.made.add(self.made.of(model.network) or Made.of_model(model))
        self._put_into_use(model, path, unsaved, None)

    def use_made(self, made: Made, model: Model) -> None:
        """Read with one of the networks that were ``made`` here again, which was read from where it is kept."""
        self.follow(False)
        made.stand_for(model.network)
        self.made.add(made)
        self._put_into_use(model, None, True, None)

    def use_snapshot(self, snapshot: Snapshot) -> bool:
        """Read with a network that was trained here, and no longer follow training; whether it can be."""
        if self._refuses(snapshot):
            return False
        self.follow(False)
        self._step = None
        self._use_snapshot(snapshot)
        return True

    def _refuses(self, snapshot: Snapshot) -> bool:
        """Say why the network cannot be put into use, where that is so; whether it is."""
        reads = snapshot.run.recipe.reads_drawings
        if not reads:
            self.refused.emit(
                f"The network of run #{snapshot.run.number} has four outputs, the bits of a digit, and cannot read "
                "drawings."
            )
        return not reads

    def _use_snapshot(self, snapshot: Snapshot, instead_of: Made | None = None) -> Made:
        self._kept = ref(snapshot.run), snapshot.epochs
        made = self.made.of(snapshot.network)
        if made is None:
            made = Made.of_run(snapshot.run, snapshot.network, snapshot.epochs, snapshot.point)
        self.made.add(made, instead_of)
        self._put_into_use(snapshot.summary, None, True, snapshot)
        return made

    def open(self, model: Model, path: Path | None, run: Run | None) -> None:
        """Read with a network from a file from now on, and look at the ``run`` that the file tells of, if any."""
        self.use(model, path)
        if run:
            self.shown.show(self.trainer.add(run))

    def _put_into_use(self, model: Model, path: Path | None, unsaved: bool, snapshot: Snapshot | None) -> None:
        other_file = (path, unsaved) != (self.path, self.unsaved)
        self.model, self._in_use, self.path, self.unsaved = model, snapshot, path, unsaved
        self.examples.use(model.network)
        self.model_changed.emit()
        if other_file:
            self.file_changed.emit()

    @property
    def made_in_use(self) -> Made | None:
        """The network in use as one of those made here; None where it is in a file or came with the program."""
        return self.made.of(self.model.network) if self.unsaved else None

    # Following

    def follow(self, on: bool) -> None:
        """Put the newest weights into use as they are learned, or stop doing so."""
        if on != self.following:
            self.following, self._followed = on, None
            self.following_changed.emit(on)
            self._follow()

    def _follow(self) -> None:
        """Put into use what was learned since the last time."""
        run = self.trainer.run
        if not self.following or run is None or run.latest is None or run.latest is self._followed:
            return
        snapshot = Snapshot.of(run)
        if snapshot and self._refuses(snapshot):
            self.follow(False)
        elif snapshot:
            self._followed = run.latest
            before = self._step[1] if self._step and self._step[0] == ref(run) else None  # one of each run is enough
            with self.trainer.window_priority:
                self._step = ref(run), self._use_snapshot(snapshot, before)

    # Files

    @property
    def newest_unsaved(self) -> Snapshot | None:
        """The newest network of the last run, where it is neither in use nor saved."""
        run = self.trainer.run
        return Snapshot.of(run) if run and run.at > 0 and self._kept != (ref(run), run.at) else None

    def to_save(self, snapshot: Snapshot | None = None) -> Model:
        """Return the network in use, or one that was trained here, with all that a file is to tell of it."""
        snapshot = snapshot or self._in_use
        return snapshot.model if snapshot else self.model

    def note_saved(self, path: Path, model: Model, snapshot: Snapshot | None) -> None:
        """Know that ``model``, from ``to_save``, was written to ``path``, whichever network is in use by now."""
        if snapshot:
            self._kept = ref(snapshot.run), snapshot.epochs
        if model.network is self.model.network:
            self._keep(model, path)
        else:
            self.made.remove(self.made.of(model.network))
            self._replace_file(path)

    def note_made_saved(self, path: Path, made: Made) -> None:
        """Know that one of the networks that were ``made`` here was written to ``path``."""
        self.made.remove(made)
        self._replace_file(path)

    def _replace_file(self, path: Path) -> None:
        """Know that another network than the one in use was written to ``path``."""
        if self.path and os.path.realpath(path) == os.path.realpath(self.path):
            self.path, self.unsaved = None, True  # the network in use was in that file
            self.made.add(Made.of_model(self.model))
            self.file_changed.emit()

    def in_use(self, snapshot: Snapshot) -> bool:
        """Whether drawings are read with this network."""
        return snapshot.network is self.model.network

    def _keep(self, model: Model, path: Path) -> None:
        self.model, self._in_use, self.path, self.unsaved = model, None, path, False
        self.made.remove(self.made.of(model.network))
        self.file_changed.emit()
