"""A drawing, as it is on the canvas, in one safetensors file.

Tensors ``points`` (n, 3) of all strokes one after the other, ``lengths`` (strokes,) in points and ``brushes``
(strokes,); where there is a picture also its ``ink`` (h, w) and ``box`` (4,), and ``otherwise`` (n, 784), what else it
might be read as. Nothing is rounded.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as arrays_in
from safetensors.numpy import save as to_bytes

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.preprocess import SIDE
from digitpad.errors import DataError
from digitpad.files.reading import content_of
from digitpad.files.writing import write_atomically, writing

_LARGEST_BYTES = 256 << 20
_SMALLEST = 1e-3  # canvas sides: the longer side of a picture

Array = NDArray[Any]


def save(path: Path, drawing: Drawing) -> None:
    """Write ``drawing``, whole or not at all. Raises DataError when it cannot be written."""
    strokes = drawing.strokes
    tensors: dict[str, Array] = {
        "points": np.concatenate([np.empty((0, 3)), *(stroke.points for stroke in strokes)]),
        "lengths": np.array([len(stroke.points) for stroke in strokes], dtype=np.int64),
        "brushes": np.array([stroke.brush for stroke in strokes], dtype=np.float64),
    }
    if drawing.picture:
        tensors["ink"] = np.ascontiguousarray(drawing.picture.ink)
        tensors["box"] = np.array(drawing.picture.box, dtype=np.float64)
        if drawing.picture.otherwise:
            tensors["otherwise"] = np.stack(drawing.picture.otherwise)
    with writing(path, DataError):
        write_atomically(path, to_bytes(tensors))


def load(path: Path) -> Drawing:
    """Return the drawing in the file. Raises DataError, naming the file, where it holds none."""
    content = content_of(path, DataError, _LARGEST_BYTES)
    try:
        return _drawing(arrays_in(content))
    except (SafetensorError, KeyError, ValueError, TypeError):
        raise DataError(f"{path}: holds no drawing, or a damaged one.") from None


def _drawing(tensors: dict[str, Array]) -> Drawing:
    """Raise KeyError or ValueError where ``tensors`` are no drawing."""
    points, lengths, brushes = (tensors[name] for name in ("points", "lengths", "brushes"))
    if points.dtype != np.float64 or lengths.dtype != np.int64 or brushes.dtype != np.float64:
        raise ValueError("of other kinds")
    if points.shape != (lengths.sum(), 3) or lengths.ndim != 1 or brushes.shape != lengths.shape:
        raise ValueError("of other shapes")
    ends = np.cumsum(lengths)
    if (lengths < 1).any() or not (_within(points) and _within(brushes)):
        raise ValueError("beside the canvas")
    pieces = np.split(points, ends[:-1]) if len(ends) else []
    strokes = tuple(Stroke(piece.copy(), brush) for piece, brush in zip(pieces, brushes.tolist(), strict=True))
    return Drawing(strokes, _picture(tensors) if "ink" in tensors else None)


def _picture(tensors: dict[str, Array]) -> Picture:
    ink, box = tensors["ink"], tensors["box"]
    otherwise = tensors.get("otherwise", np.empty((0, SIDE * SIDE), dtype=np.float32))
    floats = ink.dtype in (np.float32, np.float64) and box.dtype == np.float64
    if not floats or ink.ndim != 2 or not ink.size or box.shape != (4,) or not (_within(ink) and _within(box, -1.0)):
        raise ValueError("no picture")
    if otherwise.dtype != np.float32 or otherwise.shape[1:] != (SIDE * SIDE,) or not _within(otherwise):
        raise ValueError("no other readings")
    left, top, width, height = box.tolist()
    rows, columns = ink.shape
    if max(width, height) < _SMALLEST or not np.isclose(width * rows, height * columns, rtol=1e-6, atol=0):
        raise ValueError("of other proportions than its ink")
    return Picture(ink.astype(np.float32), (left, top, width, height), tuple(otherwise))


def _within(numbers: Array, lowest: float = 0.0) -> bool:
    """Whether all lie from ``lowest`` to 1; what is not a number does not."""
    return bool(((numbers >= lowest) & (numbers <= 1)).all())
