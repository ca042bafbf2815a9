"""The data set in use, for training and for everything, and the others there are: ``DigitSets``."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from digitpad import paths
from digitpad.data.dataset import Dataset, Digits, Kind
from digitpad.gui.services.background import Background
from digitpad.gui.services.fetching import Fetching, MakeDownload
from digitpad.gui.services.known_sets import KnownSets
from digitpad.gui.services.preferences import Preferences

_MOST_FILES = 256  # that are looked at to know a set again


class DigitSets(QObject):
    """Loads data sets away from the window, one at a time, and fetches MNIST.

    Signals: ``changed()`` when another set is in use, is being loaded, or can be chosen; ``received(Received)`` while
    MNIST is being fetched and ``fetching_changed()`` when that begins and ends; ``opened(Path)`` when a set came from
    outside, from the person or the internet; ``failed(sentence)`` when something cannot be read, kept or fetched;
    ``load_failed()`` when that is the set which was asked for last, so that nobody need wait for it any more;
    ``reported(sentence)`` of what is other in a set that came from outside than in its file, such as turned images.
    """

    changed = Signal()
    received = Signal(object)
    fetching_changed = Signal()
    opened = Signal(object)
    failed = Signal(str)
    load_failed = Signal()
    reported = Signal(str)

    def __init__(self, preferences: Preferences, parent: QObject, make_download: MakeDownload | None = None) -> None:
        """Nothing is loaded until it is ``wanted``; ``parent`` calls ``close_down`` before it goes.

        ``make_download`` returns what fetches MNIST into a folder, if not from its mirrors.
        """
        super().__init__(parent)
        self.current: Digits | None = None
        self.path: Path | None = None  # of the one in use
        self.loading: Path | None = None  # the one asked for last, until it is there or has failed
        self._known = KnownSets(preferences)
        self._reading, self._looking = Background(self), Background(self)
        self._read = Reading()
        self._fetching = Fetching(self, make_download)
        self._fetching.received.connect(self.received)
        self._fetching.changed.connect(self.fetching_changed)
        self._fetching.failed.connect(self.failed)
        self._fetching.fetched.connect(self.open)

    # The one in use

    def wanted(self) -> None:
        """Load the set that was in use the last time, or the best there is, unless one is loaded."""
        if not self.current and not self.loading:
            self._load(self._known.first(), self._take)

    def choose(self, path: Path) -> None:
        """Use the set at ``path`` from now on, or say why not and keep the one in use."""
        if path != self.path or self.loading:
            self._load(path, self._take_chosen)

    def open(self, path: Path) -> None:
        """Use the set in a file or folder from outside, and remember where it is.

        Where another was asked for before it is read, it is not used, but remembered or reported all the same.
        """
        path = path.absolute()
        self._reading.drop("in use")
        self.loading = path
        self.changed.emit()
        took, failed = partial(self._take_opened, path), partial(self._not_opened, path)
        self._reading.run(lambda: self._read(path), took, failed, leave=True)

    def _load(self, path: Path, then: Callable[[Path, Digits], None]) -> None:
        self.loading = path
        self.changed.emit()
        took, failed = partial(then, path), partial(self._not_read, path)
        self._reading.run(lambda: self._read(path), took, failed, latest="in use", leave=True)

    def _take(self, path: Path, digits: Digits) -> None:
        self.current, self.path, self.loading = digits, path, None
        self._known.note(path, digits)
        self.changed.emit()

    def _take_chosen(self, path: Path, digits: Digits) -> None:
        self._known.use(path)
        self._take(path, digits)

    def _take_opened(self, path: Path, digits: Digits) -> None:
        self._known.add(path)
        if self.loading == path:
            self._take_chosen(path, digits)
            self.opened.emit(path)
        else:
            self._known.note(path, digits)
            self.changed.emit()
        if digits.notes:
            self.reported.emit(" ".join(digits.notes))
        if digits.kind is Kind.MNIST and not self._known.finds_mnist:
            # Kept with the program's own files it is found from now on, in the terminal too, and loads at once.
            own = paths.own_mnist_folder()
            self._reading.run(lambda: _save(own, digits), lambda _: self._use_own(path, own, digits), self.failed.emit)

    def _use_own(self, path: Path, own: Path, digits: Digits) -> None:
        self._known.forget(path)
        self._known.note(own, digits)
        if self.path == path:
            self.path = own
            self._known.use(own)
        self.changed.emit()
        self.opened.emit(own)

    def _not_opened(self, path: Path, sentence: str) -> None:
        if self.loading == path:
            self._not_read(path, sentence)
        else:
            self._known.forget(path, damaged=True)
            self.failed.emit(sentence)
            self.changed.emit()

    def _not_read(self, path: Path, sentence: str) -> None:
        self.loading = None
        self._known.forget(path, damaged=True)
        self.load_failed.emit()
        if self.current is None and path != paths.DIGITS:
            self._load(paths.DIGITS, self._take)  # what comes with the program is always there
        self.failed.emit(sentence)
        self.changed.emit()

    # All there are

    def choices(self) -> list[tuple[str, Path]]:
        """Return the name and the place of every set that can be chosen."""
        return self._known.choices()

    def name(self, path: Path) -> str:
        """Return what the set at ``path`` is called."""
        return self._known.name(path)

    @property
    def has_mnist(self) -> bool:
        """Whether MNIST can be chosen."""
        return self._known.has_mnist

    def look_at(
        self, path: Path, then: Callable[[Digits], object], otherwise: Callable[[str], object] = lambda _: None
    ) -> None:
        """Find the set at ``path`` for ``then``, without using it for anything else; only the newest is found.

        When it cannot be read, ``failed`` tells why and ``otherwise`` is given the sentence too.
        """
        self.look_away()
        if self.current and path == self.path:
            then(self.current)
            return

        def fail(sentence: str) -> None:
            self.failed.emit(sentence)
            otherwise(sentence)

        self._looking.run(lambda: self._read(path), then, fail, latest="looked at", leave=True)

    def look_away(self) -> None:
        """Do without the set that was to be looked at, if it is still to come."""
        self._looking.drop("looked at")

    # Fetching MNIST

    @property
    def fetching(self) -> bool:
        """Whether MNIST is being fetched."""
        return self._fetching.active

    def fetch(self) -> None:
        """Fetch MNIST from the internet, and use it."""
        self._fetching.begin()

    def cancel(self) -> None:
        """End the fetching; nothing half-written stays."""
        self._fetching.cancel()

    def close_down(self) -> None:
        """End what still works, and wait for it."""
        self._fetching.close_down()
        self._looking.wait()
        self._reading.wait()


class Reading:
    """Reads data sets, each once for all who use it: most pages hold one, or some of its images."""

    def __init__(self) -> None:
        """Hold none itself."""
        self._held = WeakValueDictionary[tuple[Path, object], Digits]()
        self._images = WeakValueDictionary[tuple[Path, object, str], NDArray[np.uint8]]()

    def __call__(self, path: Path) -> Digits:
        """Return the set at ``path``, as it is there now; in any thread. Raises what opening it does."""
        key = (path, _state(path))
        digits = self._held.get(key)
        if digits is None:
            read = _read(path)
            training = self._held_once((*key, "training"), read.training)
            digits = self._held[key] = replace(read, training=training, test=self._held_once((*key, "test"), read.test))
        return digits

    def _held_once(self, key: tuple[Path, object, str], part: Dataset) -> Dataset:
        """Return ``part`` of a set with the images that somebody holds, or holds some of, where there are any."""
        images = self._images.get(key)
        if images is None:  # some of them hold all only where these have memory of their own
            images = self._images[key] = part.images if part.images.base is None else part.images.copy()
        return replace(part, images=images)


def _state(path: Path) -> object:
    """Return what is other when a set has changed: sizes and times of all that it may be made of, if it is not much."""
    try:
        within = path.rglob("*") if path.is_dir() else path.parent.iterdir()  # a file's labels may lie beside it
        files = list(islice(within, _MOST_FILES + 1))
        if len(files) <= _MOST_FILES:
            return frozenset((file, status.st_size, status.st_mtime_ns) for file in files if (status := file.stat()))
    except OSError:
        pass  # which reading it tells
    return object()  # like no other


# What reads and writes data sets is loaded when the first is wanted.


def _read(path: Path) -> Digits:
    from digitpad.data.formats import opening

    return opening.open_digits(path)


def _save(folder: Path, digits: Digits) -> None:
    from digitpad.data import mnist

    mnist.save(folder, digits)
