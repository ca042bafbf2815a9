"""One of the networks that read the same drawing side by side, and which there are: ``Compared``."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.errors import one_line
from digitpad.gui.services.background import Background
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.widgets.foreign import breakable
from digitpad.gui.words import counted
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

_LONGEST = 60  # letters of a title


@dataclass(frozen=True)
class InUse:
    """The network in use, whichever that is."""

    title: str = "Network in use"


@dataclass(frozen=True)
class InFile:
    """A network in a file."""

    path: Path

    @property
    def title(self) -> str:
        """What it is called."""
        return "Default network" if self.path == DEFAULT_NETWORK else one_line(self.path.name, _LONGEST)


@dataclass(frozen=True)
class OfSitting:
    """A network that was made in this sitting."""

    made: Made

    @property
    def title(self) -> str:
        """What it is called."""
        return self.made.title[:1].upper() + self.made.title[1:]


@dataclass(frozen=True)
class OfRun:
    """A network of a run of training, after any of its epochs that are kept."""

    run: Run

    @property
    def title(self) -> str:
        """What it is called."""
        return f"Run #{self.run.number}: {one_line(self.run.name, _LONGEST)}"


Choice = InUse | InFile | OfSitting | OfRun


def choices(session: Session) -> list[Choice]:
    """Return all networks that can be chosen, but for those in files of the person's."""
    learned = [run for run in session.trainer.runs if run.networks or run.latest]
    runs = [OfRun(run) for run in learned if run.recipe.reads_drawings]
    return [InUse(), InFile(DEFAULT_NETWORK), *map(OfSitting, session.made.all), *runs]


class Compared(QObject):
    """A network that was chosen to read beside others, or none.

    ``choice`` is which, ``epochs`` after how many of a run it is looked at, None for the newest, and ``trouble`` a
    sentence where it cannot be had any more.

    Signals: ``changed()`` when it is another network, or none; ``failed(sentence)`` when it cannot be read.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject, session: Session, background: Background, key: str) -> None:
        """Begin with none; what is read in the ``background`` has a ``key`` of its own."""
        super().__init__(parent)
        self._session, self._background, self._key = session, background, key
        self.choice: Choice | None = None
        self.epochs: float | None = None
        self.trouble = ""
        self._loaded: Model | None = None
        self._snapshot: tuple[object, Model] | None = None  # of which network of a run, with what is told of it
        session.trainer.runs_changed.connect(self._look_for_run)
        session.trainer.run_changed.connect(self._follow_run)
        session.model_changed.connect(self._follow_use)

    def choose(self, choice: Choice | None) -> None:
        """Read with another network from now on, as soon as it is there."""
        self.choice, self.epochs, self.trouble, self._loaded = choice, None, "", None
        self._background.drop(self._key)
        if isinstance(choice, InFile | OfSitting):
            load = choice.made.load if isinstance(choice, OfSitting) else lambda: model_file.shared(choice.path)
            self._background.run(load, self._take, self._fail, latest=self._key)
        self.changed.emit()

    def _take(self, model: Model) -> None:
        self._loaded = model
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self.trouble = sentence
        self.changed.emit()
        self.failed.emit(sentence)

    @property
    def model(self) -> Model | None:
        """The network, and how it was made; None as long as it is not there."""
        if isinstance(self.choice, InUse):
            return self._session.model
        if isinstance(self.choice, OfRun):
            return self._of_run(self.choice.run)
        return self._loaded

    def _of_run(self, run: Run) -> Model | None:
        snapshot = Snapshot.of(run, self._at(run))
        if snapshot is None:
            return None
        if self._snapshot is None or self._snapshot[0] is not snapshot.network:
            self._snapshot = snapshot.network, snapshot.summary
        return self._snapshot[1]

    # Epochs

    @property
    def kept(self) -> list[float]:
        """The epochs of the run that can be looked at, the first one first; none where it is of no run."""
        return sorted(self.choice.run.networks) if isinstance(self.choice, OfRun) else []

    def _at(self, run: Run) -> float | None:
        """Return the kept epoch that is next to the one looked at: memory may have had no room for that."""
        if self.epochs is None or not run.networks:
            return None
        wanted = self.epochs
        return min(run.networks, key=lambda one: abs(one - wanted))

    @property
    def place(self) -> int:
        """Which of those kept is looked at; the last also where it is the newest network."""
        at = self._at(self.choice.run) if isinstance(self.choice, OfRun) else None
        return self.kept.index(at) if at is not None else max(len(self.kept) - 1, 0)

    def look_at(self, place: int) -> None:
        """Look at another of the epochs kept; at the last one, stay with the newest."""
        kept = self.kept
        self.epochs = None if place >= len(kept) - 1 else kept[place]
        self.changed.emit()

    # What may change meanwhile

    def _look_for_run(self) -> None:
        if isinstance(self.choice, OfRun) and self.choice.run not in self._session.trainer.runs:
            self.trouble = f"Run #{self.choice.run.number} was deleted."
            self.choice, self.epochs, self._snapshot = None, None, None
            self.changed.emit()

    def _follow_run(self, run: Run) -> None:
        if isinstance(self.choice, OfRun) and self.choice.run is run:
            self.changed.emit()

    def _follow_use(self) -> None:
        if isinstance(self.choice, InUse):
            self.changed.emit()

    # What is said of it

    @property
    def told(self) -> str:
        """How well it reads, as far as that is known, or why it is not there; "" for none."""
        model = self.model
        if model is None:
            return breakable(self.trouble) or ("" if self.choice is None else "Being read…")
        return breakable(model.provenance.accuracy) or "Its accuracy is not known."

    @property
    def told_epochs(self) -> str:
        """After how many epochs of a run."""
        kept = self.kept
        return f"After {counted(kept[self.place], 'epoch')}" if kept else ""
