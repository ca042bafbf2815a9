"""Opens what a person brings, by menu, drop or paste: networks, pictures, data sets, drawings, experiments."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from digitpad.draw.drawing import IsNumber, Picture
from digitpad.draw.photo.file_kinds import PICTURE_ENDINGS
from digitpad.errors import one_line
from digitpad.gui.services.background import Background
from digitpad.gui.services.brought import image_in, local_file
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.folders import FileKind
from digitpad.gui.services.session import Session
from digitpad.gui.services.ways import ToTrain
from digitpad.gui.widgets.file_dialogs import NETWORKS, ask_open
from digitpad.gui.widgets.toast import Said
from digitpad.gui.window.recent import RecentNetworks
from digitpad.gui.window.recognising import Kind, is_number_to, kind_by_name, kind_of, network_in, picture_in
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import experiment_file, model_file
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.made import Made
from digitpad.train.model_file import Model
from digitpad.train.runs import Run

_PICTURES = f"Pictures ({' '.join(f'*{ending}' for ending in PICTURE_ENDINGS)})"
_EXPERIMENTS = f"Experiments (*{experiment_file.SUFFIX} *.png)"


class Opening(QObject):
    """Reads files away from the window; what is there already stays until they have been read.

    Signals: ``picture_read(picture)`` with the ink of a picture; ``experiment_read(SavedExperiment, name)`` with the
    file's name; ``data_set_wanted()`` when a data set is being loaded; ``opened()`` when what was read is there, or a
    data set on its way; ``said(Said)`` of a network that gave way to another; ``failed(sentence)``.
    """

    picture_read = Signal(object)
    experiment_read = Signal(object, str)
    data_set_wanted = Signal()
    said = Signal(object)
    opened = Signal()
    failed = Signal(str)

    def __init__(self, window: QWidget, session: Session, digits: DigitSets, recent: RecentNetworks) -> None:
        """Give networks and drawings to ``session`` and data sets to ``digits``; ``window`` has the dialogs."""
        super().__init__(window)
        self._window, self._session, self._digits, self._recent = window, session, digits, recent
        self._background = Background(self)
        self._background.failed.connect(self.failed)

    def open(self, path: Path) -> None:
        """Open a network, a picture, a data set, drawings or an experiment, whichever ``path`` is."""
        if kind := kind_by_name(path):
            self.open_as(kind, path)
        else:
            self._background.run(lambda: kind_of(path), lambda kind: self.open_as(kind, path), leave=True)

    def open_as(self, kind: Kind, path: Path) -> None:
        """Open what is at ``path``, which is of this ``kind``."""
        if kind is Kind.NETWORK:
            self.open_network(path)
        elif kind is Kind.STROKES:
            self._session.drawings.importing.begin_strokes(path)
        elif kind is Kind.PICTURE:
            self.open_picture(path)
        elif kind is Kind.EXPERIMENT:
            self.open_experiment(path)
        elif kind is Kind.PICTURES:
            self._session.drawings.importing.begin_pictures(path)
        else:
            self.opened.emit()
            self._digits.open(path)
            self.data_set_wanted.emit()

    def open_picture(self, path: Path) -> None:
        """Read the picture of a digit in the file, or say why it cannot be.

        The picture of a run's curves is opened as the experiment it holds.
        """
        of_model = is_number_to(self._session.model)

        def take(read: Picture | SavedExperiment) -> None:
            if isinstance(read, SavedExperiment):
                self._take_experiment(path, read)
            else:
                self._take_picture(read)

        self._background.run(lambda: picture_in(path, of_model), take, leave=True)

    def open_experiment(self, path: Path) -> None:
        """Have the experiment in the file ready to start, or say why it cannot be."""
        self._background.run(lambda: experiment_file.load(path), lambda read: self._take_experiment(path, read))

    def open_network(self, path: Path) -> None:
        """Read with the network in the file as soon as it is loaded, or say why not and keep the one in use.

        One with four outputs, the bits of a digit, reads no drawings: its run is shown.
        """

        def take(loaded: tuple[Model, Run | None, str]) -> None:
            reads = loaded[0].network.sizes[-1] in model_file.TEN
            (self.take_network if reads else self._take_bits)(path, *loaded)

        self._background.run(lambda: network_in(path, model_file.TEN_OR_FOUR), take, latest="network", leave=True)

    def open_default_network(self) -> None:
        """Read with the network that comes with the program."""
        self.open_network(DEFAULT_NETWORK)

    def use_made(self, made: Made) -> None:
        """Read with a network that was made here again as soon as it is there."""
        self._background.run(made.load, lambda model: self._take_made(made, model), latest="network")

    def ask_picture(self) -> None:
        """Ask which picture to open."""
        path = ask_open(self._window, FileKind.PICTURE, "Open a picture of a digit", _PICTURES)
        if path:
            self.open_picture(path)

    def ask_network(self) -> None:
        """Ask which network to open."""
        path = ask_open(self._window, FileKind.NETWORK, "Open a network", NETWORKS)
        if path:
            self.open_network(path)

    def ask_experiment(self) -> None:
        """Ask which experiment to open."""
        path = ask_open(self._window, FileKind.RUNS, "Open an experiment", _EXPERIMENTS)
        if path:
            self.open(path)

    def paste(self) -> None:
        """Read the picture in the clipboard."""
        # There may be nothing at all, as before anything was ever copied: PySide6's types do not know that.
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if data is None or not self.take(data):
            self.failed.emit("The clipboard holds no picture: copy one first, then paste it here.")

    def accepts(self, data: QMimeData) -> bool:
        """Whether ``data`` holds a picture or a file."""
        return data.hasImage() or local_file(data) is not None

    def take(self, data: QMimeData) -> bool:
        """Open the file or the picture in ``data``; False when there is neither."""
        path = local_file(data)
        if path:
            self.open(path)
        elif data.hasImage():
            image = image_in(data)
            self._background.run(
                partial(_picture_of_image, image, is_number_to(self._session.model)), self._take_picture
            )
        return self.accepts(data)

    def _take_picture(self, picture: Picture) -> None:
        self.opened.emit()
        self.picture_read.emit(picture)

    def _take_experiment(self, path: Path, experiment: SavedExperiment) -> None:
        self.opened.emit()
        self.experiment_read.emit(experiment, one_line(path.name))

    def take_network(self, path: Path, model: Model, run: Run | None, trouble: str) -> None:
        """Read with a network that ``network_in`` found at ``path`` from now on."""
        before = self._session.made_in_use
        self.opened.emit()
        if path == DEFAULT_NETWORK:
            self._session.open(model, None, run)
        else:
            self._session.open(model, path, run)
            self._recent.add(path)
        if before is not None:
            sentence = f"“{before.title}” is kept, among the networks of this sitting."
            self.said.emit(Said(sentence, "Use it again", partial(self.use_made, before)))
        if trouble:
            self.failed.emit(trouble)

    def _take_bits(self, path: Path, model: Model, run: Run | None, trouble: str) -> None:
        name = one_line(path.name)
        if run is None:
            self.failed.emit(trouble or f"{name} has four outputs, the bits of a digit, and cannot read drawings.")
            return
        self.opened.emit()
        self._session.shown.show(self._session.trainer.add(run))
        self._recent.add(path)
        self._session.ways.go(ToTrain())
        sentence = f"{name} has four outputs, the bits of a digit: its run is here, and drawings are read as before."
        self.said.emit(Said(sentence))

    def _take_made(self, made: Made, model: Model) -> None:
        self.opened.emit()
        self._session.use_made(made, model)

    def close_down(self) -> None:
        """Wait for what is being read; it is not wanted any more."""
        self._background.wait()


def _picture_of_image(image: QImage, of_model: IsNumber) -> Picture:
    from digitpad.gui.services import clipboard  # what reads pictures is loaded when the first one comes

    return clipboard.picture_of_image(image, of_model)
