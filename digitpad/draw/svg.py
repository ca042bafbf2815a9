"""A drawing as an SVG file, sharp at any size: strokes are lines with round ends and joins, as wide as the brush."""

from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO

import numpy as np

from digitpad.draw.curve import smooth
from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.preprocess import to_bytes

SIDE = 1024  # units: of the paper
_STEP = 0.5  # units: where the pen's pressure changes, widths go up and down by this


def svg_of(drawing: Drawing) -> bytes:
    """Return what makes an SVG file of ``drawing``, black on white, on paper of ``SIDE`` by ``SIDE`` units.

    A picture lies under the strokes, as a PNG file within the file.
    """
    return "\n".join(_lines(drawing)).encode()


def _lines(drawing: Drawing) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    # The older name of the link, which all programs know.
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    yield f'<svg {names} width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
    yield f'<rect width="{SIDE}" height="{SIDE}" fill="#fff"/>'
    if drawing.picture:
        yield _picture(drawing.picture)
    yield '<g fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round">'
    for stroke in drawing.strokes:
        yield from _paths(stroke)
    yield "</g>"
    yield "</svg>\n"


def _paths(stroke: Stroke) -> Iterator[str]:
    """Yield the stroke as lines of one width each: one where it was pressed evenly, as by a mouse."""
    curve, _ = smooth(stroke.points * (SIDE, SIDE, 1))
    widths = stroke.brush * SIDE * curve[:, 2]
    if len(curve) == 1:
        yield _path(_place(curve[0]) + "h.01", widths[0])  # a line of no length would not be seen everywhere
        return
    pieces = (widths[:-1] + widths[1:]) / 2
    if np.ptp(pieces) > 1e-9:
        pieces = np.maximum(np.round(pieces / _STEP), 1) * _STEP
        ends = [*(np.flatnonzero(np.diff(pieces)) + 1).tolist(), len(pieces)]
    else:
        ends = [len(pieces)]
    first = 0
    for end in ends:
        yield _path("L".join(map(_place, curve[first : end + 1])), pieces[first])
        first = end


def _path(line: str, width: float) -> str:
    return f'<path stroke-width="{width:.2f}" d="M{line}"/>'


def _place(point: np.ndarray) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _picture(picture: Picture) -> str:
    from PIL import Image  # for those alone who save a picture

    file = BytesIO()
    Image.fromarray(255 - to_bytes(picture.ink)).save(file, "PNG")
    left, top, width, height = (round(SIDE * length, 3) for length in picture.box)
    place = f'x="{left}" y="{top}" width="{width}" height="{height}" preserveAspectRatio="none"'
    return f'<image {place} xlink:href="data:image/png;base64,{b64encode(file.getvalue()).decode()}"/>'
