"""``digitpad predict``: what a network reads in pictures and files of strokes."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from digitpad.data.strokes import drawing_of, placed, read_drawings
from digitpad.draw.drawing import Drawing
from digitpad.draw.reading import Reading, Verdict, read
from digitpad.errors import SENTENCE, BlankPictureError, DataError, DigitpadError, one_line
from digitpad.files import opened
from digitpad.train import model_file

_STROKES = (".jsonl", ".ndjson")
_FAILED = 2  # the exit code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and the form of the report; ``--model`` is the command line's own."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE",
        help="a picture of a digit, or drawings as strokes, one JSON object a line, whose labels are passed over",
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
    show = _as_json if arguments.json else _in_words
    code = 0
    for path in arguments.files:
        try:
            for index, drawing in enumerate(_drawings(path)):
                print(show(path, index, read(model.network, drawing.stages(), nine=nine)))
        except DigitpadError as error:
            print(f"digitpad: {error}", file=sys.stderr)
            code = _FAILED
    return code


def _drawings(path: Path) -> Iterator[Drawing]:
    """Yield the drawings in the file, an empty one for a blank picture. Raises DigitpadError."""
    if _holds_strokes(path):
        for _, strokes in read_drawings(path):
            yield drawing_of(placed(strokes))
        return
    from digitpad.gui.services.picture_file import picture_of_file  # Qt is loaded where there is a picture

    try:
        yield Drawing(picture=picture_of_file(path))
    except BlankPictureError:
        yield Drawing()


def _holds_strokes(path: Path) -> bool:
    """Whether it is called so, or begins as a line of JSON does and no picture can. Raises DataError."""
    if path.suffix.lower() in _STROKES:
        return True
    with opened(path, DataError) as file:
        return file.read(64).lstrip()[:1] == b"{"


def _as_json(path: Path, index: int, reading: Reading) -> str:
    digit = None if reading.verdict is Verdict.BLANK else reading.digit
    outputs = [float(f"{output:.6g}") for output in reading.outputs]
    return json.dumps(
        {"file": str(path), "index": index, "digit": digit, "verdict": reading.verdict.value, "outputs": outputs}
    )


def _in_words(path: Path, index: int, reading: Reading) -> str:
    name = one_line(str(path), SENTENCE)
    where = f"{name}, {index + 1}" if index else name
    if reading.verdict in (Verdict.BLANK, Verdict.NO_DIGIT):
        return f"{where}: {reading.verdict.value}"
    output = reading.outputs[reading.digit]
    return f"{where}: {reading.digit}, {reading.verdict.value}, output {output:.2f}"
