"""Keeps what is in the window on the disk while it changes, so that nothing is lost however the program ends."""

from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from functools import partial
from pathlib import Path
from threading import Event as Flag

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.errors import reason
from digitpad.gui.services.background import Background
from digitpad.gui.services.session import Session
from digitpad.gui.services.sitting_now import SittingNow, View, same
from digitpad.train.sitting import Place, Sitting

DELAYS_S = 2, 15  # of the drawing, and of the rest, as people are told

_DRAWING_MS = 1000 * DELAYS_S[0]  # a drawing that changed is written so much later, and
_REST_MS = 1000 * DELAYS_S[1]  # everything else so much
_AGAIN_MS = 100  # where it is still being written then, on a slow disk, or not quick to know: until the next attempt
_PATIENCE = 50  # attempts, after which that is waited for no longer: a drawing is kept within 10 seconds all the same


class _What(Enum):
    """What is written, each in a thread of its own: a drawing need not wait for runs, which may be large."""

    DRAWING, ALL = auto(), auto()


class Autosave(QObject):
    """Writes what changed into a place of this window's own, in threads; while nothing changes it does nothing.

    Signals: ``kept()`` after it was written; ``failed(sentence)`` when it cannot be, once until it can again, which
    ``settled(sentence)``, with the same one, tells.
    """

    kept = Signal()
    failed = Signal(str)
    settled = Signal(str)

    def __init__(
        self, parent: QObject, session: Session, home: Path | None, view: Callable[[], View],
        is_quick: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        """Keep ``session`` and the ``view`` of the window among the places in ``home``; for None, nowhere.

        ``is_quick`` tells whether the view is known in an instant, which is waited for a little.
        """
        super().__init__(parent)
        self._home, self._view, self._now = home, view, SittingNow(session, view)
        self._is_quick, self._waited = is_quick, dict.fromkeys(_What, 0)
        self._place: Place | None = None
        self._trouble = ""  # why there is no place
        self._taken: list[Place] = []  # whose sittings are here, and not kept here yet
        self._busy, self._failing = set[_What](), set[_What]()
        self._told = ""  # that it cannot be kept, while that is so
        self._threads = {what: Background(self) for what in _What}
        self._drawing_timer, self._rest_timer = (QTimer(self, singleShot=True) for _ in range(2))
        self._timers = {_What.DRAWING: self._drawing_timer, _What.ALL: self._rest_timer}
        self._drawing_timer.timeout.connect(self._keep_drawing)
        self._rest_timer.timeout.connect(self._keep_all)
        self._open_place()
        trainer = session.trainer
        for changed in (
            session.model_changed, session.file_changed, session.made.changed, session.shown.changed,
            trainer.runs_changed, trainer.run_changed, trainer.advanced, trainer.state_changed,
        ):  # fmt: skip
            changed.connect(self.change)

    def _open_place(self) -> None:
        self._place = None
        if self._home is not None:
            try:
                self._place = Place.new(self._home)
                self._trouble = ""
            except OSError as error:  # a folder that cannot be written to: the window asks before it closes instead
                self._trouble = f"{self._home}: cannot be written ({reason(error)})."

    def _has_place(self) -> bool:
        """Whether there is a place. Where there was none, or it is gone, another is made if that is possible."""
        if self._place is None or self._place.gone:
            if self._place is not None:
                self._place.leave()
            self._now.forget()  # in another, nothing is
            self._open_place()
            self._tell_trouble()
        return self._place is not None

    @property
    def home(self) -> Path | None:
        """Where everything is kept, this window's and what others have left; None where nothing is."""
        return self._home if self.possible else None

    @property
    def wanted(self) -> bool:
        """Whether anything is to be kept, be it possible or not."""
        return self._home is not None

    @property
    def possible(self) -> bool:
        """Whether there is a place to keep anything."""
        return self._place is not None

    @property
    def keeping(self) -> bool:
        """Whether what is in the window is kept, as far as is known: there is a place, and the last writing worked."""
        return self._place is not None and not self._failing

    # What changed

    def change_drawing(self) -> None:
        """Keep the drawing, soon."""
        self._tell_trouble()
        if self._home is not None and not self._drawing_timer.isActive():
            self._drawing_timer.start(_DRAWING_MS)

    def change(self) -> None:
        """Keep everything, a little later."""
        self._tell_trouble()
        if self._home is not None and not self._rest_timer.isActive():
            self._rest_timer.start(_REST_MS)

    def _tell_trouble(self) -> None:
        if self._trouble:
            trouble, self._trouble = self._trouble, ""
            self._fail(_What.ALL, trouble)

    def keep(self) -> None:
        """Keep everything now, without waiting for it."""
        if self._home is not None:
            self._keep_all()

    def _keep_drawing(self) -> None:
        if self._waits(_What.DRAWING) or not self._has_place():
            return
        place, view = self._place, self._view()
        assert place is not None
        if self._now.sitting is None:  # nothing is kept yet: what it is drawn beside is to be known, too
            self._keep_all()
        drawn = Sitting(view.drawing, view.finished)
        self._run(_What.DRAWING, lambda: place.keep_drawing(drawn))

    def _keep_all(self) -> None:
        if not self._waits(_What.ALL) and self._has_place():
            self._run(_What.ALL, self._writing(self._now.look()))

    def _waits(self, what: _What) -> bool:
        """Whether that is still being written, or has to wait for a hand that rubs out very much; then try again."""
        if what not in self._busy:
            if self._is_quick() or self._waited[what] == _PATIENCE:
                self._waited[what] = 0
                return False
            self._waited[what] += 1
        self._timers[what].start(_AGAIN_MS)
        return True

    # Keeping at once

    def take_over(self, place: Place) -> None:
        """Keep everything in place of what is in ``place``, from which it was taken; then that is thrown away."""
        if not self._has_place():
            place.leave()
            return
        self._taken.append(place)
        self._run(_What.ALL, self._writing(self._now.look()))

    def keep_now(self, *, closed: bool = False) -> bool:
        """Keep everything before this returns, ``closed`` when the window closes; whether it is kept."""
        if not self._has_place():
            return False
        done, kept, write = Flag(), list[bool](), self._writing(self._now.look(), closed=closed)

        def work() -> None:
            try:
                write()
                kept.append(True)
            finally:
                done.set()

        self._run(_What.ALL, work)
        done.wait()
        return bool(kept)

    def set_aside(self, then: Callable[[Place | None], object], attempts: int = 20) -> None:
        """Keep everything and begin another place; go on with ``then`` and the one with all in it, None if it failed.

        What is done until it is written is kept in it, too: where something was, it is written again. So many
        ``attempts`` are made, as training that was begun meanwhile goes on.
        """
        place = self._place if self._has_place() else None
        if place is None or not attempts:
            then(None)
            return
        looked = self._now.look()

        def kept(_: None) -> None:
            self._end(_What.ALL)
            now = self._now.look()
            if _What.DRAWING in self._busy or not same(now, looked):
                self.set_aside(then, attempts - 1)
                return
            self._stop()
            self._now.forget()
            self._open_place()
            then(place)

        def failed(sentence: str) -> None:
            self._fail(_What.ALL, sentence)
            then(None)

        self._run(_What.ALL, self._writing(looked), kept, failed)

    def close_down(self) -> None:
        """Keep nothing more, and let go of the place."""
        self._stop()
        for thread in self._threads.values():
            thread.wait()
        for place in (self._place, *self._taken):
            if place is not None:
                place.leave()
        self._home = self._place = None

    def _stop(self) -> None:
        self._drawing_timer.stop()
        self._rest_timer.stop()

    # How

    def _writing(self, sitting: Sitting, *, closed: bool = False) -> Callable[[], None]:
        place, taken = self._place, tuple(self._taken)
        assert place is not None

        def write() -> None:
            place.keep(sitting, closed=closed, instead_of=taken)
            for one in taken:
                if one.gone:  # until then the next writing is instead of it, too
                    with suppress(ValueError):  # another one was waiting for its turn
                        self._taken.remove(one)

        return write

    def _run(
        self, what: _What, work: Callable[[], None], then: Callable[[None], object] | None = None,
        otherwise: Callable[[str], object] | None = None,
    ) -> None:  # fmt: skip
        self._busy.add(what)
        self._threads[what].run(
            work, then or (lambda _: self._end(what)), otherwise or partial(self._fail, what), must=True
        )

    def _end(self, what: _What) -> None:
        self._busy.discard(what)
        self._failing -= {what} if what is _What.DRAWING else set(_What)
        if self._told and not self._failing:
            told, self._told = self._told, ""
            self.settled.emit(told)
        self.kept.emit()

    def _fail(self, what: _What, sentence: str) -> None:
        self._busy.discard(what)
        self._failing.add(what)
        self.change()  # there may be room later
        if not self._told:
            self._told = f"What you do cannot be kept for the next start. {sentence}"
            self.failed.emit(self._told)
