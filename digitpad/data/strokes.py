"""Drawings as strokes in a text file, for other programs and from them: one JSON object a line.

"label" is 0 to 9 and "strokes" a list of strokes, each a list of points [x, y] or [x, y, pressure], x to the right and
y down in any unit. "writer" may say who drew it; other keys are passed over. A third number beyond 1, or one that grows
from point to point, is the time, not a pressure. The lines of Quick, Draw! are read too: "word" names the digit, and
"drawing" is a list of strokes, each two or three lists: of all x, of all y, and of all times.
"""

import itertools
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from digitpad.data.json_text import parsed
from digitpad.data.store import Drawn, now
from digitpad.draw.drawing import BRUSH, Drawing, Points, Stroke, stages_of
from digitpad.draw.placing import placed_each
from digitpad.draw.preprocess import to_bytes
from digitpad.errors import DataError, one_line
from digitpad.files.reading import opened
from digitpad.files.writing import write_atomically, writing

_MAX_FILE_BYTES = 256 << 20
_MAX_LINE_BYTES = 4 << 20
_MAX_POINTS, _MAX_STROKES = 100_000, 10_000  # of a digit
# Digits and their points, made into drawings at once: of many the ink takes 10 MB, for which the system, asked for so
# much, finds large pages; to find small ones took a tenth of the time.
_AT_ONCE, _POINTS_AT_ONCE = 600, 10_000
_MAX_BLANK_LINES = 100_000  # one after the other
_UNKNOWN = "unknown"  # who drew it: most likely the person whose file it is
_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FEWEST_TIMES = 8  # steps from point to point by which growing numbers are told from a pen that is pressed down


@dataclass(frozen=True, eq=False)
class Strokes:
    """A digit as a pen drew it: ``strokes`` are at least one, (n, 2) or (n, 3) each with n at least 1."""

    label: int
    writer: str
    strokes: tuple[Points, ...]
    timed: bool = False  # there were times with the points, which nothing is made of


def read_strokes(path: str | os.PathLike[str]) -> Iterator[Strokes]:
    """Yield the digits in a file of strokes, at least one, as they are read.

    Raises DataError when the file cannot be read, is too large or holds no digit, and, naming the line, for one that
    is not a digit.
    """
    for where, line in _lines(path):
        yield _digit(where, line)


def read_drawings(path: str | os.PathLike[str]) -> Iterator[tuple[str, tuple[Points, ...]]]:
    """Yield the label of each drawing in such a file, whatever it is, "" where there is none, and its strokes.

    Raises DataError as ``read_strokes`` does, but for labels.
    """
    return _drawings(_lines(path))


def drawings_in(lines: Iterable[bytes], where: str) -> Iterator[tuple[str, tuple[Points, ...]]]:
    """Yield what ``read_drawings`` does of the ``lines`` of such a file, as they come; ``where`` names it in errors."""
    return _drawings(_numbered(lines, where))


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file of strokes, of one that is too long only its beginning."""
    return iter(partial(file.readline, _MAX_LINE_BYTES + 1), b"")


def _drawings(lines: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, tuple[Points, ...]]]:
    for where, line in lines:
        drawing = _object(where, line)
        label = drawing.get("word" if _of_quick_draw(drawing) else "label")
        yield str(label) if isinstance(label, str | int) else "", _drawn(where, drawing)[0]


def _lines(path: str | os.PathLike[str]) -> Iterator[tuple[str, bytes]]:
    """Yield every line of the file that is not empty, and where it is. Raises DataError."""
    with opened(Path(path), DataError) as file:
        if os.fstat(file.fileno()).st_size > _MAX_FILE_BYTES:
            raise DataError(f"{path}: larger than {_MAX_FILE_BYTES >> 20} MiB.")
        yield from _numbered(lines_of(file), str(path))


def _numbered(lines: Iterable[bytes], where: str) -> Iterator[tuple[str, bytes]]:
    """Yield every line that is not empty, and where it is. Raises DataError."""
    found, blank = False, 0
    for number, line in enumerate(lines, 1):
        if len(line) > _MAX_LINE_BYTES:
            raise DataError(f"{where}: line {number} is longer than {_MAX_LINE_BYTES >> 20} MiB.")
        blank = 0 if line.strip() else blank + 1
        if blank > _MAX_BLANK_LINES:  # which nobody could leave on the way
            raise DataError(f"{where}: more than {_MAX_BLANK_LINES:,} lines are empty, to line {number}.")
        if not blank:
            found = True
            yield f"{where}: line {number}", line
    if not found:
        raise DataError(f"{where}: holds no digits.")


def _object(where: str, line: bytes) -> dict[str, Any]:
    if line.count(b"[") > _MAX_POINTS + _MAX_STROKES + 1:  # before they are all made
        raise DataError(f"{where} has more than {_MAX_POINTS:,} points or {_MAX_STROKES:,} strokes.")
    try:
        found = parsed(line)
    except RecursionError:
        raise DataError(f"{where} is nested too deeply.") from None
    except ValueError:  # also for what is not UTF-8, and for whole numbers of thousands of figures
        raise DataError(f"{where} cannot be read as JSON.") from None
    if not isinstance(found, dict):
        raise DataError(f"{where} is not an object with a label and strokes.")
    return found


def _digit(where: str, line: bytes) -> Strokes:
    digit = _object(where, line)
    label, writer = digit.get("label"), digit.get("writer")
    if _of_quick_draw(digit):
        label, writer = digit_of_word(str(digit.get("word"))), digit.get("countrycode")
    if type(label) is not int or not 0 <= label <= 9:  # True is a whole number to Python, and not to a person
        raise DataError(f"{where} has no label from 0 to 9.")
    named = str(writer) if isinstance(writer, str | int) else _UNKNOWN
    return Strokes(label, named, *_drawn(where, digit))


def _of_quick_draw(digit: dict[str, Any]) -> bool:
    return "strokes" not in digit and "drawing" in digit


def _drawn(where: str, digit: dict[str, Any]) -> tuple[tuple[Points, ...], bool]:
    """Return the strokes of a drawing, and whether there were times with their points. Raises DataError."""
    quick_draw = _of_quick_draw(digit)
    strokes = _points_of_columns(where, digit["drawing"]) if quick_draw else digit.get("strokes")
    if not isinstance(strokes, list) or not strokes:
        raise DataError(f"{where} has no strokes.")
    if sum(len(stroke) for stroke in strokes if isinstance(stroke, list)) > _MAX_POINTS:
        raise DataError(f"{where} has more than {_MAX_POINTS:,} points.")
    if len(strokes) > _MAX_STROKES:
        raise DataError(f"{where} has more than {_MAX_STROKES:,} strokes.")
    points = tuple(points_in(where, stroke) for stroke in strokes)
    timed = any(len(stroke) > 2 for stroke in digit["drawing"]) if quick_draw else _is_timed(points)
    return tuple(stroke[:, :2] for stroke in points) if timed else points, timed


def digit_of_word(word: str) -> int | None:
    """Return the digit that a word means, "7" or "seven"; None for all other words."""
    word = word.strip().lower()
    if word in _NAMES:
        return _NAMES.index(word)
    return int(word) if len(word) == 1 and word in "0123456789" else None


def _points_of_columns(where: str, drawing: object) -> object:
    """Return strokes as lists of points, from those of Quick, Draw!, which are lists of all x, all y and all times."""
    if not isinstance(drawing, list) or not all(
        isinstance(stroke, list) and len(stroke) in (2, 3) for stroke in drawing
    ):
        raise DataError(f"{where} has a drawing that is not a list of strokes [all x, all y].")
    columns = [stroke[:2] for stroke in drawing]
    if not all(isinstance(xs, list) and isinstance(ys, list) and len(xs) == len(ys) for xs, ys in columns):
        raise DataError(f"{where} has a stroke with not as many x as y.")
    return [[list(point) for point in zip(*stroke, strict=True)] for stroke in columns]


def _is_timed(strokes: Sequence[Points]) -> bool:
    """Whether the third numbers are times: beyond any pressure, or growing from point to point."""
    if any(stroke.shape[1] != 3 for stroke in strokes):
        return False
    third = np.concatenate([stroke[:, 2] for stroke in strokes])
    if (third == third[0]).all():
        return bool(third[0] > 1)
    if third.max() > 1:
        return True
    steps = np.concatenate([np.diff(stroke[:, 2]) for stroke in strokes])
    return bool(len(steps) >= _FEWEST_TIMES and (steps >= 0).all() and (steps > 0).mean() > 0.5)


def points_in(where: str, stroke: object) -> Points:
    """Return the points, (n, 2) or (n, 3), of a stroke as JSON has it. Raises DataError, naming ``where`` it is."""
    if not isinstance(stroke, list) or not _are_points(stroke):
        raise DataError(f"{where} has a stroke that is not a list of points [x, y] or [x, y, pressure].")
    try:
        points = np.array(stroke, dtype=np.float64)
    except OverflowError:  # a whole number beyond the largest float
        points = np.full(1, np.inf)
    if not np.isfinite(points).all():
        raise DataError(f"{where} has a number that is not finite.")
    return points


def _are_points(stroke: list[Any]) -> bool:
    """Whether it is at least one point, all of two or all of three numbers. Of many that is known by their kinds."""
    if set(map(type, stroke)) != {list} or set(map(len, stroke)) not in ({2}, {3}):
        return False
    return set(map(type, itertools.chain.from_iterable(stroke))) <= {int, float}  # True is none


def sample_of(digit: Strokes) -> Drawn:
    """Return the digit as a drawing to keep."""
    return next(samples_of([digit]))


def samples_of(digits: Iterable[Strokes]) -> Iterator[Drawn]:
    """Yield digits as drawings to keep: laid on the canvas, with what the network sees of them, made now.

    Some are made at once. Where ``digits`` raises an error, those before come first.
    """
    for batch in _batches(digits):
        placed_strokes = placed_each([digit.strokes for digit in batch])
        stages = stages_of([drawing_of(strokes) for strokes in placed_strokes])
        created_at = now()
        for digit, strokes, seen in zip(batch, placed_strokes, stages, strict=True):
            writer = "" if digit.writer == _UNKNOWN else one_line(digit.writer)
            yield Drawn(digit.label, strokes, to_bytes(seen.image), None, created_at, writer=writer)


def _batches(digits: Iterable[Strokes]) -> Iterator[list[Strokes]]:
    batch: list[Strokes] = []
    points = 0
    try:
        for digit in digits:
            batch.append(digit)
            points += sum(map(len, digit.strokes))
            if len(batch) == _AT_ONCE or points > _POINTS_AT_ONCE:
                yield batch
                batch, points = [], 0
    except DataError:
        yield batch
        raise
    yield batch


def drawing_of(strokes: Sequence[Points]) -> Drawing:
    """Return ``strokes``, (n, 3) each in sides of the canvas, as a drawing with a brush of medium width."""
    return Drawing(tuple(Stroke(points, BRUSH) for points in strokes))


def write_strokes(path: str | os.PathLike[str], drawings: Iterable[Drawn]) -> int:
    """Write the drawings that have strokes and return how many those are. A file that is there is replaced at the end.

    Raises DataError when it cannot be written.
    """
    written = 0

    def lines() -> Iterator[bytes]:
        nonlocal written
        for drawing in drawings:
            if drawing.strokes:
                strokes = [np.round(stroke, 5).tolist() for stroke in drawing.strokes]
                writer = {"writer": drawing.writer} if drawing.writer else {}
                yield json.dumps({"label": drawing.label, **writer, "strokes": strokes}).encode() + b"\n"
                written += 1

    path = Path(path)
    with writing(path, DataError):
        write_atomically(path, lines())
    return written
