"""Curves that were measured once and must come out again: whatever is rewritten, training stays the same.

In float64, where the order in which a processor's kernel adds changes the thirteenth digit of a cost at most. A float32
curve is the same to the bit only on one machine.
"""

from typing import Any

import numpy as np
import pytest

from digitpad.nn.network import Network
from digitpad.nn.training import TrainingConfig, sgd
from tests.digits import digits

# The mean cost over the test digits after each epoch.
CURVES: dict[str, tuple[tuple[int, ...], dict[str, str], TrainingConfig, list[float]]] = {
    "chapter 1": (
        (784, 15, 10),
        {},
        TrainingConfig(epochs=5, seed=6),
        [0.229261643223, 0.088007652360, 0.036940925028, 0.024087694107, 0.017287345548],
    ),
    "momentum and L2": (
        (784, 15, 10),
        {"activation": "tanh", "cost": "cross-entropy", "initialisation": "scaled"},
        TrainingConfig(epochs=4, eta=0.1, momentum=0.8, l2=1e-4, mini_batch_size=16, seed=6),
        [0.793049873914, 0.296685226873, 0.165808265936, 0.115786883824],
    ),
    "all at once, in chunks": (
        (784, 20, 12, 10),
        {},
        TrainingConfig(epochs=6, mini_batch_size=600, eta=5.0, seed=6),
        [1.198705747811, 0.731194177278, 0.463221709094, 0.459016278098, 0.455201328820, 0.451299398325],
    ),
}


@pytest.mark.parametrize("name", CURVES)
def test_the_curve_is_the_one_measured_before(name: str) -> None:
    sizes, options, config, curve = CURVES[name]
    known: dict[str, Any] = dict(options)
    network, data = Network(sizes, seed=3, dtype=np.float64, **known), digits()
    costs = [
        float(np.mean(network.cost.value(network.feedforward(data.test.images), data.test.targets)))
        for progress in sgd(network, data.training.images, data.training.targets, config, chunk=250)
        if progress.epoch_done
    ]
    np.testing.assert_allclose(costs, curve, rtol=0, atol=1e-10)
