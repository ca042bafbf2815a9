"""Opens the window as it was left, and offers what else earlier sittings left."""

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.draw.drawing import Drawing
from digitpad.errors import SittingError
from digitpad.gui.services.autosave import Autosave
from digitpad.gui.services.background import Background
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.services.turns import Turns, Work
from digitpad.gui.widgets.offer import Offer
from digitpad.gui.window.tabs import AT_FIRST, Arrangement, Tabs
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from digitpad.train.sitting import Loaded, Place, claim_all


class Recovery(QObject):
    """Brings back sittings: the last one that was closed at once, any other when the person takes it up.

    What is offered stays on the disk until the person has decided.

    Signals: ``brought()`` after a sitting was brought back; ``failed(sentence)``.
    """

    brought = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject, session: Session, tabs: Tabs, autosave: Autosave, offer: Offer) -> None:
        """Bring sittings back into ``session`` and ``tabs``; ``autosave`` keeps them from then on."""
        super().__init__(parent)
        self._session, self._tabs, self._autosave, self._offer = session, tabs, autosave, offer
        self._waiting: list[Place] = []  # undecided; the first is offered
        self._taking: list[Place] = []  # being read, to be taken up
        self._setting_aside = False
        self._arranged: dict[Path, Arrangement] = {}  # what went with a place that was set aside here
        self._background = Background(self)
        self._background.failed.connect(self.failed)
        self._turns = Turns(self)
        offer.accepted.connect(self._take_up)
        offer.postponed.connect(self._postpone)
        offer.refused.connect(self._throw_away)

    @property
    def busy(self) -> bool:
        """Whether a sitting is being read or set aside."""
        return self._setting_aside or self._turns.busy or bool(self._taking)

    @property
    def possible(self) -> bool:
        """Whether what is in the window can be kept."""
        return self._autosave.possible

    def open_as_left(self, home: Path, *, network_given: bool = False) -> None:
        """Bring back the sitting in ``home`` that was closed last, soon, and offer all others that are there.

        Where the person has given a network, that one is in use, whichever was.
        """
        places = claim_all(home)
        left = next((place for place in places if place.state.closed), None)
        self._waiting = [place for place in places if place is not left and place.state.worth_keeping]
        for place in places:
            if place is not left and not place.state.worth_keeping:
                self._remove(place)
        if left is not None:
            self._open(left, network_given)
        self._show()

    def _open(self, place: Place, network_given: bool) -> None:
        before = self._session.model

        def read() -> Loaded:
            # Whatever happens before it is kept anew, it is not opened by itself again: it may be the cause. Where that
            # cannot be written, neither can what is kept anew, and then that is told.
            with suppress(SittingError):
                place.set_aside()
            return place.load()

        def then(loaded: Loaded) -> None:
            network = not network_given and self._session.model is before
            self._turns.do(self._bring(place, loaded, network=network, beneath=True))

        self._taking.append(place)
        self._background.run(read, then, partial(self._give_up, place))

    def finish(self) -> None:
        """Bring back at once what is still being read."""
        self._background.finish()
        self._turns.finish()

    def start_fresh(self) -> None:
        """Empty the window and have recipe and pages as at first; what was in it is offered, to be taken up again.

        What the person has kept, prefers and has solved stays.
        """
        if self.busy:
            return
        self._tabs.finish_awaited()  # it is of what is set aside
        if self._is_training():
            return
        self._hold_back(True)
        self._autosave.set_aside(lambda place: self._turns.do(self._begin_fresh(place)))

    def _hold_back(self, setting_aside: bool) -> None:
        """Have what is offered wait while the window is set aside: taken up meanwhile, it would be in neither."""
        self._setting_aside = setting_aside
        self._offer.setDisabled(setting_aside)

    def _is_training(self) -> bool:
        """Return whether a run learns, or begins as soon as its digits are there, and say so."""
        training = self._session.trainer.state is State.LEARNING or self._tabs.training_waits
        if training:
            self.failed.emit("Training is under way: stop it first, then start fresh.")
        return training

    def _begin_fresh(self, place: Place | None) -> Work:
        self._hold_back(False)
        session, tabs = self._session, self._tabs
        if place is None:
            if not self._is_training():  # which is told, then: with training there is ever more to write
                unkept = "This cannot be kept, so it stays as it is: save what you need, then close the window."
                self.failed.emit(unkept)
            return
        tabs.finish_awaited()
        if self._is_training():  # it was begun meanwhile
            self._autosave.take_over(place)
            return
        session.trainer.stop()
        session.trainer.clear()
        session.history.train.clear()  # a run that was deleted before is no part of what is here now
        session.made.clear()
        session.shown.show(None)
        self._background.run(lambda: model_file.shared(DEFAULT_NETWORK), session.use)
        yield
        tabs.draw.canvas.clear()
        tabs.draw.earlier.clear()
        tabs.setCurrentWidget(tabs.draw)
        yield
        self._arranged[place.folder] = tabs.arrange(AT_FIRST)
        yield
        if place.state.worth_keeping:
            self._offer_first(place)
        else:
            self._remove(place)

    def forget_all(self) -> None:
        """Remove what earlier sittings have left, and the networks of this one but for the one in use."""
        home, waiting = self._autosave.home, self._waiting
        self._waiting = []
        for place in [*waiting, *(claim_all(home) if home else [])]:
            self._remove(place)
        self._session.made.clear(but=self._session.made_in_use)
        self._autosave.keep()
        self._show()

    # What the person decides

    def _take_up(self) -> None:
        place = self._next()
        if place is not None:
            self._taking.append(place)
            bring = partial(self._bring, place)
            self._background.run(
                place.load, lambda loaded: self._turns.do(bring(loaded)), partial(self._give_up, place)
            )

    def _give_up(self, place: Place, sentence: str) -> None:
        """Leave what cannot be read for the next start."""
        self._taking.remove(place)
        place.leave()
        self.failed.emit(sentence)

    def _postpone(self) -> None:
        for place in self._waiting:
            place.leave()
        self._waiting.clear()
        self._show()

    def _throw_away(self) -> None:
        place = self._next()
        if place is not None:
            self._remove(place)

    def _remove(self, place: Place) -> None:
        try:
            place.throw_away()
        except SittingError as error:
            place.leave()
            self.failed.emit(str(error))

    def _next(self) -> Place | None:
        """Return what is offered, and go on to what is to be offered next."""
        place = self._waiting.pop(0) if self._waiting else None
        self._show()
        return place

    def _offer_first(self, place: Place) -> None:
        self._waiting.insert(0, place)
        self._show()

    def _show(self) -> None:
        self._offer.show_place(self._waiting[0] if self._waiting else None)

    # Bringing back

    def _bring(self, place: Place, loaded: Loaded, *, network: bool = True, beneath: bool = False) -> Work:
        """Bring back what is in ``place``, and put its ``network`` into use or not; all is kept here from now on.

        Where it goes ``beneath``, what was drawn meanwhile stays on the canvas, and undo leads to what was brought.
        """
        self._taking.remove(place)
        session, tabs, sitting = self._session, self._tabs, loaded.sitting
        canvas = tabs.draw.canvas
        drawn = canvas.drawing if beneath else Drawing()
        finished = sitting.finished and not (beneath and canvas.finished)  # of the two drawings one can be finished
        if not sitting.drawing.empty:
            canvas.show_drawing(sitting.drawing)
            if finished:
                canvas.begin_anew()
            if not drawn.empty:
                canvas.show_drawing(drawn)
        yield
        shown = next((run for run in sitting.runs if run.number == sitting.shown), None)  # it may get another number
        numbers = session.trainer.take_up(sitting.runs)
        for made in sitting.made:
            made.renumber(numbers)
        if shown in session.trainer.runs:
            session.shown.show(shown)
        yield
        session.made.take_up(sitting.made)
        if network and loaded.model is not None:
            if sitting.network is not None:
                session.use_made(sitting.network, loaded.model)
            else:
                session.use(loaded.model, sitting.path)
        yield
        if sitting.tab in tabs.pages and drawn.empty:
            tabs.setCurrentWidget(tabs.pages[sitting.tab])
        if arranged := self._arranged.pop(place.folder, None):
            yield
            tabs.arrange(arranged)
        if loaded.troubles:
            self.failed.emit(" ".join(loaded.troubles))
        if loaded.whole:
            self._autosave.take_over(place)
        else:
            place.leave()
        self.brought.emit()

    def close_down(self) -> None:
        """Wait for what is being read; what is undecided stays for the next start."""
        self._background.wait()
        for place in self._taking:
            place.leave()
        self._postpone()
