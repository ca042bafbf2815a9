"""The data sets there are to choose from, and what is remembered of them between runs: ``KnownSets``."""

from pathlib import Path

from digitpad import paths
from digitpad.data.dataset import Digits, Kind
from digitpad.errors import one_line
from digitpad.gui.services.preferences import Preferences

_REMEMBERED = 6  # sets that were opened


class KnownSets:
    """Data sets by where they are: what comes with the program, MNIST where it is found, and those opened last."""

    def __init__(self, preferences: Preferences) -> None:
        """Remember in ``preferences``."""
        self._preferences = preferences
        self._names: dict[Path, str] = {}  # of those that were loaded
        self._kinds: dict[Path, Kind] = {}
        self._damaged: set[Path] = set()  # when they were loaded last

    def choices(self) -> list[tuple[str, Path]]:
        """Return the name and the place of every set that can be chosen."""
        found = _mnist()
        places = [paths.DIGITS, *([found] if found else []), *self._preferences.opened_data_sets]
        return [(self.name(place), place) for place in dict.fromkeys(places)]

    def name(self, path: Path) -> str:
        """Return what the set at ``path`` is called; until it was loaded, as it seems to be."""
        kind = self._kind(path)
        return self._names.get(path) or (one_line(path.name) if kind is Kind.OTHER else kind.value)

    def first(self) -> Path:
        """Return which set to begin with: the one the environment names, the one used last, or the best there is."""
        last = self._preferences.data_set
        known = last is not None and _is_there(last)
        return paths.named_mnist_folder() or (last if known else None) or _mnist() or paths.DIGITS

    @property
    def finds_mnist(self) -> bool:
        """Whether MNIST is where it is looked for, from the terminal too."""
        return _mnist() is not None

    @property
    def has_mnist(self) -> bool:
        """Whether MNIST can be chosen."""
        return any(self._kind(path) is Kind.MNIST and path not in self._damaged for _, path in self.choices())

    def note(self, path: Path, digits: Digits) -> None:
        """Note what the set at ``path`` turned out to be."""
        self._names[path], self._kinds[path] = digits.name, digits.kind
        self._damaged.discard(path)

    def use(self, path: Path) -> None:
        """Remember ``path`` as the set in use."""
        self._preferences.data_set = path

    def add(self, path: Path) -> None:
        """Remember a set that was opened, unless it is one of those that are always there."""
        if path not in (paths.DIGITS, _mnist()):
            known = dict.fromkeys([path, *self._preferences.opened_data_sets])
            self._preferences.opened_data_sets = tuple(known)[:_REMEMBERED]

    def forget(self, path: Path, *, damaged: bool = False) -> None:
        """Remember a set no longer; one that is ``damaged`` is not MNIST until it could be loaded."""
        if damaged:
            self._damaged.add(path)
        opened = self._preferences.opened_data_sets
        self._preferences.opened_data_sets = tuple(each for each in opened if each != path)

    def _kind(self, path: Path) -> Kind:
        presumed = {
            paths.named_mnist_folder(): Kind.MNIST,
            paths.own_mnist_folder(): Kind.MNIST,
            paths.DIGITS: Kind.BUILT_IN,
        }
        return self._kinds.get(path) or presumed.get(path, Kind.OTHER)


def _mnist() -> Path | None:
    from digitpad.data import mnist  # what reads data sets is loaded when one is wanted

    return mnist.find_folder()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be looked into, say
        return False
