"""Work the program's window at random until somebody kills it; for scripts/kills.py.

    python -m benchmarks.programs.killed SEED JOURNAL [STEPS]

With STEPS it kills itself, after so many steps of writing or throwing away what is kept.

Everything that a person sees done is written into JOURNAL before the next thing happens, one JSON object a line, with
the time of the system's monotonic clock: what is on the canvas, the network in use, each run, what was saved.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from offscreen import application
from PySide6.QtCore import QTimer

from benchmarks.programs.kept import of_drawing, of_network
from digitpad.gui.app import make_window
from digitpad.gui.replay import draw
from digitpad.gui.services.preferences import Preferences
from digitpad.gui.services.session import Session
from digitpad.gui.services.trainer import State
from digitpad.gui.window.main_window import MainWindow
from digitpad.paths import DEFAULT_NETWORK, user_folder
from digitpad.train import model_file
from digitpad.train.recipe import Recipe
from digitpad.train.sitting import Place

_ACT_MS = 5, 80  # between two things done, at least and at most


class Person:
    """Draws, trains, uses, saves, takes up and starts fresh, in no order."""

    def __init__(self, window: MainWindow, seed: int, tell: Callable[..., None]) -> None:
        """Work ``window``; ``tell`` writes into the journal."""
        self.window, self.session, self.tell = window, window.session, tell
        self._random, self._seed, self._named = random.Random(seed), seed, 0
        self._told: dict[str, str] = {}
        session, trainer = self.session, self.session.trainer
        window.draw.canvas.changed.connect(self._tell_drawing)
        for changed in (session.model_changed, session.file_changed):
            changed.connect(self._tell_network)
        for changed in (trainer.runs_changed, trainer.advanced):
            changed.connect(self._tell_runs)
        self._timer = QTimer(singleShot=True)
        self._timer.timeout.connect(self._act)
        self._timer.start(0)

    def _tell_new(self, what: str, name: str, value: str) -> None:
        if self._told.get(what + name) != value:
            self._told[what + name] = value
            self.tell(what, name=name, value=value)

    def _tell_drawing(self) -> None:
        self._tell_new("drawing", "", of_drawing(self.window.draw.canvas.drawing))

    def _tell_network(self) -> None:
        session = self.session
        value = "file" if session.path else of_network(session.model.network) if session.unsaved else ""
        self._tell_new("network", "", value)

    def _tell_runs(self) -> None:
        for run in self.session.trainer.runs:
            if not run.name.startswith("run "):
                self._named += 1
                run.name = f"run {self._seed}-{self._named}"
            self._tell_new("run", run.name, f"{len(run.points)} {of_network(run.latest)}")

    def _act(self) -> None:
        often = [self._draw] * 12 + [self._train] * 3 + [self._look] * 2
        self._random.choice([*often, self._use, self._save, self._decide, self._undo])()
        if self._random.random() < 0.01:
            self.window.recovery.start_fresh()
        self._timer.start(self._random.randint(*_ACT_MS))

    def _draw(self) -> None:
        canvas = self.window.draw.canvas
        if len(canvas.drawing.strokes) > 30:
            canvas.clear()
        points = [[self._random.random(), self._random.random()] for _ in range(self._random.randint(1, 30))]
        draw(canvas, [np.array(points)])

    def _undo(self) -> None:
        self.window.draw.canvas.undo()

    def _look(self) -> None:
        self.window.tabs.setCurrentIndex(self._random.randrange(2))

    def _train(self) -> None:
        trainer, digits = self.session.trainer, self.window.digits.current
        if digits is None:
            self.window.digits.wanted()
        elif trainer.state is State.PAUSED:
            trainer.resume()
        elif trainer.state is State.LEARNING:
            if self._random.random() < 0.5:
                self._random.choice([trainer.pause, trainer.stop])()
        elif len(trainer.runs) < 8:
            hidden = self._random.choice([(), (10,), (100,)])
            trainer.start(Recipe(train_on=1000, epochs=300, hidden=hidden, seed=self._random.randrange(1000)), digits)

    def _use(self) -> None:
        session = self.session
        if session.made.all and self._random.random() < 0.3:
            self.window.opening.use_made(self._random.choice(session.made.all))
        elif self._random.random() < 0.2:
            self.window.opening.open_default_network()
        elif session.trainer.runs and self._random.random() < 0.3:
            session.shown.show(self._random.choice(session.trainer.runs))
            if session.shown.snapshot:
                session.use_snapshot(session.shown.snapshot)

    def _save(self) -> None:
        if self._random.random() < 0.2:
            network = (self.window.saving._chosen() or self.session.model).network
            self.tell("saving", name="", value=of_network(network))
            self.window.saving.save_to(user_folder() / "saved.safetensors")
            if self.window.saving.finish():
                self.tell("saved", name="", value=of_network(network))

    def _decide(self) -> None:
        offer = self.window.offer
        if offer.isVisible():
            (offer.postponed if self._random.random() < 0.3 else offer.accepted).emit()


class Steps:
    """Counts what is done to files while a sitting is written or thrown away, and ends the process after the last."""

    def __init__(self, tell: Callable[..., None], last: int | None) -> None:
        """Let each begin be told, and for None let the process live."""
        self._tell, self._left, self._writing = tell, last, threading.local()
        for name in ("keep", "keep_drawing", "throw_away"):
            setattr(Place, name, self._begun(getattr(Place, name)))
        for owner, name in ((Path, "open"), (Path, "replace"), (Path, "unlink"), (os, "fsync"), (os, "rmdir")):
            setattr(owner, name, self._counted(getattr(owner, name)))

    def _begun(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self._tell("keep")
            self._writing.now = True
            try:
                return function(*arguments, **named)
            finally:
                self._writing.now = False

        return call

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            result = function(*arguments, **named)
            if self._left is not None and getattr(self._writing, "now", False):
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
            return result

        return call


def main() -> None:
    """Start the program as it is started for a person, and work it."""
    seed, journal = int(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(what: str, **more: object) -> None:
        os.write(journal, json.dumps({"t": time.monotonic(), "what": what, **more}).encode() + b"\n")

    steps = Steps(tell, int(sys.argv[3]) if sys.argv[3:] else None)
    app = application()
    home = user_folder()
    session = Session(model_file.load(DEFAULT_NETWORK), None, home / "drawings.sqlite")
    window = make_window(app, session, Preferences(home / "settings.json"), home / "sittings")
    tell("start", at=time.time())
    person = Person(window, seed, tell)
    window.recovery.open_as_left(home / "sittings")
    window.show()
    app.exec()
    del person, steps


if __name__ == "__main__":
    main()
