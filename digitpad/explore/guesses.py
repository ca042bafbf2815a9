"""What there is to guess on the pages: a ``Guess`` for each station, whose truth is computed when it is asked for."""

import numpy as np

from digitpad.explore.descent import Parabola, descend
from digitpad.explore.guessing import Guess, Station, Truth
from digitpad.explore.perceptron import ROWS, Perceptron
from digitpad.nn.binary import BIASES, WRONG_WEIGHTS, right_digits
from digitpad.nn.costs import QUADRATIC
from digitpad.nn.network import Network
from digitpad.nn.neurons import sigmoid

# What pages set when it is to happen on them.
LOWERED_NAND = Perceptron((-2, -2), 1)
DELTA_Z = 0.1  # added to z = 0
LARGE_C = 1000.0
OVERSHOOTING = Parabola(1, 0, 0), 10.0, 1.1  # the notebook's curve and start, and a learning rate
LARGE_BATCH = 1000

_SMALL_BATCH, _DRAWS = 10, 2000


def _nearest(value: float, values: tuple[float, ...]) -> int:
    """Return which of ``values``, all above 0, is nearest to ``value`` by its ratio."""
    return int(np.argmin(np.abs(np.log(np.array(values)) - np.log(value))))


def _perceptron() -> Truth:
    firing = [f"{x1}{x2}" for (x1, x2), y in zip(ROWS, LOWERED_NAND.table(), strict=True) if y]
    option = [["00", "01", "10"], ["00"], []].index(firing)
    return Truth(option, f"It fires at {', '.join(firing) or 'no inputs'}: there alone is −2x₁ − 2x₂ + 1 above 0.")


def _sigmoid() -> Truth:
    before, after = sigmoid(np.array([0.0, DELTA_Z]))
    change = float(after - before)
    option = _nearest(change, (1.0, 0.025, DELTA_Z))
    return Truth(option, f"From 0.5 by {change:.4f}: σ′(0) = ¼, so a small change of z is quartered.")


def _simulating() -> Truth:
    output = float(sigmoid(LARGE_C * np.zeros(1))[0])
    option = (1.0, 0.5, 0.0).index(output)
    return Truth(option, f"σ({LARGE_C:g} · 0) = {output:g}: at exactly 0 no factor helps.")


def _layers() -> Truth:
    network = Network([784, 30, 10], seed=0)
    first, all_of_it = network.weights[0].size + network.biases[0].size, network.parameters.size
    option = _nearest(first / all_of_it, (0.99, 0.5, 0.1))
    return Truth(option, f"{first:,} of {all_of_it:,}: each of its 30 neurons has a weight for each of 784 pixels.")


def _binary() -> Truth:
    right = int(right_digits(WRONG_WEIGHTS, BIASES).sum())
    return Truth((10, 8, 5).index(right), f"{right} of ten: the rows of 6 and 7 lack the bit worth 2, and read 4, 5.")


def _cost() -> Truth:
    outputs, target = np.full((1, 10), 0.5), np.eye(10)[:1]
    cost = float(QUADRATIC.value(outputs, target).sum())
    option = _nearest(cost, (0.125, 1.25, 5.0))
    return Truth(option, f"{cost:g}: each of the ten outputs is ½ away from its target, and ½ · 10 · ½² = 1.25.")


def _valley() -> Truth:
    steepest, to_bottom = np.array([-2.0, -50.0]), np.array([-1.0, -1.0])  # for v1^2 + 25 v2^2 at (1, 1)
    cosine = steepest @ to_bottom / np.linalg.norm(steepest) / np.linalg.norm(to_bottom)
    angle = float(np.degrees(np.arccos(cosine)))
    option = 0 if angle < 1 else 1 if angle < 60 else 2
    return Truth(
        option,
        f"−∇C is (−2, −50), {angle:.0f}° off the way to the bottom: the gradient knows the slope here, not where the "
        "bottom is.",
    )


def _descent() -> Truth:
    curve, start, eta = OVERSHOOTING
    run = descend(curve, start, eta)
    factor = curve.factor(eta)
    option = 0 if abs(factor) < 1 else 1 if abs(factor) == 1 else 2
    places = ", ".join(f"{x:.1f}".replace("-", "−") for x in run.path[:4])
    return Truth(option, f"x is {places}, …: each step multiplies it by 1 − 2η = {factor:.1f}".replace("-", "−") + ".")


def _mini_batches() -> Truth:
    generator = np.random.default_rng(0)
    far = [
        float(np.abs(generator.standard_normal((_DRAWS, m)).mean(axis=1)).mean()) for m in (_SMALL_BATCH, LARGE_BATCH)
    ]
    option = _nearest(far[1] / far[0], (0.01, 0.1, 1.0))
    return Truth(
        option,
        f"{far[1] / far[0]:.2f} of it, in {_DRAWS:,} draws of random numbers: what is random shrinks as 1/√m. So a "
        "hundred times the work brings it a tenth as far off.",
    )


def _deep() -> Truth:
    shallow, deep = (Network(sizes, seed=0).parameters.size for sizes in ([784, 30, 10], [784, 30, 30, 30, 10]))
    more = deep / shallow - 1
    option = _nearest(more, (0.08, 1.0, 2.0))
    return Truth(option, f"By {100 * more:.0f} %, from {shallow:,} to {deep:,}: most weights lead from the pixels.")


GUESSES = {
    Station.PERCEPTRON: Guess(
        "A NAND has weights −2, −2 and bias 3. Its bias is lowered to 1. At which inputs does it fire then?",
        ("At the same as before: 00, 01 and 10", "At 00 alone", "At none"),
        _perceptron,
    ),
    Station.SIGMOID: Guess(
        "A sigmoid neuron is at <i>z</i> = 0. A weight is raised, so that <i>z</i> grows by 0.1. By how much does its "
        "output grow?",
        ("By 1: it jumps", "By about 0.025", "By 0.1, as z does"),
        _sigmoid,
    ),
    Station.SIMULATING: Guess(
        "All weights and biases are multiplied by 1,000. What does a sigmoid neuron answer where <i>z</i> = 0?",
        ("1", "½", "0, as the perceptron"),
        _simulating,
    ),
    Station.LAYERS: Guess(
        "Chapter 1’s network, 784-30-10, has 23,860 weights and biases. What part of them belongs to the hidden layer?",
        ("Nearly all", "About half", "About a tenth"),
        _layers,
    ),
    Station.BINARY: Guess(
        "The table that is often found for this exercise: of how many digits does it give the right bits?",
        ("Of all ten", "Of eight", "Of five"),
        _binary,
    ),
    Station.COST: Guess(
        "A network answers ½ ten times, whatever it sees. What does one image cost it?",
        ("0.125", "1.25", "5"),
        _cost,
    ),
    Station.VALLEY: Guess(
        "A narrow valley, <i>C</i> = <i>v</i><sub>1</sub>² + 25 <i>v</i><sub>2</sub>², and a ball at (1, 1). Which way "
        "is steepest down?",
        ("Straight to the bottom, at (0, 0)", "More across the valley than along it", "Away from the bottom"),
        _valley,
    ),
    Station.DESCENT: Guess(
        "<i>C</i> = <i>x</i>², from <i>x</i> = 10, as in the notebook, but with η = 1.1. What becomes of <i>x</i>?",
        ("It comes to 0 in fewer steps", "It goes to and fro between 10 and −10", "It leaps ever farther away"),
        _descent,
    ),
    Station.MINI_BATCHES: Guess(
        "A mini-batch has 1,000 images instead of 10. How far off the true gradient is its estimate then?",
        ("A hundredth as far", "A tenth as far", "As far as before"),
        _mini_batches,
    ),
    Station.DEEP: Guess(
        "784-30-10 gets two more hidden layers of 30 neurons. By how much does the number of its weights and biases "
        "grow?",
        ("By less than a tenth", "It doubles", "It triples"),
        _deep,
    ),
}
