"""The data sets there are to choose from, and the one in use: for training, for a look at them, for everything."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from digitpad import paths
from digitpad.data.dataset import BUILT_IN, MNIST, Digits
from digitpad.gui.services.background import Background
from digitpad.gui.services.preferences import Settings

if TYPE_CHECKING:
    from digitpad.data.download import Download, Received

_OPENED = 6  # data sets remembered
_EVERY = 0.1  # s between two reports of how much has come
_OPEN = "Open a data set…"
_GET = "Get MNIST…"
_KINDS = "Data sets (*.gz *.npz *.pkl *ubyte)"


class DigitSets(QObject):
    """Loads data sets away from the window, one at a time, and fetches MNIST.

    Signals: ``changed()`` when another set is in use, is being loaded, or can be chosen; ``received(Received)`` while
    MNIST is being fetched and ``fetching_changed()`` when that begins and ends; ``came(Path)`` when a set was opened
    or fetched that was not among the choices; ``failed(sentence)`` when something cannot be read, kept or fetched;
    ``load_failed()`` when that is the set which was asked for last, so that nobody need wait for it any more.
    """

    changed = Signal()
    received = Signal(object)
    fetching_changed = Signal()
    came = Signal(object)
    failed = Signal(str)
    load_failed = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        """Nothing is loaded until it is ``wanted``; ``parent`` calls ``close_down`` before it goes."""
        super().__init__(parent)
        self.current: Digits | None = None
        self.path: Path | None = None  # of the one in use
        self.loading: Path | None = None  # the one asked for last, until it is there or has failed
        self._asked = 0  # how many times a set was asked for
        self._settings = settings
        self._unread: set[Path] = set()  # those that were damaged, when they were loaded last
        self._names: dict[Path, str] = {}  # as they turned out to be when they were loaded
        self._download: Download | None = None
        self._cancelled = False
        self._reading, self._looking, self._fetching = Background(self), Background(self), Background(self)

    def choices(self) -> list[tuple[str, Path]]:
        """Return the name and the place of every set that can be chosen."""
        found = paths.mnist_folder()
        places = [paths.DIGITS, *([found] if found else []), *self._opened()]
        return [(self._name(place), place) for place in dict.fromkeys(places)]

    def wanted(self) -> None:
        """Load the set that was in use the last time, or the best there is, unless one is loaded."""
        if self.current or self.loading:
            return
        remembered = Path(self._settings.get("digits", ""))
        named = paths.named_mnist_folder()
        known = remembered != Path() and _is_there(remembered)
        self._load(named or (remembered if known else None) or paths.mnist_folder() or paths.DIGITS, self._take)

    def choose(self, path: Path) -> None:
        """Use the set at ``path`` from now on, or say why not and keep the one in use."""
        if path != self.path or self.loading:
            self._load(path, self._take_chosen)

    def open(self, path: Path) -> None:
        """Use the set in a file or folder from outside, and remember where it is."""
        self._load(path.absolute(), self._take_opened)

    def _load(self, path: Path, then: Callable[[Path, Digits], None]) -> None:
        self.loading = path
        self._asked += 1
        asked = self._asked

        def take(digits: Digits) -> None:
            self._no_longer_loading(asked)
            then(path, digits)

        def fail(sentence: str) -> None:
            self._not_read(path, self._no_longer_loading(asked), sentence)

        self.changed.emit()
        self._reading.run(lambda: _read(path), take, fail)

    def _no_longer_loading(self, asked: int) -> bool:
        """Take note that a load has ended; whether no other set was asked for after it."""
        last = asked == self._asked
        if last:
            self.loading = None
        return last

    def _take(self, path: Path, digits: Digits) -> None:
        self.current, self.path = digits, path
        self._unread.discard(path)
        self._names[path] = digits.name
        self.changed.emit()

    def _take_chosen(self, path: Path, digits: Digits) -> None:
        self._settings.set("digits", str(path))
        self._take(path, digits)

    def _take_opened(self, path: Path, digits: Digits) -> None:
        if path not in (paths.DIGITS, paths.mnist_folder()):
            known = [str(path), *map(str, self._opened())]
            self._settings.set("opened", list(dict.fromkeys(known))[:_OPENED])
        self._take_chosen(path, digits)
        self.came.emit(path)
        if digits.name == MNIST and paths.mnist_folder() is None:
            # Kept with the program's own files it is found from now on, in the terminal too, and loads at once.
            own = paths.own_mnist_folder()
            self._reading.run(lambda: _save(own, digits), lambda _: self._use_own(path, own), self.failed.emit)

    def _use_own(self, path: Path, own: Path) -> None:
        self._settings.set("opened", [str(other) for other in self._opened() if other != path])
        self._names[own] = MNIST
        if self.path == path:
            self.path = own
            self._settings.set("digits", str(own))
        self.changed.emit()
        self.came.emit(own)

    def _not_read(self, failed: Path, last: bool, sentence: str) -> None:
        self._unread.add(failed)
        self._settings.set("opened", [str(path) for path in self._opened() if path != failed])
        if last:
            self.load_failed.emit()
            if self.current is None and failed != paths.DIGITS:
                self._load(paths.DIGITS, self._take)  # what comes with the program is always there
        self.failed.emit(sentence)
        self.changed.emit()

    def _opened(self) -> list[Path]:
        return [Path(name) for name in self._settings.get("opened", list[str]())]

    def _name(self, place: Path) -> str:
        if place in self._names:
            return self._names[place]
        return {paths.DIGITS: BUILT_IN, paths.mnist_folder(): MNIST}.get(place, place.name)

    # Fetching MNIST

    @property
    def fetching(self) -> bool:
        """Whether MNIST is being fetched."""
        return self._download is not None

    @property
    def has_mnist(self) -> bool:
        """Whether MNIST can be chosen."""
        return any(name == MNIST and place not in self._unread for name, place in self.choices())

    def fetch(self) -> None:
        """Fetch MNIST from the internet, and use it."""
        from digitpad.data.download import Download

        if self._download is None:
            self._cancelled = False
            download = self._download = Download(paths.own_mnist_folder())
            told = _now_and_then(self.received.emit)
            self._fetching.run(lambda: download.run(told), self._fetched, self._not_fetched)
            self.fetching_changed.emit()

    def cancel(self) -> None:
        """End the fetching; nothing half-written stays."""
        if self._download:
            self._cancelled = True
            self._download.cancel()

    def _fetched(self, folder: Path) -> None:
        self._download = None
        self.fetching_changed.emit()
        self._load(folder, self._take_opened)

    def _not_fetched(self, sentence: str) -> None:
        self._download = None
        self.fetching_changed.emit()
        if not self._cancelled:
            self.failed.emit(f"{sentence} If you have a copy of MNIST, drop it on this window.")

    def look_at(
        self, path: Path, then: Callable[[Digits], object], otherwise: Callable[[str], object] | None = None
    ) -> None:
        """Find the set at ``path`` for ``then``, without using it for anything else.

        When it cannot be read, ``failed`` tells why and ``otherwise`` is given the sentence too.
        """

        def fail(sentence: str) -> None:
            self.failed.emit(sentence)
            if otherwise:
                otherwise(sentence)

        if self.current and path == self.path:
            then(self.current)
        else:
            self._looking.run(lambda: _read(path), then, fail)

    def close_down(self) -> None:
        """End what still works, and wait for it."""
        self.cancel()
        self._fetching.wait()
        self._looking.wait()
        self._reading.wait()


class DigitsBox(QComboBox):
    """The list to choose a data set from; its last entries get MNIST and open others."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("digits")
        self.setToolTip("The digits to learn from")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self._sets: DigitSets | None = None

    def show_sets(self, sets: DigitSets) -> None:
        """List the sets and keep the list up to date."""
        self._sets = sets
        self.activated.connect(self._choose)
        sets.changed.connect(self._list)
        self._list()

    def _list(self) -> None:
        sets = self._sets
        assert sets is not None
        with QSignalBlocker(self):
            self.clear()
            places = [place for _, place in sets.choices()]
            for name, place in sets.choices():
                count = f", {len(sets.current.training):,}" if sets.current and place == sets.path else ""
                self.addItem("Loading…" if place == sets.loading else name + count, place)
            if sets.loading and sets.loading not in places:
                places.append(sets.loading)
                self.addItem("Loading…", sets.loading)
            if not sets.has_mnist:
                self.addItem(_GET, _GET)
            self.addItem(_OPEN, _OPEN)
            shown = sets.loading or sets.path
            self.setCurrentIndex(places.index(shown) if shown in places else 0)

    def _choose(self, index: int) -> None:
        sets, chosen = self._sets, self.itemData(index)
        assert sets is not None
        if isinstance(chosen, Path):
            sets.choose(chosen)
            return
        self._list()  # back to the one in use
        if chosen == _GET:
            sets.fetch()
        else:
            ask_for_digits(self.window(), sets)


def ask_for_digits(window: QWidget, sets: DigitSets) -> None:
    """Let the person find a data set: one of its files, which stands for all of it."""
    name, _ = QFileDialog.getOpenFileName(
        window, "Open a data set: MNIST's files, mnist.npz, mnist.pkl.gz", "", f"{_KINDS};;All files (*)"
    )
    if name:
        sets.open(Path(name))


def _now_and_then(tell: "Callable[[Received], None]") -> "Callable[[Received], None]":
    """Return ``tell`` for a caller that has something to tell hundreds of times a second."""
    last = 0.0

    def told(received: "Received") -> None:
        nonlocal last
        if received.received == received.total or monotonic() - last > _EVERY:
            last = monotonic()
            tell(received)

    return told


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be looked into, say
        return False


# What reads and writes data sets is loaded when the first is wanted.


def _read(path: Path) -> Digits:
    from digitpad.data.formats.opening import open_digits

    return open_digits(path)


def _save(folder: Path, digits: Digits) -> None:
    from digitpad.data import mnist

    mnist.save(folder, digits)
