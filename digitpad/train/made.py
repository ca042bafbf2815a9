"""Networks that were made here and are in no file of the person's, each under a name that people understand."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from weakref import ref

from digitpad.errors import ModelError, one_line
from digitpad.files.writing import write_atomically, writing
from digitpad.nn.network import Network
from digitpad.train import model_file
from digitpad.train.experiment import Point
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

# Not in the system's language.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Made:
    """A network that was in use and is in no file of the person's: in memory until the program keeps it on the disk.

    ``title`` names it, ``made_at`` is when that was, in seconds since 1970, ``size`` what it takes, in bytes; ``run``
    is the number of the run that the title speaks of, 0 for none.
    """

    def __init__(self, title: str, made_at: float, size: int, source: Path | Callable[[], Model], run: int = 0) -> None:
        """Take it from ``source``: the file where it is kept, or what returns it, for any thread."""
        self.title, self.made_at, self.size, self.run = title, made_at, size, run
        self._source = source
        self._network: Callable[[], Network | None] = lambda: None  # where somebody has it in memory

    @classmethod
    def of_model(cls, model: Model) -> "Made":
        """Return what stands for a network that is named by how it was made, and by the time."""
        told, now = model.provenance, time.time()
        name = one_line(told.name) or "network"
        made = cls(f"{name}, {moment(now)}", now, model.network.parameters.nbytes, lambda: model)
        made.stand_for(model.network)
        return made

    @classmethod
    def of_run(cls, run: Run, network: Network, epochs: float, point: Point | None) -> "Made":
        """Return what stands for the ``network`` of a run after so many ``epochs``, measured at ``point`` or not."""
        numbered = run.name == run.recipe.title
        name = _numbered(run.number) if numbered else one_line(run.name)
        at = "" if epochs == run.at else f" at epoch {round(epochs, 2):g}"
        accuracy = f", {100 * point.accuracy:.1f} %" if point else ""
        # The run goes on, and what it has in memory is not held by this.
        still = replace(run, points=list(run.points), marks=list(run.marks), networks={}, latest=None, evaluation=None)
        size = network.parameters.nbytes
        title, number = f"{name}{at}{accuracy}", run.number if numbered else 0
        made = cls(title, time.time(), size, lambda: still.model(network, point, epochs), number)
        made.stand_for(network)
        return made

    def renumber(self, numbers: Mapping[int, int]) -> None:
        """Speak of the run by the number it has now, where ``numbers`` say that for the one it had."""
        if (now := numbers.get(self.run)) is not None:
            self.title = _numbered(now) + self.title.removeprefix(_numbered(self.run))
            self.run = now

    def stand_for(self, network: Network) -> None:
        """Remember that this is ``network``, for as long as somebody else holds that."""
        self._network = ref(network)

    def is_of(self, network: Network) -> bool:
        """Whether this stands for ``network``."""
        return self._network() is network

    @property
    def gone(self) -> bool:
        """Whether somebody has removed the file it is kept in."""
        return isinstance(self._source, Path) and not os.path.exists(self._source)

    def load(self) -> Model:
        """Return the network with all that is known of how it was made. Raises ModelError where it cannot be read."""
        while True:
            source = self._source
            if not isinstance(source, Path):
                return source()
            try:
                return model_file.load(source)
            except ModelError:
                if self._source is source:  # and it was not kept elsewhere meanwhile
                    raise

    def save(self, path: Path) -> None:
        """Write it to ``path``, a new file of the program's own. Raises ModelError where it cannot be written."""
        source = self._source
        if not isinstance(source, Path):
            model_file.save(path, source())
            return
        with writing(path, ModelError):
            try:
                os.link(source, path)  # which takes no room and no time, but not every disk can
            except OSError:
                write_atomically(path, source.read_bytes())

    def come_from(self, model: Model) -> None:
        """Take it from ``model`` until it is kept again: the file it was kept in is gone."""
        self._source = lambda: model

    def rest_in(self, path: Path) -> None:
        """Read it from ``path``, where it is kept, from now on."""
        self._source = path


def _numbered(run: int) -> str:
    return f"run #{run}"


def moment(seconds: float) -> str:
    """Return a time in seconds since 1970 as people say it: "26 Nov 14:05"."""
    then = time.localtime(seconds)
    return f"{then.tm_mday} {_MONTHS[then.tm_mon - 1]} {then.tm_hour:02}:{then.tm_min:02}"
