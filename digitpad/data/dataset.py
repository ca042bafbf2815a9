"""Images of digits with their labels."""

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Kind(Enum):
    """What a data set is, whatever it is called; the value is what the two that everybody meets are called."""

    BUILT_IN = "Built-in digits"
    MNIST = "MNIST"
    OTHER = "another set"


@dataclass(frozen=True, eq=False)
class Dataset:
    """``images`` (n, 784) uint8, 0 = paper and 255 = ink; ``labels`` (n,) uint8 from 0 to 9.

    Bytes, as MNIST has them, take a quarter of the memory of floats; the network turns them into greys in [0, 1] a
    few at a time.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def targets(self) -> NDArray[np.float32]:
        """The labels one-hot: (n, 10), a 1 at each label and 0 elsewhere."""
        return np.eye(10, dtype=np.float32)[self.labels]

    def __getitem__(self, chosen: slice | NDArray[np.integer]) -> "Dataset":
        return Dataset(self.images[chosen], self.labels[chosen])

    def __add__(self, other: "Dataset") -> "Dataset":
        return Dataset(np.concatenate([self.images, other.images]), np.concatenate([self.labels, other.labels]))


@dataclass(frozen=True)
class Digits:
    """A data set: images to learn from, and others for a test.

    ``name`` is for the screen, and may be that of a folder; ``kind`` says what the set is. ``notes`` are sentences for
    the person on what is other than in the files, such as images that were turned. ``splits`` are those that runs made
    of it, so that what tells them from others is worked out once.
    """

    name: str
    training: Dataset
    test: Dataset
    kind: Kind = Kind.OTHER
    notes: tuple[str, ...] = ()
    splits: dict[tuple[int, bool], "Split"] = field(default_factory=dict, init=False, repr=False, compare=False)


class Material(NamedTuple):
    """What tells the digits of a run from others: how many ``images`` it learns from, and a ``fingerprint``.

    ``own`` of the images are a person's own drawings. The fingerprint is the same for the same images and labels, to
    learn from and to be measured on, in the same order alone.
    """

    images: int
    own: int
    fingerprint: str


@dataclass(frozen=True)
class Split:
    """What a run learns from, and the ``held_out`` images it is measured on; ``name`` says where they are from.

    The last ``own`` to learn from are a person's own drawings.
    """

    name: str
    training: Dataset
    held_out: Dataset
    own: int = 0

    @cached_property
    def material(self) -> Material:
        """What tells them from others; of MNIST it takes some 50 ms."""
        digest = blake2b(digest_size=8)
        for digits in (self.training, self.held_out):
            digest.update(len(digits).to_bytes(8, "little"))
            for array in (digits.images, digits.labels):
                digest.update(np.ascontiguousarray(array).data)
        return Material(len(self.training), self.own, digest.hexdigest())
