"""Take pictures of the program's window in the states worth looking at.

    python3 scripts/screenshots.py FOLDER [--scale 2] [--only draw data train explore]

They are taken off-screen, in light and dark: the Draw tab with a digit half drawn, a scribble, a picture, and an error
on show; the Data tab with drawings and with a data set, collecting, and what learning a hand came to; the Train tab,
where DIGITPAD_MNIST names MNIST's folder, empty, in the middle of a run, with several runs, a field filled in wrongly,
and a run that fails; every page of the Explore tab. The README's pictures come from here.
"""

import environment

environment.enter()

import argparse
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from hands import wait_until
from offscreen import open_window
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.strokes import Strokes, sample_of
from digitpad.data.synthetic import Hand, strokes
from digitpad.draw.drawing import Picture
from digitpad.gui.demo import THREE
from digitpad.gui.explore.descent import DescentPage
from digitpad.gui.explore.minibatches import MiniBatchesPage
from digitpad.gui.replay import draw, mouse_places, send
from digitpad.gui.services.trainer import State
from digitpad.gui.train.hand_dialog import HandDialog
from digitpad.gui.window.main_window import MainWindow
from digitpad.train.presets import PRESETS

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_MEDIUM = QSize(1180, 840)
_SIZES = {"": _MEDIUM, "-small": QSize(1, 1), "-large": QSize(1900, 1200)}
_DRAWINGS = 120


@dataclass(frozen=True)
class Studio:
    """The ``window``, and the ``folder`` that pictures of it go to."""

    window: MainWindow
    folder: Path

    def schemes(self) -> Iterator[str]:
        """Dress the window in light, then in dark; the names of these."""
        for name, scheme in _SCHEMES.items():
            self.window.theme.choose(scheme)
            yield name

    def sizes(self) -> Iterator[str]:
        """Give the window each of its sizes, the medium one at the end again; what these add to a name."""
        for name, size in _SIZES.items():
            self.window.resize(size)
            yield name
        self.window.resize(_MEDIUM)

    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a ``widget``."""
        for _ in range(3):  # what is read, then laid out, then painted
            QApplication.processEvents()
        path = self.folder / f"{name}.png"
        if not (widget or self.window).grab().save(str(path)):
            raise SystemExit(f"{path}: cannot be written.")


def main() -> None:
    """Take all pictures."""
    warnings.simplefilter("error")
    parser = argparse.ArgumentParser(description="Take pictures of the program's window.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--scale", default="1", help="of the display: 2 for 200 %%")
    parser.add_argument("--only", nargs="+", choices=_TABS, default=_TABS, help="of these tabs; otherwise of all")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    with open_window() as window:
        studio = Studio(window, arguments.folder)
        for name, shoot in _TABS.items():
            if name in arguments.only:
                window.toast.clear()
                window.resize(_MEDIUM)
                shoot(studio)


def shoot_draw(studio: Studio) -> None:
    """Take the pictures of the Draw tab."""
    window, canvas = studio.window, studio.window.draw.canvas
    walk = np.cumsum(np.random.default_rng(5).normal(0, 0.1, (120, 2)), axis=0)

    def drawn() -> None:
        draw(canvas, [THREE])

    def half_drawn() -> None:
        places = mouse_places(canvas, THREE[:40])
        send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            send(canvas, QEvent.Type.MouseMove, place)

    def scribble() -> None:
        draw(canvas, [0.5 + 0.35 * walk / np.abs(walk).max()])

    def picture() -> None:
        y, x = np.indices((60, 44)).astype(np.float32)
        ring = np.abs(np.hypot((y - 29.5) / 26, (x - 21.5) / 18) - 1) < 0.16
        canvas.show_picture(Picture.fitted(ring.astype(np.float32)))

    def error() -> None:
        drawn()
        window.opening.open_network(
            Path("/a/folder/whose/name/goes/on/and/on/until/the/line/is/full/before/it/ends") / "net.safetensors"
        )

    states: dict[str, Callable[[], None]] = {
        "blank": canvas.clear,
        "drawn": drawn,
        "half-drawn": half_drawn,
        "scribble": scribble,
        "picture": picture,
        "error": error,
    }
    window.tabs.setCurrentIndex(0)
    for scheme in studio.schemes():
        for size in studio.sizes():
            for name, state in states.items():
                if size and name not in ("drawn", "error"):
                    continue
                window.toast.clear()
                canvas.clear()
                QApplication.processEvents()
                state()
                studio.shoot(f"draw-{name}-{scheme}{size}")


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
            wait_until(lambda: tab.gallery.count() == _DRAWINGS)
            tab.gallery.select([3, 4, 8])
            studio.shoot(f"data-mine-{scheme}{size}")
            tab.show_set(paths.DIGITS)
            wait_until(lambda: tab.gallery.count() == 200)  # a page
            tab.labels.button(7).click()
            studio.shoot(f"data-set-{scheme}{size}")
        shoot_mishaps(studio, scheme)
        shoot_collecting(studio, scheme)
        shoot_learning(studio, scheme)
        window.tabs.setCurrentIndex(2)


def shoot_mishaps(studio: Studio, scheme: str) -> None:
    """Take the picture of a number that is too large, while MNIST is fetched from a mirror that breaks off."""
    window, number, fetching = studio.window, studio.window.data.view.pager.number, studio.window.fetching
    number.setText("77777")
    number.returnPressed.emit()
    fetching.say("Fetching MNIST: 4.2 of 11.6 MB, 0:08 left")
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
    dialog = studio.window.findChild(HandDialog)
    assert dialog is not None
    wait_until(lambda: dialog.bar.value() > 300)
    studio.shoot(f"hand-learning-{scheme}", dialog)
    wait_until(lambda: dialog.outcome)
    studio.shoot(f"hand-learned-{scheme}", dialog)
    dialog.reject()


def shoot_train(studio: Studio) -> None:
    """Take the pictures of the Train tab, where there is MNIST."""
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
                if page and size == "-large":
                    continue
                tab.results.tabs.setCurrentIndex(page)
                tab.results.tabs.tabBarClicked.emit(page)
                studio.shoot(f"train-{name}-{scheme}{size}")
            tab.results.tabs.setCurrentIndex(0)
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
}


if __name__ == "__main__":
    main()
