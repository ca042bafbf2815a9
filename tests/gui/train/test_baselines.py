"""Baselines in the plot of accuracies: the switch, the lines and their words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from digitpad.data.dataset import Kind
from digitpad.gui.train.baseline_lines import moved_apart
from digitpad.gui.train.curves import Scale
from digitpad.gui.train.picture import show_alike
from digitpad.gui.train.plots import Plots
from digitpad.gui.train.tab import TrainTab
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.baselines import Baselines, Method, baselines_of
from tests.gui.test_accessible import settle
from tests.gui.training import curves, press, train

MNIST = Baselines("MNIST", {Method.GUESSING: 0.1, Method.DARKNESS: 0.2225, Method.SVM: 0.9435})


def legend(plots: Plots) -> list[str]:
    return [entry.words for entry in plots.legend.entries]


def shown(plots: Plots) -> list[str]:
    """Return the words beside the plot, from the top."""
    return [words for words, _, _ in plots.baselines.places()]


def look_at(plots: Plots) -> None:
    """Check that all words are beside the curves, inside the picture, and on none other."""
    settle()
    plots.grab()
    curves_end = plots.accuracy.getViewBox().sceneBoundingRect().right()
    places = [plots.baselines.mapRectToScene(place) for _, _, place in plots.baselines.places()]
    for place in places:
        assert place.left() > curves_end
        assert place.right() <= plots.viewport().width()
    for above, below in pairwise(places):
        assert above.bottom() <= below.top() + 0.01


def told(colour: QColor, paper: QColor) -> bool:
    """Whether a pixel is told from the paper at once, as those of the grid are not."""
    return abs(colour.lightness() - paper.lightness()) > 60


@contextmanager
def alone(qtbot: QtBot, baselines: Baselines | None = MNIST) -> Iterator[Plots]:
    plots = Plots()
    qtbot.addWidget(plots)
    plots.resize(700, 400)
    plots.show_baselines(baselines)
    plots.grab()
    yield plots


def test_the_switch_shows_those_of_the_set_in_use(tab: TrainTab, qtbot: QtBot) -> None:
    assert shown(tab.plots) == []
    press(tab, "show_baselines")
    qtbot.waitUntil(lambda: len(shown(tab.plots)) == 2)
    assert tab.digits is not None
    darkness = baselines_of(tab.digits).accuracies[Method.DARKNESS]
    assert shown(tab.plots) in (
        [f"darkness {round(100 * darkness, 2):g} %", "guessing 10 %"],
        ["guessing 10 %", f"darkness {round(100 * darkness, 2):g} %"],
    )
    assert f"baselines, test digits of {tab.digits.name}" in legend(tab.plots)
    assert "guessing 10 %" in tab.plots.accessibleDescription()
    press(tab, "show_baselines")
    assert shown(tab.plots) == []
    assert not any("baselines" in words for words in legend(tab.plots))
    assert "guessing" not in tab.plots.accessibleDescription()


def test_it_is_reached_by_the_keyboard(tab: TrainTab, qtbot: QtBot) -> None:
    button = tab.baselines.button
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(shown(tab.plots)) == 2)


def test_another_set_has_baselines_of_its_own(tab: TrainTab, training_window: MainWindow, qtbot: QtBot) -> None:
    press(tab, "show_baselines")
    qtbot.waitUntil(lambda: len(shown(tab.plots)) == 2)
    sets = training_window.digits
    assert sets.current is not None
    sets.current = replace(sets.current, name="another", kind=Kind.MNIST)
    sets.changed.emit()
    assert shown(tab.plots) == []  # none of the set before
    qtbot.waitUntil(lambda: len(shown(tab.plots)) == 3)
    assert "SVM 94.35 %" in shown(tab.plots)
    assert "baselines, test digits of another (SVM: the book's figure)" in legend(tab.plots)


def test_the_axis_begins_at_nought_while_they_are_on(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    box = tab.plots.accuracy.getViewBox()
    before = box.viewRange()[1]
    assert before[0] > 0
    press(tab, "show_baselines")
    qtbot.waitUntil(lambda: len(shown(tab.plots)) == 2)
    assert box.viewRange()[1] == [0.0, 100.0]
    look_at(tab.plots)
    press(tab, "show_baselines")
    assert box.viewRange()[1] == before


def test_on_the_axis_of_errors_they_are_errors(tab: TrainTab, qtbot: QtBot) -> None:
    train(qtbot, tab)
    tab.plots.show_baselines(MNIST)
    press(tab, "show_error")
    assert shown(tab.plots) == ["guessing 90 %", "darkness 77.75 %", "SVM 5.65 %"]
    look_at(tab.plots)
    box = tab.plots.accuracy.getViewBox()
    for words, y, _ in tab.plots.baselines.places():
        at = box.mapSceneToView(tab.plots.baselines.mapToScene(0, y)).y()
        assert 10**at == pytest.approx(float(words.split()[-2]), rel=1e-6)
    assert len(curves(tab)) == 2


def test_the_best_is_in_sight_on_the_axis_of_errors_before_there_is_a_run(qtbot: QtBot) -> None:
    with alone(qtbot) as plots:
        plots.show_scale(Scale.ERROR)
        assert "SVM 5.65 %" in shown(plots)


def test_what_is_out_of_sight_has_no_words(qtbot: QtBot) -> None:
    with alone(qtbot) as plots:
        plots.accuracy.getViewBox().setYRange(90, 100, padding=0)
        assert shown(plots) == ["SVM 94.35 %"]


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("size", [(700, 400), (420, 240), (1200, 800)])
def test_words_lie_on_nothing(qtbot: QtBot, size: tuple[int, int], scale: Scale) -> None:
    close = {Method.GUESSING: 0.1, Method.DARKNESS: 0.101, Method.SVM: 0.102}
    for baselines in (MNIST, Baselines("close", close)):
        with alone(qtbot, baselines) as plots:
            plots.resize(*size)
            plots.show_scale(scale)
            assert len(shown(plots)) == 3
            look_at(plots)


@pytest.mark.parametrize("dark", [False, True])
def test_each_line_is_painted_across_the_plot(qtbot: QtBot, dark: bool) -> None:
    with alone(qtbot) as plots:
        palette = QPalette(Qt.GlobalColor.black if dark else Qt.GlobalColor.white)
        plots.setPalette(palette)
        paper = palette.color(QPalette.ColorRole.Base)
        image = plots.grab().toImage()
        scale = image.devicePixelRatio()
        box = plots.accuracy.getViewBox().sceneBoundingRect()
        for _, y, place in plots.baselines.places():
            level = plots.baselines.mapToScene(0, y).y()
            rows = [round(scale * level) + off for off in (-1, 0, 1)]
            columns = range(round(scale * box.left()) + 2, round(scale * box.right()) - 2)
            inked = sum(any(told(image.pixelColor(x, row), paper) for row in rows) for x in columns)
            assert inked > 0.4 * len(columns)  # of dashes and dots
            words = plots.baselines.mapRectToScene(place).toRect()
            assert any(
                told(image.pixelColor(round(scale * x), round(scale * words.center().y())), paper)
                for x in range(words.left(), words.right())
            )


def test_a_picture_has_them_too(qtbot: QtBot) -> None:
    with alone(qtbot) as plots:
        twin = Plots()
        qtbot.addWidget(twin)
        show_alike(twin, plots, lambda run: run.name)
        assert shown(twin) == shown(plots)
        look_at(twin)
        assert legend(plots)[-1] == "baselines, test digits of MNIST (SVM: the book's figure)"
        assert legend(twin) == legend(plots)


def test_a_long_name_is_cut_in_the_legend(qtbot: QtBot) -> None:
    with alone(qtbot, replace(MNIST, digits="a" * 200)) as plots:
        assert all(len(words) < 80 for words in legend(plots))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([10, 50, 90], [10, 50, 90]),
        ([10, 12, 90], [10, 30, 90]),
        ([0, 95, 100], [5, 75, 95]),
        ([95, 96, 97], [55, 75, 95]),
    ],
)
def test_words_that_would_touch_are_moved_apart(wanted: list[float], found: list[float]) -> None:
    assert moved_apart(wanted, 20, 5, 95) == found
