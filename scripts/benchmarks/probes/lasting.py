"""Long sessions: what is done for the ten-thousandth time must cost what it cost the first time."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import process_time, thread_time

import numpy as np
from driving import Steps, at_rest, loaded_ahead, show_tab, wait_for
from memory import own_mb, resident_mb
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from benchmarks.probes import Faults, check
from benchmarks.probes.scene import use
from digitpad.data import synthetic
from digitpad.data.store import Store
from digitpad.explore.chapter import Idea
from digitpad.gui import replay
from digitpad.gui.services.trainer import State
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.experiment import Point
from digitpad.train.recipe import Recipe
from digitpad.train.run_memory import MEMORY
from digitpad.train.runs import Run

FAULTS = Faults()
_WEIGHTS_MB = MEMORY / 1e6 + 60  # what else training needs, and what is kept of curves
_SCRIBBLE = 30  # strokes that are no digit any more
_LINE = np.column_stack([np.linspace(0.3, 0.6, 8), np.linspace(0.3, 0.6, 8)])


def _work_ms(do: Callable[[], object]) -> float:
    """Return how long this thread works at it and at the events that follow."""
    began = thread_time()
    do()
    QApplication.processEvents()
    return 1000 * (thread_time() - began)


@FAULTS.add(
    "10,000 strokes: the next costs less than 16 ms a point, all and their history less than 50 MB", seconds=600
)
def _strokes(_folder: Path) -> None:
    def steps(window: MainWindow) -> Steps:
        yield from loaded_ahead(window)
        canvas, generator = window.draw.canvas, np.random.default_rng(0)
        replay.draw(canvas, [np.clip(_LINE + generator.uniform(-0.3, 0.3, 2), 0.01, 0.99) for _ in range(_SCRIBBLE)])
        yield from wait_for(lambda: window.session.examples.cloud is not None)  # had once: what it is compared with
        yield from at_rest()
        before = resident_mb() or 0.0
        for i in range(10_000):
            replay.draw(canvas, [np.clip(_LINE + generator.uniform(-0.3, 0.3, 2), 0.01, 0.99)])
            if i % 200 == 0:
                yield 0
        yield from at_rest()  # what was drawn more quickly than a hand can is on the screen
        history = (resident_mb() or 0.0) - before
        places = replay.mouse_places(canvas, _LINE)
        replay.send(canvas, QEvent.Type.MouseButtonPress, places[0])
        costs = [_work_ms(partial(replay.send, canvas, QEvent.Type.MouseMove, place)) for place in places[1:]]
        costs.append(_work_ms(lambda: replay.send(canvas, QEvent.Type.MouseButtonRelease, places[-1])))
        cost = float(np.median(costs))
        check(cost < 16, f"a movement costs {cost:.0f} ms")
        check(max(costs) < 100, f"one event costs {max(costs):.0f} ms")
        check(history < 50, f"the strokes and their history take {history:.0f} MB")

    use(steps, longest_ms=1e9)


@FAULTS.add("a scribble of a minute: less than 8 ms a point at its end", seconds=600)
def _scribble(_folder: Path) -> None:
    def steps(window: MainWindow) -> Steps:
        yield from loaded_ahead(window)
        yield from at_rest()
        canvas = window.draw.canvas
        angle = np.linspace(0, 600, 7500)
        path = 0.5 + (0.1 + 0.0004 * angle[:, None]) * np.column_stack([np.cos(angle), np.sin(1.01 * angle)])
        places = replay.mouse_places(canvas, path)
        replay.send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for i, place in enumerate(places[1:-200]):
            replay.send(canvas, QEvent.Type.MouseMove, place)
            if i % 100 == 0:
                yield 0
        costs = [_work_ms(partial(replay.send, canvas, QEvent.Type.MouseMove, place)) for place in places[-200:]]
        check(np.median(costs) < 8, f"a point costs {np.median(costs):.0f} ms")
        replay.send(canvas, QEvent.Type.MouseButtonRelease, places[-1])
        yield 100

    use(steps, longest_ms=1e9)


def _run(number: int) -> Run:
    run = Run(number, replace(Recipe(), eta=round(0.01 * number, 2)), "MNIST", f"run {number}")
    run.points = [Point(float(i), 0.9, 0.1, 0.9, 0.1, True) for i in range(1, 31)]
    run.latest, run.at = Network([784, 10]), 30.0
    return run


@FAULTS.add("500 runs: light and dark in 0.3 s, the list and what they showed, too", seconds=600)
def _runs(_folder: Path) -> None:
    def steps(window: MainWindow) -> Steps:
        yield from show_tab(window, "Train")
        yield 200
        trainer = window.session.trainer
        few = _dress(window)
        trainer.runs += [_run(number) for number in range(1, 501)]
        listing = _work_ms(trainer.runs_changed.emit)
        yield 500
        dressing = _dress(window)
        selecting = _work_ms(lambda: window.train.runs.select(trainer.runs[-101]))
        removing = _work_ms(window.train.runs.remove.trigger)
        yield from show_tab(window, "Explore")
        for idea in (Idea.SUMMARY, Idea.PERCEPTRON):
            window.explore.open_idea(idea)
            yield from wait_for(lambda: not window.explore.busy)
        telling = _work_ms(partial(window.explore.show_page, list(Idea).index(Idea.SUMMARY) + 1))
        costs = {
            "dressing": dressing - few,
            "listing": listing,
            "selecting": selecting,
            "removing": removing,
            "telling": telling,
        }
        for what, cost in costs.items():
            check(cost < 300, ", ".join(f"{name} {ms:.0f} ms" for name, ms in costs.items()) + f": {what}")

    use(steps, longest_ms=1e9)


def _dress(window: MainWindow) -> float:
    schemes = (Qt.ColorScheme.Dark, Qt.ColorScheme.Light)
    return min(_work_ms(partial(window.theme.choose, scheme)) for scheme in schemes)


@FAULTS.add("ten large runs keep little more than 64 MiB of weights in memory", seconds=600, most_mb=1500)
def _weights(_folder: Path) -> None:
    digits = synthetic.digits(120, 40, seed=1)
    recipe = Recipe(hidden=(1500, 1500), epochs=3, mini_batch_size=50).fitted(digits)

    def steps(window: MainWindow) -> Steps:
        trainer = window.session.trainer
        yield from loaded_ahead(window)
        for number in range(11):
            if number == 1:  # what the first needed is there by now
                before = own_mb() or 0.0
            trainer.start(recipe, digits)
            yield from wait_for(lambda: trainer.state is State.IDLE and not trainer.working, 120)
        yield 2000
        kept = (own_mb() or 0.0) - before
        check(len(trainer.runs) == 11, f"{len(trainer.runs)} runs")
        check(kept < _WEIGHTS_MB, f"{kept:.0f} MB")

    use(steps, longest_ms=1e9)


@FAULTS.add("100,000 digits imported in 30 s of work", seconds=1200, most_mb=1500)
def _import(folder: Path) -> None:
    line = b'{"label":7,"strokes":[[[0,0],[50,2],[100,0],[80,90],[60,140],[40,200]]]}\n'
    path = folder / "many.jsonl"
    path.write_bytes(line * 100_000)
    work: list[float] = []

    def steps(window: MainWindow) -> Steps:
        drawings = window.session.drawings
        yield from loaded_ahead(window)
        yield from at_rest()
        began = process_time()
        drawings.importing.begin_strokes(path)
        for _ in range(20 * 1200):
            if drawings.total >= 100_000:
                break
            yield 50
        work.append(process_time() - began)

    use(steps, longest_ms=1e9)
    check(len(Store(folder / "home" / "drawings.sqlite")) == 100_000, "not all are kept")
    check(work[0] < 30, f"{work[0]:.0f} s of work")
