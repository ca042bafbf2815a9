"""The book's lists of digits, and the notebook's cells that use them."""

from pathlib import Path

import numpy as np
import pytest

from digitpad.data.book import load_data_wrapper
from digitpad.nn.book import Network
from tests.digits import digits
from tests.digits import folder as make_folder


def test_the_three_lists_are_pairs_of_columns(tmp_path: Path) -> None:
    training, validation, test = load_data_wrapper(make_folder(tmp_path, training=600, test=200))
    assert (len(training), len(validation), len(test)) == (500, 100, 200)
    x, y = training[3]
    assert (x.shape, y.shape) == ((784, 1), (10, 1))
    whole = digits(600, 200)
    np.testing.assert_allclose(x[:, 0], whole.training.images[3] / 255, atol=1e-6)
    assert y.argmax() == whole.training.labels[3]
    assert y.sum() == 1
    assert validation[0][1] == whole.training.labels[500]
    assert [label for _, label in test] == whole.test.labels.tolist()


def test_without_mnist_they_are_the_built_in_digits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    monkeypatch.setenv("DIGITPAD_HOME", str(tmp_path))
    training, validation, test = load_data_wrapper()
    assert (len(training), len(validation), len(test)) == (8_333, 1_667, 2_000)


def test_the_notebooks_cells_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    training_data, _, test_data = load_data_wrapper(make_folder(tmp_path))
    net = Network([784, 30, 10], seed=2)
    net.SGD(training_data, 5, 10, 3.0, test_data=test_data)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"Epoch 4: {net.evaluate(test_data)} / 200"
    assert net.evaluate(test_data) > 150
