"""Which network pages look at: ``ChosenNetwork``, one for all of them, and ``NetworkChoice``, a box to choose it by."""

from PySide6.QtCore import QObject, QSignalBlocker, Signal

from digitpad.explore.chapter_networks import ChapterNetwork
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.named_box import NamedBox
from digitpad.nn.network import Network
from digitpad.train.model_file import Model

BEGINNING = ChapterNetwork.EPOCH_30
_WHICH: tuple[ChapterNetwork | None, ...] = (*ChapterNetwork, None)  # in the order of the box


class ChosenNetwork(QObject):
    """Chapter 1's own network as it is at some time of its training, or the one in use. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """Begin with chapter 1's network after 30 epochs."""
        super().__init__(session)
        self.session = session
        self.which: ChapterNetwork | None = BEGINNING
        session.model_changed.connect(self._follow)

    @property
    def model(self) -> Model:
        """The network that is chosen, and how it was made."""
        return self.which.model if self.which else self.session.model

    @property
    def network(self) -> Network:
        """The network that is chosen."""
        return self.model.network

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return self.title_of(self.which)

    def title_of(self, which: ChapterNetwork | None) -> str:
        """Return what such a network is, in a few words."""
        if which:
            return f"Chapter 1, {which.title}"
        return f"In use: {'-'.join(str(size) for size in self.session.model.network.sizes)}"

    def choose(self, which: ChapterNetwork | None) -> None:
        """Look at chapter 1's network, or with None at the one in use, from now on."""
        if which is not self.which:
            self.which = which
            self.changed.emit()

    def _follow(self) -> None:
        if self.which is None:
            self.changed.emit()


class NetworkChoice(NamedBox):
    """Chooses the network that pages look at; a page may have ``others``, of its own, at the end."""

    def __init__(self, chosen: ChosenNetwork, *others: str) -> None:
        """Begin with the network that is chosen."""
        super().__init__("Network")
        self._chosen = chosen
        self.setToolTip("The network that this page and others look at: chapter 1's own, or the one in use")
        self.addItems([*map(chosen.title_of, _WHICH), *others])
        self._show()
        chosen.changed.connect(self._show)
        chosen.session.model_changed.connect(self._name)
        self.currentIndexChanged.connect(self._choose)

    @property
    def other(self) -> int | None:
        """Which of the page's own is chosen, counted from 0; None where it is none of these."""
        at = self.currentIndex() - len(_WHICH)
        return at if at >= 0 else None

    def _choose(self) -> None:
        if self.other is None:
            self._chosen.choose(_WHICH[self.currentIndex()])

    def _show(self) -> None:
        if self.other is None:
            with QSignalBlocker(self):
                self.setCurrentIndex(_WHICH.index(self._chosen.which))

    def _name(self) -> None:
        self.setItemText(_WHICH.index(None), self._chosen.title_of(None))
