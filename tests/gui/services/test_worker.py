"""The training thread's work, done in the test's own thread."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from digitpad.gui.services.worker import Goal, Report, Worker
from digitpad.train.experiment import Event, Experiment, Measuring
from tests.digits import digits
from tests.gui.training import RECIPE

DIGITS = digits()
ROOT = Path(__file__).parents[3]


class Heard:
    """What a worker told, in order."""

    def __init__(self, worker: Worker) -> None:
        self.reports: list[Report] = []
        self.errors: list[BaseException] = []
        self.ended = 0
        worker.reported.connect(self.reports.append)
        worker.failed.connect(self.errors.append)
        worker.ended.connect(self._end)

    def _end(self) -> None:
        self.ended += 1


def run(experiment: Experiment, goal: Goal = Goal.END, step: float = 0.001) -> Heard:
    """Run a worker whose clock moves by ``step`` seconds at each look."""
    now = [0.0]

    def clock() -> float:
        now[0] += step
        return now[0]

    worker = Worker(experiment, goal, clock=clock)
    heard = Heard(worker)
    worker.run()
    return heard


@pytest.mark.usefixtures("qapp")
class TestWorker:
    def test_it_trains_to_the_end_and_tells_everything(self) -> None:
        experiment = Experiment(RECIPE, DIGITS)
        heard = run(experiment)
        assert experiment.done
        assert heard.ended == 1
        assert not heard.errors
        assert sum(report.images for report in heard.reports) == 3 * 600
        points = [m.point for report in heard.reports for m in report.measurements]
        assert [point.epochs for point in points if point.exact] == [0, 1, 2, 3]

    def test_the_window_has_weights_of_the_last_seconds_where_it_is_measured_seldom(self) -> None:
        recipe = replace(RECIPE, epochs=2)
        heard = run(Experiment(recipe, DIGITS), step=1.0)  # a second for each mini-batch
        newest = [report.newest for report in heard.reports if report.newest]
        assert len(newest) > 10
        assert [one.epochs for one in newest] == sorted({one.epochs for one in newest})
        told = [one.network for report in heard.reports for one in (*report.measurements, report.newest) if one]
        assert all(before is not after for before, after in pairwise(told))
        gap = longest = 0
        for report in heard.reports:
            gap = 0 if report.newest or report.measurements else gap + 1
            longest = max(longest, gap)
        assert longest < 10  # seconds
        often = run(Experiment(recipe, DIGITS), step=0.001)
        assert not any(report.newest for report in often.reports)

    @pytest.mark.parametrize("step", [0.001, 0.05])
    def test_it_reports_at_most_ten_times_a_second(self, step: float) -> None:
        heard = run(Experiment(RECIPE, DIGITS), step=step)
        # The last comes when all is over, whenever that is.
        assert all(report.seconds >= 0.1 for report in heard.reports[:-1])

    def test_one_mini_batch_moves_the_weights_once_and_is_measured(self) -> None:
        experiment = Experiment(RECIPE, DIGITS)
        first, second = run(experiment, Goal.MINI_BATCH), run(experiment, Goal.MINI_BATCH)
        assert experiment.progress is not None
        assert experiment.progress.mini_batch == 2
        assert [m.point.epochs for r in first.reports for m in r.measurements] == [0, 10 / 600]
        assert [m.point.epochs for r in second.reports for m in r.measurements] == [20 / 600]
        assert sum(r.images for r in second.reports) == 10

    def test_one_epoch_ends_with_its_measurement(self) -> None:
        experiment = Experiment(RECIPE, DIGITS)
        run(experiment, Goal.MINI_BATCH)
        heard = run(experiment, Goal.EPOCH)
        assert experiment.epochs == 1
        assert heard.reports[-1].measurements[-1].point.exact
        run(experiment, Goal.EPOCH)
        assert experiment.epochs == 2

    def test_a_step_in_a_large_mini_batch_waits_for_its_last_piece(self) -> None:
        many = digits(3000, 50)
        experiment = Experiment(replace(RECIPE, train_on=3000, mini_batch_size=0), many)
        run(experiment, Goal.MINI_BATCH)
        assert experiment.progress is not None
        assert experiment.progress.updated

    def test_what_is_held_within_its_only_mini_batch_has_learned_nothing(self) -> None:
        experiment = Experiment(replace(RECIPE, train_on=3000, mini_batch_size=0), digits(3000, 50))
        worker = Worker(experiment, Goal.END, lambda: worker.halt.set() if experiment.epochs else None)
        heard = Heard(worker)
        worker.run()
        assert 0 < experiment.epochs < 1
        assert [m.point.epochs for report in heard.reports for m in report.measurements] == [0]
        assert not any(report.newest for report in heard.reports)  # the weights are those that were measured

    def test_a_halt_ends_it_at_the_next_event(self) -> None:
        experiment = Experiment(RECIPE, DIGITS)
        worker = Worker(experiment, Goal.END)
        heard = Heard(worker)
        worker.halt.set()
        worker.run()
        assert heard.ended == 1
        assert experiment.progress is None

    @pytest.mark.parametrize("mistake", [RuntimeError("a mistake"), KeyboardInterrupt(), BaseException("panicked")])
    def test_whatever_is_raised_is_told_and_it_ends(
        self, monkeypatch: pytest.MonkeyPatch, mistake: BaseException
    ) -> None:
        experiment = Experiment(RECIPE, DIGITS)

        def events() -> Iterator[Event]:
            yield Measuring()
            raise mistake

        monkeypatch.setattr(experiment, "events", events)
        heard = run(experiment)
        assert heard.errors == [mistake]
        assert heard.ended == 1

    def test_numbers_that_overflow_are_no_warning(self) -> None:
        experiment = Experiment(replace(RECIPE, activation="relu", eta=1000.0, hidden=(50, 50), epochs=5), DIGITS)
        heard = run(experiment)
        assert heard.ended == 1
        assert np.isfinite(experiment.network.parameters).all()


if sys.platform == "linux":  # where there is GLib, and where files can be so few

    def test_it_trains_where_no_more_files_can_be_opened() -> None:
        """With an event loop of its own a thread needs one: GLib ends the process where there is none."""
        code = """if True:
            import contextlib, os, resource
            from PySide6.QtWidgets import QApplication
            from digitpad.gui.services.worker import Goal, Worker
            from digitpad.train.experiment import Experiment
            from digitpad.train.recipe import Recipe
            from tests.digits import digits

            app = QApplication([])
            worker = Worker(Experiment(Recipe(train_on=100, epochs=1, hidden=(10,)), digits()), Goal.END)
            worker.ended.connect(app.quit)
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
            with contextlib.suppress(OSError):
                while True:
                    os.dup(0)
            assert worker.start()
            app.exec()
            worker.wait()
            print(worker.experiment.done)
        """
        run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
        assert (run.stdout, run.returncode) == ("True\n", 0), run.stderr
