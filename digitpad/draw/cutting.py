"""What stands side by side in a drawing: pieces of ink from left to right, and lines that part what touches."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import Drawing, Picture, Points, Stroke
from digitpad.draw.framing import framed
from digitpad.draw.photo.pieces import find_pieces
from digitpad.draw.thinning import Mask

MOST_STROKES = 48  # a dozen digits of four strokes: what has more is a scribble
_MOST_PIECES = 60  # of a picture's ink
_INK = 0.3  # of a picture's greys: less is the edge of a line
_SPECK = 0.12  # of the height: a smaller piece of a picture belongs to its neighbour
_WITHIN = 0.25  # of the wider one's width, at each side: a stroke with its middle between is a part of it
_LEANS = (0.0, -0.2, 0.2, -0.4, 0.4)
_STEP, _EDGE, _APART = 0.04, 0.12, 0.14  # of the height: between lines, from the edge, and between those that are taken
_LINE = 0.12  # of the height: about the width of a picture's lines
_MOST_CROSSED = 2.6  # lines that a cut may go through
_LINES_A_HEIGHT = 5


class Line(NamedTuple):
    """A straight line down a drawing: at height y it passes ``x + lean * y``, in sides of the canvas."""

    x: float
    lean: float


Ink = tuple[Hashable, Line | None, Line | None]  # a stroke, or a picture's piece, and the lines it lies between


class Boundary(NamedTuple):
    """Where two pieces meet: what ``left`` and ``right`` of it is, and the ``line`` where that is the same, cut.

    It is the same as long as nothing is changed there, however else the drawing grows.
    """

    left: frozenset[Hashable]
    right: frozenset[Hashable]
    line: Line | None


@dataclass(frozen=True)
class Piece:
    """Some ink of a drawing, ``ink``; two are equal that are ``of`` the same, cut by the same lines.

    ``parts`` are what it was put together from, from left to right, where it was.
    """

    of: frozenset[Ink]
    ink: Drawing = field(compare=False, repr=False)
    parts: tuple["Piece", ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def whose(self) -> frozenset[Hashable]:
        """The strokes, and the pieces of a picture, that it is of."""
        return frozenset(what for what, *_ in self.of)

    @property
    def pieces(self) -> tuple["Piece", ...]:
        """What it was put together from, or itself."""
        return self.parts or (self,)

    def boundary(self, right: "Piece") -> Boundary:
        """Return where this piece and the one ``right`` of it meet."""
        mine, others = self.whose, right.whose
        cut = {after for _, after, _ in right.of} & {before for _, _, before in self.of} - {None}
        return Boundary(mine, others, next(iter(cut)) if mine == others and cut else None)

    def is_cut_at(self, where: Boundary) -> bool:
        """Whether that line goes through it."""
        return where.line is not None and where.left == self.whose

    @property
    def boundaries(self) -> list[Boundary]:
        """Where the pieces meet that it was put together from."""
        return [one.boundary(other) for one, other in pairwise(self.pieces)]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Its left, top, right and bottom."""
        boxes = [part.box for part in self.parts] or [_box(stroke) for stroke in self.ink.strokes]
        if self.ink.picture and not self.parts:
            left, top, width, height = self.ink.picture.box
            boxes.append((left, top, left + width, top + height))
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @property
    def height(self) -> float:
        """How high it is."""
        return self.box[3] - self.box[1]

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.box[2] - self.box[0]

    @property
    def middle(self) -> float:
        """Half way from its left to its right."""
        return (self.box[0] + self.box[2]) / 2


def _box(stroke: Stroke) -> tuple[float, float, float, float]:
    x, y, _ = stroke.points.T  # each by itself, which takes NumPy a tenth of the time
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def pieces_of(drawing: Drawing) -> list[Piece]:
    """Return the pieces of a drawing from left to right; none where there is no ink, or more than a number has.

    Strokes that lie above or within one another are one piece, and so is what hangs together in a picture.
    """
    if len(drawing.strokes) > MOST_STROKES:
        return []
    pieces = [Piece(frozenset([(stroke, None, None)]), Drawing((stroke,))) for stroke in drawing.strokes]
    if drawing.picture:
        pieces += _of_picture(drawing.picture)
    groups = [(_span(piece), [piece]) for piece in pieces]
    merged = True
    while merged:  # what two that belong together hold between them may belong to them, too
        merged = False
        groups.sort(key=lambda group: group[0].left)
        for i, (span, group) in enumerate(groups):
            j = next((j for j in range(i + 1, len(groups)) if _belong(span, groups[j][0])), None)
            if j is not None:
                other, others = groups.pop(j)
                groups[i] = _Span(min(span.left, other.left), max(span.right, other.right)), group + others
                merged = True
                break
    together = [joined(sorted(group, key=pieces.index)) for _, group in groups]
    whole = [replace(piece, parts=()) if piece.parts else piece for piece in together]
    return sorted(whole, key=lambda piece: piece.middle)


def joined(pieces: Sequence[Piece]) -> Piece:
    """Return the ink of all ``pieces``, from left to right, as one."""
    if len(pieces) == 1:
        return pieces[0]
    strokes = tuple(stroke for piece in pieces for stroke in piece.ink.strokes)
    pictures = [piece.ink.picture for piece in pieces if piece.ink.picture]
    ink = Drawing(strokes, _together(pictures) if pictures else None)
    return Piece(frozenset().union(*(piece.of for piece in pieces)), ink, tuple(pieces))


def cuts_of(piece: Piece, height: float, chosen: Sequence[Line] = (), *, no_others: bool = False) -> list[Piece]:
    """Return a piece parted where few lines are crossed, from left to right, in a row of that ``height``.

    It is parted by the ``chosen`` lines whatever they cross, and then by ``no_others`` if so wanted. Where nothing
    would come of it, it is the piece alone.
    """
    middle = (piece.box[1] + piece.box[3]) / 2
    at = {line: line.x + line.lean * middle for line in chosen}
    for line in [] if no_others else _lines(piece, height):
        x = line.x + line.lean * middle
        if all(abs(x - other) >= _APART * height for other in at.values()):
            at[line] = x
    lines = sorted(at, key=lambda line: at[line])
    parts, rest = [], piece
    for line in lines:
        left, right = _parted(rest, line)
        if left is None or right is None:
            continue
        parts.append(left)
        rest = right
    return [*parts, rest]


def gap(left: Piece, right: Piece) -> float:
    """Return how far ``right`` begins beyond the end of ``left``; below 0 where one is over the other."""
    return right.box[0] - left.box[2]


class _Span(NamedTuple):
    """How far to the left and to the right something reaches."""

    left: float
    right: float


def _span(piece: Piece) -> _Span:
    return _Span(piece.box[0], piece.box[2])


def _belong(one: _Span, other: _Span) -> bool:
    """Whether the narrower of two spans has its middle well within the wider one."""
    wider, narrower = (other, one) if one.right - one.left < other.right - other.left else (one, other)
    edge = _WITHIN * (wider.right - wider.left)
    return wider.left + edge <= (narrower.left + narrower.right) / 2 <= wider.right - edge


def _of_picture(picture: Picture) -> list[Piece]:
    found = find_pieces(picture.ink > _INK)
    if not 0 < len(found) <= _MOST_PIECES:
        return []
    nearest = _nearest(found.labels)
    large = np.flatnonzero(found.longer >= _SPECK * picture.ink.shape[0])
    if not len(large):
        return []
    centres = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2
    owner = {int(i): int(i) for i in large}
    for i in set(range(len(found))) - set(owner):
        owner[i] = int(large[np.hypot(*(centres[large] - centres[i]).T).argmin()])
    pieces = []
    for i in large.tolist():
        numbers = tuple(n for n in sorted(owner) if owner[n] == i)
        mask = np.isin(nearest, np.array(numbers) + 1)
        part = _masked(picture, mask)
        if part:
            pieces.append(Piece(frozenset([((picture, i), None, None)]), Drawing(picture=part)))
    return pieces


def _nearest(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the labels with the pale edge around each piece, two pixels wide, labelled as the piece."""
    grown = labels.copy()
    for _ in range(2):
        padded = framed(grown)
        for down, right in ((0, 1), (1, 0), (1, 2), (2, 1)):
            beside = padded[down : down + grown.shape[0], right : right + grown.shape[1]]
            grown = np.where(grown == 0, beside, grown)
    return grown


def _masked(picture: Picture, mask: Mask) -> Picture | None:
    """Return what of a picture's ink lies under ``mask``, cropped."""
    ink = np.where(mask, picture.ink, np.float32(0))
    rows, columns = np.flatnonzero((ink > 0).any(axis=1)), np.flatnonzero((ink > 0).any(axis=0))
    if not len(rows):
        return None
    (top, bottom), (left, right) = rows[[0, -1]].tolist(), columns[[0, -1]].tolist()
    x, y, width, height = picture.box
    pixel_width, pixel_height = width / ink.shape[1], height / ink.shape[0]
    box = (
        x + left * pixel_width, y + top * pixel_height,
        (right + 1 - left) * pixel_width, (bottom + 1 - top) * pixel_height,
    )  # fmt: skip
    return Picture(ink[top : bottom + 1, left : right + 1], box)


def _together(pictures: Sequence[Picture]) -> Picture:
    """Return parts of one picture as one."""
    if len(pictures) == 1:
        return pictures[0]
    boxes = np.array([picture.box for picture in pictures])
    low, high = boxes[:, :2].min(axis=0), (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    pixel = boxes[0, 2:] / pictures[0].ink.shape[::-1]
    width, height = np.round((high - low) / pixel).astype(int).tolist()
    ink = np.zeros((height, width), dtype=np.float32)
    for picture, box in zip(pictures, boxes, strict=True):
        left, top = np.round((box[:2] - low) / pixel).astype(int).tolist()
        place = ink[top : top + picture.ink.shape[0], left : left + picture.ink.shape[1]]
        np.maximum(place, picture.ink, out=place)
    return Picture(ink, (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])))


def _lines(piece: Piece, height: float) -> list[Line]:
    """Return lines across a piece that cross little of it, from left to right."""
    left, top, right, bottom = piece.box
    at = np.arange(left + _EDGE * height, right - _EDGE * height, _STEP * height)
    if not len(at):
        return []
    middle = (top + bottom) / 2
    places = np.array([(x - lean * middle, lean) for lean in _LEANS for x in at.tolist()])
    crossed = _crossed(piece.ink, places, height)
    order = np.argsort(crossed + 0.25 * np.abs(places[:, 1]), kind="stable")
    taken: list[tuple[float, Line]] = []
    most = max(round(_LINES_A_HEIGHT * piece.width / height), 2)
    for i in order.tolist():
        x = float(places[i, 0] + places[i, 1] * middle)
        if crossed[i] > _MOST_CROSSED or len(taken) == most:
            break
        if all(abs(x - other) >= _APART * height for other, _ in taken):
            taken.append((x, Line(*map(float, places[i]))))
    return [line for _, line in sorted(taken)]


def _crossed(ink: Drawing, places: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Return how many lines of the ink each of the ``places`` (n, 2), as of lines, crosses."""
    crossed = np.zeros(len(places))
    for stroke in ink.strokes:
        x, y = stroke.points[:, 0], stroke.points[:, 1]
        right = x > places[:, :1] + places[:, 1:] * y
        crossed += (right[:, 1:] != right[:, :-1]).sum(axis=1)
    if ink.picture:
        greys, (left, top, width, tall) = ink.picture.ink, ink.picture.box
        rows, columns = greys.shape
        y = top + (np.arange(rows) + 0.5) / rows * tall
        column = np.floor((places[:, :1] + places[:, 1:] * y - left) / width * columns).astype(int)
        inside = (column >= 0) & (column < columns)
        along = np.where(inside, greys[np.arange(rows), np.clip(column, 0, columns - 1)], 0).sum(axis=1)
        crossed += along * (tall / rows) / (_LINE * height)
    return crossed


def _parted(piece: Piece, line: Line) -> tuple[Piece | None, Piece | None]:
    """Return what of a piece lies left of a line, and what lies right of it; None where nothing does."""
    sides: tuple[list[Stroke], list[Stroke]] = ([], [])
    for stroke in piece.ink.strokes:
        for right, points in _runs(stroke.points, line):
            sides[right].append(replace(stroke, points=points))
    pictures: list[Picture | None] = [None, None]
    picture = piece.ink.picture
    if picture:
        rows, columns = picture.ink.shape
        x0, y0, width, tall = picture.box
        x = x0 + (np.arange(columns) + 0.5) / columns * width
        y = y0 + (np.arange(rows) + 0.5) / rows * tall
        beyond = x > line.x + line.lean * y[:, None]
        pictures = [_masked(picture, ~beyond), _masked(picture, beyond)]
    drawings = [Drawing(tuple(strokes), part) for strokes, part in zip(sides, pictures, strict=True)]
    before: frozenset[Ink] = frozenset((what, after, line) for what, after, _ in piece.of)
    beyond_it: frozenset[Ink] = frozenset((what, line, end) for what, _, end in piece.of)
    return (
        None if drawings[0].empty else Piece(before, drawings[0]),
        None if drawings[1].empty else Piece(beyond_it, drawings[1]),
    )


def _runs(points: Points, line: Line) -> list[tuple[int, Points]]:
    """Return the parts of a path on either side of a line, each with whether it is right of it."""
    beyond = points[:, 0] - line.x - line.lean * points[:, 1]
    right = beyond > 0
    changes = np.flatnonzero(right[1:] != right[:-1])
    if not len(changes):
        return [(int(right[0]), points)]
    share = (beyond[changes] / (beyond[changes] - beyond[changes + 1]))[:, None]
    crossing = points[changes] + share * (points[changes + 1] - points[changes])
    runs = []
    for i, (first, stop) in enumerate(pairwise([0, *(changes + 1).tolist(), len(points)])):
        begin = crossing[i - 1 : i] if i else points[:0]
        runs.append((int(right[first]), np.concatenate([begin, points[first:stop], crossing[i : i + 1]])))
    return runs
