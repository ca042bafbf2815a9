"""The tabs of the window: which there are, and what one asks of another."""

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.preprocess import Greys
from digitpad.gui.draw.tab import DrawTab
from digitpad.gui.guard import do_all
from digitpad.gui.services.digit_sets import DigitSets
from digitpad.gui.services.guesses import Guesses
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.services.shown import Snapshot
from digitpad.gui.services.turns import Turns, Work
from digitpad.gui.services.ways import Destination, ToBook, ToDraw, ToPage, ToTrain
from digitpad.gui.widgets.actions import with_key
from digitpad.gui.widgets.scrolling import Place
from digitpad.gui.widgets.undoing import UndoActions
from digitpad.gui.window.late_page import Page
from digitpad.gui.window.loading import loading
from digitpad.train.experiment_file import SavedExperiment

if TYPE_CHECKING:
    from digitpad.gui.data.tab import DataTab
    from digitpad.gui.explore.tab import ExploreTab
    from digitpad.gui.inside.view import InsideView
    from digitpad.gui.train.tab import TrainTab


_MADE_OF = (
    "digitpad.data.mnist",
    "digitpad.gui.data.tab",
    "digitpad.gui.explore.tab",
    "digitpad.gui.inside.view",
    "digitpad.gui.train.tab",
    "numpy.ma",  # which np.quantile and np.unique load when they are first called
)


class Arrangement(NamedTuple):
    """What is set on the tabs and no part of a sitting: what Train has to start, the title of Explore's page or ""."""

    experiment: SavedExperiment
    page: str


AT_FIRST = Arrangement(SavedExperiment(), "")


class Tabs(QTabWidget):
    """Draw, Train, Data and Explore.

    Signals: ``train_built(TrainTab)`` and ``data_built(DataTab)`` when there is one; ``learn_wanted()`` when the
    network is to learn the person's hand; ``save_wanted()`` when the network that is looked at on the Train tab is to
    be saved; ``said(Said)``; ``reported(sentence)``; ``failed(sentence)``; ``loaded_ahead()`` when what the others are
    made of is there.
    """

    train_built = Signal(object)
    data_built = Signal(object)
    learn_wanted = Signal()
    save_wanted = Signal()
    said = Signal(object)
    reported = Signal(str)
    failed = Signal(str)
    loaded_ahead = Signal()

    def __init__(self, window: QMainWindow, session: Session, digits: DigitSets, preferences: Preferences) -> None:
        """Build the Draw tab of ``window``; the others come when they are wanted."""
        super().__init__(window)
        self._session, self._digits, self._preferences = session, digits, preferences
        self._ahead, self._begun_ahead = Turns(self), False
        session.examples.look_among(digits)
        self.guesses = Guesses(preferences, self)
        self.undoing = UndoActions(self, session.history)
        self.draw = self._make_draw()
        self.inside: InsideView | None = None  # built when it is first opened
        self.train_page = Page(self._make_train)
        self.data_page = Page(self._make_data)
        self.explore_page = Page(self._make_explore)
        self.pages: dict[str, QWidget] = {
            "Draw": self.draw,
            "Train": self.train_page,
            "Data": self.data_page,
            "Explore": self.explore_page,
        }
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setDrawBase(False)
        for number, (name, page) in enumerate(self.pages.items(), 1):
            self.setTabToolTip(self.addTab(page, name), with_key(name, f"Ctrl+{number}"))
        self.currentChanged.connect(self._bring_to_front)
        session.ways.wanted.connect(self._go)
        for late in (self.train_page, self.data_page, self.explore_page):
            late.ready.connect(partial(self._enter, late))
        session.history.show(session.history.draw)
        if preferences.inside_is_open:
            self._show_inside()

    def _make_draw(self) -> DrawTab:
        draw, priority = DrawTab(self._session, self.undoing, self._preferences), self._session.trainer.window_priority
        draw.canvas.changed.connect(priority.hold)
        draw.answered.connect(priority.release_soon)
        draw.said.connect(self.said)
        draw.learn_wanted.connect(self.learn_wanted)
        draw.train_wanted.connect(self._train_quickly)
        draw.inside_wanted.connect(self._show_inside)
        return draw

    def _show_inside(self) -> None:
        if self.inside is None:
            self._ahead.finish()
            from digitpad.gui.inside.view import InsideView

            self.inside = InsideView(self._session, self._digits, self.draw.reader, self._preferences)
            self.inside.put_wanted.connect(self._put_on_canvas)
            self.inside.overlay_wanted.connect(self.draw.canvas.show_overlay)
            self.inside.said.connect(self.said)
            self.inside.failed.connect(self.failed)
        self.draw.show_inside(self.inside)

    def _put_on_canvas(self, what: Drawing | Picture) -> None:
        self.show_drawing(Drawing(picture=what) if isinstance(what, Picture) else what)

    def _make_train(self, place: Place) -> Generator[None, None, "TrainTab"]:
        yield from self._loaded()
        from digitpad.gui.train.tab import TrainTab

        train = yield from TrainTab.in_turns(place, self._session, self._digits, self._preferences, self.guesses)
        train.failed.connect(self.failed)
        train.reported.connect(self.reported)
        train.said.connect(self.said)
        train.save_wanted.connect(self.save_wanted)
        train.to_canvas.connect(self._compare_on_canvas)
        self.train_built.emit(train)
        return train

    def _make_data(self, place: Place) -> Generator[None, None, "DataTab"]:
        yield from self._loaded()
        from digitpad.gui.data.tab import DataTab

        data = yield from DataTab.in_turns(place, self._session.drawings, self._digits, self.undoing)
        data.to_canvas.connect(self.show_drawing)
        data.collect_wanted.connect(self.collect)
        data.learn_wanted.connect(self.learn_wanted)
        self.data_built.emit(data)
        return data

    def _make_explore(self, place: Place) -> Generator[None, None, "ExploreTab"]:
        yield from self._loaded()
        from digitpad.gui.explore.tab import ExploreTab

        explore = ExploreTab(self._session, self._digits, self._preferences, self.guesses)
        place(explore)
        yield
        return explore

    def load_ahead(self) -> None:
        """Load what the other tabs are made of, in turns, so that the first look at one need not wait for that."""
        if not self._begun_ahead:
            self._begun_ahead = True
            self._ahead.do(self._all_loaded())

    def _all_loaded(self) -> Work:
        yield from loading(_MADE_OF)
        self.loaded_ahead.emit()

    def _loaded(self) -> Work:
        """Go on loading what the tabs are made of, until it is there."""
        self.load_ahead()
        while self._ahead.busy:
            self._ahead.go_on()
            yield

    def show_data(self) -> None:
        """Show the Data tab, unless the person looks at another that shows data sets, too."""
        if self.currentWidget() is self.draw:
            self.setCurrentWidget(self.data_page)

    def finish_awaited(self) -> None:
        """Do now what was to be done on a tab as soon as it is there; a mistake in that is told."""
        do_all(self.train_page.finish_awaited, self.explore_page.finish_awaited)

    @property
    def training_waits(self) -> bool:
        """Whether training begins as soon as its digits are there."""
        train = self.train_page.built
        return train is not None and train.commands.waiting

    def arrange(self, wanted: Arrangement) -> Arrangement:
        """Have experiment and page as ``wanted``, and return how they were."""
        self.finish_awaited()
        train, explore, preferences = self.train_page.built, self.explore_page.built, self._preferences
        experiment = train.opened.experiment if train else preferences.experiment
        before = Arrangement(experiment, preferences.explore_page)
        with preferences.together():
            if train is None:
                preferences.experiment = wanted.experiment
            else:
                train.opened.show(wanted.experiment)
            if explore is None:
                preferences.explore_page = wanted.page
            elif wanted.page:
                explore.open_titled(wanted.page)
            else:
                explore.begin_anew()
        return before

    def open_experiment(self, experiment: SavedExperiment, name: str) -> None:
        """Have an experiment, from the file of this name, ready to start."""
        self.setCurrentWidget(self.train_page)
        self.train_page.when_ready(lambda train: train.opened.open(experiment, name))

    def _go(self, there: Destination) -> None:
        match there:
            case ToDraw():
                self.setCurrentWidget(self.draw)
            case ToTrain(recipe):
                if recipe is None:
                    self.setCurrentWidget(self.train_page)
                else:
                    self.open_experiment(SavedExperiment(recipe), recipe.title)
            case ToPage(idea, view):
                self.setCurrentWidget(self.explore_page)
                self.explore_page.when_ready(lambda explore: explore.open_idea(idea, view))
            case ToBook(address):
                QDesktopServices.openUrl(QUrl(address))

    def collect(self) -> None:
        """Ask on the canvas for ten of each digit."""
        self.setCurrentWidget(self.draw)
        self.draw.collect()

    def _train_quickly(self) -> None:
        """Train a first network, in some seconds, before the person's eyes."""
        self.setCurrentWidget(self.train_page)
        self.train_page.when_ready(lambda train: train.train_quickly())

    def _show_on_canvas(self, greys: Greys) -> None:
        self.setCurrentWidget(self.draw)
        self.draw.canvas.show_picture(Picture.fitted(greys))

    def _compare_on_canvas(self, greys: Greys, label: int, snapshot: Snapshot | None, name: str) -> None:
        self._show_on_canvas(greys)
        self.draw.second.compare(snapshot, name, (self.draw.canvas.drawing, label))

    def show_drawing(self, drawing: Drawing) -> None:
        """Put ``drawing`` on the canvas."""
        self.setCurrentWidget(self.draw)
        self.draw.canvas.show_drawing(drawing)

    def _bring_to_front(self) -> None:
        page, history = self.currentWidget(), self._session.history
        history.show({self.draw: history.draw, self.train_page: history.train}.get(page))  # Data shows its own
        if self.data_page.built is not None and page is not self.data_page:
            self.data_page.built.set_in_front(False)
        if isinstance(page, Page) and page.built is None:
            page.setFocus()  # so that keys wait for what they are for
            page.begin()
        elif isinstance(page, Page):
            self._enter(page)
        self.draw.set_in_front(page is self.draw)

    def _enter(self, page: Page[Any]) -> None:
        """Have the content of a page take the keys, if that is in front."""
        if page is self.data_page is self.currentWidget():
            self.data_page.content.set_in_front(True)
        elif page is self.currentWidget():
            page.content.setFocus()

    def close_down(self) -> None:
        """Wait for everything that works away from the window."""
        late: tuple[Page[Any], ...] = self.train_page, self.data_page, self.explore_page
        do_all(self._ahead.leave, *(page.close_down for page in late))
        built = self.draw, *(page.built for page in late), self.inside
        do_all(*(tab.close_down for tab in built if tab is not None), self._session.examples.close_down)
