"""What the fuzzer tries: each ``Reader`` of files of strangers, with files to begin with."""

import json
import shutil
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import hostile
import numpy as np

from digitpad.classroom.room import Room
from digitpad.data import drawing_file
from digitpad.data.formats.opening import open_digits
from digitpad.data.picture_file import picture_of_file
from digitpad.data.strokes import read_strokes, sample_of
from digitpad.draw.drawing import BRUSH, Drawing, Picture, Stroke
from digitpad.draw.photo.ink import read_picture
from digitpad.gui.services.preferences import Preferences
from digitpad.nn.network import Network
from digitpad.train import experiment_file, model_file, run_file
from digitpad.train.experiment import Point
from digitpad.train.experiment_file import SavedExperiment
from digitpad.train.recipe import Recipe
from digitpad.train.run_table import to_csv
from digitpad.train.runs import Run
from digitpad.train.sitting import Place, Sitting, claim_all
from fuzzing import mutators
from fuzzing.mutators import Mutator

_LARGEST_SEED = 200_000  # bytes
_MOST_DIGITS = 20  # of a file of strokes that are drawn


@dataclass(frozen=True)
class Reader:
    """``read`` is given the path of a file with this ``name``; it may raise the project's own errors and no others."""

    name: str
    read: Callable[[Path], object]
    mutate: Mutator
    seeds: Callable[[], Sequence[bytes]]


def _settings(path: Path) -> None:
    preferences = Preferences(path)
    for name in dir(type(preferences)):
        if not name.startswith("_"):
            getattr(preferences, name)


def _network(path: Path) -> None:
    model = model_file.load(path)
    assert all(isinstance(text, str) for row in model.provenance.rows.items() for text in row)
    model.network.feedforward(np.zeros((1, 784), np.float32))
    run = Run.of_model(1, model)
    if run is not None:
        to_csv([run])
        _ = run.best, run.epochs


def _drawing(path: Path) -> None:
    """Read what was on the canvas, as the next start does."""
    drawing_file.load(path).stages()


def _run(path: Path) -> None:
    """Read a run that was kept, as the next start does."""
    run = run_file.load(path)
    to_csv([run])
    _ = run.best, run.epochs
    for network in run.networks.values():
        network.feedforward(np.zeros((1, 784), np.float32))


def _sitting(path: Path) -> None:
    """Read what a window says that it kept, as the next start does."""
    folder = path.parent / "sittings" / ("0" * 16)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, folder / path.name)
    for place in claim_all(folder.parent):
        try:
            place.load()
        finally:
            place.leave()


def _sent(path: Path) -> None:
    room = Room()
    room.take(room.join(room.code), path.read_bytes())
    room.take_new()


def _strokes(path: Path) -> None:
    for digit, _ in zip(read_strokes(path), range(_MOST_DIGITS), strict=False):
        sample_of(digit)


def _greys(path: Path) -> None:
    """Take bytes for a picture: its height, its width, then its pixels, which are repeated to fill it."""
    content = path.read_bytes()
    if len(content) < 5:
        return
    height, width = (1 + side % 300 for side in struct.unpack("<HH", content[:4]))
    pixels = np.resize(np.frombuffer(content[4:], np.uint8), (height, width))
    Drawing(picture=read_picture(pixels)).stages()


def _beside(name: str, labels: bytes) -> Callable[[Path], None]:
    """Return a reader of images that have ``labels`` beside them, in a file with this ``name``."""

    def read(path: Path) -> None:
        path.with_name(name).write_bytes(labels)
        open_digits(path)

    return read


def _sets(*endings: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [content for name, content in hostile.sets().items() if name.endswith(endings)]


def _some_strokes() -> Sequence[bytes]:
    return [content for content in hostile.strokes().values() if len(content) < _LARGEST_SEED]  # or few would be tried


def _some_sent() -> Sequence[bytes]:
    return [
        json.dumps({"label": 3, "strokes": strokes}).encode() for strokes in ([[[0.5, 0.2], [0.4, 0.9]]], [[[1, 0]]])
    ]


def _small_networks() -> Sequence[bytes]:
    told = hostile.curves(marks=[(1, "eta 3")])
    return [hostile.network((784, 1, 10), told), hostile.network((784, 10)), hostile.network((784, 2, 10), dtype="f8")]


def _written(save: Callable[[Path], None]) -> bytes:
    """Return the content of a file that the program itself writes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "written"
        save(path)
        return path.read_bytes()


def _drawings() -> Sequence[bytes]:
    strokes = tuple(Stroke(np.linspace([x, 0.2, 1], [0.5, 0.8, 1], 5), BRUSH) for x in (0.4, 0.6))
    picture = Picture.fitted(np.eye(9, dtype=np.float32))
    drawings = Drawing(), Drawing(strokes), Drawing(strokes, picture)
    return [_written(partial(drawing_file.save, drawing=drawing)) for drawing in drawings]


def _runs() -> Sequence[bytes]:
    run = Run(1, Recipe(hidden=(2,)), "digits", points=[Point(1.0, 0.9, 0.1, 0.9, 0.1, True)])
    run.latest, run.at = run.recipe.network(), 1.0
    run.networks = {0.0: Network((784, 2, 10)), 1.0: run.latest}
    return [_written(partial(run_file.save, run=run))]


def _experiments() -> Sequence[bytes]:
    saved = SavedExperiment(Recipe(), "Why?", frozenset({"eta", "seed"}))
    return [_written(partial(experiment_file.save, experiment=saved))]


def _sittings() -> Sequence[bytes]:
    def save(path: Path) -> None:
        place = Place.new(path.parent)
        place.keep(Sitting(Drawing(), False, None, path, (run,), 1, "Draw", ()), closed=True)
        (place.folder / "state.json").replace(path)
        place.leave()

    run = Run(1, Recipe(), "digits")
    return [_written(save)]


def _greys_of_pictures() -> Sequence[bytes]:
    generator = np.random.default_rng(3)
    bar = np.full((60, 40), 255, np.uint8)
    bar[10:50, 18:23] = 0
    return [
        struct.pack("<HH", 59, 39) + bar.tobytes(),
        struct.pack("<HH", 199, 2) + generator.integers(0, 256, 600, dtype=np.uint8).tobytes(),
        struct.pack("<HH", 99, 99) + np.linspace(120, 250, 10_000).astype(np.uint8).tobytes(),
    ]


_IMAGES = np.random.default_rng(4).integers(0, 256, (24, 28, 28), dtype=np.uint8)
_LABELS = np.arange(24, dtype=np.uint8) % 10
_idx, _npy = _beside("train-labels-idx1-ubyte", hostile.idx(_LABELS)), _beside("y_train.npy", hostile.npy(_LABELS))
_packed = mutators.as_gzip(mutators.as_bytes)
READERS = {
    "settings": Reader("settings.json", _settings, mutators.as_json, lambda: [*hostile.settings().values()]),
    "network": Reader("a.safetensors", _network, mutators.as_safetensors, _small_networks),
    "drawing": Reader("drawing.safetensors", _drawing, mutators.as_safetensors, _drawings),
    "run": Reader("run.safetensors", _run, mutators.as_safetensors, _runs),
    "classroom": Reader("sent.json", _sent, mutators.as_json, _some_sent),
    "experiment": Reader("a.digitpad", experiment_file.load, mutators.as_json, _experiments),
    "sitting": Reader("state.json", _sitting, mutators.as_json, _sittings),
    "idx": Reader("train-images-idx3-ubyte.gz", _idx, _packed, _sets("ubyte", "cut.gz")),
    "npz": Reader("a.npz", open_digits, mutators.as_zip(mutators.as_npy), _sets(".npz")),
    "npy": Reader("x_train.npy", _npy, mutators.as_npy, lambda: [hostile.npy(_IMAGES)]),
    "pickle": Reader("a.pkl", open_digits, _packed, _sets(".pkl", ".pkl.gz")),
    "csv": Reader("a.csv", open_digits, _packed, _sets(".csv")),
    "zip": Reader("a.zip", open_digits, mutators.as_zip(mutators.as_bytes), _sets(".zip")),
    "strokes": Reader("a.jsonl", _strokes, mutators.as_lines_of_json, _some_strokes),
    "picture": Reader("a.png", picture_of_file, mutators.as_png, lambda: [*hostile.pictures().values()]),
    "greys": Reader("a.greys", _greys, mutators.as_bytes, _greys_of_pictures),
}
