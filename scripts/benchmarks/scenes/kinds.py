"""All kinds of pictures that are measured, and how to make some of each: ``KINDS`` and ``scenes``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from zlib import crc32

import numpy as np

from benchmarks.scenes import digits, notes, pages, pixels, ruled
from benchmarks.scenes.canvas import Scene
from benchmarks.scenes.digits import Digit
from digitpad.data.dataset import Dataset

Generator = np.random.Generator
Make = Callable[[Digit, Generator], Scene]


@dataclass(frozen=True)
class Kind:
    """A kind of picture: how to ``make`` one, and whether it ``is_digit``, one and no more.

    ``drawn``: all its digits are, as it chooses the pen. ``most`` are made of it, where one takes long.
    """

    make: Make
    is_digit: bool = True
    drawn: bool = False
    most: int = 10_000


def _several(digit: Digit, generator: Generator) -> Scene:
    others = [digits.drawn(int(label), generator) for label in generator.integers(0, 10, 3)]
    return pages.several(digit, generator, others)


def _several_on_sheet(digit: Digit, generator: Generator) -> Scene:
    return notes.several(digit, digits.drawn(int(generator.integers(10)), generator), generator)


KINDS: dict[str, Kind] = {
    **{name: Kind(make) for family in (notes, pages, ruled, pixels) for name, make in family.KINDS.items()},
    "pen of 1 to 4 pixels in 1500": Kind(pages.thin, drawn=True),
    "8300x8300": Kind(pixels.huge, drawn=True, most=10),
    "no digit: several digits": Kind(_several, is_digit=False, drawn=True),
    "no digit: several digits on a sheet": Kind(_several_on_sheet, is_digit=False, drawn=True),
    "no digit: blank page": Kind(pages.blank, is_digit=False),
    "no digit: blank sheet, shadow": Kind(notes.blank_sheet, is_digit=False),
    "no digit: blank note on a dark desk": Kind(notes.blank_note, is_digit=False),
    "no digit: desk": Kind(notes.desk_alone, is_digit=False),
    "no digit: squared paper": Kind(ruled.blank_squares, is_digit=False),
    "no digit: texture": Kind(pixels.texture, is_digit=False),
    "no digit: JPEG cut off": Kind(partial(pixels.cut_off, photographed=True), is_digit=False),
    "no digit: PNG cut off": Kind(partial(pixels.cut_off, photographed=False), is_digit=False),
}


def scenes(name: str, n: int, scans: Dataset | None, seed: int = 0) -> Iterator[tuple[Scene, int | None]]:
    """Make ``n`` pictures of a kind, the ten digits in turn, and yield each with its digit, None if it is none.

    Half of the digits are drawn and half are of ``scans``, where there are any and the kind holds both. The same for
    the same name and ``seed``.
    """
    kind = KINDS[name]
    for i in range(min(n, kind.most)):
        generator = np.random.default_rng([crc32(name.encode()), i, seed])
        if scans and not kind.drawn and i // 10 % 2:
            digit = digits.scanned(scans, i % 10, generator)
        else:
            digit = digits.drawn(i % 10, generator)
        yield kind.make(digit, generator), digit.label if kind.is_digit else None
