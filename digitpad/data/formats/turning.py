"""Images the wrong way round: black on white, or lying on their side. They are noticed and turned as MNIST has them."""

from functools import cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from digitpad import paths
from digitpad.data import mnist
from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE

_BRIGHT = 160  # greys; the border of white paper is brighter, that of MNIST 0
_BORDER = np.pad(np.zeros((SIDE - 2, SIDE - 2), dtype=bool), 1, constant_values=True).reshape(SIDE * SIDE)
_LOOKED_AT = 200  # images, spread over a set: enough to tell
_PATTERNS = 50  # of the built-in digits, for each label
_FEWEST = 20  # images by which a direction is told
_SHARE = 0.5  # of them must be recognised when they are turned
_AHEAD = 2.0  # times the square root of their number, how many more than before, so that it is no chance

Pixel = TypeVar("Pixel", np.uint8, np.float32)

TRANSPOSED = 4  # rows for columns, as EMNIST was written
# A turn is quarters of a turn to the left, after rows and columns were exchanged from 4 on.
_SAID = {
    1: "lay with their tops to the right",
    2: "stood on their heads",
    3: "lay with their tops to the left",
    4: "had rows and columns exchanged",
    5: "were mirrored, top to bottom",
    6: "had rows and columns exchanged and stood on their heads",
    7: "were mirrored, left to right",
}


def as_mnist(digits: Dataset, known: int = 0, likely: int | None = None) -> tuple[Dataset, list[str], int]:
    """Return the digits in white on black and upright, what was changed, in words that follow "its images", and a turn.

    That is the one that was made. Where the images do not say clearly which they need, as so few cannot, it is the
    ``likely`` one, say that of other images of the same set, or else the one ``known`` of such sets, which nothing is
    said of.
    """
    images, said = digits.images, []
    some = images[:: max(1, len(images) // _LOOKED_AT)]
    if some[:, _BORDER].mean() > _BRIGHT and some[:, _BORDER].mean() > some[:, ~_BORDER].mean():
        images = 255 - images
        said.append("were black on white")
    turn = _turn_needed(Dataset(images, digits.labels))
    if turn is None:
        turn = known if likely is None else likely
    if turn not in (0, known):
        said.append(_SAID[turn])
    return Dataset(turned(images, turn), digits.labels), said, turn


def turned(images: NDArray[Pixel], turn: int) -> NDArray[Pixel]:
    """Return images (n, 784) turned by ``turn``."""
    if turn == 0:
        return images
    square = images.reshape(-1, SIDE, SIDE)
    square = square.transpose(0, 2, 1) if turn >= TRANSPOSED else square
    return np.rot90(square, turn % TRANSPOSED, axes=(1, 2)).reshape(len(images), SIDE * SIDE)


def _turn_needed(digits: Dataset) -> int | None:
    """Return the turn after which the labels fit the images, if that is clear."""
    chosen = np.arange(0, len(digits), max(1, len(digits) // _LOOKED_AT))
    some = digits[chosen]
    scaled = _scaled(some.images)
    right = [int((_nearest(turned(scaled, turn)) == some.labels).sum()) for turn in range(2 * TRANSPOSED)]
    best = int(np.argmax(right))
    others = max(right[:best] + right[best + 1 :])
    clear = right[best] >= _SHARE * len(some) and right[best] - others >= _AHEAD * len(some) ** 0.5
    return best if clear and len(some) >= _FEWEST else None


def _nearest(scaled: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the labels (n,) of the built-in digits that are most like the images (n, 784), scaled as they are."""
    patterns, labels = _patterns()
    return np.asarray(labels[(scaled @ patterns.T).argmax(axis=1)])


@cache
def _patterns() -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    digits = mnist.load_training(paths.DIGITS)
    chosen = np.concatenate([np.flatnonzero(digits.labels == label)[:_PATTERNS] for label in range(10)])
    return _scaled(digits.images[chosen]), digits.labels[chosen]


def _scaled(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return images without their mean and of length 1, so that products say how much alike they are."""
    greys = images.astype(np.float32)
    greys -= greys.mean(axis=1, keepdims=True)
    return np.asarray(greys / np.maximum(np.linalg.norm(greys, axis=1, keepdims=True), 1), dtype=np.float32)
