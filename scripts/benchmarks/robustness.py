"""How well the shipped network reads: MNIST, pens, drawings that are no digit, and digits drawn badly."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import nondigits
import numpy as np
import replay_strokes
import tracing
from numpy.typing import ArrayLike

from digitpad import paths
from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.data.strokes import Strokes
from digitpad.data.synthetic import Hand
from digitpad.draw import ink
from digitpad.draw.drawing import Drawing, Stroke
from digitpad.draw.ink import Path
from digitpad.draw.preprocess import Stages, preprocess
from digitpad.draw.reading import Verdict, verdict
from digitpad.nn.network import Network
from digitpad.train import model_file

Row = dict[str, Any]

_OTHERS = 500  # drawings that are no digit
_EVERY = 5  # one of so many of MNIST's test digits is drawn, in each way
_BRUSH = 0.055
_PIXELS = 400  # of the canvas's side: a mouse is at whole ones

_PLACES: dict[str, dict[str, Any]] = {
    "filling 0.7": {},
    "filling 0.25": {"fill": 0.25},
    "filling 0.9": {"fill": 0.9},
    "filling 0.5, off centre": {"fill": 0.5, "offset": (0.2, -0.2)},
    "thinnest brush": {"brush": 1.0},
    "thickest brush": {"brush": 1000.0},
}


def of_mnist(test: Dataset) -> list[Row]:
    """Read MNIST's test images."""
    outputs = model_file.load(paths.DEFAULT_NETWORK).network.feedforward(test.images)
    right = outputs.argmax(axis=1) == test.labels
    return [
        {
            "what": "MNIST's test images, % right",
            "right": 100 * float(right.mean()),
            "errors": int(len(test) - right.sum()),
            "refused %": 100 * float(np.mean([verdict(one) is not Verdict.SURE for one in outputs])),
        }
    ]


def of_pens(pens: Sequence[Strokes]) -> list[Row]:
    """Replay pens in the window, in several places and sizes and with several brushes."""
    rows: list[Row] = []
    for name, how in _PLACES.items():
        found = replay_strokes.replay(pens, **how)
        rows.append(
            {
                "what": f"pens, {name}, % right",
                "right": 100 * found["accuracy"],
                "lowest writer": 100 * min(found["by_writer"].values()),
                "lowest digit": 100 * min(found["by_digit"].values()),
                "refused %": 100 * (found["not_sure"] + found["no_digit"]) / found["n"],
            }
        )
    return rows


def of_no_digits() -> list[Row]:
    """Read drawings that are no digit."""
    network = model_file.load(paths.DEFAULT_NETWORK).network
    generator = np.random.default_rng(2_000_000)  # no seed of the training's
    kinds: dict[str, list[bool]] = defaultdict(list)
    for number in range(_OTHERS):
        kind, learned, drawn = nondigits.to_measure_on(number, generator)
        refused = verdict(network.feedforward(preprocess(ink.render(drawn)).image)) is not Verdict.SURE
        for group in ("all", "kinds learned from" if learned else "kinds never learned from", kind):
            kinds[group].append(refused)
    what = f"{_OTHERS} drawings that are no digit, % refused"
    return [{"what": what, **{kind: 100 * float(np.mean(refused)) for kind, refused in kinds.items()}}]


def of_file() -> list[Row]:
    """Weigh the network's file."""
    return [{"what": "the network's file, MB", "size": paths.DEFAULT_NETWORK.stat().st_size / 1e6}]


def robustness(test: Dataset) -> list[Row]:
    """Draw MNIST's test digits into a canvas, neatly and in nine worse ways at three strengths, and read them.

    The digits are traced (scripts/tracing.py): what tracing costs shows in how the neat ones are read. Thick and thin
    ones come as pictures, as the program chooses the width of what is drawn in it.
    """
    network = model_file.load(paths.DEFAULT_NETWORK).network
    test = test[::_EVERY]
    digits = [_square(traced) for traced in tracing.traced(test.images)]
    rows: list[Row] = [{"what": f"neat, {len(test):,} digits, % right", "right": _share(network, digits, test, _drawn)}]
    for name, (unit, strengths, way) in _WAYS.items():
        row: Row = {"what": f"{name}, {unit}, % right"}
        for strength in strengths:
            row[f"{strength:g}"] = _share(network, digits, test, _way(way, strength))
        rows.append(row)
    return rows


def _way(way: "Way", strength: float) -> Callable[[list[Path], np.random.Generator], Stages]:
    return lambda digit, generator: way(digit, strength, generator)


def _share(
    network: Network,
    digits: Sequence[list[Path]],
    test: Dataset,
    draw: Callable[[list[Path], np.random.Generator], Stages],
) -> float:
    """Return the percentage read rightly of ``digits``, drawn so."""
    generator = np.random.default_rng(0)
    images = np.stack([draw(digit, generator).image for digit in digits])
    return 100 * network.evaluate(images, test.labels) / len(test)


def _square(digit: list[Path]) -> list[Path]:
    """Return the paths with the longer side 1, about (0, 0)."""
    together = np.concatenate(digit)
    low, high = together.min(axis=0), together.max(axis=0)
    return [(path - (low + high) / 2) / max(float((high - low).max()), 1e-9) for path in digit]


def _drawn(digit: list[Path], _: Any = None, fill: float = 0.7, middle: ArrayLike = 0.5) -> Stages:
    """Draw ``digit`` in a canvas, its longer side ``fill`` of it, as a mouse does: at whole pixels."""
    strokes = [np.round((path * fill + np.asarray(middle)) * _PIXELS) / _PIXELS for path in digit]
    pressed = [np.column_stack([stroke, np.ones(len(stroke))]) for stroke in strokes]
    return Drawing(tuple(Stroke(points, _BRUSH) for points in pressed)).stages()


def _slanted(digit: list[Path], radians: float, generator: np.random.Generator) -> Stages:
    """Draw leaning to the right, or one in four to the left."""
    slope = np.tan(radians) * (1 if generator.random() < 0.75 else -1)
    return _drawn(_square([path @ np.array([[1, 0], [-slope, 1]]) for path in digit]))


def _with_line(digit: list[Path], width: float, generator: np.random.Generator) -> Stages:
    """Draw as a picture with lines so wide: of strokes, the program chooses the width itself."""
    return preprocess(ink.render(digit, line=width))


def _filling(digit: list[Path], fill: float, generator: np.random.Generator) -> Stages:
    return _drawn(digit, fill=fill)


def _off_centre(digit: list[Path], distance: float, generator: np.random.Generator) -> Stages:
    return _drawn(digit, fill=0.4, middle=0.5 + distance * generator.choice([-1, 1], 2))


def _shaky(digit: list[Path], tremble: float, generator: np.random.Generator) -> Stages:
    hand = Hand(0, 0, 0, 0, 0, aim=0, bend=0, tremble=tremble, reach=0, hook=0, gap=0, speed=2)
    return _drawn(_square(synthetic.varied(digit, generator, hand)))


def _fast(digit: list[Path], apart: float, generator: np.random.Generator) -> Stages:
    """Draw with so few points that every bow becomes corners."""
    return _drawn([_spaced(path, apart) for path in digit])


def _spaced(path: Path, apart: float) -> Path:
    travelled = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    places = np.linspace(0, travelled[-1], max(2, round(travelled[-1] / apart) + 1))
    return np.stack([np.interp(places, travelled, path[:, i]) for i in (0, 1)], axis=1)


def _gappy(digit: list[Path], gaps: float, generator: np.random.Generator) -> Stages:
    """Draw with as many pieces missing, a fifth of the height long, as there is line for; round ends close some."""
    digit = [_spaced(path, 0.01) for path in digit]
    for _ in range(int(gaps)):
        longest = max(range(len(digit)), key=lambda i: len(digit[i]))
        path = digit[longest]
        if len(path) < 40:
            break
        at = int(generator.integers(8, len(path) - 28))
        digit = [*digit[:longest], path[:at], path[at + 20 :], *digit[longest + 1 :]]
    return _drawn(digit)


Way = Callable[[list[Path], float, np.random.Generator], Stages]

_WAYS: dict[str, tuple[str, tuple[float, float, float], Way]] = {
    "slanted": ("radians", (0.2, 0.4, 0.6), _slanted),
    "thick": ("as a picture, line in pixels of 20", (3.5, 4.5, 5.5), _with_line),
    "thin": ("as a picture, line in pixels of 20", (1.6, 1.1, 0.7), _with_line),
    "tiny": ("of the canvas's side", (0.2, 0.12, 0.07), _filling),
    "huge": ("of the canvas's side", (0.9, 0.97, 1.0), _filling),
    "off centre": ("canvas sides both ways", (0.1, 0.2, 0.3), _off_centre),
    "shaky": ("hundredths of the height", (1.0, 2.0, 3.0), _shaky),
    "fast": ("heights from point to point", (0.1, 0.2, 0.3), _fast),
    "gappy": ("gaps of a fifth of the height, at most", (1, 2, 3), _gappy),
}
