"""What training does to the window, and the window to training."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import numpy as np
from hands import wait_until
from offscreen import open_window
from PySide6.QtCore import QEventLoop, Qt, QTimer

from benchmarks.inputs import mnist_folder
from benchmarks.moves import times_of_moves
from benchmarks.processes import numbers_of
from benchmarks.rows import Row, summary
from benchmarks.training import trained
from digitpad.gui.services.trainer import State
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.recipe import Recipe

_TRAIN, _DRAW = 1, 0  # the tabs
_RUNS, _EPOCHS = 3, 25
_LATE_S, _TICK_MS = 20, 10


def measure() -> Iterator[Row]:
    """Train 784-30-10 in the window, off-screen, with the plots live, beside an idle control run."""
    mnist_folder()  # the window looks for it there, and without it would wait for ever
    with open_window() as window:
        yield from _beside_training(window)
    if sys.platform != "win32":
        (memory,) = numbers_of("train_in_window")
        yield Row("memory of the whole process after 60 epochs in the window, MB", {"at most": memory})


def _beside_training(window: MainWindow) -> Iterator[Row]:
    tab, trainer = window.train, window.train.trainer
    window.tabs.setCurrentIndex(_TRAIN)
    wait_until(lambda: tab.digits is not None)
    assert tab.digits
    yield _lateness("a 10 ms timer is late by, window idle, ms")
    recipe = replace(Recipe(), epochs=_EPOCHS)
    alone, inside = [], []
    for _ in range(_RUNS):
        alone.append(trained(recipe, tab.digits)[0])
        tab.form.show_recipe(recipe)
        tab.commands.start.trigger()
        wait_until(lambda: trainer.state is State.IDLE)
        assert trainer.run
        inside.append(trainer.run.seconds)
    images = _EPOCHS * recipe.train_on
    speeds = {"terminal": images / min(alone), "window": images / min(inside)}
    ratio = {"window over terminal": min(alone) / min(inside)}
    yield Row("images a second, terminal and window", {**speeds, **ratio})
    tab.form.show_recipe(replace(recipe, epochs=10_000))  # until it is stopped
    tab.commands.start.trigger()
    wait_until(lambda: trainer.progress is not None)
    yield _lateness("the same while training, plots live, ms")
    window.tabs.setCurrentIndex(_DRAW)
    yield _lateness("the same while training, Draw tab in front, ms")
    yield summary("mouse move to painted answer while training, ms", times_of_moves(window))
    tab.panel.follow.setChecked(True)
    yield summary("the same, the Draw tab following, ms", times_of_moves(window))
    trainer.stop()
    wait_until(lambda: trainer.state is State.IDLE)


def _lateness(what: str) -> Row:
    """Let a precise timer tick for a while and return by how much it was late."""
    ticks: list[float] = []
    timer, end, loop = QTimer(), QTimer(), QEventLoop()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    timer.start(_TICK_MS)
    end.start(1000 * _LATE_S)
    loop.exec()
    timer.stop()
    return summary(what, [max(0.0, 1000 * gap - _TICK_MS) for gap in np.diff(ticks).tolist()])
