"""What a network reads in a picture, in strokes or in greys."""

from collections.abc import Sequence
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.data import strokes as pen
from digitpad.draw import reading
from digitpad.draw.drawing import Drawing
from digitpad.draw.numbers import Number, NumberReader
from digitpad.draw.placing import placed
from digitpad.draw.preprocess import Stages, preprocess
from digitpad.draw.reading import Reading
from digitpad.errors import DigitpadError
from digitpad.library.files import load_picture
from digitpad.nn.network import Network
from digitpad.train.model_file import Model

Drawn = str | PathLike[str] | Drawing | Stages | NDArray[Any]


def drawing_of(strokes: Sequence[Sequence[Sequence[float]]]) -> Drawing:
    """Return the drawing of these strokes, each a sequence of points [x, y] with y down, in any unit.

    Raises DigitpadError where there are none, or one is not of such points.

    >>> import digitpad
    >>> one = digitpad.drawing_of([[[5, 0], [5, 10], [5, 20]]])
    >>> digitpad.read(digitpad.load_model(), one).digit
    1
    """
    try:
        points = [np.array(stroke, dtype=np.float64) for stroke in strokes]
    except (TypeError, ValueError):
        points = []
    if not points or not all(one.ndim == 2 and one.size and one.shape[1] in (2, 3) for one in points):
        raise DigitpadError("Strokes are sequences of points [x, y] or [x, y, pressure], at least one each.")
    if not all(np.isfinite(one).all() for one in points):
        raise DigitpadError("The points of strokes are finite numbers.")
    return pen.drawing_of(placed(points))


def read(network: Network | Model, drawn: Drawn, *, nine: bool | None = None) -> Reading:
    """Return what ``network`` reads: the digit, how far to trust that, and the ten outputs.

    ``drawn`` is the path of a picture, a drawing, what ``preprocess`` returns, or greys (h, w) in [0, 1] with 1 = ink.
    A ``Model`` reads as in the window: ``nine`` times, the drawing and eight mildly deformed copies of it, if its
    network learned from such, and the outputs are the mean. A bare network reads once, unless ``nine`` says otherwise.
    Raises DigitpadError where a picture cannot be read, and ValueError for an array that does not hold such greys.

    >>> import digitpad, numpy
    >>> ink = numpy.zeros((100, 100))
    >>> ink[20:80, 48:54] = 1
    >>> reading = digitpad.read(digitpad.load_model(), ink)
    >>> reading.digit, reading.verdict.value, reading.outputs.shape
    (1, 'sure', (10,))
    """
    if isinstance(network, Model):
        nine = network.provenance.reads_nine if nine is None else nine
        network = network.network
    return reading.read(network, _stages(drawn), nine=bool(nine))


def read_number(network: Network | Model, drawing: Drawing, *, nine: bool | None = None) -> Number | None:
    """Return the number of several digits side by side in ``drawing``; None where there is one digit, or none.

    Its ``text`` is such as "2026", and each of its ``parts`` has a ``reading`` of its own. ``nine`` is as in ``read``.

    >>> import digitpad
    >>> one = [[5, 0], [5, 10], [5, 20]]
    >>> eleven = digitpad.drawing_of([one, [[x + 10, y] for x, y in one]])
    >>> digitpad.read_number(digitpad.load_model(), eleven).text
    '11'
    """
    whole = read(network, drawing, nine=nine)
    if isinstance(network, Model):
        nine = network.provenance.reads_nine if nine is None else nine
        network = network.network
    return NumberReader().read(network, drawing, whole, nine=bool(nine))


def _stages(drawn: Drawn) -> Stages:
    if isinstance(drawn, Stages):
        return drawn
    if isinstance(drawn, Drawing):
        return drawn.stages()
    return preprocess(_greys(drawn)) if isinstance(drawn, np.ndarray) else load_picture(drawn).stages()


def _greys(drawn: NDArray[Any]) -> NDArray[Any]:
    """Return the array, which would be read as nonsense if it held bytes, as those of pictures do."""
    low, high = drawn.min(initial=0), drawn.max(initial=0)
    if not 0 <= low <= high <= 1:  # also where one is no number
        raise ValueError(f"greys from {low:g} to {high:g}: they are from 0, paper, to 1, ink")
    return drawn
