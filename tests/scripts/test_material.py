"""What the default network learns from besides MNIST."""

from pathlib import Path

import material
import numpy as np

from digitpad import paths
from digitpad.data.dataset import Dataset
from digitpad.draw import ink
from digitpad.draw.preprocess import preprocess
from digitpad.train import model_file


def test_every_kind_of_no_digit_leaves_ink_and_the_seed_decides() -> None:
    images = material.no_digits(60, [1])
    assert images.shape == (60, 784)
    assert (images.max(axis=1) > 100).all()
    np.testing.assert_array_equal(images, material.no_digits(60, [1]))


def test_pens_are_read_from_the_file_as_the_uci_wrote_it(tmp_path: Path) -> None:
    file = tmp_path / "pens.csv"
    file.write_text(
        "50,100,50,86,50,72,50,57,50,43,50,29,50,14,50,0,1\n  0,50,50,100,100,50,50,0,0,50,1,51,2,52,3,53,0\n"
    )
    pens, labels = material.read_pens(file)
    assert labels.tolist() == [1, 0]
    line = pens[0][0]
    assert line[0, 1] < line[-1, 1]  # it began at the top: y runs down here
    image = preprocess(ink.render(pens[0])).centred
    assert image.any(axis=0).sum() <= 4
    varied = material.varied(pens, labels, material.PEN, [3])
    assert varied.images.shape == (2, 784)


def test_a_blot_is_not_traced() -> None:
    blot = np.zeros((28, 28), dtype=np.uint8)
    blot[6:22, 6:22] = 255
    line = np.zeros((28, 28), dtype=np.uint8)
    line[4:24, 13:15] = 255
    both = Dataset(np.stack([blot, line]).reshape(2, 784), np.array([0, 1], dtype=np.uint8))
    kept = material.retraced(both, [1])
    assert kept.labels.tolist() == [1]


def test_displays_show_every_digit_in_straight_lines() -> None:
    shown = material.displayed(200, [1])
    assert set(shown.labels) == set(range(10))
    network = model_file.load(paths.DEFAULT_NETWORK).network
    eights = shown.images[shown.labels == 8]
    assert (network.feedforward(eights.astype(np.float32) / 255).argmax(axis=1) == 8).mean() > 0.8
    np.testing.assert_array_equal(shown.images, material.displayed(200, [1]).images)


def test_signs_of_no_alphabet_are_made_of_letters() -> None:
    hook = np.array([[0.0, 0.0], [0.0, 100.0], [60.0, 100.0]])
    letters = [material.Recorded("L", "a", [hook])]
    images = material.estranged(letters, 40, [1]).reshape(-1, 28, 28)
    corner = images[:, 20:, :10].sum(axis=(1, 2))  # where an L has most of its ink
    assert (corner > 0).any()
    assert (corner < 0.1 * images.sum(axis=(1, 2))).any()  # and its mirror image little
