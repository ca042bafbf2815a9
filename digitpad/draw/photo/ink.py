"""A picture of a digit, drawn or photographed, becomes ink.

What counts as ink is what differs from the paper around it, in pieces that could be a digit: not the table beside the
sheet, not a shadow's edge, not a ruling, not a speck.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitpad.draw import ink as pen
from digitpad.draw.photo.areas import block_mean, closed, widened
from digitpad.draw.photo.choosing import FAINTEST, Candidate, candidates
from digitpad.draw.photo.contrast import contrast, leaning, noise, one_channel
from digitpad.draw.photo.pieces import find_pieces
from digitpad.draw.photo.rulings import without_rulings
from digitpad.draw.photo.sheets import Sheet, find_sheets
from digitpad.draw.preprocess import Greys, area_mean, crop
from digitpad.draw.thinning import Mask, thin
from digitpad.errors import PictureError

_WORKING = 560  # pixels: a larger longer side is averaged down until it is shorter
_NOISY = 0.5  # of the strongest contrast there is: where more of it may be noise, pixels are averaged
_NOISY_SIDE = 120  # pixels: the longer side that is left to the picture at least
_COARSE = 280  # pixels: the same where sheets are looked for
_TINY = 40  # pixels: so small a picture holds a digit and nothing else
_SMOOTHED = 22  # pixels: pictures smaller than this are enlarged smoothly
_ENLARGED = 88  # pixels: what they are enlarged to, about
_HAZE, _GAIN = 0.05, 1.5  # of their greys: less is paper; what lines lost of their ink because pixels are wider
_SHARP = 90  # pixels: a digit smaller than this is looked at again where there are more pixels
_LEAST_ON_SHEET = 0.2  # of the size of what is beside the sheet: a digit on it
_OVER, _OVER_LINE = 0.6, 0.3  # the same of what runs over the picture's edge, and of what touches the line of a box
_ON_RULINGS = 0.1  # of the area's longer side: what is smaller is left of the rulings
_SEGMENTS = 3  # so many pieces at least are joined
_GAP = 7  # pixels of _THINNED: the widest gap between them
_ROUND = 12  # pixels of _THINNED: within which the corners of a display's loops are evened out, as a hand draws loops
_FIT = (0.09, 0.19)  # line widths, relative to the longer side, that the network reads as they are
_THINNED = 72  # pixels: longer side at which lines are thinned to find their middle

_Box = tuple[int, int, int, int]


def read_ink(picture: NDArray[np.generic]) -> Greys:
    """Return the ink of a digit in a picture: greys (h, w) in [0, 1], 1 = ink, cropped to the digit.

    The picture (h, w) or, in red, green and blue, (h, w, 3) is of whole numbers or of floats in [0, 1], 0 = black.
    Lines far thinner or thicker than those of MNIST are drawn anew at its width. Raises PictureError, one sentence
    without a file's name, when there is nothing that could be a digit, or when there are several.
    """
    side = max(picture.shape[:2])
    if min(picture.shape[:2]) < 3 * _step(side, _COARSE):  # of a narrow one nothing would be left there
        raise PictureError("The picture is too small to hold a digit.")
    light = _unit(picture)
    if side < _SMOOTHED:
        return _enlarged_ink(light)
    return _at_one_width(_tiny(light) if side <= _TINY else _found(light))


def _unit(picture: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return the picture with the lightest value 1 and black 0: what is dim or deep in its numbers is stretched."""
    light = picture.astype(np.float32)
    return light / max(float(light.max()), 1e-6)


@dataclass(frozen=True, eq=False)
class _Area:
    """A part of a picture at a size to work at, from ``left`` and ``top`` of the whole, ``step`` of its pixels each.

    ``contrast`` (h, w) of ink; ``inside`` (h, w), the part of it that counts; the ``sheet`` that this is, if any.
    """

    contrast: Greys
    inside: Mask
    left: int
    top: int
    step: int
    sheet: Sheet | None = None

    @property
    def size(self) -> int:
        """Its area, in pixels of the whole picture."""
        return self.inside.size * self.step**2

    def box(self, candidate: Candidate) -> tuple[int, int, int, int]:
        """Return the top, left, bottom and right of a candidate in pixels of the whole picture."""
        top, left, bottom, right = (int(side) * self.step for side in candidate.box)
        return self.top + top, self.left + left, self.top + bottom, self.left + right


def _found(light: NDArray[np.float32]) -> Greys:
    """Return the ink of the one digit in a picture (h, w) or (h, w, 3)."""
    whole = _area(light)
    side = max(light.shape[:2])
    plain = one_channel(block_mean(light, _step(side, _COARSE)))
    areas = [whole] + [_area_of_sheet(light, sheet) for sheet in find_sheets(plain)]
    found = [each for area in areas for each in _candidates(area)]
    if not found:
        over = candidates(whole.contrast, whole.inside, border=True, smallest=_OVER)
        found = [(candidate, whole) for candidate in over if candidate.runs_over]
    if not found:
        if float(whole.contrast.max()) < FAINTEST:
            raise PictureError("The picture is blank.")
        raise PictureError("There is nothing in the picture that could be a digit.")
    found = [each for each in found if not any(_is_sheet(each, area) for area in areas)]
    if not found:
        raise PictureError("There is nothing in the picture that could be a digit.")
    free = [each for each in found if not any(_better_on(other, each) for other in found)]
    candidate, area = max(free or found, key=lambda each: each[0].score * each[1].step * (1.1 if each[1].sheet else 1))
    if candidate.others:
        raise PictureError(
            f"There are several digits in the picture: {candidate.others + 1} were found. Cut out one of them."
        )
    return _closer(light, candidate, area)


def _better_on(other: tuple[Candidate, _Area], each: tuple[Candidate, _Area]) -> bool:
    """Whether ``other`` was found on a sheet, and ``each`` is its outline, or a thing beside it, or on it as well."""
    (inner, sheet), (outer, area) = other, each
    if sheet.sheet is None or sheet.size >= area.size:
        return False
    height, width = sheet.inside.shape
    whole = sheet.top, sheet.left, sheet.top + sheet.step * height, sheet.left + sheet.step * width
    outline = area.box(outer)
    if _holds(whole, outline, 0):
        return True  # a closer look
    size = outer.longer * area.step
    if inner.spot or inner.longer * sheet.step < _LEAST_ON_SHEET * size:
        return False  # the sheet is an icon, or the digit itself, and this is its hole
    if _holds(outline, whole, 2 * area.step + 0.03 * size):
        return bool(inner.longer * sheet.step > 0.5 * size or sheet.sheet.rectangular > 0.92)
    return bool(max(height, width) * sheet.step > 0.6 * size)


def _is_sheet(each: tuple[Candidate, _Area], sheet: _Area) -> bool:
    """Whether a candidate is a sheet itself: it has its place, and what lies within is as dark."""
    candidate, area = each
    height, width = sheet.inside.shape
    if sheet.sheet is None or area.sheet or 2 * min(height, width) < max(height, width):  # a 1 fills its place, too
        return False
    whole = sheet.top, sheet.left, sheet.top + sheet.step * height, sheet.left + sheet.step * width
    outline = area.box(candidate)
    room = 0.15 * candidate.longer * area.step
    if not (_holds(outline, whole, room) and _holds(whole, outline, room)):
        return False
    top, left, bottom, right = (side // area.step for side in whole)
    within = area.contrast[max(top, 0) : bottom, max(left, 0) : right]
    return within.size > 0 and float(np.median(within)) > 0.5 * candidate.level


def _holds(outer: _Box, inner: _Box, room: float) -> bool:
    return all(a - room <= b for a, b in zip(outer[:2], inner[:2], strict=True)) and all(
        a + room >= b for a, b in zip(outer[2:], inner[2:], strict=True)
    )


def _step(side: int, most: int) -> int:
    return -(-side // most)


def _area(light: NDArray[np.float32], left: int = 0, top: int = 0) -> _Area:
    step = _step(max(light.shape[:2]), _WORKING)
    while True:
        greys = contrast(one_channel(block_mean(light, step)))
        inside = np.ones(greys.shape, dtype=bool)
        if max(greys.shape) < 2 * _NOISY_SIDE or noise(greys, inside) < _NOISY * float(greys.max()):
            return _Area(greys, inside, left, top, step)
        step *= 2  # the means of more pixels have less noise


def _area_of_sheet(light: NDArray[np.float32], sheet: Sheet) -> _Area:
    side = max(light.shape[:2])
    left, top, right, bottom = (int(side * edge) for edge in sheet.box)
    part = light[max(top, 0) : bottom + 1, max(left, 0) : right + 1]
    step = _step(max(part.shape[:2]), _WORKING)
    small = block_mean(part, step)
    inside = sheet.inside(small.shape[:2], (left / side, top / side), side / step)
    if not inside.any():
        return _Area(np.zeros(inside.shape, dtype=np.float32), inside, left, top, step, sheet)
    small[~inside] = np.median(small[inside], axis=0)
    greys = np.where(inside, contrast(one_channel(small)), 0).astype(np.float32)
    return _Area(greys, inside, left, top, step, sheet)


def _candidates(area: _Area) -> list[tuple[Candidate, _Area]]:
    """Return what could be a digit in an area, and the area as it was found in, rulings taken away."""
    least = max(noise(area.contrast, area.inside), FAINTEST)
    clean = replace(area, contrast=without_rulings(area.contrast, area.inside, least))
    found = candidates(clean.contrast, clean.inside)
    ruled = clean.contrast is not area.contrast
    if ruled:
        gone = area.contrast - clean.contrast > least
        rulings = float(np.percentile(area.contrast[gone], 75)) if gone.any() else 0.0
        large = _ON_RULINGS * max(area.inside.shape)
        found = [each for each in found if each.longer >= large or each.strength > 1.7 * rulings]
        if not found:  # a line of a digit that fills the area runs across it, too
            clean = area
            found = [
                each for each in candidates(area.contrast, area.inside) if each.longer > _OVER * max(area.inside.shape)
            ]
    if not found and area.sheet and area.sheet.drawn and not ruled:  # a digit on the line of its box
        over = candidates(area.contrast, area.inside, border=True, smallest=_OVER_LINE)
        found = [candidate for candidate in over if candidate.runs_over]
    return [(candidate, clean) for candidate in found]


def _closer(light: NDArray[np.float32], candidate: Candidate, area: _Area) -> Greys:
    """Return the ink of a candidate, from a closer look if there are more pixels to be had."""
    if candidate.longer < _SHARP and area.step > 1:
        top, left, bottom, right = area.box(candidate)
        room = int(0.4 * max(bottom - top, right - left)) + 2 * area.step
        y, x = max(top - room, 0), max(left - room, 0)
        close = _area(light[y : bottom + room, x : right + room], x, y)
        for other, clean in _candidates(close):
            if other.longer * close.step > 0.8 * candidate.longer * area.step:
                return _greys(other, clean.contrast)
    return _greys(candidate, area.contrast)


def _greys(candidate: Candidate, contrast: Greys) -> Greys:
    """Return the greys of a candidate with the half-covered pixels around it."""
    near = widened(candidate.mask, 2)
    paper = contrast[~near]
    dark = float(np.percentile(contrast[candidate.mask], 75))
    least = min(float(np.percentile(paper, 90)) if paper.size else 0.0, 0.5 * candidate.level)
    return crop(np.where(near, np.clip((contrast - least) / max(dark - least, 0.01), 0, 1), 0).astype(np.float32))


def _tiny(light: NDArray[np.float32]) -> Greys:
    """Return the ink of a picture so small that there is nothing but a digit in it."""
    greys = contrast(one_channel(light))
    found = candidates(greys, np.ones(greys.shape, dtype=bool))
    return _greys(found[0], greys) if found else _enlarged_ink(light)


def _enlarged_ink(light: NDArray[np.float32]) -> Greys:
    """Return the ink of a picture that a digit fills, so that there may be no paper around it.

    A line is hardly wider than a pixel, and between two pixels as wide as one.
    """
    plain = one_channel(light)
    if float(np.ptp(plain)) < FAINTEST:
        raise PictureError("The picture is blank.")
    dark = plain if leaning(plain) > 0 else 1 - plain
    paper, ink = np.percentile(dark, (20, 98))  # a fifth at least is paper, and some pixels are all ink
    greys = (_enlarged(dark, _step(_ENLARGED, max(plain.shape))) - paper) / max(float(ink - paper), 0.01)
    return crop(np.clip(_GAIN * (greys - _HAZE), 0, 1).astype(np.float32))


def _enlarged(light: Greys, k: int) -> Greys:
    """Return ``light`` (h, w) with ``k`` times as many pixels a side, between them the cubic of Catmull and Rom."""
    for _ in range(2):
        at = (np.arange(len(light) * k) + 0.5) / k - 0.5
        first = np.floor(at).astype(int)
        t = (at - first).astype(np.float32)[:, None]
        a, b, c, d = (light[np.clip(first + i, 0, len(light) - 1)] for i in (-1, 0, 1, 2))
        light = (b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))).T
    return light


def _at_one_width(greys: Greys) -> Greys:
    """Return the greys, drawn anew if their lines are far thinner or thicker than the network knows."""
    mask = greys > 0.5
    step = max(mask.shape) / _THINNED
    small = area_mean(mask.astype(np.float32), step) > 0.5
    middle = thin(small)
    line = float(small.sum()) / max(float(middle.sum()), 1) / max(small.shape)
    if line < _FIT[0]:  # too thin to be followed as it is
        small = area_mean(widened(greys > 0.25, int(step)).astype(np.float32), step) > 0.5
        middle = thin(small)
    if not middle.any():
        return greys
    if len(find_pieces(small)) >= _SEGMENTS:  # the gaps between the parts of a display's digit are not the digit's
        joined = closed(np.pad(small, _GAP).astype(np.float32), _GAP) > 0.5
        middle = thin(joined)
        loops = len(find_pieces(~np.pad(middle, 1), corners=False)) > 1
        return crop(pen.render(_rounded(_paths(middle)) if loops else _paths(middle)))
    return greys if _FIT[0] <= line <= _FIT[1] else crop(pen.render(_paths(middle)))


def _rounded(paths: list[pen.Path]) -> list[pen.Path]:
    """Return the paths with each point moved to the middle of all that are near it."""
    points = np.concatenate(paths)
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    near = (distances <= _ROUND).astype(np.float64)
    moved = near @ points / near.sum(axis=1, keepdims=True)
    return np.split(moved, np.cumsum([len(path) for path in paths])[:-1])


def _paths(middle: Mask) -> list[pen.Path]:
    """Return a pen's path for each two neighbouring pixels of thinned lines, and for each pixel alone."""
    padded = np.pad(middle, 1)
    height, width = middle.shape
    paths: list[pen.Path] = []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        neighbour = padded[1 + down : 1 + down + height, 1 + right : 1 + right + width]
        for y, x in np.argwhere(middle & neighbour):
            paths.append(np.array([[x, y], [x + right, y + down]], dtype=float))
    lonely = middle & (sum(padded[i : i + height, j : j + width].astype(int) for i in range(3) for j in range(3)) == 1)
    return paths + [np.array([[x, y]], dtype=float) for y, x in np.argwhere(lonely)]
