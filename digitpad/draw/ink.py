"""Strokes become ink: the greys of a drawing with every line at one width relative to the digit's own size.

Networks read digits of MNIST's proportions: a line is about an eighth of the digit's longer side. A brush of fixed
width on the canvas makes small digits fat and large ones thin, so what the network sees is drawn anew from the pen's
path, whatever brush and size it was drawn with.
"""

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.preprocess import BOX, Greys, Place, area_mean

Path = NDArray[np.float64]
Indices = NDArray[np.intp]
Picture = tuple[Greys, tuple[float, float, float, float]]
Frame = tuple[Path, float, tuple[int, int]]  # the first pixel's place (2,), the pixels a unit, and the shape (h, w)

LINE = 2.4  # pixels: the width of a line once the longer side of the digit is BOX pixels
FINE = 4  # rendered at this many times the final resolution, then averaged down by the preprocessing
_STEP = 2.0  # rendered pixels: the longest piece of a path handled at once
# The same where no piece is left out for another near it: fewer are quicker, and the margin has just room for these.
_LONG_STEP = 6.3
_MANY = 400  # pieces that are all drawn: a digit has 20 to 150
_AT_ONCE = 200  # pieces drawn at once, so that what is computed of them stays in the processor's cache
_PAPER, _INK = np.float32(0), np.float32(1)
_FROM_THE_FIRST = np.zeros(1, dtype=np.intp)  # where a path by itself begins


def render(paths: Sequence[Path], picture: Picture | None = None, smallest: float = 0.0, line: float = LINE) -> Greys:
    """Return greys (h, w) in [0, 1], longer side 80 pixels and a little margin, of the pen's ``paths``.

    Each path has shape (n, 2), n at least 1: x to the right and y down, in any unit. A single point, or several at
    one place, is a dot. ``picture`` is ink to go with them: greys (h, w) and where they lie in the same unit, as
    left, top, width and height. What is smaller than ``smallest`` is not enlarged to full size: it is the trembling
    of a dot. ``line`` is another width, for digits that are made to be learned from. No paths and no picture give an
    empty (0, 0) array.
    """
    if not paths and picture is None:
        return np.zeros((0, 0), dtype=np.float32)
    return render_in(frame(paths, picture, smallest, line), paths, picture, line)


def render_in(where: Frame, paths: Sequence[Path], picture: Picture | None = None, line: float = LINE) -> Greys:
    """Do what ``render`` does; ``where`` is what ``frame`` returns for the same."""
    sheet = Sheet(where, picture, line)
    sheet.draw(paths)
    return sheet.greys


def render_each(drawings: Sequence[Sequence[Path]], smallest: float = 0.0) -> list[tuple[Greys, Frame]]:
    """Do what ``render`` does for each of several drawings at once, which is quicker; return each with its frame.

    Each has a path at least, and none a picture.
    """
    if not drawings:
        return []
    paths = [path for drawing in drawings for path in drawing]
    points = np.concatenate(paths)[:, :2]
    lengths = np.array([len(path) for path in paths])
    firsts = np.cumsum(lengths) - lengths
    counts = np.array([len(drawing) for drawing in drawings])
    of_path = np.repeat(np.arange(len(drawings)), counts)
    of_point = np.repeat(of_path, lengths)
    first_points = firsts[np.cumsum(counts) - counts]
    corners = np.minimum.reduceat(points, first_points), np.maximum.reduceat(points, first_points)
    origins, scales, shapes = _frames(*corners, smallest, LINE)
    placed = (points - origins[of_point]) * scales[of_point][:, None]
    starts, ends, of_piece = _pieces_of(placed, firsts, _LONG_STEP)
    of_piece = of_path[of_piece]
    middles = np.round((starts + ends) / 2).astype(int)
    sizes, widths = shapes.prod(axis=1), shapes[:, 1]
    begins = np.cumsum(sizes) - sizes
    greys = np.zeros(int(sizes.sum()), dtype=np.float32)
    places = begins[of_piece] + middles[:, 1] * widths[of_piece] + middles[:, 0]
    short = np.maximum(np.ceil(np.hypot(*(ends - starts).T) / _STEP), 1)  # pieces that are no longer than ``_STEP``
    dense = np.bincount(of_piece, short, len(drawings)) > _MANY
    plain = np.flatnonzero(~dense[of_piece])
    _draw(greys, starts[plain], ends[plain], middles[plain], places[plain], widths[of_piece[plain]], LINE * FINE / 2)
    frames = _each(origins, scales, shapes)
    return [
        (render_in(where, drawing) if many else greys[begin : begin + size].reshape(where[2]), where)
        for where, begin, size, drawing, many in zip(
            frames, begins.tolist(), sizes.tolist(), drawings, dense.tolist(), strict=True
        )
    ]


def frame(paths: Sequence[Path], picture: Picture | None = None, smallest: float = 0.0, line: float = LINE) -> Frame:
    """Return where ``render`` draws."""
    low, high = _bounds(paths, picture)
    return _each(*_frames(low[None], high[None], smallest, line))[0]


def _frames(low: Path, high: Path, smallest: float, line: float) -> tuple[Path, NDArray[np.float64], Indices]:
    """Return the origins (n, 2), scales (n,) and shapes (n, 2) of frames around what lies between these corners."""
    longer = np.maximum((high - low).max(axis=1), smallest)
    scales = np.ones_like(longer)
    np.divide((BOX - line) * FINE, longer, out=scales, where=longer > 0)  # the line itself takes its width
    margin = _reach(line * FINE / 2) + 1
    sides = np.ceil((high - low) * scales[:, None] + 2 * margin).astype(int) + 1
    return low - margin / scales[:, None], scales, sides[:, ::-1]


def _each(origins: Path, scales: NDArray[np.float64], shapes: Indices) -> list[Frame]:
    """Return each of these frames by itself."""
    sides = [(height, width) for height, width in shapes.tolist()]
    return list(zip(origins, scales.tolist(), sides, strict=True))


def place_of(where: Frame) -> Place:
    """Return where a frame lies, in the unit of its paths: left, top, width and height."""
    (left, top), scale, (height, width) = where
    return float(left), float(top), width / scale, height / scale


def _bounds(paths: Sequence[Path], picture: Picture | None) -> tuple[Path, Path]:
    """Return the corners, (2,) each, of the upright rectangle around all ``paths`` and the ``picture``'s place."""
    points = list(paths)
    if picture:
        left, top, width, height = picture[1]
        points.append(np.array([[left, top], [left + width, top + height]]))
    together = np.concatenate(points) if points else np.zeros((1, 2))
    return together.min(axis=0), together.max(axis=0)


def resampled(path: Path, step: float) -> Path:
    """Return the path (n, k), x and y first, with points added so that none lie farther than ``step`` apart."""
    return all_resampled(path, _FROM_THE_FIRST, step)[0]


def all_resampled(points: Path, firsts: Indices, step: float) -> tuple[Path, Indices]:
    """Do the same to several paths, whose ``points`` stand one after the other from ``firsts`` (m,) on."""
    ways = np.zeros_like(points)
    np.subtract(points[1:], points[:-1], out=ways[:-1])
    ways[firsts[1:] - 1] = 0
    parts = np.maximum(np.ceil(np.hypot(ways[:, 0], ways[:, 1]) / step), 1).astype(int)
    if (parts == 1).all():
        return points, firsts
    before = np.cumsum(parts) - parts
    of = np.repeat(np.arange(len(parts)), parts)  # of each new point, the one that it comes after or is
    fraction = (np.arange(len(of)) - before.take(of)) / parts.take(of)
    resampled = ways.take(of, axis=0)
    resampled *= fraction[:, None]
    resampled += points.take(of, axis=0)
    return resampled, before[firsts]


class Sheet:
    """Greys on which paths are drawn one after the other, at once or bit by bit: the same comes of both.

    ``greys`` (h, w) in [0, 1] are what is drawn so far; ``where`` is its frame.
    """

    def __init__(self, where: Frame, picture: Picture | None = None, line: float = LINE) -> None:
        """Begin with paper, and the ``picture`` if there is one."""
        self.where = where
        origin, scale, shape = where
        self.greys = np.zeros(shape, dtype=np.float32)
        self._radius = line * FINE / 2
        self._drawn = 0  # pieces
        self._taken = np.zeros(((shape[0] + 2) // 3, (shape[1] + 2) // 3), dtype=bool)  # fields that hold a middle
        if picture:
            pixels, (left, top, width, _) = picture
            pasted = area_mean(pixels, pixels.shape[1] / (width * scale))
            x, y = np.round((np.array([left, top]) - origin) * scale).astype(int)
            place = self.greys[y : y + pasted.shape[0], x : x + pasted.shape[1]]
            np.maximum(place, pasted, out=place)

    def copy(self) -> "Sheet":
        """Return another one like this, to go on from."""
        other = copy(self)
        other.greys, other._taken = self.greys.copy(), self._taken.copy()
        return other

    def draw(self, paths: Sequence[Path]) -> None:
        """Draw whole paths, (n, k) each with x and y first."""
        if paths:
            firsts = np.cumsum([0, *map(len, paths[:-1])])
            starts, ends, _ = _pieces_of(self._placed(np.concatenate(paths)[:, :2]), firsts)
            self._draw(starts, ends)

    def extend(self, path: Path, since: "Way | None" = None) -> "Way":
        """Draw what is certain of a path that goes on growing, and return how far that is.

        ``since`` is how far it was drawn when it was shorter. Nothing is certain of the way to its last point yet.
        """
        since = since or Way(1, 0.0, 0)
        points = self._placed(path[since.points - 1 :])
        travelled = np.cumsum(np.concatenate([[since.travelled], np.hypot(*np.diff(points, axis=0).T)]))
        kept = np.flatnonzero(_passes(travelled)) + 1
        corners = np.concatenate([self._placed(path[since.corner])[None], points[kept]])
        if len(kept):
            self._draw(*_pieces(corners, _FROM_THE_FIRST)[:2])
        corner = since.points - 1 + int(kept[-1]) if len(kept) else since.corner
        return Way(len(path), float(travelled[-1]), corner)

    def end(self, path: Path, since: "Way") -> None:
        """Draw the rest of a path that was drawn as far as ``since``, which ``extend`` returned for all of it."""
        if len(path) == 1 or since.corner < len(path) - 1:
            self._draw(*_pieces(self._placed(path[[since.corner, -1]]), _FROM_THE_FIRST)[:2])

    def _placed(self, points: Path) -> Path:
        origin, scale, _ = self.where
        return np.asarray((points - origin) * scale)

    def _draw(self, starts: Path, ends: Path) -> None:
        """Draw pieces, (n, 2) each in pixels, ``2 * radius`` wide."""
        middles = np.round((starts + ends) / 2).astype(int)
        fields = middles[:, 1] // 3 * self._taken.shape[1] + middles[:, 0] // 3
        taken = self._taken.reshape(-1)
        certain = max(_MANY - self._drawn, 0)
        self._drawn += len(middles)
        if len(middles) > certain:
            # A dense scribble: of the pieces with their middle in the same three by three pixels, one is enough.
            first = np.full(len(taken), -1)
            first[fields[::-1]] = np.arange(len(fields))[::-1]
            new = (first[fields] == np.arange(len(fields))) & ~taken[fields]
            new[:certain] = True
            starts, ends, middles = starts[new], ends[new], middles[new]
        taken[fields] = True
        if len(middles):
            width = self.greys.shape[1]
            places = middles[:, 1] * width + middles[:, 0]
            _draw(self.greys.reshape(-1), starts, ends, middles, places, np.full(len(places), width), self._radius)


class Way(NamedTuple):
    """How far a growing path is drawn: ``points`` of it, ``travelled`` by then, the last of its corners ``corner``."""

    points: int
    travelled: float  # rendered pixels
    corner: int


def _steps(points: Path, firsts: Indices) -> Path:
    """Return how far it is from each of ``points`` (n, 2) to the next, and 0 from one path to another."""
    ways = points[1:] - points[:-1]
    steps = np.hypot(ways[:, 0], ways[:, 1])
    steps[firsts[1:] - 1] = 0
    return np.asarray(steps)


def _passes(travelled: Path) -> NDArray[np.bool_]:
    """Whether each point but the first is far enough from the one before: those between half pixels are left out."""
    halves = np.floor(travelled * 2)
    return np.asarray(halves[1:] > halves[:-1])


def _pieces_of(points: Path, firsts: Indices, longest: float = _STEP) -> tuple[Path, Path, Indices]:
    """Return what ``_pieces`` does of the points, in pixels, that are far enough from one another to be drawn."""
    travelled = np.zeros(len(points))
    np.cumsum(_steps(points, firsts), out=travelled[1:])
    if len(firsts) > 1:
        travelled -= np.repeat(travelled[firsts], np.diff(firsts, append=len(points)))
    keep = np.zeros(len(points), dtype=bool)
    keep[1:] = _passes(travelled)
    keep[firsts] = keep[firsts[1:] - 1] = keep[-1] = True
    return _pieces(points[keep], np.cumsum(keep)[firsts] - 1, longest)


def _pieces(points: Path, firsts: Indices, longest: float = _STEP) -> tuple[Path, Path, Indices]:
    """Return where the short pieces of paths start and end, (m, 2) each, and which path each is of.

    The piece of a single point starts and ends there.
    """
    points, firsts = all_resampled(points, firsts, longest)
    goes_on = np.ones(len(points), dtype=bool)
    goes_on[firsts[1:] - 1] = goes_on[-1] = False
    starts = goes_on.copy()
    starts[firsts] = True
    i = np.flatnonzero(starts)
    return points[i], points[i + goes_on[i]], np.searchsorted(firsts, i, side="right") - 1


def _reach(radius: float) -> int:
    """Return how many rendered pixels lie between a piece's middle and the last it can touch."""
    return int(np.ceil(radius + _STEP / 2 + 1))


def _draw(
    pixels: Greys, starts: Path, ends: Path, middles: Indices, places: Indices, widths: Indices, radius: float
) -> None:
    """Draw pieces, (n, 2) each in pixels, with lines ``2 * radius`` wide.

    ``pixels`` are the rows of greys one after the other; ``places`` (n,) say where in them the ``middles`` of the
    pieces are, and ``widths`` (n,) how long a row is there.
    """
    # Each piece touches only the square of pixels around its middle: the distance to it is computed there. NumPy is
    # quickest along the last axis, so that is the pieces', one beside the other in memory, and writes into arrays that
    # are there already: for each large one that is new the system has to find memory and to clear it.
    ways = np.ascontiguousarray((ends - starts).T, dtype=np.float32)
    beyond = np.ascontiguousarray((middles - starts).T)
    lengths_squared = ways[0] * ways[0] + ways[1] * ways[1]
    reach = int(radius + float(np.sqrt(lengths_squared.max(initial=0))) / 2 + 1)
    near = np.arange(-reach, reach + 1)[:, None]
    square = len(near) ** 2
    room = np.empty((2, square * min(len(starts), _AT_ONCE)), dtype=np.float32)
    room_for_places = np.empty(room.shape[1], dtype=np.intp)
    for first in range(0, len(starts), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        dx, dy = ways[:, some]
        fx, fy = (beyond[:, None, some] + near).astype(np.float32)
        fy = fy[:, None]
        n = square * len(dx)
        along, squares = room[:, :n].reshape(2, len(near), len(near), -1)
        np.add(fx * dx, fy * dy, out=along)
        along /= np.maximum(lengths_squared[some], np.float32(1e-12))
        np.clip(along, _PAPER, _INK, out=along)
        np.multiply(along, dx, out=squares)
        np.subtract(fx, squares, out=squares)
        squares *= squares
        along *= dy
        np.subtract(fy, along, out=along)
        along *= along
        squares += along
        drawn = np.sqrt(squares, out=squares)
        np.subtract(np.float32(radius + 0.5), drawn, out=drawn)
        np.clip(drawn, _PAPER, _INK, out=drawn)
        there = room_for_places[:n]
        across, down = near + places[some], near * widths[some]
        np.add(down[:, None], across, out=there.reshape(drawn.shape))
        np.maximum.at(pixels, there, drawn.reshape(-1))  # several times as quick with one index
