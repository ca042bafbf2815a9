"""What stands side by side in a drawing: a ``Piece`` of ink after the other from left to right, and where they meet."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.framing import framed
from digitpad.draw.photo.pieces import find_pieces
from digitpad.draw.thinning import Mask

_MOST_STROKES = 48  # a dozen digits of four strokes: what has more is a scribble
_MOST_PIECES = 60  # of a picture's ink
_INK = 0.3  # of a picture's greys: less is the edge of a line
_SPECK = 0.12  # of the height: a smaller piece of a picture belongs to its neighbour
_WITHIN = 0.25  # of the wider one's width, at each side: a stroke with its middle between is a part of it


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
    if len(drawing.strokes) > _MOST_STROKES:
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


def gap(left: Piece, right: Piece) -> float:
    """Return how far ``right`` begins beyond the end of ``left``; below 0 where one is over the other."""
    return right.box[0] - left.box[2]


def masked(picture: Picture, mask: Mask) -> Picture | None:
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
        part = masked(picture, mask)
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
