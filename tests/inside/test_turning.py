"""Turning an answer: the result is read as wanted where it lies on the canvas, and nothing of it can be taken back."""

from functools import partial

import numpy as np
import pytest

from digitpad.draw.drawing import Drawing, Picture
from digitpad.draw.nine import back_from_views, views
from digitpad.draw.preprocess import SIDE, Greys, preprocess
from digitpad.draw.reading import Reading, Verdict, read
from digitpad.inside import turning
from digitpad.inside.turning import Turned, turned
from digitpad.nn.network import Network
from digitpad.paths import DEFAULT_NETWORK
from digitpad.train import model_file
from tests.digits import a_set


@pytest.fixture(scope="module")
def default_network() -> Network:
    """The network that comes with the program."""
    return model_file.load(DEFAULT_NETWORK).network


@pytest.fixture(scope="module")
def digit() -> Greys:
    """A seven with a slanted stem, as the network sees it."""
    greys = np.zeros((60, 60), dtype=np.float32)
    greys[5:10, 10:45] = 1
    for row in range(10, 55):
        left = 42 - (row - 10) // 2
        greys[row, left : left + 6] = 0.9
    return preprocess(greys).image


@pytest.fixture(scope="module")
def small() -> Network:
    """Ten neurons, each of which answers to a place of its own."""
    generator = np.random.default_rng(3)
    return Network.of(
        [generator.normal(0, 0.6, (10, 784))], [np.full(10, -2.0)], activation="sigmoid", cost="cross-entropy"
    )


def trained(hidden: list[int], activation: str) -> Network:
    """Return a network that has learned ten patterns in the box of a digit, each under noise."""
    network = Network(
        [784, *hidden, 10], seed=5, activation=activation, initialisation="scaled", cost="cross-entropy",
        dtype=np.float64,  # and slowly: so it becomes the same with every processor's arithmetic
    )  # fmt: skip
    generator = np.random.default_rng(6)
    patterns = np.zeros((10, SIDE, SIDE))
    patterns[:, 4:24, 4:24] = generator.random((10, 20, 20)) < 0.2
    flat, targets, work = patterns.reshape(10, 784), np.eye(10), network.workspace(10)
    eta, steps = (0.5, 3000) if activation == "sigmoid" else (0.1, 1200)  # whose layers learn slowly at first
    for _ in range(steps):
        nabla_b, nabla_w = network.backprop(flat * generator.random(flat.shape, dtype=np.float32), targets, work)
        for parameters, nabla in zip([*network.weights, *network.biases], [*nabla_w, *nabla_b], strict=True):
            parameters -= eta * nabla
    return network


def reading_of(network: Network, levels: np.ndarray, nine: bool) -> Reading:
    """Return what is read of levels that are put on the canvas."""
    greys = levels.reshape(SIDE, SIDE).astype(np.float32) / np.float32(255)
    return read(network, Drawing(picture=Picture.fitted(greys)).stages(), nine=nine)


def is_read(network: Network, levels: np.ndarray, digit: int, nine: bool) -> bool:
    reading = reading_of(network, levels, nine)
    return reading.digit == digit and reading.verdict is Verdict.SURE


def check(network: Network, found: Turned | None, wanted: int, nine: bool) -> None:
    """What was found is read as wanted, and no pixel can go back, wholly or by one level."""
    assert found is not None
    assert is_read(network, found.after, wanted, nine)
    assert found.reading.digit == wanted
    assert found.reading.verdict is Verdict.SURE
    assert found.reading_before.digit == reading_of(network, found.before, nine).digit
    assert found.pixels == np.count_nonzero(found.before != found.after)
    assert found.levels == np.abs(found.after.astype(int) - found.before.astype(int)).sum()
    for pixel in np.flatnonzero(found.changes):
        for levels in (found.before[pixel], found.after[pixel] - np.sign(found.changes[pixel])):
            less = found.after.copy()
            less[pixel] = levels
            assert not is_read(network, less, wanted, nine)


@pytest.mark.parametrize("wanted", range(10))
def test_the_least_is_found_that_turns_the_answer(small: Network, digit: Greys, wanted: int) -> None:
    check(small, turned(small, digit, wanted), wanted, nine=False)


@pytest.mark.parametrize("nine", [False, True])
@pytest.mark.parametrize("wanted", [1, 2])
def test_the_network_that_comes_with_the_program_can_be_fooled(
    default_network: Network, digit: Greys, wanted: int, nine: bool
) -> None:
    found = turned(default_network, digit, wanted, nine=nine)
    check(default_network, found, wanted, nine)
    assert found is not None
    assert found.reading_before.digit == 7
    assert found.pixels < 100


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
@pytest.mark.parametrize("hidden", [[12], [12, 9], [12, 9, 8]], ids=str)
def test_what_is_found_turns_networks_of_any_layers(digit: Greys, activation: str, hidden: list[int]) -> None:
    network = trained(hidden, activation)
    found = [(wanted, turned(network, digit, wanted)) for wanted in range(10)]
    done = [(wanted, one) for wanted, one in found if one is not None]
    assert done
    for wanted, one in done:
        check(network, one, wanted, nine=False)


def test_the_fewest_levels_are_those_of_the_strongest_pixel() -> None:
    """Two pixels help, one twice as much: what that one alone can do costs the least."""
    image = a_set(1, 0).images[0].reshape(SIDE, SIDE) * (np.arange(SIDE) % 27 > 3)  # ink within the box
    image = preprocess(image[4:24, 4:24] / 255).image
    ink = np.flatnonzero((image > 0.1) & (image < 0.2))[:2]
    weights = np.zeros((10, 784))
    weights[3, ink] = 10, 20
    network = Network.of([weights], [np.full(10, -9.0)], activation="sigmoid", cost="cross-entropy")
    found = turned(network, image, 3)
    assert found is not None
    assert np.flatnonzero(found.changes).tolist() == [ink[1]]
    check(network, found, 3, nine=False)


def test_it_is_found_again(small: Network, digit: Greys) -> None:
    one, other = turned(small, digit, 4), turned(small, digit, 4)
    assert one is not None
    assert other is not None
    np.testing.assert_array_equal(one.after, other.after)


def test_what_is_read_so_already_stays_as_it_is(default_network: Network, digit: Greys) -> None:
    found = turned(default_network, digit, 7)
    assert found is not None
    assert found.pixels == found.levels == 0


def counts(steps: list[int], pixels: int) -> bool:
    """Note a step, and go on."""
    steps.append(pixels)
    return True


def test_after_so_many_steps_the_best_so_far_is_told(
    default_network: Network, digit: Greys, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = list[int]()
    whole = turned(default_network, digit, 1, go_on=partial(counts, steps))
    assert whole is not None
    assert whole.least
    monkeypatch.setattr(turning, "_WORK", (len(steps) - 20) * default_network.parameters.size)
    taken = list[int]()
    found = turned(default_network, digit, 1, go_on=partial(counts, taken))
    assert found is not None
    assert not found.least
    assert len(taken) == len(steps) - 19  # the last one was not taken
    assert is_read(default_network, found.after, 1, nine=False)
    assert found.levels >= whole.levels


def test_it_ends_when_it_is_told_to(small: Network, digit: Greys) -> None:
    steps = iter([True] * 3 + [False] * 100)
    assert turned(small, digit, 4, go_on=lambda _: next(steps)) is None


@pytest.mark.parametrize("worth", [0.0, np.nan, np.inf])
@pytest.mark.parametrize("nine", [False, True])
def test_what_cannot_be_turned_is_given_up(digit: Greys, worth: float, nine: bool) -> None:
    network = Network([784, 6, 10], seed=1)
    for w in network.weights:
        w[:] = worth
    assert turned(network, digit, 3, nine=nine) is None


def test_outputs_that_no_ink_reaches_are_given_up(small: Network, digit: Greys) -> None:
    network = small.copy()
    network.biases[0][6] = -1e4
    assert turned(network, digit, 6) is None


def test_blank_paper_ends_without_an_answer_or_with_one(default_network: Network) -> None:
    found = turned(default_network, np.zeros(784, dtype=np.float32), 1)
    assert found is None or found.reading.digit == 1


def test_slopes_by_the_views_are_brought_back_to_the_image() -> None:
    generator = np.random.default_rng(0)
    image, weights = generator.random((1, 784), dtype=np.float32), generator.standard_normal((9, 784))
    back = back_from_views(weights)
    # The views are linear: what all pixels do together is what their slopes add up to; float32 views of 784 pixels.
    assert back @ image[0] == pytest.approx(float((weights * views(image)[0]).sum()), rel=1e-4, abs=1e-3)
    for pixel in (0, 300, 783):
        alone = np.zeros((1, 784), dtype=np.float32)
        alone[0, pixel] = 1
        assert back[pixel] == pytest.approx(float((weights * views(alone)[0]).sum()), abs=1e-5)
