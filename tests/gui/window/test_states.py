"""Nothing that happens in the window moves what a person has under the hand, or asks for a larger window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from digitpad.data.strokes import Strokes, sample_of
from digitpad.data.synthetic import Hand, strokes
from digitpad.draw.drawing import Picture
from digitpad.gui.demo import THREE, settle
from digitpad.gui.replay import draw
from digitpad.gui.services.trainer import State
from digitpad.gui.widgets.toast import Said
from digitpad.gui.window.main_window import MainWindow
from digitpad.nn.network import Network
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from tests import digits
from tests.gui import training

SIZES = [(1280, 720), (720, 520)]
LONG = "W" * 60 + " and a long sentence about it, " * 8


def places(window: MainWindow, parts: dict[str, QWidget]) -> dict[str, QRect]:
    """Where the parts of the window lie in it."""
    whole = {"tabs": window.tabs, "status line": window.status} | parts
    return {name: QRect(part.mapTo(window, QPoint()), part.size()) for name, part in whole.items()}


@contextmanager
def nothing_moves(window: MainWindow, qtbot: QtBot, parts: dict[str, QWidget]) -> Iterator[Callable[[str], None]]:
    """Give what is to be called after each thing that happened, with a word on it."""
    settle()
    before, least = places(window, parts), window.minimumSizeHint()
    size = window.size()

    def check(what: str) -> None:
        settle()
        now = places(window, parts)
        assert now == before, (
            f"{what}: { ({name: (before[name], now[name]) for name in now if now[name] != before[name]}) }"
        )
        assert window.minimumSizeHint() == least, what
        assert window.size() == size, what

    yield check
    window.toast.say(LONG)
    window.toast.show_said(Said(LONG, "Undo"))
    window.status.say(LONG)
    window.fetching.say("Fetching MNIST…")
    window.transfer.say(f"Importing {LONG}: 12,400 drawings so far…")
    window.offer.say("Kept from today at 10:15: a drawing.")
    check("all kinds of messages")
    window.status.unsay(LONG)
    window.toast.clear()
    window.offer.dismiss()
    window.fetching.dismiss()
    window.transfer.dismiss()
    check("none of them")


@pytest.mark.parametrize("size", SIZES)
def test_on_the_draw_tab(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    tab = window.draw
    parts: dict[str, QWidget] = {"canvas": tab.canvas, "outputs": tab.outputs, "bits": tab.bits, "stages": tab.stages}
    with nothing_moves(window, qtbot, parts) as check:
        with qtbot.waitSignal(tab.answered):
            draw(tab.canvas, [THREE])
        check("a digit")
        with qtbot.waitSignal(tab.answered):
            tab.canvas.clear()
        check("blank")
        walk = np.cumsum(np.random.default_rng(5).normal(0, 0.1, (120, 2)), axis=0)
        with qtbot.waitSignal(tab.answered):
            draw(tab.canvas, [0.5 + 0.35 * walk / np.abs(walk).max()])
        check("a scribble")
        for shift in np.linspace(0, 0.3, 4):
            with qtbot.waitSignal(tab.answered):
                tab.canvas.clear()
                draw(tab.canvas, [THREE[10 : 40 - int(40 * shift)]])
            check("half a digit")
        y, x = np.indices((60, 44)).astype(np.float32)
        ring = np.abs(np.hypot((y - 29.5) / 26, (x - 21.5) / 18) - 1) < 0.16
        with qtbot.waitSignal(tab.answered):
            tab.canvas.show_picture(Picture.fitted(ring.astype(np.float32)))
        check("a picture")
        tab.canvas.clear()
        draw(tab.canvas, [THREE])
        with qtbot.waitSignal(window.session.drawings.changed):
            tab.keep[3].trigger()
        check("kept")
        window.session.use(Model(Network([784, 30, 20, 10], seed=1), Provenance(name=LONG, accuracy="12.34 % right")))
        check("another network, whose name is long")
    with nothing_moves(window, qtbot, {}) as check:  # but the canvas, which gives room to what is asked for
        window.tabs.collect()
        qtbot.waitUntil(tab.collecting.isVisible)
        check("collecting")


@pytest.mark.parametrize("size", SIZES)
def test_on_the_train_tab(training_window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window, tab = training_window, training_window.train
    window.resize(*size)
    tab.form.open_only(frozenset(tab.form.sections))
    parts: dict[str, QWidget] = {"curves": tab.plots, "recipe": tab.form, "runs": tab.runs, "inside": tab.inside}
    with nothing_moves(window, qtbot, parts) as check:
        training.type_into(tab, "eta", "-3")
        check("a wrong setting")
        training.begin(qtbot, tab)
        check("begun")
        qtbot.waitUntil(lambda: "images/s" in window.status.training.left.text())
        check("in the middle")
        tab.trainer.pause()
        training.wait(qtbot, tab, State.PAUSED)
        check("paused")
        tab.trainer.stop()
        training.wait(qtbot, tab, State.IDLE)
        check("ended")
        training.train(qtbot, tab, replace(training.RECIPE, eta=1000.0))
        check("warned")
        for hidden in range(1, 8):
            training.train(qtbot, tab, replace(training.RECIPE, epochs=1, hidden=(hidden,) * hidden))
        check("many runs")
        run = tab.trainer.runs[0]
        tab.trainer.rename(run, LONG)
        check("a long name")
        window.session.shown.show(run)
        check("another run")
        for page in range(3):
            tab.inside.tabs.setCurrentIndex(page)
            check("another page")
        window.session.shown.look_at(0)
        check("an earlier epoch")
        training.press(tab, "use")
        check("used")


@pytest.mark.parametrize("size", SIZES)
def test_on_the_data_tab(window: MainWindow, qtbot: QtBot, size: tuple[int, int], tmp_path: Path) -> None:
    window.resize(*size)
    window.tabs.setCurrentIndex(2)
    tab, drawings = window.data, window.session.drawings
    parts: dict[str, QWidget] = {"sources": tab.sources, "labels": tab.labels, "images": tab.view, "tools": tab.tools}
    with nothing_moves(window, qtbot, parts) as check:
        generator = np.random.default_rng(4)
        drawn = [Strokes(i % 10, "", tuple(strokes(i % 10, generator, Hand(lean=0.3)))) for i in range(30)]
        drawings.samples.add_many([sample_of(digit) for digit in drawn])
        drawings.refresh()
        qtbot.waitUntil(lambda: tab.gallery.count() > 8)  # what is shown first may be what there was before
        check("drawings")
        tab.gallery.select([3, 4, 8])
        check("some of them selected")
        with qtbot.waitSignal(window.digits.opened):
            window.opening.open(digits.folder(tmp_path / ("W" * 80)))
        qtbot.waitUntil(lambda: tab.gallery.count() > 0)
        check("a set with a long name")
        tab.view.pager.number.setText("7777777")
        tab.view.pager.number.returnPressed.emit()
        check("a number that is too large")
        tab.labels.button(7).click()
        check("one digit")
        tab.show_set(None)
        check("drawings again")


@pytest.mark.parametrize("size", SIZES)
def test_on_the_explore_tab(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.tabs.setCurrentIndex(3)
    tab = window.explore
    areas = [child for child in tab.findChildren(QWidget) if child.parent() is tab and child.isVisible()]
    with nothing_moves(window, qtbot, {str(i): area for i, area in enumerate(areas)}) as check:
        for number in range(1, tab.list.count() + 1):
            page = tab.show_page(number)
            check(page.IDEA.title)
            for task in page.tasks():
                tab.progress.note_done(page.IDEA, task)
            check(f"{page.IDEA.title}: done")
