"""The mini-batches of an epoch: shuffled, loaded a block at a time, and cut into chunks where they are large."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from digitpad.nn.neurons import Floats

Augment = Callable[[Floats, np.random.Generator], Floats]

_LOADED, _AUGMENTED = 200, 100  # images to load at once; fewer where each takes time, so that stopping need not wait


class Chunk(NamedTuple):
    """A mini-batch, or a part of a large one: images ``first`` up to, not including, ``last`` of the epoch.

    It belongs to the mini-batch with the number ``mini_batch``, counted from 1, which has ``size`` images; ``begins``
    and ``completes`` say whether it is the first and the last chunk of it.
    """

    first: int
    last: int
    mini_batch: int
    size: int
    begins: bool
    completes: bool


class Batches:
    """Serves n images and targets in mini-batches of ``mini_batch_size``; the last is smaller where that leaves a rest.

    Images are gathered and converted in blocks, which is what costs time, and not one mini-batch at a time.
    """

    def __init__(
        self,
        images: NDArray[Any],
        targets: Floats,
        mini_batch_size: int,
        chunk: int,
        dtype: np.dtype[np.floating],
        augment: Augment | None,
    ) -> None:
        """Serve ``images`` (n, n_in), greys in [0, 1] or uint8, and ``targets`` (n, n_out) as ``dtype``.

        No more than ``chunk`` images are served at a time. ``augment`` is given some images and the generator and
        returns others of the same shape to learn from.
        """
        n, size = len(images), mini_batch_size
        chunk = min(size, chunk)
        self.count = -(-n // size)
        self.chunks = [
            Chunk(
                first, min(first + chunk, stop), start // size + 1, stop - start, first == start, first + chunk >= stop
            )
            for start, stop in ((start, min(start + size, n)) for start in range(0, n, size))
            for first in range(start, stop, chunk)
        ]
        self._block = block_of(n, size, chunk, augmented=augment is not None)
        self._images, self._targets, self._augment = images, targets, augment
        self._raw = np.empty((self._block, images.shape[1]), dtype=images.dtype)
        self._x: Floats = np.empty((self._block, images.shape[1]), dtype=dtype)
        self._y: Floats = np.empty((self._block, targets.shape[1]), dtype=dtype)
        self._unit = np.array(1 / 255, dtype=dtype) if images.dtype == np.uint8 else None

    def epoch(self, generator: np.random.Generator) -> Iterator[tuple[Chunk, Floats, Floats]]:
        """Yield each chunk with its images (m, n_in) and targets (m, n_out), all of them in an order drawn anew.

        The arrays are overwritten by and by: they hold until the next chunk is asked for.
        """
        n = len(self._images)
        order = generator.permutation(n)
        loaded_from = loaded_to = 0
        for chunk in self.chunks:
            if chunk.last > loaded_to:
                loaded_from, loaded_to = chunk.first, min(chunk.first + self._block, n)
                self._load(order[loaded_from:loaded_to], generator)
            here = slice(chunk.first - loaded_from, chunk.last - loaded_from)
            yield chunk, self._x[here], self._y[here]

    def _load(self, chosen: NDArray[np.integer], generator: np.random.Generator) -> None:
        m = len(chosen)
        # "clip" does not clip anything here; with "raise" NumPy would gather into a buffer of its own first.
        np.take(self._images, chosen, axis=0, out=self._raw[:m], mode="clip")
        x = self._x[:m]
        x[:] = self._raw[:m]
        if self._unit is not None:
            np.multiply(x, self._unit, x)
        if self._augment:
            x[:] = self._augment(x, generator)
        self._y[:m] = self._targets[chosen]


def block_of(n: int, mini_batch_size: int, chunk: int, *, augmented: bool) -> int:
    """Return how many of ``n`` images are loaded at once, and where that is asked for augmented together."""
    if mini_batch_size > chunk:
        return min(chunk, n)
    return min(mini_batch_size * max(1, (_AUGMENTED if augmented else _LOADED) // mini_batch_size), n)


def greys(images: ArrayLike, dtype: DTypeLike) -> Floats:
    """Return ``images`` in ``dtype``; where they are uint8, as fractions of 255."""
    images = np.asarray(images)
    values = images.astype(dtype, copy=False)
    if images.dtype == np.uint8:
        values *= values.dtype.type(1 / 255)
    return values
