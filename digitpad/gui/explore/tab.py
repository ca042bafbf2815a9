"""``ExploreTab``: a list of pages, each built when it is first opened."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QStackedWidget, QWidget

from digitpad.explore.chapter import Idea
from digitpad.gui.explore.binary.page import BinaryPage
from digitpad.gui.explore.chosen_network import BEGINNING, ChosenNetwork
from digitpad.gui.explore.cost.page import CostPage
from digitpad.gui.explore.deep.page import DeepPage
from digitpad.gui.explore.descent.page import DescentPage
from digitpad.gui.explore.layers.page import LayersPage
from digitpad.gui.explore.minibatches.page import MiniBatchesPage
from digitpad.gui.explore.page import Page, Shared
from digitpad.gui.explore.perceptron.page import PerceptronPage
from digitpad.gui.explore.sigmoid.page import SigmoidPage
from digitpad.gui.explore.simulating.page import SimulatingPage
from digitpad.gui.explore.summary.page import SummaryPage
from digitpad.gui.explore.valley.page import ValleyPage
from digitpad.gui.guard import do_all
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.progress import Contents, Progress
from digitpad.gui.services.session import Session
from digitpad.gui.services.turns import Turns, Work
from digitpad.gui.widgets.folding import FoldingList, Narrowness
from digitpad.gui.widgets.reading_order import tab_in_reading_order
from digitpad.gui.widgets.scrolling import Scrolling
from digitpad.gui.widgets.theme import GAP

PAGES: tuple[type[Page], ...] = (
    PerceptronPage,
    SigmoidPage,
    SimulatingPage,
    LayersPage,
    BinaryPage,
    CostPage,
    ValleyPage,
    DescentPage,
    MiniBatchesPage,
    SummaryPage,
    DeepPage,
)  # as the chapter has them

_TITLES = 232  # pixels: the longest title has room beside its tick


class ExploreTab(QWidget):
    """The pages by title at the left, the one that is open at the right.

    Which pages were opened, which is, and what was done on them, is remembered in the preferences.
    """

    def __init__(self, session: Session, digits: DigitSets, preferences: Preferences, guesses: Guesses) -> None:
        """Open the page that was open last, or the first."""
        super().__init__()
        self._preferences = preferences
        self._turns = Turns(self)
        self._begun: set[int] = set()  # pages that are to be shown
        self._pages: dict[int, Page] = {}
        self._holders: dict[int, Scrolling] = {}
        contents = {maker.IDEA: Contents(maker.tasks(), tuple(each.key for each in maker.EXERCISES)) for maker in PAGES}
        self.progress = Progress(preferences, contents)
        self._shared = Shared(session, digits, self.progress, guesses, ChosenNetwork(session))
        self._chooser, self._stack = FoldingList("Pages", _TITLES), QStackedWidget()
        self.list = self._chooser.list
        for maker in PAGES:
            self.list.addItem("")
            self._show_title(maker.IDEA)
        self.progress.changed.connect(self._show_title)
        self.guess_first = QCheckBox("Guess first")
        self.guess_first.setToolTip("Say what will happen before you see it, on the pages and on the Train tab")
        self.guess_first.setAccessibleDescription(self.guess_first.toolTip())
        self.guess_first.setChecked(guesses.wanted)
        self.guess_first.toggled.connect(guesses.want)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setSpacing(GAP)
        self._side = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._side.setSpacing(GAP)
        self._side.addWidget(self._chooser, 1)
        self._side.addWidget(self.guess_first)
        self._line.addLayout(self._side)
        self._line.addWidget(self._stack, 1)
        self.list.currentRowChanged.connect(self._open)
        self.setFocusProxy(self._chooser)
        self.open_titled(preferences.explore_page)
        self._fold(False)
        Narrowness(self).changed.connect(self._fold)

    def _fold(self, folded: bool) -> None:
        """Have the pages' titles in a line across the top, where there is little room, or at the left."""
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if folded else directions.LeftToRight)
        self._side.setDirection(directions.LeftToRight if folded else directions.TopToBottom)
        self._line.setContentsMargins(GAP * 2, GAP if folded else GAP * 2, GAP * 2 if folded else 0, GAP)
        self._chooser.fold(folded)

    @property
    def busy(self) -> bool:
        """Whether a page is still to be shown."""
        return self._turns.busy

    @property
    def page(self) -> Page:
        """The page that is open, built now as far as it is not there yet."""
        self._turns.finish()
        return self._pages[self.list.currentRow()]

    def when_shown(self, do: Callable[[Page], object]) -> None:
        """Call ``do`` with the page that is open as soon as it is shown, or with another that is opened before that."""
        index = self.list.currentRow()

        def call() -> Work:
            now = self.list.currentRow()
            if page := self._pages.get(now):
                do(page)
            elif now != index:  # and not where it could not be built
                self.when_shown(do)
            yield

        self._turns.do(call())

    def show_page(self, number: int) -> Page:
        """Open the page with this number, counted from 1, and return it."""
        self.list.setCurrentRow(number - 1)
        return self.page

    def open_titled(self, title: str) -> None:
        """Open the page with this title, or the first where there is none."""
        titles = [maker.IDEA.title for maker in PAGES]
        self.list.setCurrentRow(titles.index(title) if title in titles else 0)

    def open_idea(self, idea: Idea, view: str = "") -> None:
        """Open the page of ``idea``, and of its views the one of this name, if it is not ""."""
        self.open_titled(idea.title)
        if view:
            self.page.show_view(view)

    def begin_anew(self) -> None:
        """Open the first page; each is as when it was first opened, but for the tasks that are done."""
        self._turns.finish()
        holders = list(self._holders.values())
        self._pages.clear()
        self._holders.clear()
        for holder in holders:
            self._stack.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        self._shared.chosen.choose(BEGINNING)
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(0)
        self._chooser.show_current()
        self._open(0)

    def close_down(self) -> None:
        """Leave no page half built: until it is whole its parts do not end with the window."""
        self._turns.finish()

    def _open(self, index: int) -> None:
        """Show a page, over some turns; the one of before stays till then."""
        self._preferences.explore_page = PAGES[index].IDEA.title
        if index not in self._begun:
            self._begun.add(index)
            self._turns.do(self._show(index))

    def _show(self, index: int) -> Work:
        yield  # so that the list shows first which is chosen
        try:
            if index == self.list.currentRow():  # and not where somebody went by
                if index not in self._pages:
                    yield from self._build(index)
                do_all(self._pages[index].prepare)
                yield
        finally:  # one that could not be built is tried again when it is chosen again
            self._begun.discard(index)
        if index == self.list.currentRow():
            self._stack.setCurrentWidget(self._holders[index])

    def _build(self, index: int) -> Work:
        page = PAGES[index](self._shared)
        holder = Scrolling(page, self._stack)  # at once: what is moved after a turn is dressed once more
        yield
        holder.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # for those who scroll by keys
        holder.setAccessibleName(page.IDEA.title)
        holder.setAccessibleDescription("This page, which the arrow keys scroll")
        self._stack.addWidget(holder)
        tab_in_reading_order(page)
        self._pages[index], self._holders[index] = page, holder
        yield

    def _show_title(self, idea: Idea) -> None:
        """Have the page in the list, with a tick where all is done on it, and half a disc where some is."""
        row, extent = [maker.IDEA for maker in PAGES].index(idea), self.progress.of(idea)
        item = self.list.item(row)
        item.setText(f"{row + 1}  {idea.title}{f'  {extent.mark}' if extent.mark else ''}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join([f"{row + 1} {idea.title}", *extent.words]))
