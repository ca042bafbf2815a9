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
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from hands import wait_until

if TYPE_CHECKING:
    from digitpad.gui.train.hand_dialog import HandDialog
    from digitpad.gui.window.main_window import MainWindow

_TABS = ("draw", "data", "train", "explore")


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of the program's window.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--scale", default="1", help="of the display: 2 for 200 %%")
    parser.add_argument("--only", nargs="+", choices=_TABS, default=_TABS, help="of these tabs; otherwise of all")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    from PySide6.QtCore import QEvent, QSize, Qt

    from digitpad.data import mnist
    from digitpad.gui import app as application
    from digitpad.gui import replay as hand
    from digitpad.gui.app import make_window
    from digitpad.gui.demo import THREE

    app = application.make_application()
    window = make_window(app)
    canvas = window.draw.canvas
    walk = np.cumsum(np.random.default_rng(5).normal(0, 0.1, (120, 2)), axis=0)

    def drawn() -> None:
        hand.draw(canvas, [THREE])

    def half_drawn() -> None:
        places = hand.mouse_places(canvas, THREE[:40])
        hand.send(canvas, QEvent.Type.MouseButtonPress, places[0])
        for place in places[1:]:
            hand.send(canvas, QEvent.Type.MouseMove, place)

    def scribble() -> None:
        hand.draw(canvas, [0.5 + 0.35 * walk / np.abs(walk).max()])

    def picture() -> None:
        grid = np.indices((60, 44)).astype(np.float32)
        ring = np.abs(np.hypot((grid[0] - 29.5) / 26, (grid[1] - 21.5) / 18) - 1) < 0.16
        canvas.show_picture(ring.astype(np.float32))

    def error() -> None:
        drawn()
        window.opening.open_network(
            Path("/a/folder/whose/name/goes/on/and/on/until/the/line/is/full/before/it/ends") / "net.safetensors"
        )

    def shoot(name: str) -> None:
        for _ in range(3):  # what is read, then laid out, then painted
            app.processEvents()
        window.grab().save(str(arguments.folder / f"{name}.png"))

    states: dict[str, Callable[[], None]] = {
        "blank": canvas.clear,
        "drawn": drawn,
        "half-drawn": half_drawn,
        "scribble": scribble,
        "picture": picture,
        "error": error,
    }
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    sizes = {"": QSize(1180, 840), "-small": QSize(1, 1), "-large": QSize(1900, 1200)}
    window.show()
    for scheme_name, scheme in schemes.items() if "draw" in arguments.only else ():
        window.theme.choose(scheme)
        for size_name, size in sizes.items():
            window.resize(size)
            for state_name, state in states.items():
                if size_name and state_name not in ("drawn", "error"):
                    continue
                window.notice.hide()
                canvas.clear()
                app.processEvents()
                state()
                shoot(f"draw-{state_name}-{scheme_name}{size_name}")
    window.notice.hide()
    if "data" in arguments.only:
        shoot_data(window, schemes, sizes, shoot, arguments.folder)
    if mnist.find_folder() and "train" in arguments.only:
        shoot_training(window, schemes, sizes, shoot)
    if "explore" in arguments.only:
        window.notice.hide()
        drawn()
        shoot_pages(window, schemes, sizes, shoot)
    window.close()
    window.close()  # the first asks about the network that was trained


def shoot_data(
    window: "MainWindow",
    schemes: dict[str, Any],
    sizes: dict[str, Any],
    shoot: Callable[[str], None],
    folder: Path,
) -> None:
    """Take the pictures of the Data tab, of collecting, and of what learning a hand came to."""
    from digitpad import paths
    from digitpad.data.download import Received
    from digitpad.data.strokes import Strokes, sample_of
    from digitpad.data.synthetic import Hand, strokes
    from digitpad.gui import replay as hand
    from digitpad.gui.demo import THREE
    from digitpad.gui.train.hand_dialog import HandDialog

    generator = np.random.default_rng(4)
    drawings = window.session.drawings
    window.resize(sizes[""])
    window.tabs.setCurrentIndex(2)
    tab = window.data
    wait_until(tab.view.empty.isVisible)
    shoot("data-empty-light")
    drawn = [strokes(i % 10, generator, Hand(lean=0.3)) for i in range(120)]
    drawings.samples.add_many([sample_of(Strokes(i % 10, "", tuple(paths_))) for i, paths_ in enumerate(drawn)])
    drawings.refresh()
    wait_until(lambda: tab.gallery.count() == 120)
    for scheme_name, scheme in schemes.items():
        window.theme.choose(scheme)
        for size_name, size in sizes.items():
            window.resize(size)
            tab.show_set(None)
            wait_until(lambda: tab.gallery.count() == 120)
            tab.gallery.select([3, 4, 8])
            shoot(f"data-mine-{scheme_name}{size_name}")
            tab.show_set(paths.DIGITS)
            wait_until(lambda: tab.gallery.count() == 200)
            tab.labels.button(7).click()
            shoot(f"data-set-{scheme_name}{size_name}")
        window.resize(sizes[""])
        tab.view.pager.number.setText("77777")
        tab.view.pager.number.returnPressed.emit()
        window.fetching.show()
        window.fetching.label.setText("Fetching MNIST: 4.2 of 11.6 MB, 0:08 left")
        window.fetching.bar.setValue(int(1000 * Received(4, 12, None).received / 12))
        window.notice.say("train-images-idx3-ubyte: cannot be downloaded; a mirror broke off the connection.")
        shoot(f"data-wrong-{scheme_name}")
        window.fetching.hide()
        window.notice.hide()
        window.tabs.collect()
        wait_until(window.draw.collecting.isVisible)
        hand.draw(window.draw.canvas, [THREE])
        shoot(f"draw-collecting-{scheme_name}")
        window.draw.collecting.finish()
        window.draw.canvas.clear()
        window.draw.learn.trigger()
        dialog = window.findChild(HandDialog)
        assert dialog is not None
        shoot_learning(dialog, folder, scheme_name)
        window.tabs.setCurrentIndex(2)


def shoot_learning(dialog: "HandDialog", folder: Path, scheme_name: str) -> None:
    """Take the pictures of the dialog in the middle and at the end."""
    wait_until(lambda: dialog.bar.value() > 300)
    dialog.grab().save(str(folder / f"hand-learning-{scheme_name}.png"))
    wait_until(lambda: dialog.outcome)
    dialog.grab().save(str(folder / f"hand-learned-{scheme_name}.png"))
    dialog.reject()


def shoot_training(
    window: "MainWindow", schemes: dict[str, Any], sizes: dict[str, Any], shoot: Callable[[str], None]
) -> None:
    """Take the pictures of the Train tab."""
    from dataclasses import replace

    from digitpad.gui.services.trainer import State
    from digitpad.train.presets import PRESETS

    tab, trainer = window.train, window.train.trainer
    window.resize(sizes[""])
    window.tabs.setCurrentIndex(1)
    wait_until(lambda: tab.digits is not None)
    shoot("train-empty-light")
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
    for scheme_name, scheme in schemes.items():
        window.theme.choose(scheme)
        for size_name, size in sizes.items():
            window.resize(size)
            for page, name in enumerate(("confusion", "mistakes", "neurons")):
                if page and size_name == "-large":
                    continue
                tab.results.tabs.setCurrentIndex(page)
                tab.results.tabs.tabBarClicked.emit(page)
                shoot(f"train-{name}-{scheme_name}{size_name}")
            tab.results.tabs.setCurrentIndex(0)
        window.resize(sizes[""])
        tab.form.fields["eta"].setText("-3")  # type: ignore[union-attr]
        tab.form.fields["eta"].textEdited.emit("-3")  # type: ignore[union-attr]
        shoot(f"train-wrong-{scheme_name}")
        tab.form.show_recipe(chapter_1)
    tab.commands.stop.trigger()
    tab.form.show_recipe(replace(too_large, epochs=3))
    tab.commands.start.trigger()
    wait_until(lambda: trainer.state is State.IDLE)
    shoot("train-diverged-dark")


def shoot_pages(
    window: "MainWindow", schemes: dict[str, Any], sizes: dict[str, Any], shoot: Callable[[str], None]
) -> None:
    """Take a picture of every page of the Explore tab as it opens, and of some at work."""
    from digitpad.gui.explore.descent import DescentPage
    from digitpad.gui.explore.minibatches import MiniBatchesPage

    window.tabs.setCurrentIndex(3)
    for number in range(1, window.explore.list.count() + 1):
        page = window.explore.show_page(number)
        if isinstance(page, MiniBatchesPage):
            wait_until(partial(_at_rest, page))
        if isinstance(page, DescentPage):
            for _ in range(6):
                page.player.step.click()
        for scheme_name, scheme in schemes.items():
            window.theme.choose(scheme)
            for size_name, size in sizes.items():
                window.resize(size)
                shoot(f"explore-{number}-{scheme_name}{size_name}")
        window.resize(sizes[""])


def _at_rest(page: Any) -> bool:
    """Return whether a page has computed all it wants."""
    return page.shared.digits.current is not None and not page.busy


if __name__ == "__main__":
    main()
