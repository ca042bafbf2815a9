"""Runs of training to be compared: their curves, their weights after each epoch, and their files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from digitpad.data.dataset import Digits, Kind, Material
from digitpad.data.json_text import parsed
from digitpad.errors import ModelError, one_line
from digitpad.nn.evaluation import Evaluation
from digitpad.nn.network import Network
from digitpad.train.advice import GUESSING
from digitpad.train.experiment import Measurement, Point
from digitpad.train.model_file import Model
from digitpad.train.provenance import Provenance
from digitpad.train.recipe import Recipe
from digitpad.train.settings import RATES, SETTINGS

T = TypeVar("T")

MOST_MARKS = 200  # of a run
MOST_POINTS = 20_000  # in a file

# What a file may tell of a run, so that it can be shown.
_MOST_EPOCHS, _MOST_SECONDS, _LARGEST_COST, _MOST_IMAGES = 1e6, 1e9, 1e9, 1e9
_UNNAMED = "unnamed digits"  # in sentences, a data set of which a file has no name
_ODD = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError)


class Mark(NamedTuple):
    """A setting changed on the way: after how many ``epochs``, and what, in words."""

    epochs: float
    text: str


class Trouble(NamedTuple):
    """What went wrong with a run, in a ``sentence``: whether training ``ended`` by it, or went on after a warning."""

    sentence: str
    ended: bool


class Source(NamedTuple):
    """Where the digits of a run are from: runs with the same one had the same to learn from and to be measured on."""

    data: str
    kind: Kind
    fingerprint: str


class OnTestSet(NamedTuple):
    """What the test set says of the network after so many ``epochs``, which validation digits chose: its accuracy."""

    epochs: float
    accuracy: float


@dataclass(eq=False)
class Run:
    """What is known of one run.

    ``data`` is the name of the data set, and ``kind`` what it is. ``networks`` holds the weights of the exact
    measurements, by the epochs before them, which are whole unless the run was held within an epoch and went on later
    from there; ``latest`` are the newest weights, after ``at`` epochs. ``seconds`` is the time spent training,
    ``trouble`` what went wrong, if anything did, ``evaluation`` what the network of the last exact measurement
    answers to the held-out images, with its epochs. ``tested`` is what the test set said of the epoch that was chosen
    on validation digits. ``material`` tells the digits it had last from others; None of runs of before. ``rates`` are
    those of ``RATES`` that were changed on the way, by name, as they were set last; they are replaced, not changed.
    """

    number: int
    recipe: Recipe
    data: str
    name: str = ""
    points: list[Point] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    networks: dict[float, Network] = field(default_factory=dict)
    latest: Network | None = None
    at: float = 0.0
    seconds: float = 0.0
    trouble: Trouble | None = None
    evaluation: tuple[float, Evaluation] | None = None
    kind: Kind = Kind.OTHER
    tested: OnTestSet | None = None
    material: Material | None = None
    rates: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = self.name or self.recipe.title

    def mark(self, epochs: float, text: str) -> None:
        """Mark where a setting was changed. When there are too many to be told apart, every second one goes."""
        self.marks.append(Mark(epochs, text))
        self.marks[:] = _some_of(self.marks, MOST_MARKS)

    def add(self, measurement: Measurement) -> None:
        """Take in a measurement; what has other digits from now on, as own drawings may be, is marked there."""
        if not self.points:
            self.material = measurement.material
        elif self.material and measurement.material not in (None, self.material):
            self.material = measurement.material
            self.mark(measurement.point.epochs, "other images")
        self.points.append(measurement.point)
        self.latest, self.at = measurement.network, measurement.point.epochs
        if measurement.point.exact:
            self.networks[measurement.point.epochs] = measurement.network
        if measurement.evaluation:
            self.evaluation = measurement.point.epochs, measurement.evaluation

    def is_of(self, digits: Digits) -> bool:
        """Whether it learned from ``digits``, by name, kind and images; not where they leave it none to be measured on.

        Runs of before, and those of own drawings, which are in no set, are known by name and kind alone.
        """
        fewer = self.recipe.validated and self.recipe.train_on >= len(digits.training)
        if (self.data, self.kind) != (digits.name, digits.kind) or fewer:
            return False
        if self.material is None or self.material.own:
            return True
        return self.recipe.split(digits).material.fingerprint == self.material.fingerprint

    @property
    def recipe_now(self) -> Recipe:
        """The recipe with what was changed on the way, by which it goes on; its own is that by which it began."""
        return replace(self.recipe, **self.rates)  # type: ignore[arg-type]

    @property
    def source(self) -> Source:
        """Where its digits are from. Own drawings of a run of before nobody knows: it is like no other."""
        unknown = f"run {self.number}" if self.recipe.own else ""
        return Source(self.data, self.kind, self.material.fingerprint if self.material else unknown)

    @property
    def own_drawings(self) -> str:
        """Which of a person's own drawings it learned from, as the end of a sentence; "" where from none."""
        if not self.recipe.own:
            return ""
        if self.material is None:  # of a run of before nobody knows
            return " and own drawings"
        number = self.material.own
        return f" and {number:,} own drawing{'' if number == 1 else 's'}"

    @property
    def epochs(self) -> float:
        """How many epochs were measured so far."""
        return self.points[-1].epochs if self.points else 0.0

    def exact(self, epochs: float) -> Point | None:
        """Return the exact measurement after ``epochs``, if there is one."""
        return next((point for point in self.points if point.exact and point.epochs == epochs), None)

    @property
    def measured(self) -> bool:
        """Whether anything is to be told of what it learned."""
        return self.epochs > 0 and any(point.exact for point in self.points)

    @property
    def best(self) -> Point | None:
        """The exact measurement with the highest held-out accuracy."""
        return max((point for point in self.points if point.exact), key=lambda point: point.accuracy, default=None)

    @property
    def chosen(self) -> Point | None:
        """The best of the exact measurements whose weights are kept."""
        kept = (point for point in self.points if point.exact and point.epochs in self.networks)
        return max(kept, key=lambda point: point.accuracy, default=None)

    @property
    def lasting(self) -> Trouble | None:
        """What went wrong, unless it was no more than a warning and something was learned all the same."""
        if self.trouble is None:
            return None
        learned = self.best is not None and self.best.accuracy >= GUESSING
        return None if learned and not self.trouble.ended else self.trouble

    def model(self, network: Network, point: Point | None, epochs: float | None = None) -> Model:
        """Return ``network``, measured at ``point``, with all that is known of how it was made.

        Where it learned on since then, as one does that was held within an epoch, it is as it was after ``epochs``.
        """
        recipe = self.recipe
        if epochs is None:
            epochs = point.epochs if point else 0.0
        curves = (
            {
                "data": self.data,
                "kind": self.kind.name,
                "seconds": round(self.seconds, 3),
                "points": _curve(self.points),
                "marks": self.marks,
            }
            | ({"rates": self.rates} if self.rates else {})
            | ({"tested": self.tested} if self.tested else {})
            | ({"material": self.material} if self.material else {})
        )
        whose = f"{self.data}'" if self.data.endswith("s") else f"{self.data}'s"
        images = self.material.images - self.material.own if self.material else recipe.train_on
        provenance = Provenance(
            name=self.name,
            accuracy=self._accuracy(point, whose, epochs) if point else "",
            data=f"{self.data}, {images:,} training images{self.own_drawings}",
            deformation=recipe.deformation,
            epochs=f"{epochs:.10g}",
            mini_batch_size=SETTINGS["mini_batch_size"].show(recipe.mini_batch_size),
            eta=f"{recipe.eta:g}",
            momentum=f"{recipe.momentum:g}",
            l2=f"{recipe.l2:g}",
            first_weights=recipe.initialisation,
            seed=str(recipe.seed),
            recipe=recipe.to_json(),
            curves=json.dumps(curves),
        )
        return Model(network, provenance)

    def _accuracy(self, point: Point, whose: str, epochs: float) -> str:
        if self.tested and self.tested.epochs == point.epochs == epochs:
            return f"{100 * self.tested.accuracy:.2f} % on {whose} test set, of the epoch chosen on validation digits"
        before = "" if point.epochs == epochs else f" at epoch {point.epochs:g}"
        return f"{100 * point.accuracy:.2f} % on {whose} {self.recipe.held_out}{before}"

    @classmethod
    def of_model(cls, number: int, model: Model) -> "Run | None":
        """Return the run that a network file tells of, or None when it tells of none.

        It may take a while: this is for any thread. Raises ModelError when it tells of one that cannot be shown: the
        network itself can be used.
        """
        told = model.provenance
        if not told.recipe or not told.curves:
            return None
        name = told.name or "the network"
        unshown = f"The settings and curves that come with {name} cannot be shown"
        try:
            recipe = Recipe.from_json(told.recipe)
            if not recipe.fits(model.network):
                raise ValueError(f"{recipe.outputs} outputs are not those of its network")
        except _ODD as error:
            raise ModelError(f"{unshown} ({error}).") from error
        try:
            curves = parsed(told.curves)
            points = _curve([_point(each) for each in curves["points"]])
            marks = [Mark(_within(_MOST_EPOCHS, epochs), one_line(str(text)))
                     for epochs, text in _some_of(curves["marks"], MOST_MARKS)]  # fmt: skip
            run = cls(number, recipe, one_line(str(curves["data"])) or _UNNAMED, told.name, points, marks)
            # Files of before have no more than the name.
            run.kind = Kind[curves.get("kind", "MNIST" if run.data == Kind.MNIST.value else "OTHER")]
            run.seconds = _within(_MOST_SECONDS, curves["seconds"])
            run.tested = _tested(curves.get("tested"))
            run.material = material_of(curves.get("material"), recipe)
            run.rates = rates_of(curves.get("rates", {}))
            written = _within(_MOST_EPOCHS, told.epochs)
        except _ODD as error:  # whose own words say little to a person
            raise ModelError(f"{unshown}: the curves are damaged.") from error
        # The text has fewer figures than the curve, six in files of before: a measurement that is written so is meant.
        measured = {f"{point.epochs:g}": point.epochs for point in points}
        measured |= {f"{point.epochs:.10g}": point.epochs for point in points}
        epochs = measured.get(told.epochs, written)
        run.points = [point for point in points if point.epochs <= epochs]
        if run.tested and run.tested.epochs > epochs:
            run.tested = None
        run.latest = run.networks[epochs] = model.network
        run.at = epochs
        return run


def _curve(points: list[Point]) -> list[Point]:
    """Return the points for a file: all, or of a very long run some, first of those at the end of an epoch."""
    if len(points) <= MOST_POINTS:
        return points
    return _some_of([point for point in points if point.exact] or points, MOST_POINTS)


def _point(told: Any) -> Point:
    """Return a point of a file. Raises ValueError, TypeError or OverflowError where it is none."""
    epochs, accuracy, cost, training_accuracy, training_cost, exact = told
    accuracy, training_accuracy = _within(1, accuracy), _within(1, training_accuracy)
    cost, training_cost = _within(_LARGEST_COST, cost), _within(_LARGEST_COST, training_cost)
    return Point(_within(_MOST_EPOCHS, epochs), accuracy, cost, training_accuracy, training_cost, bool(exact))


def _tested(told: Any) -> OnTestSet | None:
    """Return what a file tells of the test set. Raises ValueError, TypeError or OverflowError where it is odd."""
    if told is None:
        return None
    epochs, accuracy = told
    return OnTestSet(_within(_MOST_EPOCHS, epochs), _within(1, accuracy))


def material_of(told: Any, recipe: Recipe) -> Material | None:
    """Return what a file tells of the digits of a run by ``recipe``.

    Raises ValueError, TypeError or OverflowError where it is odd.
    """
    if told is None:
        return None
    images, *own, fingerprint = told
    images = int(_within(_MOST_IMAGES, images))
    if not own:  # in files of before, whose runs left out none of the set's images
        own = [max(images - recipe.train_on, 0) if recipe.own else 0]
    (drawn,) = own
    return Material(images, int(_within(images, drawn)), bytes.fromhex(fingerprint)[:8].hex())


def rates_of(told: Any) -> dict[str, float]:
    """Return what a file tells of the rates that were changed on the way; files of before have it in words alone.

    Raises ValueError, TypeError or OverflowError where it is odd.
    """
    return {name: SETTINGS[name].read(str(float(told[name]))) for name in RATES if name in told}


def _within(most: float, value: Any) -> float:
    """Return a number from 0 to ``most``. Raises ValueError, TypeError or OverflowError for anything else."""
    number = float(value)
    if not 0 <= number <= most:  # so that a NaN is refused too
        raise ValueError(f"{number:g} is not from 0 to {most:g}")
    return number


def _some_of(things: Sequence[T], most: int) -> list[T]:
    """Return ``most`` of ``things`` or fewer: all of them, or every second, or fourth ..., the last one in any case."""
    step = 1
    while len(things) > most * step:
        step *= 2
    return list(things[::-step][::-1])
