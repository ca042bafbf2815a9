"""The digits of the data set as the network in use has them, to find those like a drawing: ``Examples``."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.gui.services.background import Background
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.priority import WindowPriority
from digitpad.inside.cloud import Cloud, cloud_of
from digitpad.inside.islands import islands_of
from digitpad.inside.names import Name, Places, names_on
from digitpad.nn.network import Network

if TYPE_CHECKING:
    from digitpad.data.dataset import Dataset

_REST_MS = 500  # while a network learns and is followed, another comes up to thirty times in a second
_KEPT_MS = 60_000  # after nobody looks any more: it takes some 20 MB
_CLOUD, _ISLANDS = "cloud", "islands"


class Examples(QObject):
    """Feeds digits through the network in use, away from the window, once somebody wants them.

    Signals: ``changed()`` when there is another ``cloud``, or ``islands`` of it, when there are none any more, and when
    some are on their way; ``failed(sentence)``.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, network: Network, priority: WindowPriority, parent: QObject) -> None:
        """Hold nothing yet; ``parent`` says by ``use`` which network is in use, and it gives way by ``priority``."""
        super().__init__(parent)
        self.cloud: Cloud | None = None  # it may be of the network before, until that of this one is there
        self.islands: Places | None = None  # where its digits lie by their neighbours, which takes seconds
        self.names: list[Name] = []  # where the labels are written on the islands
        self._network, self._priority = network, priority
        self._sets: DigitSets | None = None
        self._holders = list[object]()  # who wants a cloud
        self._islands_wanted, self._over = False, False
        self._asked: tuple[Network, Dataset] | None = None  # what the cloud is, or will be, made of
        self._background = Background(self)
        self._rest, self._kept = QTimer(self), QTimer(self)
        for timer, then in ((self._rest, self._lay_out), (self._kept, self.let_go)):
            timer.setSingleShot(True)
            timer.timeout.connect(then)

    @property
    def coming(self) -> bool:
        """Whether another cloud is on its way: that of the network and the data set in use."""
        return bool(self._holders) and (self._rest.isActive() or self._background.pending(_CLOUD))

    @property
    def islands_coming(self) -> bool:
        """Whether the digits of the cloud are being laid out by their neighbours."""
        return self._background.pending(_ISLANDS)

    def look_among(self, sets: DigitSets) -> None:
        """Have the digits from ``sets``: those that are in use there."""
        if self._sets is not sets:
            self._sets = sets
            sets.changed.connect(self._follow)

    def want(self, holder: object, *, islands: bool = False) -> None:
        """Have a cloud of the digits in use, and keep it up to date until ``holder`` wants it no more.

        With ``islands`` its digits are laid out by their neighbours, too.
        """
        if self._over or self._sets is None:
            return
        if holder not in self._holders:
            self._holders.append(holder)
        self._kept.stop()
        self._islands_wanted |= islands
        self._sets.wanted()
        self._lay_out()
        self._lay_out_islands()

    def want_no_more(self, holder: object) -> None:
        """Let go of the cloud if nobody else wants it, nor soon again."""
        if holder in self._holders:
            self._holders.remove(holder)
            if not self._holders:
                self._kept.start(_KEPT_MS)

    def let_go(self) -> None:
        """Free the memory it takes now."""
        self._holders.clear()
        self._islands_wanted = False
        self._asked = self.cloud = self.islands = None
        self._rest.stop()
        self._kept.stop()
        self._background.drop(_CLOUD)
        self._background.drop(_ISLANDS)
        self.changed.emit()

    def use(self, network: Network) -> None:
        """Know which network is in use now; its cloud is made when no other follows at once."""
        if network is not self._network:
            self._network = network
            if self._holders:
                self._rest.start(_REST_MS)

    def _follow(self) -> None:
        if self._holders and not self._rest.isActive():
            self._lay_out()

    def _lay_out(self) -> None:
        digits = self._sets.current if self._sets else None
        asked = (self._network, digits.training) if digits else None
        same = self._asked and asked and all(one is other for one, other in zip(self._asked, asked, strict=True))
        if not self._holders or asked is None or same:
            return
        self._asked = asked
        self._background.drop(_ISLANDS)
        stop = partial(self._over_for, asked)
        self._background.run(lambda: cloud_of(*asked, stop), self._take, self._fail, latest=_CLOUD)
        self.changed.emit()

    def _over_for(self, asked: object) -> bool:
        """Return, in the thread, whether the work on what was ``asked`` may end, giving way to the window before."""
        self._priority.give_way()
        return self._asked is not asked

    def _lay_out_islands(self) -> None:
        cloud = self.cloud
        if cloud and self._islands_wanted and self.islands is None and not (self.coming or self.islands_coming):
            stop = partial(self._over_for, self._asked)
            self._background.run(partial(_named_islands, cloud, stop), self._take_islands, self._fail, latest=_ISLANDS)

    def _take(self, cloud: Cloud | None) -> None:
        self.cloud, self.islands = cloud, None
        self._lay_out_islands()
        self.changed.emit()

    def _take_islands(self, islands: tuple[Places, list[Name]] | None) -> None:
        self.islands, self.names = islands or (None, [])
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self.cloud = self.islands = None
        self.failed.emit(sentence)
        self.changed.emit()

    def close_down(self) -> None:
        """Stop what is at work, and wait for it."""
        self._over, self._asked = True, None
        self._holders.clear()
        self._rest.stop()
        self._kept.stop()
        self._background.wait()


def _named_islands(cloud: Cloud, stop: Callable[[], bool]) -> tuple[Places, list[Name]] | None:
    places = islands_of(cloud, stop)
    names = None if places is None else names_on(places, cloud.digits.labels, stop)
    return None if places is None or names is None else (places, names)
