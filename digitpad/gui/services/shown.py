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
    """A network of ``run`` as it was after so many ``epochs``, measured at ``point`` where it was."""

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
        if self.point is None:
            return Model(self.network)
        accuracy = f"{100 * self.point.accuracy:.2f} % after {counted(self.epochs, 'epoch')}"
        return Model(self.network, Provenance(name=self.run.name, accuracy=accuracy))

    @property
    def model(self) -> Model:
        """The network with all there is to save of how it was made, its curves included."""
        return self.run.model(self.network, self.point)


class Shown(QObject):
    """The run that is looked at, and after how many of its epochs: None for as it is now.

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

    @property
    def snapshot(self) -> Snapshot | None:
        """The network that is looked at; None before there is one."""
        return Snapshot.of(self.run, self.epochs) if self.run else None

    @property
    def network(self) -> Network | None:
        """The same without where it comes from."""
        snapshot = self.snapshot
        return snapshot.network if snapshot else None
