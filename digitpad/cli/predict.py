"""``digitpad predict``: what a network reads in pictures and files of strokes."""

import argparse
import codecs
import json
import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from digitpad.cli.output import libraries_silent
from digitpad.data.strokes import drawing_of, drawings_in, lines_of, read_drawings
from digitpad.draw.drawing import Drawing, IsNumber, Points
from digitpad.draw.numbers import Number, NumberReader, is_number
from digitpad.draw.photo.file_kinds import READ
from digitpad.draw.placing import placed
from digitpad.draw.reading import Reading, Verdict, read
from digitpad.errors import SENTENCE, BlankPictureError, DataError, DigitpadError, one_line
from digitpad.files.reading import opened, reading
from digitpad.train import model_file

_STROKES = (".jsonl", ".ndjson")
_STANDARD_INPUT = Path("-")
_NO_DIGIT, _FAILED = 1, 2  # exit codes
_MORE = f"""\
a picture is a {READ} file of a digit, or of a row of them, drawn or
photographed; drawings are JSON, an object a line:
  {{"strokes": [[[10, 10], [30, 12], [18, 40]]]}}
each stroke a list of points [x, y], y down, in any unit; "label" and other keys are passed over

verdicts: sure, unsure (the digit is the likeliest), no digit, blank; the outputs are the network's ten, in
the order of the digits, each from 0 to 1, and no probabilities

with --json each drawing is an object {{"file", "index", "digit", "verdict", "outputs", "number"}} on a line of
its own; "index" counts the drawings of a file from 0, and "digit" is null where nothing is drawn; "number" is a text
such as "2026" where several digits stand side by side, and else null

exit codes: 0 a digit was read, 1 none of the drawings is one, 2 a file cannot be read (the others are)

examples:
  digitpad predict three.png
  digitpad predict --json *.jpg drawings.jsonl > read.jsonl
  curl -s https://example.org/three.png | digitpad predict -
  echo '{{"strokes": [[[5, 0], [5, 20]]]}}' | digitpad predict -
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and the form of the report; ``--model`` is the command line's own."""
    parser.epilog = _MORE
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE",
        help="a picture of a digit, or a file of drawings as strokes; - is what comes by standard input",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object a drawing")
    parser.add_argument(
        "--once", action="store_true",
        help="read each drawing once, also with a network that reads it and eight deformed copies",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Print what is read in each drawing of each file, and go on after a file that cannot be read.

    Returns the exit code.
    """
    model = model_file.load(arguments.model)
    nine = model.provenance.reads_nine and not arguments.once
    is_picture_number = partial(is_number, model.network, nine=nine)
    show = _as_json if arguments.json else _in_words
    code, any_digit, numbers = 0, False, NumberReader()
    for path in arguments.files:
        try:
            for index, drawing in enumerate(_drawings(path, is_picture_number)):
                found = read(model.network, drawing.stages(), nine=nine)
                number = numbers.read(model.network, drawing, found, nine=nine)
                any_digit |= number is not None or found.verdict not in (Verdict.BLANK, Verdict.NO_DIGIT)
                print(show(path, index, found, number))
        except DigitpadError as error:
            print(f"digitpad: {error}", file=sys.stderr)
            code = _FAILED
    return code or (0 if any_digit else _NO_DIGIT)


def _drawings(path: Path, is_number: IsNumber) -> Iterator[Drawing]:
    """Yield the drawings in the file, an empty one for a blank picture. Raises DigitpadError."""
    if path == _STANDARD_INPUT:
        yield from _of_standard_input(is_number)
    elif _holds_strokes(path):
        yield from map(_drawing, read_drawings(path))
    else:
        with opened(path, DataError) as file:
            yield _picture(file, path, is_number)


def _of_standard_input(is_number: IsNumber) -> Iterator[Drawing]:
    """Yield the drawings that come by standard input: strokes as soon as their line is there."""
    where = Path("standard input")
    if sys.stdin is None:  # it was closed before the program began
        raise DataError(f"{where}: it is closed.")
    with reading(where, DataError):
        lines = lines_of(sys.stdin.buffer)
        first = next(lines, b"")
        if _begins_strokes(first) or not first.strip():
            yield from map(_drawing, drawings_in(chain([first], lines), str(where)))
        else:
            yield _picture(sys.stdin.buffer, where, is_number, first)


def _drawing(labelled: tuple[str, tuple[Points, ...]]) -> Drawing:
    return drawing_of(placed(labelled[1]))


def _picture(file: BinaryIO, where: Path, is_number: IsNumber, head: bytes = b"") -> Drawing:
    from digitpad.data.picture_file import picture_in  # Pillow is loaded where there is a picture

    try:
        with libraries_silent():  # libtiff tells of damage in its own words, too
            return Drawing(picture=picture_in(file, where, head, is_number))
    except BlankPictureError:
        return Drawing()


def _holds_strokes(path: Path) -> bool:
    """Whether it is called so, or begins as strokes do. Raises DataError."""
    if path.suffix.lower() in _STROKES:
        return True
    with opened(path, DataError) as file:
        return _begins_strokes(file.read(64))


def _begins_strokes(head: bytes) -> bool:
    """Whether a file begins as a line of JSON does, and as no picture can."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"


def _as_json(path: Path, index: int, reading: Reading, number: Number | None) -> str:
    digit = None if reading.verdict is Verdict.BLANK else reading.digit
    outputs = [float(f"{output:.6g}") for output in reading.outputs]
    return json.dumps(
        {
            "file": str(path), "index": index, "digit": digit, "verdict": reading.verdict.value, "outputs": outputs,
            "number": number.text if number else None,
        }
    )  # fmt: skip


def _in_words(path: Path, index: int, reading: Reading, number: Number | None) -> str:
    name = one_line(str(path), SENTENCE)
    where = f"{name}, {index + 1}" if index else name
    if reading.verdict is Verdict.BLANK:
        return f"{where}: {reading.verdict.value}"
    if number is not None:
        return f"{where}: the number {number.text}, {'sure' if number.sure else 'unsure'}"
    said = reading.verdict.value
    if reading.verdict is not Verdict.NO_DIGIT:
        said = f"{reading.digit}, {said}, output {reading.outputs[reading.digit]:.2f}"
    return f"{where}: {said}; outputs {' '.join(f'{output:.2f}' for output in reading.outputs)}"
