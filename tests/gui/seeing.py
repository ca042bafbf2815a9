"""What a session is told to have on its canvas, without one."""

import numpy as np

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.preprocess import SIDE, Greys, Stages
from digitpad.draw.reading import reading_of
from digitpad.gui.services.seen import Seen


def seen(image: Greys) -> Seen:
    """Return what is told of an image (784,) on the canvas that no network has read."""
    greys = image.reshape(SIDE, SIDE)
    return Seen(Drawing(picture=Picture.fitted(greys)), Stages(greys, greys, greys, greys), reading_of(np.zeros(10)))
