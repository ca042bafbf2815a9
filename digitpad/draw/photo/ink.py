"""A picture of a digit, drawn or photographed, becomes ink.

What counts as ink is what differs from the paper around it, in pieces that could be a digit: not the table beside the
sheet, not a shadow's edge, not a ruling, not a speck.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from digitpad.draw.drawing import IsNumber, Picture
from digitpad.draw.photo.areas import block_mean, widened
from digitpad.draw.photo.choosing import FAINTEST, Candidate, candidates
from digitpad.draw.photo.contrast import contrast, noise, one_channel
from digitpad.draw.photo.lines import at_one_width, row_at_one_width
from digitpad.draw.photo.otherwise import otherwise
from digitpad.draw.photo.pieces import line_width
from digitpad.draw.photo.row import row_of
from digitpad.draw.photo.rulings import without_rulings
from digitpad.draw.photo.sheets import Sheet, find_sheets
from digitpad.draw.photo.tiny import SMOOTHED, TINY, tiny_ink
from digitpad.draw.preprocess import Greys
from digitpad.draw.thinning import Mask
from digitpad.errors import BlankPictureError, PictureError

_WORKING = 560  # pixels: a larger longer side is averaged down until it is shorter
_NOISY = 0.5  # of the strongest contrast there is: where more of it may be noise, pixels are averaged
_NOISY_SIDE = 120  # pixels: the longer side that is left to the picture at least
_COARSE = 280  # pixels: the same where sheets are looked for
_BESIDE = 0.4  # of what is left of a ruling at least lies beside what was taken
_SHARP = 90  # pixels: a digit smaller than this is looked at again where there are more pixels
_LEAST_ON_SHEET = 0.2  # of the size of what is beside the sheet: a digit on it
_OVER, _OVER_LINE = 0.6, 0.3  # the same of what runs over the picture's edge, and of what touches the line of a box
_THICK = 0.35  # of its place: what a digit of such thick lines covers that its holes could be taken for one
_COVERED, _BLANK = 0.7, 0.9  # of a sheet that looks like ink: paper rather than lines, with something on it and without
_RULED = 5  # so many lines at least run one way across ruled paper; across boxes, tables and their parts run fewer
_ON_RULINGS = 0.1  # of the area's longer side: what is smaller is left of the rulings

_MOST_ROWS = 3  # that are tried where there is no digit

_Box = tuple[int, int, int, int]


def read_picture(picture: NDArray[np.generic], is_number: IsNumber | None = None) -> Picture:
    """Return the ink of a digit in a picture, cropped to the digit, and how else it might be read.

    The picture (h, w) or, in red, green and blue, (h, w, 3) is of whole numbers or of floats in [0, 1], 0 = black.
    Lines far thinner or thicker than those of MNIST are drawn anew at its width. Raises PictureError, one sentence
    without a file's name, when there is nothing that could be a digit, or when there are several; a
    BlankPictureError, when there is nothing at all. Where there are several in a row, and that ``is_number``, it is the
    ink of all of them.
    """
    side = max(picture.shape[:2])
    if min(picture.shape[:2]) < 3 * _step(side, _COARSE):  # of a narrow one nothing would be left there
        raise PictureError("The picture is too small to hold a digit.")
    light = _unit(picture)
    if side <= TINY:
        found = tiny_ink(light)
    else:
        whole = _area(light)
        likeliest = _likeliest(light, whole)
        number = next(filter(is_number, _rows(whole, likeliest)), None) if is_number else None
        if number:
            return number
        if isinstance(likeliest, PictureError):
            raise copy(likeliest)  # itself, it would hold what holds it: this call, and with it the picture
        found = _one_digit(light, *likeliest)
    greys = found if side < SMOOTHED else at_one_width(found)
    return Picture.fitted(greys, otherwise(found))


def _unit(picture: NDArray[np.generic]) -> NDArray[np.float32]:
    """Return the picture with the lightest value 1 and black 0: what is dim or deep in its numbers is stretched."""
    light = picture.astype(np.float32)
    return light / max(float(light.max()), 1e-6)


@dataclass(frozen=True, eq=False)
class _Area:
    """A part of a picture at a size to work at, from ``left`` and ``top`` of the whole, ``step`` of its pixels each.

    ``contrast`` (h, w) of ink; ``inside`` (h, w), the part of it that counts; the ``sheet`` that this is, if any. So
    many ``rulings`` that ran across it one way were taken out.
    """

    contrast: Greys
    inside: Mask
    left: int
    top: int
    step: int
    sheet: Sheet | None = None
    rulings: int = 0

    @property
    def size(self) -> int:
        """Its area, in pixels of the whole picture."""
        return self.inside.size * self.step**2

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Its top, left, bottom and right in pixels of the whole picture."""
        height, width = self.inside.shape
        return self.top, self.left, self.top + self.step * height, self.left + self.step * width

    def box(self, candidate: Candidate) -> tuple[int, int, int, int]:
        """Return the top, left, bottom and right of a candidate in pixels of the whole picture."""
        top, left, bottom, right = (int(side) * self.step for side in candidate.box)
        return self.top + top, self.left + left, self.top + bottom, self.left + right


_Found = tuple[Candidate, _Area]


def _rows(whole: _Area, likeliest: _Found | PictureError) -> Iterator[Picture]:
    """Yield the ink of what may be several digits in a row, of which the likeliest digit is one; few of them."""
    if isinstance(likeliest, PictureError):  # digits close together are too wide for one
        found = [(each, whole) for each in candidates(whole.contrast, whole.inside, several=True)]
    else:
        found = [likeliest]
    rows = ((row_of(each, area.contrast, area.inside), area) for each, area in found)
    for row, area in islice(((row, area) for row, area in rows if row), _MOST_ROWS):
        yield Picture.fitted(row_at_one_width(row.ink.greys(area.contrast), row.high))


def _one_digit(light: NDArray[np.float32], candidate: Candidate, area: _Area) -> Greys:
    """Return the ink of a candidate. Raises PictureError where there are others like it."""
    if candidate.others:
        raise PictureError(
            f"There are several digits in the picture: {candidate.others + 1} were found. Cut out one of them."
        )
    return _closer(light, candidate, area)


def _likeliest(light: NDArray[np.float32], whole: _Area) -> _Found | PictureError:
    """Return what is likeliest a digit in a picture, and the area where it was found; or why there is none."""
    side = max(light.shape[:2])
    areas, found = [whole], _candidates(whole)
    if not (found and found[0][1].rulings >= _RULED and not found[0][0].spot):  # what lies between rulings is no sheet
        plain = one_channel(block_mean(light, _step(side, _COARSE)))
        areas += [_area_of_sheet(light, sheet) for sheet in find_sheets(plain)]
        found += [each for area in areas[1:] for each in _candidates(area)]
    if not found:
        over = candidates(whole.contrast, whole.inside, border=True, smallest=_OVER)
        found = [(candidate, whole) for candidate in over if candidate.runs_over]
    if not found:
        seen = block_mean(light, whole.step)
        if float(np.ptp(seen, axis=(0, 1)).max()) < FAINTEST:
            return BlankPictureError()
        return PictureError("There is nothing in the picture that could be a digit.")
    as_sheets = [whole.box(each[0]) for each in found if any(_is_sheet(each, area, found) for area in areas)]
    found = [
        each for each in found if each[1].sheet or not any(_holds(sheet, whole.box(each[0]), 0) for sheet in as_sheets)
    ]
    if not found:
        return PictureError("There is nothing in the picture that could be a digit.")
    free = [each for each in found if not any(_better_on(other, each) for other in found)]
    return max(free or found, key=lambda each: each[0].score * each[1].step * (1.1 if each[1].sheet else 1))


def _better_on(other: tuple[Candidate, _Area], each: tuple[Candidate, _Area]) -> bool:
    """Whether ``other`` was found on a sheet, and ``each`` is its outline, or a thing beside it, or on it as well."""
    (inner, sheet), (outer, area) = other, each
    if sheet.sheet is None or sheet.size >= area.size or inner.spot:
        return False  # a spot is an icon, or the hole of a thick digit
    if area.sheet is None and _has_place(each, sheet) and _covered(each, sheet.sheet) > _THICK:
        return False  # what had a sheet's place and is none is a thick digit, whose holes these are
    whole, outline = sheet.place, area.box(outer)
    if _holds(whole, outline, 0):
        return True  # a closer look
    size = outer.longer * area.step
    if inner.longer * sheet.step < _LEAST_ON_SHEET * size:
        return False
    if _holds(outline, whole, 2 * area.step + 0.03 * size):
        return bool(inner.longer * sheet.step > 0.5 * size or sheet.sheet.rectangular > 0.92)
    return bool(max(sheet.inside.shape) * sheet.step > 0.6 * size)


def _is_sheet(each: tuple[Candidate, _Area], sheet: _Area, found: list[tuple[Candidate, _Area]]) -> bool:
    """Whether a candidate of the whole picture is a sheet: it has its place, and most that lies within is as dark.

    Where nothing was found on it, or nothing but spots, that may be a thick digit with its holes.
    """
    height, width = sheet.inside.shape
    if sheet.sheet is None or each[1].sheet or 2 * min(height, width) < max(height, width):  # a 1 fills its place, too
        return False
    if not _has_place(each, sheet):
        return False
    written = [one for one, where in found if where.sheet is sheet.sheet]
    if written and all(one.spot for one in written):
        return False
    return _covered(each, sheet.sheet) > (_COVERED if written else _BLANK)


def _covered(each: tuple[Candidate, _Area], sheet: Sheet) -> float:
    """Return the part of a sheet that is as dark as a candidate of the whole picture."""
    candidate, area = each
    within = sheet.inside(area.contrast.shape, (0.0, 0.0), max(area.contrast.shape))
    return float((area.contrast[within] > 0.5 * candidate.level).mean()) if within.any() else 0.0


def _has_place(each: tuple[Candidate, _Area], sheet: _Area) -> bool:
    """Whether a candidate lies where the sheet does, and is as large."""
    candidate, area = each
    outline, room = area.box(candidate), 0.15 * candidate.longer * area.step
    return _holds(outline, sheet.place, room) and _holds(sheet.place, outline, room)


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
    greys, rulings = without_rulings(area.contrast, area.inside, least)
    clean = replace(area, contrast=greys, rulings=rulings)
    found = candidates(clean.contrast, clean.inside)
    if rulings:
        found = _without_remnants(found, area, area.contrast - clean.contrast > least)
        if not found:  # a line of a digit that fills the area runs across it, too
            clean = area
            found = [
                each for each in candidates(area.contrast, area.inside) if each.longer > _OVER * max(area.inside.shape)
            ]
    if not found and area.sheet and area.sheet.drawn and not rulings:  # a digit on the line of its box
        over = candidates(area.contrast, area.inside, border=True, smallest=_OVER_LINE)
        found = [candidate for candidate in over if candidate.runs_over]
    return [(candidate, clean) for candidate in found]


def _without_remnants(found: list[Candidate], area: _Area, rulings: Mask) -> list[Candidate]:
    """Return the candidates that are not what is left of ``rulings`` (h, w), which were taken out of the area."""
    if not rulings.any():
        return found
    strength, thickness = float(np.percentile(area.contrast[rulings], 75)), line_width(rulings)
    large, beside = _ON_RULINGS * max(area.inside.shape), widened(rulings, 2)
    return [
        each
        for each in found
        if each.strength > 1.7 * strength
        or (
            (each.strength > 1.3 * strength or line_width(each.mask) > thickness + 1)
            and (each.longer >= large or beside[each.mask].mean() < _BESIDE)
        )
        or (each.longer >= large and not beside[each.mask].any())
    ]


def _closer(light: NDArray[np.float32], candidate: Candidate, area: _Area) -> Greys:
    """Return the ink of a candidate, from a closer look if there are more pixels to be had."""
    if candidate.longer < _SHARP and area.step > 1:
        top, left, bottom, right = area.box(candidate)
        room = int(0.4 * max(bottom - top, right - left)) + 2 * area.step
        y, x = max(top - room, 0), max(left - room, 0)
        close = _area(light[y : bottom + room, x : right + room], x, y)
        for other, clean in _candidates(close):
            if other.longer * close.step > 0.8 * candidate.longer * area.step:
                return other.greys(clean.contrast)
    return candidate.greys(area.contrast)
