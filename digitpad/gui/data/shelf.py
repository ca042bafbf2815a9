"""Data sets as they are looked at: page by page, by label."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.gui.services.drawings import Drawings
from digitpad.gui.words import a_digit

if TYPE_CHECKING:
    from digitpad.data.store import Sample

_FOR_MEANS = 5000  # of the person's own drawings, the newest


@dataclass(frozen=True)
class Page:
    """Some images, ``images`` (m, 784), with the words below each and those for who hears them.

    ``things`` are what the images are of: places in the data set, or the person's drawings.
    """

    images: NDArray[np.uint8]
    below: list[str]
    spoken: list[str]
    things: "list[int] | list[Sample]"


Failed = Callable[[str], object]


class Shelf(Protocol):
    """Something to be looked at."""

    def counts(self) -> list[int]:
        """Return how many images there are of each digit."""
        ...

    def page(self, label: int | None, first: int, n: int, then: Callable[[Page], object], otherwise: Failed) -> None:
        """Find ``n`` images of one label or of all, from the ``first`` on, for ``then``.

        ``otherwise`` is given one sentence when they cannot be read.
        """
        ...


class SetShelf:
    """One part of a data set. Making it takes a moment: it goes through all images once."""

    def __init__(self, digits: Dataset) -> None:
        """Sort the images by label and find their means."""
        self._digits = digits
        self._by_label = [np.flatnonzero(digits.labels == label) for label in range(10)]
        self.means = means(digits)

    def counts(self) -> list[int]:
        """Return how many images there are of each digit."""
        return [len(places) for places in self._by_label]

    def page(self, label: int | None, first: int, n: int, then: Callable[[Page], object], otherwise: Failed) -> None:
        """Find a page, at once."""
        places = np.arange(len(self._digits)) if label is None else self._by_label[label]
        chosen = places[first : first + n]
        things = chosen.tolist()
        below = [f"#{i}" if label is not None else f"{self._digits.labels[i]}  #{i}" for i in things]
        spoken = [f"image {i}, {a_digit(self._digits.labels[i])}" for i in things]
        then(Page(self._digits.images[chosen], below, spoken, things))


class OwnShelf:
    """The person's own drawings, newest first."""

    def __init__(self, drawings: Drawings) -> None:
        """Look at ``drawings``."""
        self._drawings = drawings

    def counts(self) -> list[int]:
        """Return how many drawings there are of each digit."""
        return self._drawings.counts

    def page(self, label: int | None, first: int, n: int, then: Callable[[Page], object], otherwise: Failed) -> None:
        """Find a page, in a moment."""
        self._drawings.page(label, first, n, lambda samples: then(_own_page(samples)), otherwise)


def means(digits: Dataset) -> NDArray[np.uint8]:
    """Return the mean image of each digit, (10, 784), blank where there is none of it."""
    result = np.zeros((10, 784), dtype=np.uint8)
    for label in range(10):
        images = digits.images[digits.labels == label]
        if len(images):
            result[label] = np.round(images.mean(axis=0, dtype=np.float32))
    return result


def own_means(drawings: Drawings) -> NDArray[np.uint8]:
    """Return the mean images of the newest of the person's drawings."""
    return means(drawings.samples.dataset(_FOR_MEANS))


def _own_page(samples: "list[Sample]") -> Page:
    images = np.stack([sample.image for sample in samples]) if samples else np.empty((0, 784), dtype=np.uint8)
    below, spoken = [], []
    for sample in samples:
        misread = sample.prediction is not None and sample.prediction != sample.label
        below.append(f"{sample.label} as {sample.prediction}" if misread else str(sample.label))
        read = f", read as {sample.prediction}" if misread else ""
        spoken.append(f"{a_digit(sample.label)}, drawn {sample.created_at[:10]}{read}")
    return Page(images, below, spoken, samples)
