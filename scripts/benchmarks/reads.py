"""What a network reads rightly and refuses, in one reading and in nine: ``of_digits``, ``of_none`` and ``refused``.

Refused is what the window says "Not sure" or "No digit" of. Right is a digit whose output is the largest, sure or not.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from nondigits import LOOK_ALIKES
from numpy.typing import NDArray

from benchmarks.rows import Row
from digitpad.data.strokes import drawing_of, read_drawings, read_strokes
from digitpad.draw.drawing import Drawing, stages_of
from digitpad.draw.nine import read_nine
from digitpad.draw.placing import placed
from digitpad.draw.reading import Verdict, verdict
from digitpad.nn.neurons import Floats
from digitpad.train.model_file import Model

_REFUSED = "refused % (not sure, or no digit)"
_AT_ONCE = 100  # drawings

Images = NDArray[np.uint8] | NDArray[np.float32]


class Outputs(NamedTuple):
    """What a network says (n, 10) when it reads so: "once" or "nine times"."""

    reading: str
    outputs: Floats


def ways(model: Model, images: Images) -> list[Outputs]:
    """Return the outputs for ``images`` (n, 784), greys or uint8, in each of the ways ``model`` reads; its own last."""
    if not model.provenance.reads_nine:
        rows = model.network.chunk
        parts = [model.network.feedforward(images[first : first + rows]) for first in range(0, len(images), rows)]
        return [Outputs("once", np.concatenate(parts))]
    nine = read_nine(model.network, images)
    return [Outputs("once", nine[:, 0]), Outputs("nine times", nine.mean(axis=1))]


def refused(outputs: Floats) -> NDArray[np.bool_]:
    """Return which (n,) of the ``outputs`` (n, 10) the window says "Not sure" or "No digit" to."""
    return np.array([verdict(one) is not Verdict.SURE for one in outputs], dtype=bool)


def of_digits(
    name: str, told: Sequence[Outputs], labels: NDArray[np.integer], writers: Sequence[str] = ()
) -> Iterator[Row]:
    """Count, for each way of reading, what is right, sure and wrong, and refused; the lowest of ``writers``, if any."""
    for reading, outputs in told:
        right, doubted = outputs.argmax(axis=1) == labels, refused(outputs)
        numbers = {"right %": 100 * float(right.mean()), "errors": int((~right).sum())}
        by_writer: dict[str, list[bool]] = defaultdict(list)
        for writer, one in zip(writers, right.tolist(), strict=bool(writers)):
            by_writer[writer].append(one)
        if by_writer:
            numbers["lowest writer, right %"] = 100 * min(float(np.mean(each)) for each in by_writer.values())
            numbers["writers"] = len(by_writer)
        numbers["sure and wrong %"] = 100 * float((~right & ~doubted).mean())
        yield Row(f"{name}, read {reading}", {**numbers, _REFUSED: 100 * float(doubted.mean()), "n": len(right)})


def of_none(name: str, told: Sequence[Outputs], left_out: int = 0) -> Iterator[Row]:
    """Count, for each way of reading, what is refused of drawings that are no digits."""
    for reading, outputs in told:
        numbers = {_REFUSED: 100 * float(refused(outputs).mean()), "n": len(outputs), "look-alikes left out": left_out}
        yield Row(f"{name}, no digits, read {reading}", numbers)


def of_strokes(model: Model, path: Path) -> Iterator[Row]:
    """Read the digits in a file of strokes, as drawings. Raises DataError."""
    digits = list(read_strokes(path))
    images = _images([drawing_of(placed(digit.strokes)) for digit in digits])
    labels = np.array([digit.label for digit in digits])
    yield from of_digits(path.name, ways(model, images), labels, [digit.writer for digit in digits])


def of_refused(model: Model, path: Path) -> Iterator[Row]:
    """Read what is in a file of strokes and is no digit, without what looks like one. Raises DataError."""
    images, left_out = no_digits_in(path)
    if len(images):
        yield from of_none(path.name, ways(model, images), left_out)


def no_digits_in(path: Path) -> tuple[NDArray[np.float32], int]:
    """Return images (n, 784) of what is in a file of strokes but looks like no digit, and how many others there are.

    Raises DataError.
    """
    drawings = list(read_drawings(path))
    others = [drawing_of(placed(strokes)) for label, strokes in drawings if label not in LOOK_ALIKES]
    return _images(others), len(drawings) - len(others)


def _images(drawings: Sequence[Drawing]) -> NDArray[np.float32]:
    parts = (drawings[first : first + _AT_ONCE] for first in range(0, len(drawings), _AT_ONCE))
    images = [stages.image for part in parts for stages in stages_of(part)]
    return np.stack(images) if images else np.empty((0, 784), dtype=np.float32)
