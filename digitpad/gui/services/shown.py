"""Which network of which run is being looked at, for every part of the window that needs to know."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from digitpad.gui.words import counted
from digitpad.nn.network import Network
from digitpad.train.experiment import Point
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.runs import Run


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A network of ``run`` as it was after so many ``epochs``, measured at ``point``, or last there, where it was."""

    run: Run
    network: Network
    epochs: float
    point: Point | None

    @classmethod
    def of(cls, run: Run, epochs: float | None = None) -> "Snapshot | None":
        """Return the network after ``epochs`` of those kept, or for None the newest; None where there is none."""
        network, at = (run.latest, run.at) if epochs is None else (run.networks.get(epochs), epochs)
        if network is None:
            return None
        newest = run.points[-1] if epochs is None and run.points else None
        return cls(run, network, at, run.exact(at) or newest)

    @property
    def summary(self) -> Model:
        """The network with no more than its name and accuracy: quick enough for every step of training."""
        deformation = self.run.recipe.deformation
        if self.point is None:
            return Model(self.network, Provenance(deformation=deformation))
        digits = " of the validation digits" if self.run.recipe.validated else ""
        accuracy = f"{100 * self.point.accuracy:.2f} %{digits} after {counted(self.point.epochs, 'epoch')}"
        return Model(self.network, Provenance(name=self.run.name, accuracy=accuracy, deformation=deformation))

    @property
    def model(self) -> Model:
        """The network with all there is to save of how it was made, its curves included."""
        return self.run.model(self.network, self.point, self.epochs)


class Shown(QObject):
    """The run that is looked at, and after how many of its epochs: None for as it is now.

    Looking changes nothing in use: which network reads drawings is the session's.

    Signal: ``changed()``.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with no run."""
        super().__init__(parent)
        self.run: Run | None = None
        self.epochs: float | None = None

    def show(self, run: Run | None, epochs: float | None = None) -> None:
        """Look at ``run`` after ``epochs``, one of those whose weights are kept."""
        if run is not self.run or epochs != self.epochs:
            self.run, self.epochs = run, epochs
            self.changed.emit()

    # Back in time, among the epochs whose weights are kept

    @property
    def kept(self) -> list[float]:
        """The epochs of the run that can be looked at, the first one first."""
        return sorted(self.run.networks) if self.run else []

    @property
    def at(self) -> float | None:
        """The epoch that is looked at; None before there is one."""
        kept = self.kept
        return (self.epochs if self.epochs in kept else kept[-1]) if kept else None

    @property
    def best(self) -> float | None:
        """The epoch among them with the highest held-out accuracy; None before there is one."""
        chosen = self.run.chosen if self.run else None
        return chosen.epochs if chosen else None

    def look_at(self, epochs: float) -> None:
        """Look at the run after the kept epoch that is nearest to ``epochs``; at the last it stays with the newest."""
        kept = self.kept
        if kept:
            at = min(kept, key=lambda one: abs(one - epochs))
            self.show(self.run, None if at == kept[-1] else at)

    def step(self, kept_epochs: int) -> None:
        """Look so many kept epochs later, or earlier for a number below 0."""
        kept, at = self.kept, self.at
        if at is not None:
            self.look_at(kept[min(max(kept.index(at) + kept_epochs, 0), len(kept) - 1)])

    def refresh(self) -> None:
        """Take in what is new of the run: where memory ran short, the epoch looked at may be gone; then the nearest."""
        if self.epochs is not None and self.run and self.epochs not in self.run.networks:
            self.look_at(self.epochs)

    @property
    def snapshot(self) -> Snapshot | None:
        """The network that is looked at; None before there is one."""
        return Snapshot.of(self.run, self.epochs) if self.run else None

    @property
    def network(self) -> Network | None:
        """The same without where it comes from."""
        snapshot = self.snapshot
        return snapshot.network if snapshot else None
