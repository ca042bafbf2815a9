"""Long sessions: ten thousand strokes, a stroke of a hundred thousand points, five hundred runs, large networks.

Times are those for which the window's thread was at work, whatever else the machine had to do.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic, thread_time

import numpy as np
from driving import at_rest
from hands import wait_until
from memory import peak_mb, resident_mb
from offscreen import open_window
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from benchmarks.rows import Row, summary
from digitpad.data.store import Store
from digitpad.data.strokes import read_strokes, samples_of, write_strokes
from digitpad.draw import ink
from digitpad.gui import replay
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.replay import send
from digitpad.gui.services.trainer import Trainer
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.resting import is_laid_down
from digitpad.train.run_memory import MEMORY
from digitpad.train.runs import Run

_STROKES, _POINTS, _NEXT = 10_000, 20, 10
_SCRIBBLE = 30  # strokes that are no digit any more
_MINUTE, _ENDLESS = 7500, 100_000  # points of one stroke
_LAST, _LATE = 1000, 50  # so many of these are timed; before, the screen follows once in so many
_RUNS, _EPOCHS, _LARGE = 500, 30, 10
_DRAWINGS = 100_000
_DRAW, _TRAIN = 0, 1  # the tabs


def measure() -> Iterator[Row]:
    """Fill the canvas, the list of runs and the memory as weeks of use would; then time what comes next."""
    with open_window() as window:
        yield from _many_strokes(window)
    for points in (_MINUTE, _ENDLESS):
        with open_window() as window:
            yield _one_stroke(window, points)
    with open_window() as window:
        yield from _many_runs(window)
    with open_window() as window:
        yield _large_runs(window.session.trainer)
    with tempfile.TemporaryDirectory() as folder:
        yield from _many_drawings(Path(folder))


def _draw(canvas: Canvas, path: ink.Path, last: int | None = None) -> list[float]:
    """Draw a stroke and return the milliseconds of work of its ``last`` events, or of all, until it is shown."""
    places = canvas.to_widget(path)
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(places) - 1), QEvent.Type.MouseButtonRelease]
    events, times = list(zip(kinds, [*places, places[-1]], strict=True)), []
    first = len(events) - last if last is not None else 0
    for i, (kind, place) in enumerate(events):
        started = thread_time()
        send(canvas, kind, place)
        if i >= first or i % _LATE == 0:
            QApplication.processEvents()
        if i >= first:
            times.append(1000 * (thread_time() - started))
    return times


def _stroke(generator: np.random.Generator) -> ink.Path:
    start, end = generator.uniform(0.2, 0.8, (2, 2))
    wobble = 0.3 * np.cumsum(generator.normal(0, 0.01, (_POINTS, 2)), axis=0)
    path: ink.Path = np.clip(start + (end - start) * np.linspace(0, 1, _POINTS)[:, None] + wobble, 0.1, 0.9)
    return path


def _many_strokes(window: MainWindow) -> Iterator[Row]:
    canvas, generator = window.draw.canvas, np.random.default_rng(0)
    replay.draw(canvas, [_stroke(generator) for _ in range(_SCRIBBLE)])
    wait_until(lambda: window.session.examples.cloud is not None)  # had once: what a scribble is compared with
    _rest()
    before = resident_mb()
    for i in range(_STROKES):
        replay.draw(canvas, [_stroke(generator)])
        if i % _LATE == 0:
            QApplication.processEvents()
    _rest()  # what was drawn more quickly than a hand can is on the screen
    if before is not None:
        yield Row(f"memory of {_STROKES:,} strokes and all that can be taken back, MB", {"at most": peak_mb() - before})
    what = f"after {_STROKES:,} strokes"
    times = [time for _ in range(_NEXT) for time in _draw(canvas, _stroke(generator))]
    yield summary(f"an event of the next ones {what}, ms", times)
    yield summary(f"taking one back {what}, ms", [_turn(canvas.undo) for _ in range(_NEXT)])
    yield summary(f"doing one again {what}, ms", [_turn(canvas.redo) for _ in range(_NEXT)])
    larger, smaller = window.size() + QSize(20, 20), window.size()
    yield summary(f"another size {what}, ms", [_turn(partial(window.resize, size)) for size in (larger, smaller)])
    canvas.erasing = True
    yield summary(f"an event of rubbing out {what}, ms", _draw(canvas, np.linspace([0.3, 0.3], [0.7, 0.7], _POINTS)))


def _rest() -> None:
    """Let the window do what is left to do. Raises TimeoutError when that takes too long."""
    for pause_ms in at_rest():
        end = monotonic() + pause_ms / 1000
        wait_until(partial(_is_past, end))


def _is_past(end: float) -> bool:
    return monotonic() > end


def _turn(work: Callable[[], object]) -> float:
    """Return the milliseconds that ``work`` takes until all that follows is on the screen."""
    started = thread_time()
    work()
    QApplication.processEvents()
    return 1000 * (thread_time() - started)


def _one_stroke(window: MainWindow, points: int) -> Row:
    walk = np.cumsum(np.random.default_rng(0).normal(0, 0.02, (points, 2)), axis=0) + 0.5
    times = _draw(window.draw.canvas, 1 - np.abs(np.mod(walk, 2) - 1), _LAST)  # reflected at the edges
    return summary(f"one of the last points of a stroke of {points:,}, ms", times)


def _many_runs(window: MainWindow) -> Iterator[Row]:
    window.tabs.setCurrentIndex(_TRAIN)
    tab, trainer = window.train, window.session.trainer
    QApplication.processEvents()
    trainer.runs += [_run(number, (30,)) for number in range(1, _RUNS)]
    trainer.runs_changed.emit()
    QApplication.processEvents()

    def add() -> None:
        trainer.runs.append(_run(_RUNS, (30,)))
        trainer.runs_changed.emit()

    what, rows = f"with {_RUNS} runs, ms", count(_RUNS // 2)
    yield Row(f"one more run {what}", {"took": _turn(add)})
    yield summary(
        f"selecting a run {what}", [_turn(lambda: tab.runs.select(trainer.runs[-1 - next(rows)])) for _ in range(_NEXT)]
    )
    yield summary(f"removing a run {what}", [_turn(tab.runs.remove.trigger) for _ in range(_NEXT)])
    yield Row(f"bringing one back {what}", {"took": _turn(window.session.history.take_back)})
    looks = [window.findChild(QAction, name) for name in ("dark", "light") * 2]
    yield summary(f"from light to dark or back {what}", [_turn(look.trigger) for look in looks if look])


def _run(number: int, hidden: tuple[int, ...]) -> Run:
    generator = np.random.default_rng(number)
    run = Run(number, Recipe(hidden=hidden, epochs=_EPOCHS), "digits", seconds=6.0)
    for epochs in range(_EPOCHS + 1):
        accuracy = 0.95 - 0.8 * 0.5**epochs + 0.01 * generator.random()
        run.points.append(Point(float(epochs), accuracy, 1 - accuracy, accuracy, 1 - accuracy, True))
    run.at = float(_EPOCHS)
    for at in (0.0, run.at):
        run.networks[at] = run.latest = Network((784, *hidden, 10), seed=number)
    return run


def _large_runs(trainer: Trainer) -> Row:
    """Open large networks one after the other, as from files."""
    for number in range(1, _LARGE + 1):
        run = _run(number, (2000, 2000, 2000))
        assert run.latest
        told = Run.of_model(number, run.model(run.latest, run.points[-1]))
        assert told
        trainer.add(told)
    networks = [network for run in trainer.runs for network in run.networks.values()]

    def taken(on_disk: bool) -> int:
        return sum(network.parameters.nbytes for network in networks if is_laid_down(network) == on_disk) >> 20

    wait_until(lambda: taken(on_disk=False) <= MEMORY >> 20)
    taking = {"in memory": taken(on_disk=False), "on the disk": taken(on_disk=True)}
    return Row(f"weights of {_LARGE} large runs, MiB", taking)


def _many_drawings(folder: Path) -> Iterator[Row]:
    generator, file = np.random.default_rng(0), folder / "drawings.jsonl"
    with file.open("w") as lines:
        for i in range(_DRAWINGS):
            paths = [np.round(_stroke(generator), 4).tolist() for _ in range(1 + i % 2)]
            lines.write(f'{{"label": {i % 10}, "strokes": {paths}}}{os.linesep}')
    with closing(Store(folder / "drawings.sqlite")) as samples:
        started = thread_time()
        samples.add_many(samples_of(read_strokes(file)))
        yield Row(f"reading {_DRAWINGS:,} drawings from a file, s", {"took": thread_time() - started})
        started = thread_time()
        write_strokes(folder / "again.jsonl", samples.each())
        yield Row("writing them into one, s", {"took": thread_time() - started})
