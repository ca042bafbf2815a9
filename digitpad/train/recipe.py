"""What decides the outcome of a run of training: its settings, and what these make of a data set."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from digitpad.data.dataset import Dataset, Digits, Split
from digitpad.errors import DataError, one_line
from digitpad.nn.augment import Deform
from digitpad.nn.binary import TARGETS
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.nn.training import TrainingConfig
from digitpad.train.settings import ALL, FOUR, SETTINGS, TEN, TEST_SET, VALIDATION

# Mild: a short training gains more from it than from the strong one of scripts/train_default.py.
DEFORM = Deform(rotate=0.1, shear=0.1, stretch=0.1, elastic=0.7, smoothness=3.0, shift=0, width=0.6)

_MOST_VALIDATION = 10_000  # digits
_VALIDATION_SHARE = 6  # one in so many training images at least is set aside, as the book does with MNIST's 60,000
_LONGEST = 10_000  # letters of JSON: all settings take some hundred, and millions would hold up the window


@dataclass(frozen=True)
class Recipe:
    """The settings of a run; the defaults are chapter 1's first experiment.

    ``train_on`` is how many of the training images to learn from at most, from the first. ``held_out`` says on which
    digits accuracy is measured: the test set, or training images that it does not learn from. ``own`` adds the person's
    own drawings to what is learned from. ``mini_batch_size`` may be ``ALL``. ``outputs`` are ``TEN``, one a digit, or
    ``FOUR``, the bits of the digit. The others are as in ``Network`` and ``TrainingConfig``.
    """

    hidden: tuple[int, ...] = (30,)
    activation: str = "sigmoid"
    cost: str = "quadratic"
    initialisation: str = "normal"
    eta: float = 3.0
    mini_batch_size: int = 10
    epochs: int = 30
    l2: float = 0.0
    momentum: float = 0.0
    deform: bool = False
    seed: int = 0
    train_on: int = 50_000
    held_out: str = TEST_SET
    own: bool = False
    outputs: str = TEN

    @property
    def sizes(self) -> str:
        """The layers as the book writes them: "784-30-10"."""
        return "-".join(map(str, self._layers))

    @property
    def _layers(self) -> tuple[int, ...]:
        return (784, *self.hidden, 4 if self.outputs == FOUR else 10)

    @property
    def codes(self) -> Floats | None:
        """What the outputs should be for each digit, (10, 4), where they are bits; None where there is one a digit."""
        return TARGETS if self.outputs == FOUR else None

    @property
    def reads_drawings(self) -> bool:
        """Whether its network may read drawings: all that shows how expects an output for each digit."""
        return self.codes is None

    def fits(self, network: Network) -> bool:
        """Whether ``network`` has the outputs of this recipe, so that its answers can be told."""
        return network.sizes[-1] == self._layers[-1]

    @property
    def validated(self) -> bool:
        """Whether validation digits choose the epoch, so that the test set is left to tell how good that is."""
        return self.held_out == VALIDATION

    @property
    def title(self) -> str:
        """The run in a few words: layers, eta, mini-batch size, and what differs from chapter 1."""
        words = [
            self.sizes,
            f"η {self.eta:g}",
            "all at once" if self.mini_batch_size == ALL else f"m {self.mini_batch_size}",
        ]
        plain = Recipe()
        for name in ("activation", "cost"):
            if getattr(self, name) != getattr(plain, name):
                words.append(getattr(self, name))
        words += [f"{SETTINGS[n].label} {getattr(self, n):g}" for n in ("momentum", "l2") if getattr(self, n)]
        words += ["deformed"] if self.deform else []
        return " · ".join(words)

    @property
    def deformation(self) -> str:
        """How the images to learn from are deformed, "" where they are not."""
        return str(DEFORM) if self.deform else ""

    def network(self) -> Network:
        """Return the network to begin with, its weights drawn with the seed."""
        return Network(
            self._layers,
            seed=self.seed,
            activation=self.activation,
            cost=self.cost,
            initialisation=self.initialisation,
        )

    def config(self, n: int) -> TrainingConfig:
        """Return how to descend when learning from ``n`` images."""
        return TrainingConfig(
            epochs=self.epochs,
            mini_batch_size=n if self.mini_batch_size == ALL else min(self.mini_batch_size, n),
            eta=self.eta,
            l2=self.l2,
            momentum=self.momentum,
            seed=self.seed,
        )

    def fitted(self, digits: Digits) -> "Recipe":
        """Return these settings with no more images to train on than there are for that in ``digits``.

        Of all there are, some may be left out so that mini-batches are whole.
        """
        n = len(digits.training)
        there = n - n // _VALIDATION_SHARE if self.validated else n
        return self if self.train_on <= there else replace(self, train_on=self._whole(there))

    def _whole(self, n: int) -> int:
        """Return ``n``, or a few less, so many images as make whole mini-batches.

        A last one of very few would move the weights as far as the others, and every epoch be measured right after it.
        """
        size = self.mini_batch_size
        return n if size == ALL or n < size else n - n % size

    def targets(self, dataset: Dataset) -> Floats:
        """Return what the outputs should be for each of its images, (n, outputs) float32."""
        return dataset.targets if self.codes is None else self.codes.astype(np.float32)[dataset.labels]

    def split(self, digits: Digits, own: Dataset | None = None) -> Split:
        """Return what to learn from and what to measure on. Raises DataError when none is left to measure on."""
        n = len(digits.training)
        validation = digits.training[max(self.train_on, n - _MOST_VALIDATION) :]
        held_out = validation if self.validated else digits.test
        if len(held_out) == 0:
            raise DataError(
                f"Training on all images ({n:,}) leaves no validation digits: train on fewer, or use the test set."
            )
        if not (self.own and own and len(own)):
            split = Split(digits.name, digits.training[: self.train_on], held_out)
            return digits.splits.setdefault((self.train_on, self.validated), split)
        of_set, drawn = min(self.train_on, n), len(own)
        kept = max(self._whole(of_set + drawn) - drawn, 0)
        return Split(digits.name, digits.training[:kept] + own, held_out, drawn)

    def to_dict(self) -> dict[str, Any]:
        """Return the settings by name, as JSON can hold them."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: Any) -> "Recipe":
        """Return the settings that are ``given`` by name; what is left out is as in chapter 1.

        Each is checked like those a person types. Raises ValueError, which says what is wrong with which.
        """
        if not isinstance(given, dict):
            raise ValueError(f"not the settings of a run: {str(given)[:100]}")
        if unknown := given.keys() - SETTINGS.keys():
            raise ValueError(f"there is no setting “{one_line(min(unknown))}”")
        values = {}
        for name, value in given.items():
            setting = SETTINGS[name]
            values[name] = setting.read(setting.show(tuple(value) if isinstance(value, list) else value))
        return cls(**values)

    def to_json(self) -> str:
        """Return the settings as JSON."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Return the settings in ``text``, as ``from_dict`` does. Raises ValueError."""
        none = f"not the settings of a run: {text[:100]}"
        if len(text) > _LONGEST:
            raise ValueError(none)
        try:
            given = json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError(none) from None
        return cls.from_dict(given)
