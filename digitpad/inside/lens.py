"""The way from ink to what a network reads, with some of its steps left out; and a digit of a set to compare with."""

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.draw.brushed import brushed
from digitpad.draw.drawing import Drawing
from digitpad.draw.preprocess import Greys, Stages, Steps, preprocess
from digitpad.nn.batches import greys

_AT_ONCE = 1000  # images


def through(drawing: Drawing, stages: Stages, steps: Steps, *, one_width: bool = True) -> Stages:
    """Return what becomes of a ``drawing``, whose usual ``stages`` are known, by these ``steps``.

    Without ``one_width`` its lines are as wide as they were drawn.
    """
    ink, place = (stages.ink, stages.place) if one_width else brushed(drawing)
    return preprocess(ink, place, steps)


def nearest_of_class(digits: Dataset, image: Greys, label: int) -> NDArray[np.uint8] | None:
    """Return the image (784,) with this ``label`` that is nearest to ``image`` (784,), greys in [0, 1], by Euclid.

    None where the set has none of these.
    """
    those = np.flatnonzero(digits.labels == label)
    if not len(those):
        return None
    distances = np.empty(len(those), dtype=np.float32)
    for first in range(0, len(those), _AT_ONCE):
        here = slice(first, first + _AT_ONCE)
        apart = greys(digits.images[those[here]], np.float32) - image
        distances[here] = np.einsum("ij,ij->i", apart, apart)
    return np.asarray(digits.images[those[distances.argmin()]])
