"""What the Data tab looks at, page by page and label by label: ``SetSource`` and ``OwnSource``."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.draw.drawing import Points
from digitpad.draw.preprocess import SIDE
from digitpad.errors import one_line
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.words import a_digit

if TYPE_CHECKING:
    from digitpad.data.store import Sample

_LONGEST_WRITER = 12  # letters
_FOR_MEANS = 5000  # of the person's own drawings, the newest
_FOR_MEAN = 100  # of those of a digit that is not among these


@dataclass(frozen=True, eq=False)
class Item:
    """An image on a page.

    ``number`` is its place in the data set, or that of a drawing in the person's own. ``caption`` is written below it,
    and ``spoken`` is its accessible name. ``strokes``, (n, 3) each in sides of the canvas, are those of a drawing.
    """

    number: int
    caption: str
    spoken: str
    strokes: tuple[Points, ...] = ()


@dataclass(frozen=True, eq=False)
class Page:
    """Some images, (m, 784) with 255 = ink, and what each of them is."""

    images: NDArray[np.uint8]
    items: list[Item]


EMPTY = Page(np.empty((0, SIDE * SIDE), dtype=np.uint8), [])
NO_MEANS = np.zeros((10, SIDE * SIDE), dtype=np.uint8)


class Source(Protocol):
    """Images to be looked at. ``counts`` is quick; ``page`` and ``means`` take moments, and are for any thread."""

    def counts(self) -> list[int]:
        """Return how many images there are of each digit."""
        ...

    def page(self, label: int | None, first: int, n: int) -> Page:
        """Return ``n`` images of one label or of all, from the ``first`` on. Raises DigitpadError."""
        ...

    def means(self) -> NDArray[np.uint8]:
        """Return the mean image of each digit, (10, 784), blank where there is none of it. Raises DigitpadError."""
        ...


class SetSource:
    """One part of a data set."""

    def __init__(self, digits: Dataset) -> None:
        """Sort the images by label."""
        self._digits = digits
        self._by_label = [np.flatnonzero(digits.labels == label) for label in range(10)]

    def counts(self) -> list[int]:
        """Return how many images there are of each digit."""
        return [len(places) for places in self._by_label]

    def page(self, label: int | None, first: int, n: int) -> Page:
        """Return a page, in the order of the set."""
        places = np.arange(len(self._digits)) if label is None else self._by_label[label]
        chosen = places[first : first + n]
        return Page(self._digits.images[chosen], [self._item(int(i), with_label=label is None) for i in chosen])

    def means(self) -> NDArray[np.uint8]:
        """Return the mean image of each digit."""
        return _means(self._digits)

    def _item(self, i: int, *, with_label: bool) -> Item:
        label = self._digits.labels[i]
        return Item(i, f"{label}  #{i}" if with_label else f"#{i}", f"image {i}, {a_digit(label)}")


class OwnSource:
    """The person's own drawings, newest first."""

    def __init__(self, drawings: Drawings) -> None:
        """Look at ``drawings``."""
        self._drawings = drawings

    def counts(self) -> list[int]:
        """Return how many drawings there are of each digit."""
        return self._drawings.counts

    def page(self, label: int | None, first: int, n: int) -> Page:
        """Return a page. Raises StoreError when the drawings cannot be read."""
        samples = self._drawings.samples.page(label, first, n)
        images = np.stack([sample.image for sample in samples]) if samples else EMPTY.images
        return Page(images, [_drawing(sample) for sample in samples])

    def means(self) -> NDArray[np.uint8]:
        """Return the mean images of the newest drawings. Raises StoreError when they cannot be read."""
        result = _means(self._drawings.samples.dataset(_FOR_MEANS))
        for label in np.flatnonzero(~result.any(axis=1)).tolist():  # there may be older ones
            images = self.page(label, 0, _FOR_MEAN).images
            if len(images):
                result[label] = _mean(images)
        return result


def _means(digits: Dataset) -> NDArray[np.uint8]:
    result = NO_MEANS.copy()
    for label in range(10):
        images = digits.images[digits.labels == label]
        if len(images):
            result[label] = _mean(images)
    return result


def _mean(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    mean: NDArray[np.uint8] = np.round(images.mean(axis=0, dtype=np.float32)).astype(np.uint8)
    return mean


def _drawing(sample: "Sample") -> Item:
    misread = sample.prediction is not None and sample.prediction != sample.label
    caption = f"{sample.label} as {sample.prediction}" if misread else str(sample.label)
    seat = one_line(sample.writer.partition(",")[0], _LONGEST_WRITER)
    caption = f"{caption} · {seat}" if seat else caption
    read = f", read as {sample.prediction}" if misread else ""
    spoken = f"{a_digit(sample.label)}, drawn {sample.created_at[:10]}{read}" + (f", by {seat}" if seat else "")
    return Item(sample.id, caption, spoken, sample.strokes)
