"""Ink as wide as the brush drew it: what a network would be shown if lines were not all brought to one width."""

import numpy as np

from digitpad.draw import ink
from digitpad.draw.drawing import SMALLEST, Drawing
from digitpad.draw.preprocess import BOX


def brushed(drawing: Drawing) -> ink.Picture:
    """Return the greys of ``drawing``, which is not empty, each stroke as wide as on the canvas, and where they lie.

    A stroke has the mean of its widths all along.
    """
    paths = [stroke.points[:, :2] for stroke in drawing.strokes]
    picture = drawing.picture_ink
    if not paths and picture:
        return picture
    widths = np.array([stroke.brush * stroke.points[:, 2].mean() for stroke in drawing.strokes])
    _, scale, _ = ink.frame(paths, picture, SMALLEST)
    longer = (BOX - ink.LINE) * ink.FINE / scale  # canvas sides, without the line
    widest = BOX * float(widths.max()) / (longer + float(widths.max()))  # pixels, as ``ink.LINE`` is
    where = ink.frame(paths, picture, SMALLEST, widest)
    greys = ink.Sheet(where, picture).greys
    for path, width in zip(paths, widths, strict=True):
        line = float(width) * where[1] / ink.FINE
        np.maximum(greys, ink.render_in(where, [path], line=line), out=greys)
    return greys, ink.place_of(where)
