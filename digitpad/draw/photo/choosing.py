"""Which pieces of ink in an area could be a digit, and which of them belong together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.framing import framed
from digitpad.draw.photo.areas import widened
from digitpad.draw.photo.contrast import noise
from digitpad.draw.photo.pieces import Ints, Pieces, find_pieces, holes, line_width
from digitpad.draw.preprocess import Greys, crop
from digitpad.draw.thinning import Mask

FAINTEST = 0.03  # ink differs from the paper at least by this, paper being 1
_LEVELS = 5  # of contrast, at which ink is looked for
SMALLEST = 0.03  # of the area's longer side
_FEWEST = 7  # pixels: the longer side
_SPECK = 0.06  # of the largest piece
_FATTEST = 0.6  # a line's width, relative to the digit's longer side
_HOLES = 3  # a digit has two at most, and a blot closes another
_WIDEST = 1.8  # width to height
_STRONG = 0.4  # more contrast does not make a piece likelier
_PARTS = 12  # a digit has no more pieces, a seven-segment one having seven
_AHEAD = 2.2  # times as much contrast as in what is no piece of ink


@dataclass(frozen=True, eq=False)
class Candidate:
    """Pieces that could be a digit: their pixels ``mask`` (h, w), ``box``, and mean contrast ``strength``.

    ``others`` are as large and could be digits, too. ``level`` is the contrast that parts them from the paper.
    ``edge`` is the part of the border of the area that they cover.
    """

    mask: Mask
    box: tuple[int, int, int, int]
    strength: float
    level: float
    others: int
    edge: float

    @property
    def longer(self) -> int:
        """The longer side of its box, in pixels."""
        top, left, bottom, right = self.box
        return max(bottom - top, right - left)

    @property
    def runs_over(self) -> bool:
        """Whether it is large and runs over the edge as a digit does: with few lines, which stand out."""
        return self.edge < 0.15 and self.strength > 0.25 and not self.spot

    @property
    def spot(self) -> bool:
        """Whether it is a filled spot rather than lines, as the hole of a digit is."""
        top, left, bottom, right = self.box
        part, k = _small(self.mask[top:bottom, left:right])
        return bool(part.mean() > 0.6 and line_width(part) * k > 0.25 * self.longer)

    @property
    def score(self) -> float:
        """How much it stands out: by size and, up to a middling one, by contrast."""
        return self.longer * min(self.strength, _STRONG)

    def greys(self, contrast: Greys) -> Greys:
        """Return its ink in ``contrast`` (h, w), cropped, with the half-covered pixels around it."""
        near = widened(self.mask, 2)
        paper = contrast[~near]
        dark = float(np.percentile(contrast[self.mask], 75))
        least = min(float(np.percentile(paper, 90)) if paper.size else 0.0, 0.5 * self.level)
        return crop(np.where(near, np.clip((contrast - least) / max(dark - least, 0.01), 0, 1), 0).astype(np.float32))


def candidates(
    contrast: Greys, inside: Mask, border: bool = False, smallest: float = SMALLEST, several: bool = False
) -> list[Candidate]:
    """Return what could be a digit in ``contrast`` (h, w) within the area ``inside``, the likeliest first.

    What touches the border of the area is left out, or with ``border`` taken as well. None is smaller than
    ``smallest``, a part of the area's longer side. What could be ``several`` digits close together may have any shape.
    """
    if not inside.any():
        return []
    least, top = max(noise(contrast, inside), FAINTEST), float(contrast[inside].max())
    rim = inside & widened(~framed(inside), 1)[1:-1, 1:-1]
    found: list[Candidate] = []
    if top <= least:
        return []
    for level in np.geomspace(least, max(0.75 * top, least * 1.01), _LEVELS):
        found += _at_level(contrast, inside, rim, float(level), border, smallest, several)
    return sorted(found, key=lambda candidate: -candidate.score)


def _at_level(
    contrast: Greys, inside: Mask, rim: Mask, level: float, border: bool, smallest: float, several: bool
) -> list[Candidate]:
    ink = (contrast >= level) & inside
    pieces = find_pieces(ink)
    if len(pieces) == 0:
        return []
    at_border = np.zeros(len(pieces) + 1, dtype=bool)
    at_border[pieces.labels[rim]] = True
    at_border = at_border[1:]
    side = max(np.ptp(np.flatnonzero(inside.any(axis=1))), np.ptp(np.flatnonzero(inside.any(axis=0)))) + 1
    large = pieces.longer >= max(smallest * side, _FEWEST)
    chosen = np.flatnonzero(large & (border | ~at_border))
    if not 0 < len(chosen) <= 200:
        return []
    strength = np.bincount(pieces.labels.ravel(), contrast.ravel(), len(pieces) + 1)[1:] / pieces.areas
    frame = np.array([_is_frame(pieces, int(i), chosen) for i in chosen])
    chosen = chosen[~frame]
    if len(chosen) == 0:
        return []
    usable = np.flatnonzero((pieces.longer >= 3) & (border | ~at_border))
    usable = usable[~np.isin(usable, np.flatnonzero(large)) | np.isin(usable, chosen)]
    groups: list[tuple[Ints, tuple[int, int, int, int]]] = []
    taken = np.zeros(len(pieces), dtype=bool)
    for main in chosen[np.argsort(-pieces.longer[chosen] * np.minimum(strength[chosen], _STRONG), kind="stable")]:
        if not taken[main]:
            group = _belonging(pieces, int(main), usable[~taken[usable] & (strength[usable] > 0.4 * strength[main])])
            taken[group] = True
            boxes = pieces.boxes[group]
            groups.append((group, (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))))
    rest = inside & ~widened(pieces.of(np.flatnonzero(large)), 2)
    around = float(np.percentile(contrast[rest], 97)) if rest.any() else 0.0
    good = []
    for group, box in groups[:12]:
        mean = float(np.average(strength[group], weights=pieces.areas[group]))
        mask = pieces.of(group)
        if mean >= _AHEAD * around and (several or (len(group) <= _PARTS and _could_be_digit(mask, box))):
            good.append(Candidate(mask, box, mean, level, 0, float(mask[rim].mean())))
    result = []
    for one in good:
        others = sum(
            other is not one and not other.edge and 0.5 <= other.longer / one.longer <= 2
            and other.strength >= 0.5 * one.strength
            for other in good
        )  # fmt: skip
        result.append(Candidate(one.mask, one.box, one.strength, level, others, one.edge))
    return result


def _is_frame(pieces: Pieces, i: int, others: Ints) -> bool:
    """Whether a piece has too many holes for a digit, or holds another large piece in one."""
    top, left, bottom, right = pieces.boxes[i]
    mask = pieces.mask(i)
    found = holes(mask, max(4, 0.002 * mask.size))
    if len(found) > _HOLES:
        return True
    for other in others:
        y, x, below, beyond = pieces.boxes[other]
        within = top < y and left < x and below < bottom and beyond < right
        if within and pieces.longer[other] > 0.3 * pieces.longer[i]:
            x += pieces.mask(int(other))[0].argmax()
            if found.labels[y - top + 1, x - left + 1]:
                return True
    return False


def _belonging(pieces: Pieces, main: int, others: Ints) -> Ints:
    """Return the pieces, ``main`` among them, that belong to the same digit."""
    longest = int(pieces.longer[main])
    others = others[(others != main) & (pieces.longer[others] >= _SPECK * longest)]
    if len(others) > 300:
        return np.array([main])
    group, pen = [main], max(line_width(_small(pieces.mask(main))[0]) * _small(pieces.mask(main))[1], 1)
    waiting = [main]
    left = list(others)
    while waiting:
        box = pieces.boxes[waiting.pop()]
        for other in list(left):
            if _linked(box, pieces.boxes[other], pen, longest):
                left.remove(other)
                group.append(int(other))
                waiting.append(int(other))
    return np.array(group)


def _linked(a: NDArray[np.intp], b: NDArray[np.intp], pen: float, longest: int) -> bool:
    """Whether two pieces with these boxes are parts of one digit: by their gap, beside or below each other."""
    below, beside = (int(max(b[i] - a[i + 2], a[i] - b[i + 2])) for i in (0, 1))
    smaller = min(int(max(box[2] - box[0], box[3] - box[1])) for box in (a, b))
    if smaller < 1.5 * pen:  # a dot is no stroke: unless a line was broken there, it lies beside the digit by chance
        return max(below, beside) <= 0.5 * pen
    if max(below, beside) <= 1.2 * pen:
        return True
    if beside <= 0 and all(2 * (box[3] - box[1]) < box[2] - box[0] for box in (a, b)):
        return below <= 0.4 * longest  # a line goes on: two upright segments of a display, with none between
    if beside <= 0:
        return below <= (0.35 if smaller < 0.6 * longest else 0.12) * longest
    return max(beside, below) <= (0.25 if smaller < 0.4 * longest else 0.08) * longest


def _small(mask: Mask) -> tuple[Mask, int]:
    """Return a mask made smaller, for what hardly depends on details, and how many times."""
    k = max(mask.shape) // 64 + 1
    return mask[::k, ::k], k


def _could_be_digit(mask: Mask, box: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = box
    height, width = bottom - top, right - left
    if width > _WIDEST * height:
        return False
    part = mask[top:bottom, left:right]
    small, k = _small(part)
    return (
        line_width(small) * k <= _FATTEST * max(height, width) and len(holes(part, max(4, 0.002 * part.size))) <= _HOLES
    )
