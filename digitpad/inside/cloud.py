"""All digits as points, by what the last hidden layer makes of them: ``Cloud``, and the digits nearest to a drawing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import Greys
from digitpad.inside.names import Name, Places, names_on, spread
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats

ENOUGH = 10_000  # digits: more of them would lie upon each other
_MOST_NUMBERS = 8_000_000  # activations kept at once: 32 MB in float32
_MOST_NEURONS = 1000  # whose covariance is worked with: its eigenvectors take the third power of them
_ROWS = 1000  # at once, so that little is ever held in float64
_LARGEST = 1e15  # of an activation: the squares of more than ten thousand of them still are float32


@dataclass(frozen=True, eq=False)
class Projection:
    """A plane through what the last hidden layer of a ``network`` may do, on which it parts many digits most.

    ``mean`` (h,) is the point of the plane that is its origin, ``axes`` (h, 2) are of length 1.
    """

    network: Network
    mean: Places
    axes: Places

    def place(self, activations: Floats) -> Places:
        """Return where activations (h,) or (m, h) lie on the plane, (2,) or (m, 2)."""
        return np.asarray((activations - self.mean) @ self.axes)

    def turned(self, places: Places, onto: Places) -> tuple["Projection", Places]:
        """Turn or mirror the plane so that ``places`` (n, 2) on it come as near as they can to ``onto`` (n, 2).

        So digits move from one epoch to the next and do not flip: the axes of each are found anew, with any sign.
        Returns the plane and the places on it (orthogonal Procrustes).
        """
        u, _, v = np.linalg.svd(places.T @ onto)
        turn = u @ v
        return Projection(self.network, self.mean, self.axes @ turn), places @ turn


@dataclass(frozen=True, eq=False)
class Cloud:
    """Digits as a network has them: ``digits`` (n,) and where they lie on the plane of a ``projection``, ``places``.

    ``names`` are those of the labels on that plane. ``activations`` (n, h) float32 are
    those of the last hidden layer; of a network without one, of its input.
    """

    projection: Projection
    digits: Dataset
    activations: NDArray[np.float32]
    places: Places
    names: list[Name]

    def nearest(self, activations: Floats, k: int) -> tuple[NDArray[np.intp], Places]:
        """Return the ``k`` digits whose activations are closest to these (h,), the closest first, and how far they are.

        Both are (k,), or fewer where there are fewer digits: indices, and Euclidean distances.
        """
        # The nearest by |x|^2 - 2 x.a, one product for all of them; of differences so small float32 keeps little, so
        # some more than are asked for are looked at again.
        a = np.asarray(activations, dtype=np.float32)
        rough = self._squares - 2 * (self.activations @ a)
        some = np.argpartition(rough, min(4 * k, len(rough)) - 1)[: 4 * k] if len(rough) else np.empty(0, np.intp)
        some = np.sort(some)
        distances = np.linalg.norm(self.activations[some].astype(np.float64) - activations, axis=1)
        order = np.argsort(distances, kind="stable")[:k]
        return some[order], distances[order]

    def nearest_to(self, image: Greys, k: int) -> tuple[NDArray[np.intp], Places]:
        """Return the ``k`` digits that are nearest to an ``image`` (784,) for the network, in the same way."""
        return self.nearest(last_hidden(self.projection.network, image), k)

    def __post_init__(self) -> None:
        squares = np.einsum("ij,ij->i", self.activations, self.activations)
        object.__setattr__(self, "_squares", squares)

    _squares: NDArray[np.float32] = None  # type: ignore[assignment]  # (n,), made of the activations


def cloud_of(network: Network, digits: Dataset, stop: Callable[[], bool] = lambda: False) -> Cloud | None:
    """Feed some of ``digits`` forward and lay them out; None where told to stop, which is asked before each few."""
    some = evenly(digits.labels, min(ENOUGH, _MOST_NUMBERS // network.sizes[-2]))
    digits = digits[some] if len(some) < len(digits) else digits  # which is no copy
    activations = np.empty((len(digits), network.sizes[-2]), dtype=np.float32)
    for begin in range(0, len(digits), network.chunk):
        if stop():
            return None
        chunk = slice(begin, begin + network.chunk)
        activations[chunk] = last_hidden(network, digits.images[chunk])
    mean, axes = principal_axes(activations)
    projection = Projection(network, mean, axes)
    parts = [projection.place(activations[i : i + _ROWS]) for i in range(0, len(digits), _ROWS)]
    places = np.concatenate([*parts, np.empty((0, 2))])
    names = names_on(places, digits.labels, stop)
    return None if names is None else Cloud(projection, digits, activations, places, names)


def last_hidden(network: Network, images: Floats | NDArray[np.uint8]) -> Floats:
    """Return what the last hidden layer makes of images, (h,) or (m, h); finite, whatever the weights are."""
    a = np.nan_to_num(network.activations(images)[-2], nan=0.0)
    return np.asarray(np.clip(a, -_LARGEST, _LARGEST))


def evenly(labels: NDArray[np.uint8], most: int) -> NDArray[np.intp]:
    """Return the indices of at most ``most`` digits, as many of each label as there can be, from first to last.

    >>> evenly(np.array([1, 1, 1, 1, 2, 7], dtype=np.uint8), 4)
    array([0, 3, 4, 5])
    """
    if len(labels) <= most:
        return np.arange(len(labels))
    left, chosen = most, list[NDArray[np.intp]]()
    groups = sorted((np.flatnonzero(labels == label) for label in np.unique(labels)), key=len)
    for i, group in enumerate(groups):  # the rarest first: what they do not use is for the others
        count = min(len(group), left // (len(groups) - i))
        chosen.append(group[spread(len(group), count)])
        left -= count
    return np.sort(np.concatenate(chosen))


def principal_axes(x: Floats) -> tuple[Places, Places]:
    """Return the mean (h,) of the rows of ``x`` (n, h), and the two directions (h, 2) in which they differ most.

    These are eigenvectors of the covariance, in float64, the largest number in each above 0. Where there are more than
    a thousand columns, they are those of at most a thousand rows. Directions that there are not are 0.
    """
    n, h = x.shape
    if not n:
        return np.zeros(h), np.zeros((h, 2))
    mean = x.mean(axis=0, dtype=np.float64)
    axes = np.zeros((h, 2))
    if h <= _MOST_NEURONS:
        covariance = np.zeros((h, h))
        for begin in range(0, n, _ROWS):
            rows = x[begin : begin + _ROWS] - mean
            covariance += rows.T @ rows
        _, vectors = np.linalg.eigh(covariance)
        found = vectors[:, ::-1][:, :2]
    else:
        rows = x[spread(n, _MOST_NEURONS)] - mean
        _, vectors = np.linalg.eigh(rows @ rows.T)  # if v is one of these, x^T v is one of the covariance
        found = rows.T @ vectors[:, ::-1][:, :2]
        length = np.linalg.norm(found, axis=0)
        found = np.divide(found, length, out=np.zeros_like(found), where=length > 0)
    axes[:, : found.shape[1]] = found
    largest = np.abs(axes).argmax(axis=0)
    axes *= np.where(axes[largest, [0, 1]] < 0, -1.0, 1.0)
    return mean, axes
