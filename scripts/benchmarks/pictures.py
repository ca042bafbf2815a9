"""How the Draw tab reads pictures that people bring."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from offscreen import application

from benchmarks.inputs import MissingError, mnist_digits, seed
from benchmarks.rows import Row
from benchmarks.scenes.kinds import KINDS, scenes
from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.data.picture_file import picture_of_file
from digitpad.draw.drawing import Drawing
from digitpad.draw.reading import Reading, Verdict, read
from digitpad.errors import PictureError
from digitpad.train import model_file
from digitpad.train.model_file import Model

_EACH = 20  # pictures of every kind


def measure(each: int = _EACH) -> Iterator[Row]:
    """Make pictures of every kind, open them as the Draw tab does and read them with the default network.

    Right is a picture whose digit is the answer, sure or not. Of what is no one digit it is right to say so. Half
    of the digits are of MNIST's test set where that is there; the others are drawn.
    """
    application()
    model = model_file.load(paths.DEFAULT_NETWORK)
    scans = _scans()
    with tempfile.TemporaryDirectory() as folder:
        for name in KINDS:
            found: Counter[str] = Counter()
            for scene, digit in scenes(name, each, scans, seed()):
                file = Path(folder) / f"picture.{scene.suffix}"
                file.write_bytes(scene.content)
                found.update(judged(_reading(file, model), digit))
            n = found["n"]
            percentages = {what: 100 * found[what] / n for what in ("right", "sure and wrong", "not sure", "refused")}
            yield Row(f"{name}, %", {**percentages, "n": n})


def _scans() -> Dataset | None:
    try:
        return mnist_digits().test
    except MissingError:
        return None


def _reading(file: Path, model: Model) -> Reading | None:
    """Return what the Draw tab shows of a picture that is opened there, or None when it cannot be opened."""
    try:
        drawing = Drawing(picture=picture_of_file(file))
    except PictureError:
        return None
    return read(model.network, drawing.stages(), nine=model.provenance.reads_nine)


def judged(reading: Reading | None, digit: int | None) -> set[str]:
    """Return what the reading of a picture of ``digit``, None for no one digit, counts as."""
    refused = reading is None or reading.verdict in (Verdict.BLANK, Verdict.NO_DIGIT)
    if reading is None or refused:
        return {"n", "refused", *({"right"} if digit is None else ())}
    counts = {"n"}
    if reading.verdict is Verdict.UNSURE:
        counts.add("not sure")
    if reading.digit == digit:
        counts.add("right")
    elif reading.verdict is Verdict.SURE:
        counts.add("sure and wrong")
    return counts
