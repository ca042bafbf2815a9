"""Take pictures of the program's window in the states worth looking at.

    python3 scripts/screenshots.py FOLDER [--scale 2]

They are taken off-screen, in light and dark, with a digit half drawn, a scribble, a picture, and an error on show.
The README's pictures come from here.
"""

import environment

environment.enter()

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of the program's window.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--scale", default="1", help="of the display: 2 for 200 %%")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = arguments.scale
    from PySide6.QtCore import QEvent, QSize, Qt

    from digitpad import model_file, paths
    from digitpad.gui import app as application
    from digitpad.gui import replay as hand
    from digitpad.gui.demo import THREE
    from digitpad.gui.main_window import MainWindow
    from digitpad.gui.session import Session
    from digitpad.gui.theme import Theme

    app = application.make_application()
    theme = Theme(app)
    window = MainWindow(Session(model_file.load(paths.DEFAULT_NETWORK)), theme)
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
        window.open_network(
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
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    sizes = {"": QSize(1100, 740), "-small": QSize(1, 1), "-large": QSize(1900, 1200)}
    window.show()
    for scheme_name, scheme in schemes.items():
        theme.choose(scheme)
        for size_name, size in sizes.items():
            window.resize(size)
            for state_name, state in states.items():
                if size_name and state_name not in ("drawn", "error"):
                    continue
                window.notice.hide()
                canvas.clear()
                app.processEvents()
                state()
                for _ in range(3):  # what is read, then laid out, then painted
                    app.processEvents()
                window.grab().save(str(arguments.folder / f"draw-{state_name}-{scheme_name}{size_name}.png"))
    window.close()


if __name__ == "__main__":
    main()
