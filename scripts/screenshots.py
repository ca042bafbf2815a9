"""Take pictures of the program's window in the states worth looking at.

    python3 scripts/screenshots.py FOLDER [--only draw data train explore inside] [--sizes 1280x720 720x520 ...]
                                          [--scales 1 2] [--schemes light dark] [--no-sheets]

They are taken off-screen, in light and dark, in each size that is asked for: the Draw tab with a digit half drawn, a
scribble, a picture, a number, earlier drawings; the Data tab with drawings and with a data set, collecting, what
learning a hand came to, and a class's room before it opens and with its seats; the Train tab with an experiment that is
open and one that is saved, and where DIGITPAD_MNIST names MNIST's folder, empty, in the middle of a run, with several
runs, a field filled in wrongly, and a run that fails; every page of the Explore tab; each way to look inside while the
pen is down; each with an error on show, and with what was done. A sheet has those of a tab beside each other. The
README's pictures come from here, with ``--sizes 1180x840``, or 1280x720 of what is inside.
"""

import environment

environment.enter()

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before NumPy is loaded

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from hands import wait_until
from numpy.typing import NDArray
from offscreen import open_window
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from studio import SCHEMES, Studio, make_sheet

from digitpad import paths
from digitpad.classroom.addresses import LOOPBACK
from digitpad.data import mnist
from digitpad.data.strokes import Strokes, sample_of
from digitpad.data.synthetic import Hand, strokes
from digitpad.draw.drawing import Picture
from digitpad.gui.classroom.dialog import ClassroomDialog
from digitpad.gui.demo import THREE
from digitpad.gui.draw.canvas import Canvas
from digitpad.gui.explore.descent.page import DescentPage
from digitpad.gui.explore.minibatches.page import MiniBatchesPage
from digitpad.gui.inside.page import InsidePage
from digitpad.gui.inside.view import PAGES
from digitpad.gui.replay import draw, mouse_places, send
from digitpad.gui.services.trainer import State
from digitpad.gui.train.experiment_dialog import ExperimentDialog
from digitpad.gui.train.form import GROUPS
from digitpad.gui.train.hand_dialog import HandDialog
from digitpad.gui.widgets.toast import Said
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.presets import PRESETS

_SIZES = [QSize(1280, 720), QSize(1366, 768), QSize(1920, 1080)]
_DRAWINGS = 120
_UPDATE_MS = 100  # a page that looks inside has seen by then what is drawn
_LONG_PATH = "/a/folder/whose/name/goes/on/and/on/until/the/line/is/full/before/it/ends/net.safetensors"


def main() -> None:
    """Take all pictures; each scale takes a process of its own."""
    parser = argparse.ArgumentParser(description="Take pictures of the program's window.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", choices=_TABS, default=list(_TABS), help="of these tabs; otherwise of all")
    parser.add_argument(
        "--sizes", nargs="+", type=_size, default=_SIZES, metavar="WxH", help="of the window, in pixels"
    )
    parser.add_argument("--scales", nargs="+", type=float, default=[1.0], help="of the display: 2 for 200 %%")
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=list(SCHEMES), help="light, dark or both")
    parser.add_argument("--no-sheets", action="store_true", help="no sheets of small pictures")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if len(arguments.scales) > 1:
        for scale in arguments.scales:
            subprocess.run([sys.executable, *_again(sys.argv, scale)], check=True)
    else:
        (scale,) = arguments.scales
        os.environ["QT_SCALE_FACTOR"] = str(scale)
        ending = "" if scale == 1 else f"@{scale:g}x"
        with open_window() as window:
            take(Studio(window, arguments.folder, arguments.schemes, arguments.sizes, ending), arguments.only)
    if not arguments.no_sheets:
        for name in arguments.only:
            make_sheet(arguments.folder, name)


def _size(text: str) -> QSize:
    width, height = text.split("x")
    return QSize(int(width), int(height))


def _again(arguments: list[str], scale: float) -> list[str]:
    """Return the command's arguments with one scale in place of several, and without sheets."""
    start = arguments.index("--scales")
    end = next((i for i in range(start + 1, len(arguments)) if arguments[i].startswith("--")), len(arguments))
    return [*arguments[:start], "--scales", str(scale), "--no-sheets", *arguments[end:]]


def take(studio: Studio, tabs: list[str]) -> None:
    """Take the pictures of these tabs, and of what is said over each when it is in the middle of its work."""
    for name in tabs:
        studio.begin()
        _TABS[name](studio)
        studio.begin()
        toast = studio.window.toast
        for scheme in studio.schemes():
            for size in studio.sizes():
                toast.show_said(Said("Kept as a 9, read as a 4.", "Undo", lambda: None))
                studio.shoot(f"{name}-said-{scheme}{size}")
                toast.say(f"{_LONG_PATH}: there is no such file.")
                studio.shoot(f"{name}-error-{scheme}{size}")
                toast.clear()


def shoot_draw(studio: Studio) -> None:
    """Take the pictures of the Draw tab."""
    window, canvas = studio.window, studio.window.draw.canvas
    walk = np.cumsum(np.random.default_rng(5).normal(0, 0.1, (120, 2)), axis=0)

    def drawn() -> None:
        draw(canvas, [THREE])

    def half_drawn() -> None:
        draw_on(canvas, THREE[:40])

    def number() -> None:
        draw(canvas, [0.45 * THREE + (x, 0.25) for x in (0.05, 0.5)])

    def scribble() -> None:
        draw(canvas, [0.5 + 0.35 * walk / np.abs(walk).max()])

    def picture() -> None:
        y, x = np.indices((60, 44)).astype(np.float32)
        ring = np.abs(np.hypot((y - 29.5) / 26, (x - 21.5) / 18) - 1) < 0.16
        canvas.show_picture(Picture.fitted(ring.astype(np.float32)))

    states: dict[str, Callable[[], None]] = {
        "blank": canvas.clear,
        "drawn": drawn,
        "half-drawn": half_drawn,
        "scribble": scribble,
        "picture": picture,
        "number": number,
    }
    window.tabs.setCurrentIndex(0)
    for scheme in studio.schemes():
        for size in studio.sizes():
            for name, state in states.items():
                canvas.clear()
                QApplication.processEvents()
                state()
                studio.shoot(f"draw-{name}-{scheme}{size}")
            window.draw.show_earlier.trigger()
            studio.shoot(f"draw-earlier-{scheme}{size}")
            window.draw.show_earlier.trigger()


def draw_on(canvas: Canvas, path: NDArray[np.float64]) -> None:
    """Draw, and leave the pen down."""
    places = mouse_places(canvas, path)
    send(canvas, QEvent.Type.MouseButtonPress, places[0])
    for place in places[1:]:
        send(canvas, QEvent.Type.MouseMove, place)


def shoot_inside(studio: Studio) -> None:
    """Take the pictures of each way to look inside while a three is drawn, and of one for a blank canvas."""
    window, canvas = studio.window, studio.window.draw.canvas
    window.tabs.setCurrentIndex(0)
    window.digits.wanted()
    wait_until(lambda: window.digits.current)
    window.draw.look_inside.trigger()
    inside = window.tabs.inside
    assert inside is not None
    for scheme in studio.schemes():
        for size in studio.sizes():
            for title in (maker.TITLE for maker in PAGES):
                page = inside.show_page(title)
                canvas.clear()
                QApplication.processEvents()
                draw_on(canvas, THREE[:-4])
                come_to_rest(window, page)
                studio.shoot(f"inside-{title.lower().replace(' ', '-')}-{scheme}{size}")
            canvas.clear()
            studio.shoot(f"inside-blank-{scheme}{size}")


def come_to_rest(window: MainWindow, page: InsidePage) -> None:
    """Let a page show all it has to."""
    wait_until(lambda: not window.session.examples.coming)
    for _ in range(4):  # what comes of one piece of work may be the next
        QTest.qWait(_UPDATE_MS)
        page.background.finish()


def shoot_data(studio: Studio) -> None:
    """Take the pictures of the Data tab, of collecting, and of what learning a hand came to."""
    window, drawings = studio.window, studio.window.session.drawings
    window.tabs.setCurrentIndex(2)
    tab = window.data
    wait_until(tab.view.empty.isVisible)
    studio.shoot("data-empty-light")
    generator = np.random.default_rng(4)
    drawn = [Strokes(i % 10, "", tuple(strokes(i % 10, generator, Hand(lean=0.3)))) for i in range(_DRAWINGS)]
    drawings.samples.add_many([sample_of(digit) for digit in drawn])
    drawings.refresh()
    wait_until(lambda: tab.gallery.count() == _DRAWINGS)
    for scheme in studio.schemes():
        for size in studio.sizes():
            tab.show_set(None)
            wait_until(lambda: _DRAWINGS <= tab.gallery.count() < 200)  # with those of the class; a page has 200
            tab.gallery.select([3, 4, 8])
            studio.shoot(f"data-mine-{scheme}{size}")
            tab.show_set(paths.DIGITS)
            wait_until(lambda: tab.gallery.count() == 200)
            tab.labels.button(7).click()
            studio.shoot(f"data-set-{scheme}{size}")
        shoot_mishaps(studio, scheme)
        shoot_collecting(studio, scheme)
        shoot_learning(studio, scheme)
        shoot_classroom(studio, scheme)
        window.tabs.setCurrentIndex(2)


def shoot_mishaps(studio: Studio, scheme: str) -> None:
    """Take the picture of a number that is too large, while MNIST is fetched from a mirror that breaks off."""
    window, number, fetching = studio.window, studio.window.data.view.pager.number, studio.window.fetching
    number.setText("77777")
    number.returnPressed.emit()
    fetching.say("MNIST: 4.2 of 11.6 MB, 0:08 left")
    fetching.bar.setValue(fetching.bar.maximum() // 3)
    window.toast.say("train-images-idx3-ubyte: cannot be downloaded; a mirror broke off the connection.")
    studio.shoot(f"data-wrong-{scheme}")
    fetching.dismiss()
    window.toast.clear()


def shoot_collecting(studio: Studio, scheme: str) -> None:
    """Take the picture of a digit that is drawn to be kept."""
    window = studio.window
    window.tabs.collect()
    wait_until(window.draw.collecting.isVisible)
    draw(window.draw.canvas, [THREE])
    studio.shoot(f"draw-collecting-{scheme}")
    window.draw.collecting.finish()
    window.draw.canvas.clear()


def shoot_learning(studio: Studio, scheme: str) -> None:
    """Take the pictures of learning a hand in the middle and at the end."""
    studio.window.draw.learn.trigger()
    *_, dialog = studio.window.findChildren(HandDialog)
    wait_until(lambda: dialog.bar.value() > 300)
    studio.shoot(f"hand-learning-{scheme}", dialog)
    wait_until(lambda: dialog.outcome)
    studio.shoot(f"hand-learned-{scheme}", dialog)
    dialog.reject()


def shoot_classroom(studio: Studio, scheme: str) -> None:
    """Take the pictures of a room for a class, on this machine alone: before it opens, and with its seats."""
    window = studio.window
    choice(window, "collect_in_class").trigger()
    *_, dialog = window.findChildren(ClassroomDialog)  # those of before go when nobody waits any more
    wait_until(lambda: dialog.address.count() > 0)
    studio.shoot(f"class-before-{scheme}", dialog)
    dialog.address.setCurrentIndex(dialog.address.findData(LOOPBACK))
    dialog.open_room.click()
    wait_until(lambda: dialog.collecting.url)
    room = dialog.collecting.room
    assert room is not None
    generator = np.random.default_rng(4)
    for seat in range(12):
        key = room.join(room.code)
        for label in range(seat % 4):
            drawn = [(part[:, :2] / 40 + 0.2).clip(0, 1).tolist() for part in strokes(label, generator, Hand())]
            room.take(key, json.dumps({"label": label, "strokes": drawn}).encode())
    wait_until(lambda: len(dialog.collecting.seats) == 12)
    wait_until(dialog.learn.isEnabled)
    studio.shoot(f"class-room-{scheme}", dialog)
    dialog.reject()


def shoot_experiment(studio: Studio) -> None:
    """Take the pictures of an experiment that is saved, and of one that is open, with what it hides."""
    window, opened = studio.window, studio.window.train.opened
    window.tabs.setCurrentIndex(1)
    question = "What becomes of the curve when η is ten times as large?"
    settings = SavedExperiment(PRESETS[0].recipe, question, frozenset(("presets", *GROUPS["Network"], *GROUPS["Data"])))
    before = opened.experiment
    for scheme in studio.schemes():
        for size in studio.sizes():
            opened.open(settings, "lesson.digitpad")
            studio.shoot(f"train-lesson-{scheme}{size}")
        opened.save.trigger()
        *_, dialog = window.findChildren(ExperimentDialog)
        studio.shoot(f"train-saving-{scheme}", dialog)
        dialog.reject()
    opened.show(before)
    window.toast.clear()


def choice(window: MainWindow, name: str) -> QAction:
    """Return what stands in a menu, by its object name."""
    action = window.findChild(QAction, name)
    assert action is not None
    return action


def shoot_train(studio: Studio) -> None:
    """Take the pictures of an experiment, and where there is MNIST, of the Train tab."""
    shoot_experiment(studio)
    if mnist.find_folder() is None:
        return
    window, trainer = studio.window, studio.window.session.trainer
    window.tabs.setCurrentIndex(1)
    tab = window.train
    wait_until(lambda: tab.digits is not None)
    studio.shoot("train-empty-light")
    chapter_1, hundred, plain, _, too_large, *_ = (preset.recipe for preset in PRESETS)
    for recipe in (plain, replace(hundred, epochs=18)):
        tab.form.show_recipe(recipe)
        tab.commands.start.trigger()
        wait_until(lambda: trainer.state is State.IDLE)
    tab.form.show_recipe(chapter_1)
    tab.commands.start.trigger()
    wait_until(lambda: trainer.runs[-1].epochs > 7)
    trainer.change(eta=1.0)
    wait_until(lambda: trainer.runs[-1].epochs > 14)
    trainer.pause()
    wait_until(lambda: trainer.state is State.PAUSED)
    eta = tab.form.findChild(QLineEdit, "eta")
    assert eta is not None
    for scheme in studio.schemes():
        for size in studio.sizes():
            for page, name in enumerate(("confusion", "mistakes", "neurons")):
                tab.inside.tabs.setCurrentIndex(page)
                studio.shoot(f"train-{name}-{scheme}{size}")
            tab.inside.tabs.setCurrentIndex(0)
        eta.setText("-3")
        eta.textEdited.emit("-3")
        studio.shoot(f"train-wrong-{scheme}")
        tab.form.show_recipe(chapter_1)
    tab.commands.stop.trigger()
    tab.form.show_recipe(replace(too_large, epochs=3))
    tab.commands.start.trigger()
    wait_until(lambda: trainer.state is State.IDLE)
    studio.shoot("train-diverged-dark")


def shoot_explore(studio: Studio) -> None:
    """Take a picture of every page of the Explore tab as it opens, and of some at work."""
    window = studio.window
    window.draw.canvas.clear()
    draw(window.draw.canvas, [THREE])
    window.tabs.setCurrentIndex(3)
    for number in range(1, window.explore.list.count() + 1):
        page = window.explore.show_page(number)
        if isinstance(page, MiniBatchesPage):
            wait_until(partial(at_rest, page))
        if isinstance(page, DescentPage):
            for _ in range(6):
                page.player.step.click()
        for scheme in studio.schemes():
            for size in studio.sizes():
                studio.shoot(f"explore-{number}-{scheme}{size}")


def at_rest(page: MiniBatchesPage) -> bool:
    """Return whether a page has computed all it wants."""
    return page.shared.digits.current is not None and not page.busy


_TABS: dict[str, Callable[[Studio], None]] = {
    "draw": shoot_draw,
    "data": shoot_data,
    "train": shoot_train,
    "explore": shoot_explore,
    "inside": shoot_inside,  # the last, as it stays open
}


if __name__ == "__main__":
    main()
