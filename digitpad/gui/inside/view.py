"""``InsideView``: ways to look inside the network while it reads, each a page that is built when it is first opened."""

from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from digitpad.gui.guard import do_all
from digitpad.gui.inside.compare.page import ComparePage
from digitpad.gui.inside.knife.page import KnifePage
from digitpad.gui.inside.layers.page import LayersPage
from digitpad.gui.inside.lens import LensPage
from digitpad.gui.inside.map.page import MapPage
from digitpad.gui.inside.page import InsidePage, Shared
from digitpad.gui.inside.turn.page import TurnPage
from digitpad.gui.inside.what_if.page import WhatIfPage
from digitpad.gui.inside.why.page import WhyPage
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.reader import Reader
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.tab_row import TabRow
from digitpad.gui.widgets.theme import GAP, SMALL, font

PAGES: tuple[type[InsidePage], ...] = (
    LayersPage,
    WhyPage,
    TurnPage,
    MapPage,
    WhatIfPage,
    LensPage,
    KnifePage,
    ComparePage,
)

_INTERVAL_S = 1 / 30  # while the pen moves: no eye follows more, and the answer comes first


class InsideView(QWidget):
    """A row of titles, and under it the page of the one that was chosen, which is remembered.

    Signals: those of the pages.
    """

    put_wanted = Signal(object)
    overlay_wanted = Signal(object)
    said = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, digits: DigitSets, reader: Reader, preferences: Preferences) -> None:
        """Open the page that was open last, or the first."""
        super().__init__()
        self.setObjectName("inside")
        self._preferences = preferences
        self._shared = Shared(session, digits, reader, preferences)
        self._pages: dict[int, InsidePage] = {}
        self._stack, self._holders = QStackedWidget(), dict[int, Scrolling]()
        self.tabs = TabRow()
        self.tabs.setObjectName("ways")
        self.tabs.setFont(font(SMALL))
        self.tabs.setAccessibleName("Ways to look inside")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)  # where there is little room
        for maker in PAGES:
            self.tabs.setTabToolTip(self.tabs.addTab(maker.TITLE), maker.TIP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addWidget(self.tabs)
        rows.addWidget(self._stack, 1)
        # A timer without time is for when the window has nothing else to do: the answer is painted before.
        self._soon, self._last = QTimer(self), 0.0
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_seen)
        for changed in (session.seen_changed, session.model_changed):
            changed.connect(self._follow)
        self.tabs.currentChanged.connect(self._open)
        titles = [maker.TITLE for maker in PAGES]
        first = titles.index(preferences.inside_page) if preferences.inside_page in titles else 0
        self.tabs.setCurrentIndex(first)
        self._open(first)

    @property
    def page(self) -> InsidePage:
        """The page that is open."""
        return self._pages[self.tabs.currentIndex()]

    def show_page(self, title: str) -> InsidePage:
        """Open the page of this title, and return it."""
        self.tabs.setCurrentIndex([maker.TITLE for maker in PAGES].index(title))
        return self.page

    def _open(self, index: int) -> None:
        self.overlay_wanted.emit(None)  # of the page before
        if index not in self._pages:
            page = self._pages[index] = PAGES[index](self._shared)
            page.put_wanted.connect(self.put_wanted)
            page.overlay_wanted.connect(self.overlay_wanted)
            page.said.connect(self.said)
            page.failed.connect(self.failed)
            holder = self._holders[index] = Scrolling(page)
            holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._stack.addWidget(holder)
        self._stack.setCurrentWidget(self._holders[index])
        self._preferences.inside_page = PAGES[index].TITLE

    def _follow(self) -> None:
        """Have all pages know that something changed, the open one soon."""
        if self.isVisible() and not self._soon.isActive():
            self._soon.start(max(0, round(1000 * (self._last + _INTERVAL_S - monotonic()))))

    def _show_seen(self) -> None:
        self._last = monotonic()
        for page in self._pages.values():
            page.update_soon()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._soon.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nothing over the drawing."""
        self._soon.stop()
        self.overlay_wanted.emit(None)
        super().hideEvent(event)

    def finish(self) -> None:
        """Wait for what a page has at work now, and show what came of it."""
        for page in self._pages.values():
            page.background.finish()

    def close_down(self) -> None:
        """Wait for what works away from the window."""
        do_all(*(page.close_down for page in self._pages.values()))
