"""Sure, not sure, blank."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad import paths
from digitpad.data import mnist
from digitpad.draw.nine import read_nine
from digitpad.draw.preprocess import preprocess
from digitpad.draw.reading import CERTAIN_MARGIN, CERTAIN_OUTPUT, DIGIT_OUTPUT, SURE_MARGIN, SURE_OUTPUT, Verdict, read
from digitpad.nn.network import Network
from digitpad.train import model_file


def network_that_says(outputs: list[float]) -> Network:
    """Return a network with these outputs whatever the drawing."""
    wanted = np.clip(np.array(outputs), 1e-9, 1 - 1e-9)
    bias = np.log(wanted / (1 - wanted))
    return Network.of([np.zeros((10, 784))], [bias], activation="sigmoid", cost="quadratic")


DRAWN = preprocess(np.ones((20, 4)))
OTHERS = [0.0] * 8


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (0.97, 0.02, Verdict.SURE),
        (SURE_OUTPUT + 0.01, 0.0, Verdict.SURE),
        (SURE_OUTPUT - 0.01, 0.0, Verdict.UNSURE),
        (0.99, 0.99 - SURE_MARGIN + 0.01, Verdict.UNSURE),
        (DIGIT_OUTPUT + 0.01, 0.0, Verdict.UNSURE),
        (DIGIT_OUTPUT - 0.01, 0.0, Verdict.NO_DIGIT),
        (0.01, 0.0, Verdict.NO_DIGIT),
    ],
)
def test_sure_means_high_and_well_ahead(first: float, second: float, verdict: Verdict) -> None:
    reading = read(network_that_says([second, *OTHERS[:6], first, *OTHERS[6:]]), DRAWN)
    assert reading.verdict is verdict
    assert (reading.digit, reading.runner_up) == (7, 0) if second else reading.digit == 7
    assert reading.margin == pytest.approx(first - second, abs=1e-6)
    np.testing.assert_allclose(reading.outputs[7], first, atol=1e-6)


def network_that_reads_rows() -> Network:
    """Return a network whose outputs say in which of ten rows of an image there is ink."""
    rows = np.repeat(np.eye(28)[:10], 28, axis=1)
    return Network.of([rows], [np.full(10, -14.0)], activation="sigmoid", cost="quadratic")


def with_ink_in(*rows: int, grey: float = 1.0) -> np.ndarray:
    image = np.zeros((28, 28), dtype=np.float32)
    image[list(rows)] = grey
    return image


@pytest.mark.parametrize(
    ("otherwise", "verdict", "other"),
    [
        ((), Verdict.SURE, None),
        ((with_ink_in(4),), Verdict.SURE, None),
        ((with_ink_in(4), with_ink_in(7)), Verdict.UNSURE, 7),
        ((with_ink_in(7, grey=0.8), with_ink_in(2)), Verdict.UNSURE, 2),
        ((with_ink_in(7, grey=0.2),), Verdict.SURE, None),  # of no digit's ink it says nothing
    ],
)
def test_what_may_be_read_as_two_digits_is_not_sure(
    otherwise: tuple[np.ndarray, ...], verdict: Verdict, other: int | None
) -> None:
    image = with_ink_in(4)
    stages = replace(preprocess(image), centred=image, otherwise=tuple(way.ravel() for way in otherwise))
    reading = read(network_that_reads_rows(), stages)
    assert (reading.verdict, reading.digit, reading.otherwise) == (verdict, 4, other)


@pytest.mark.parametrize(
    ("first", "second", "certain"),
    [
        (CERTAIN_OUTPUT + 0.01, 0.0, True),
        (CERTAIN_OUTPUT - 0.01, 0.0, False),
        (0.99, 0.99 - CERTAIN_MARGIN + 0.01, False),
        (0.99, 0.99 - CERTAIN_MARGIN - 0.01, True),
        (0.05, 0.0, False),
    ],
)
def test_certain_is_more_than_sure(first: float, second: float, certain: bool) -> None:
    assert read(network_that_says([second, *OTHERS[:6], first, *OTHERS[6:]]), DRAWN).certain == certain


@pytest.mark.parametrize("nine", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_that_a_run_blew_up_reads_no_digit(dtype: type, nine: bool) -> None:
    large = np.finfo(dtype).max / 4
    weights = [np.full((20, 784), large), np.tile(np.array([large, -large]), (10, 10))]
    biases: list[np.ndarray] = [np.zeros(20, dtype), np.zeros(10, dtype)]
    network = Network.of(weights, biases, activation="relu", cost="quadratic")
    assert np.isnan(network.feedforward(DRAWN.image)).all()
    reading = read(network, DRAWN, nine=nine)
    assert reading.verdict is Verdict.NO_DIGIT
    assert reading.outputs.tolist() == [0.0] * 10


def test_a_blank_canvas_is_blank_whatever_the_network_says() -> None:
    assert read(network_that_says([1.0, 0.0, *OTHERS]), preprocess(np.zeros((9, 9)))).verdict is Verdict.BLANK


def test_the_bits_spell_the_digit() -> None:
    reading = read(network_that_says([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]), DRAWN)
    np.testing.assert_array_equal(reading.bits > 0.5, [False, True, True, False])


@pytest.mark.mnist
def test_the_default_network_reads_mnist_and_says_how_well(mnist_folder: Path) -> None:
    model = model_file.load(paths.DEFAULT_NETWORK)
    test = mnist.load_test(mnist_folder)
    once = model.network.evaluate(test.images, test.labels) / len(test)
    nine = float((read_nine(model.network, test.images).mean(axis=1).argmax(axis=1) == test.labels).mean())
    assert nine >= once >= 0.99
    told = f"{100 * nine:.2f} % on MNIST's test set read nine times, {100 * once:.2f} % read once"
    assert model.provenance.accuracy == told
    assert set(model.provenance.metadata) >= {"name", "data", "sizes", "seed", "epochs", "accuracy"}
