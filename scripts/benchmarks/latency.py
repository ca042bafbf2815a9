"""From a drawing to ten outputs, and from a mouse movement to the painted answer."""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
from offscreen import open_window
from PySide6.QtWidgets import QApplication

from benchmarks.moves import DIGITS, times_of_a_hand, times_of_moves
from benchmarks.rows import Row, summary
from benchmarks.timing import milliseconds_of
from digitpad import paths
from digitpad.draw.drawing import BRUSH, Drawing, Stroke
from digitpad.draw.preprocess import Stages, preprocess
from digitpad.draw.reading import read
from digitpad.gui.demo import THREE
from digitpad.gui.inside.view import PAGES
from digitpad.train import model_file

_TURNS = 50


def measure() -> Iterator[Row]:
    """Time the reading of a drawing alone, then the whole way from the mouse to the screen."""
    yield from reading()
    generator = np.random.default_rng(0)
    walk = np.cumsum(generator.normal(0, 0.02, (1500, 2)), axis=0) + 0.5
    scribble = 1 - np.abs(np.mod(walk, 2) - 1)  # reflected at the edges
    for name, strokes in (("digits", DIGITS), ("one scribble of 1500 points", (scribble,))):
        with open_window() as window:
            ways = (False, True) if window.draw.reader.can_read_nine else (False,)
            for is_open, nine in product((False, True), ways):
                window.draw.panel.how.set_open(is_open)
                window.draw.reader.choose(nine)
                QApplication.processEvents()
                how = f"read {'nine times' if nine else 'once'}, fold {'open' if is_open else 'closed'}"
                yield summary(f"mouse move to painted answer, {name}, {how}, ms", times_of_moves(window, strokes))
    yield from _looking_inside()


def _looking_inside() -> Iterator[Row]:
    """Time a hand that draws while nothing tells why, and while each page that looks inside the network does."""
    with open_window() as window:
        yield summary("the same as a mouse sends them, 125 a second, inside closed, ms", times_of_a_hand(window))
        window.draw.look_inside.trigger()
        inside = window.tabs.inside
        assert inside
        for page in PAGES:
            inside.show_page(page.TITLE)
            times_of_a_hand(window, DIGITS[:1])
            for _ in range(_TURNS):  # what a page does once, such as laying out its map, one thing after the other
                inside.finish()
                QApplication.processEvents()
            yield summary(f"the same, inside: {page.TITLE}, ms", times_of_a_hand(window))


def reading() -> Iterator[Row]:
    """Time the reading of a drawing, without any window."""
    model = model_file.load(paths.DEFAULT_NETWORK)
    drawing = Drawing((Stroke(np.column_stack([THREE, np.ones(len(THREE))]), BRUSH),))
    ink, nine = drawing.stages().ink, model.provenance.reads_nine

    def times(name: str, stages: Callable[[], Stages], nine: bool) -> Row:
        return summary(f"{name}, ms", milliseconds_of(lambda: read(model.network, stages(), nine=nine)))

    yield times("preprocessing and feedforward, once", lambda: preprocess(ink), False)
    if nine:
        yield times("preprocessing and feedforward, nine times", lambda: preprocess(ink), True)
    yield times("the same with drawing the strokes anew", drawing.stages, nine)
