"""The networks of this sitting: those that were made here and were in use, and are in no file of the person's."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from digitpad.nn.network import Network
from digitpad.train.made import Made

MOST = 20  # networks, and
MOST_BYTES = 256 << 20  # what they may take together on the disk


class MadeHere(QObject):
    """Keeps the networks that were in use last, as many as there is room for.

    Signal: ``changed()`` when another network is among them, or one is not any more.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin with none."""
        super().__init__(parent)
        self.all: tuple[Made, ...] = ()  # the one that was in use last comes first

    def of(self, network: Network) -> Made | None:
        """Return what stands for ``network``, if it is one of these."""
        return next((made for made in self.all if made.is_of(network)), None)

    def add(self, made: Made, instead_of: Made | None = None) -> None:
        """Put ``made`` in front, as it is used now; ``instead_of`` another that is not wanted any more.

        It may be here already, from another sitting that held it, too.
        """
        self._set([made, *(one for one in self.all if one is not instead_of and _key(one) != _key(made))])

    def take_up(self, networks: Iterable[Made]) -> None:
        """Add those of another sitting but for those that are here."""
        here = {_key(one) for one in self.all}
        self._set([*self.all, *(one for one in networks if _key(one) not in here)])

    def remove(self, made: Made | None) -> None:
        """Keep ``made`` no more, if it is one of these: it is in a file now."""
        self._set([one for one in self.all if one is not made])

    def clear(self, but: Made | None = None) -> None:
        """Keep none any more, or one of them."""
        self._set([one for one in self.all if one is but])

    def _set(self, networks: list[Made]) -> None:
        kept, size = list[Made](), 0
        for made in networks[:MOST]:
            size += made.size
            if kept and size > MOST_BYTES:
                break
            kept.append(made)
        if tuple(kept) != self.all:
            self.all = tuple(kept)
            self.changed.emit()


def _key(made: Made) -> tuple[str, float]:
    """Return what is the same of one network wherever it was kept."""
    return made.title, made.made_at
