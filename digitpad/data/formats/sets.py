"""From what the files in one place hold to a set of digits: what belongs together, and what it is for."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import prod

from digitpad.data.dataset import Dataset
from digitpad.data.formats.arrays import Array, Labelled, dataset_of
from digitpad.data.formats.names import Part, Role
from digitpad.data.formats.unpacking import LARGEST
from digitpad.draw.preprocess import SIDE
from digitpad.errors import SENTENCE, DataError, one_line

Parts = dict[Part | None, Dataset]  # None: for whatever there is no other part for

# What several pairs of images and labels are for that do not say it.
_IN_ORDER = {2: (Part.TRAINING, Part.TEST), 3: (Part.TRAINING, Part.VALIDATION, Part.TEST)}


@dataclass
class Found:
    """What was found of one set: arrays, files of images with their labels, and what cannot be read."""

    name: str
    arrays: list[Array] = field(default_factory=list)
    labelled: list[Labelled] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)  # as sentences: errors would hold what they were raised in

    def add(self, contents: Sequence[Array | Labelled]) -> None:
        """Add what is in a file."""
        self.labelled += [each for each in contents if isinstance(each, Labelled)]
        self.arrays += [each for each in contents if isinstance(each, Array)]

    @property
    def all(self) -> list[Array | Labelled]:
        """All that was added."""
        return [*self.arrays, *self.labelled]

    @property
    def is_usable(self) -> bool:
        """Whether there are images with labels."""
        return bool(self.labelled or any(images and labels for _, images, labels in self._pairs()))

    def explained(self) -> list[str]:
        """Return why it is not usable; nothing where it holds nothing."""
        return self.troubles or [_missing(images, labels) for _, images, labels in self._pairs()]

    def read(self) -> tuple[Parts, list[str]]:
        """Return the digits of each part, and sentences on what was passed over.

        Raises DataError for what is damaged, is no set of digits, or takes too much memory.
        """
        if self.troubles:
            raise DataError(self.troubles[0])
        left, passed_over = LARGEST, []
        parts: dict[Part | None, list[tuple[str, Dataset]]] = defaultdict(list)
        for labelled in self.labelled:
            for part, pictures, digits in labelled.load(left):
                left -= pictures.nbytes + digits.nbytes
                where = (
                    f"{labelled.where}, the {part.value} part" if part and not labelled.name.part else labelled.where
                )
                parts[part].append((labelled.where, dataset_of(pictures, digits, where, where)))
        for part, images, labels in self._pairs():
            if images is None or labels is None:
                if images is None or part is Part.TRAINING or not self.labelled:
                    raise DataError(_missing(images, labels))
                passed_over.append(one_line(f"{images.where}: passed over, since it has no labels.", SENTENCE))
                continue
            pictures = images.load(left)
            digits = labels.load(left - pictures.nbytes)
            left -= pictures.nbytes + digits.nbytes
            parts[part].append((images.where, dataset_of(pictures, digits, images.where, labels.where)))
        for part, found in parts.items():
            if len(found) > 1:
                what = f"several {part.value} parts" if part else "several sets"
                raise DataError(f"{what}: {' and '.join(where for where, _ in found)}; open one of them by itself.")
        return {part: found[0][1] for part, found in parts.items()}, passed_over

    def _pairs(self) -> Iterator[tuple[Part | None, Array | None, Array | None]]:
        """Yield images and labels that belong together, by part; None where one of the two is missing."""
        for part in (*Part, None):
            arrays = [array for array in self.arrays if array.name.part is part]
            images = [array for array in arrays if _role(array) is Role.IMAGES]
            labels = [array for array in arrays if _role(array) is Role.LABELS]
            named = [array for array in labels if array.name.role]
            labels = named or (labels if images else [])  # a list of a name that says nothing may be of anything
            if len(images) == len(labels) == 1:
                yield part, images[0], labels[0]  # whether they fit is told by whoever reads them
                continue
            pairs: list[tuple[Array, Array | None]] = []
            waiting: dict[tuple[int, ...], deque[Array]] = defaultdict(deque)  # by their number: there may be very many
            for array in labels:
                waiting[array.shape[:1]].append(array)
            for array in images:
                fitting = waiting[array.shape[:1]]
                pairs.append((array, fitting.popleft() if fitting else None))
            order = _IN_ORDER.get(len(pairs)) if part is None else None
            yield from ((order[i] if order else part, *pair) for i, pair in enumerate(pairs))
            yield from ((part, None, array) for array in labels if not pairs)


def _missing(images: Array | None, labels: Array | None) -> str:
    there = images or labels
    assert there is not None
    return f"{there.where}: the {'labels' if images else 'images'} that belong to it are missing."


def _role(array: Array) -> Role | None:
    """Return what the array holds, by its name, or else by its shape."""
    if array.name.role:
        return array.name.role
    if len(array.shape) > 1 and prod(array.shape[1:]) == SIDE * SIDE:
        return Role.IMAGES
    if len(array.shape) == 1 or (len(array.shape) == 2 and array.shape[1] in (1, 10)):
        return Role.LABELS
    return None
