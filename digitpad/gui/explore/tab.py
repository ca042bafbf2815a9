"""``ExploreTab``: a list of pages, each built when it is first opened."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from digitpad.gui.explore.binary import BinaryPage
from digitpad.gui.explore.cost import CostPage
from digitpad.gui.explore.descent import DescentPage
from digitpad.gui.explore.layers import LayersPage
from digitpad.gui.explore.minibatches import MiniBatchesPage
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.perceptron import PerceptronPage
from digitpad.gui.explore.sigmoid import SigmoidPage
from digitpad.gui.explore.simulating import SimulatingPage
from digitpad.gui.explore.summary import SummaryPage
from digitpad.gui.explore.valley import ValleyPage
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.widgets.theme import GAP


class ExploreTab(QWidget):
    """The pages by title at the left, the one that is open at the right.

    Which pages were opened, and which tasks done, is remembered in the preferences.
    """

    def __init__(self, session: Session, digits: DigitSets, preferences: Preferences) -> None:
        """Open the first page."""
        super().__init__()
        self._preferences = preferences
        self._makers: list[type[Page]] = [
            PerceptronPage,
            SigmoidPage,
            SimulatingPage,
            LayersPage,
            BinaryPage,
            DescentPage,
            ValleyPage,
            MiniBatchesPage,
            CostPage,
            SummaryPage,
        ]
        self._pages: dict[int, Page] = {}
        titles = tuple(maker.TITLE for maker in self._makers)
        self._shared = Shared(session, digits, titles, preferences)
        self.list, self._stack = QListWidget(), QStackedWidget()
        self.list.setObjectName("sources")
        self.list.ensurePolished()  # rows are laid out when one is chosen: the style decides how high they are
        self.list.setAccessibleName("Pages")
        self.list.setFixedWidth(200)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, maker in enumerate(self._makers, 1):
            self.list.addItem(QListWidgetItem(f"{number}  {maker.TITLE}"))
            holder = QScrollArea()
            holder.setWidgetResizable(True)
            holder.setFrameShape(QScrollArea.Shape.NoFrame)
            holder.setAccessibleName(maker.TITLE)
            self._stack.addWidget(holder)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 2, GAP * 2, 0, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self.list.currentRowChanged.connect(self._open)
        self.setFocusProxy(self.list)
        self.list.setCurrentRow(0)

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self._pages[self._stack.currentIndex()]

    def show_page(self, number: int) -> Page:
        """Open the page with this number, counted from 1, and return it."""
        self.list.setCurrentRow(number - 1)
        return self.page

    def _open(self, index: int) -> None:
        if index not in self._pages:
            page = self._pages[index] = self._makers[index](self._shared)
            if page.TITLE in self._preferences.done_tasks:
                page.mark_done()
            page.task_done.connect(partial(self._note_done, page.TITLE))
            holder = self._stack.widget(index)
            assert isinstance(holder, QScrollArea)
            holder.setWidget(page)
        self._stack.setCurrentIndex(index)
        self._preferences.opened_pages |= {self.page.TITLE}

    def _note_done(self, title: str) -> None:
        self._preferences.done_tasks |= {title}
