"""The settings of a run as a person writes them: their labels, what is allowed, and how each is read and shown."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from digitpad.nn.costs import COSTS
from digitpad.nn.network import INITIALISATIONS
from digitpad.nn.neurons import ACTIVATIONS
from digitpad.train.typed import hidden_layers, number, shown_layers, whole_number

TEST_SET, VALIDATION = "test set", "validation digits"  # the digits to measure on
TEN, FOUR = "ten", "four"  # outputs: one a digit, or the bits of the digit
ALL = 0  # as a mini-batch size: the whole training set at once
RATES = ("eta", "momentum", "l2")  # what may be changed while it trains

_LAYERS, _NEURONS, _EPOCHS, _IMAGES = 5, 2000, 10_000, 10_000_000
LARGEST_ETA, MOST_SEED = 1000, 2**32 - 1
_QUOTED = 60  # characters, of what cannot be read
_YES, _NO = ("yes", "true", "on", "y", "1"), ("no", "false", "off", "n", "0")


class Kind(Enum):
    """What a setting is, which decides how it is asked for."""

    CHOICE = "one of several words"
    YES_NO = "yes or no"
    WRITTEN = "a number or several, typed"


def _written(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    return str(value)


class NotAllowed(ValueError):
    """A text that is no value of a setting. ``allowed`` says what is, and what the text may have been meant for."""

    def __init__(self, label: str, text: str, allowed: str) -> None:
        """Quote ``text`` for the setting called ``label``."""
        quoted = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
        super().__init__(f"{label}: {quoted!r} is not allowed; it is {allowed}")
        self.allowed = allowed


@dataclass(frozen=True)
class Setting:
    """One setting: its ``label``, what is ``allowed`` in words, and ``tip``, which says what it does.

    ``parse`` returns the value of a text or raises ValueError with a hint or nothing; ``show`` returns a value as one
    would type it, so that it can be read again. ``choices`` are there where only these are possible.
    """

    label: str
    allowed: str
    parse: Callable[[str], Any]
    tip: str
    kind: Kind = Kind.WRITTEN
    choices: tuple[str, ...] = ()
    show: Callable[[Any], str] = _written

    def read(self, text: str) -> Any:
        """Return the value that ``text`` stands for. Raises NotAllowed, which quotes it and says what is allowed."""
        try:
            return self.parse(text)
        except ValueError as error:
            allowed = f"{self.allowed} ({error})" if str(error) else self.allowed
            raise NotAllowed(self.label, text, allowed) from None


def _whole(low: int, high: int) -> Callable[[str], int]:
    return lambda text: whole_number(text, low, high)


def _mini_batch(text: str) -> int:
    return ALL if text.strip().lower() == "all" else whole_number(text, 1, _IMAGES)


def _shown_mini_batch(size: int) -> str:
    return "all" if size == ALL else str(size)


def _number(accepts: Callable[[float], bool]) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = number(text)
        if not accepts(value):
            raise ValueError
        return value

    return read


def _hidden(text: str) -> tuple[int, ...]:
    return hidden_layers(text, _LAYERS, _NEURONS)


def _shown_hidden(sizes: Any) -> str:
    """Return the layers as one types them; whatever a file has in their place, as it is, to be refused."""
    return shown_layers(sizes) if isinstance(sizes, tuple) else str(sizes)


def _choice(choices: tuple[str, ...], others: Mapping[str, str]) -> Callable[[str], str]:
    """Return what reads the beginning of a choice, or of one of the ``others``, words that stand for one."""
    names = {choice: choice for choice in choices} | dict(others)

    def read(text: str) -> str:
        word = _word(text)
        found = {name for said, name in names.items() if said == text or (word and _word(said).startswith(word))}
        if len(found) != 1:
            raise ValueError
        return found.pop()

    return read


def _word(text: str) -> str:
    """Return ``text`` as far as it matters: "Cross_Entropy" and "crossentropy" are cross-entropy."""
    return "".join(re.findall(r"[^\W_]+", text.lower()))


def _yes(text: str) -> bool:
    word = text.strip().lower()
    if word not in (*_YES, *_NO):
        raise ValueError
    return word in _YES


def _yes_or_no(value: Any) -> str:
    """Return a bool as one types it; whatever a file has in its place, as it is, to be refused."""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def _one_of(label: str, choices: tuple[str, ...], tip: str, others: Mapping[str, str] | None = None) -> Setting:
    return Setting(label, f"one of {', '.join(choices)}", _choice(choices, others or {}), tip, Kind.CHOICE, choices)


SETTINGS: dict[str, Setting] = {
    "hidden": Setting(
        "Hidden layers",
        f"up to {_LAYERS} layers of 1 to {_NEURONS:,} neurons, such as 30 or 100, 30; empty for none",
        _hidden,
        "How many neurons lie between the 784 inputs and the outputs, layer by layer.",
        show=_shown_hidden,
    ),
    "activation": _one_of(
        "Activation", tuple(ACTIVATIONS), "What a hidden neuron makes of its weighted input. Outputs are sigmoid."
    ),
    "cost": _one_of("Cost", tuple(COSTS), "What training makes small."),
    "initialisation": _one_of(
        "First weights",
        INITIALISATIONS,
        "normal: from N(0, 1), as in chapter 1. scaled: divided by the root of the number of inputs, as in chapter 3.",
    ),
    "outputs": _one_of(
        "Outputs",
        (TEN, FOUR),
        "ten: one for each digit, and the largest is the answer. four: the bits of the digit, worth 8, 4, 2 and 1; the "
        "answer is the digit whose bits are nearest, and drawings cannot be read.",
        {"10": TEN, "4": FOUR},
    ),
    "eta": Setting(
        "Learning rate η",
        f"a number above 0, at most {LARGEST_ETA:,}",
        _number(lambda eta: 0 < eta <= LARGEST_ETA),
        "How far each step goes down the gradient. May be changed while it trains.",
    ),
    "mini_batch_size": Setting(
        "Mini-batch",
        "a whole number from 1, or all",
        _mini_batch,
        "Images per step: 1 is online learning, all is plain gradient descent.",
        show=_shown_mini_batch,
    ),
    "epochs": Setting(
        "Epochs", f"a whole number from 1 to {_EPOCHS:,}", _whole(1, _EPOCHS), "How often every image is seen."
    ),
    "l2": Setting(
        "L2 (λ/n)",
        "a number from 0 to 1",
        _number(lambda l2: 0 <= l2 <= 1),
        "How quickly weights decay. May be changed while it trains.",
    ),
    "momentum": Setting(
        "Momentum μ",
        "a number from 0 up to, not including, 1",
        _number(lambda momentum: 0 <= momentum < 1),
        "How much of the last step is kept in the next. May be changed while it trains.",
    ),
    "deform": Setting(
        "Deform digits",
        "yes or no",
        _yes,
        "Turn, slant and stretch every digit a little, anew in every epoch.",
        Kind.YES_NO,
        show=_yes_or_no,
    ),
    "seed": Setting(
        "Seed",
        f"a whole number from 0 to {MOST_SEED:,}",
        _whole(0, MOST_SEED),
        "Decides the first weights and the order of the images. On one machine the same seed gives the same curve; "
        "another machine rounds otherwise, and its curve drifts away from this one.",
    ),
    "train_on": Setting(
        "Train on",
        "a whole number from 1",
        _whole(1, _IMAGES),
        "How many of the training images to learn from, at most; of all there are, as many as make whole mini-batches.",
    ),
    "held_out": _one_of(
        "Measure on",
        (TEST_SET, VALIDATION),
        "Digits the network never learns from. Validation digits are set aside from the training images, of MNIST's "
        "60,000 the last 10,000: they choose the epoch, and the test set then tells once how good that is. An epoch "
        "chosen on the test set looks better there than it is.",
        {"rest of the training set": VALIDATION},  # what they were called before
    ),
    "own": Setting(
        "My digits",
        "yes or no",
        _yes,
        "Learn from the drawings you have kept, too.",
        Kind.YES_NO,
        show=_yes_or_no,
    ),
}
