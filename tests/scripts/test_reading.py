"""What the default network learns from and is measured on."""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from digitpad.data import synthetic
from digitpad.data.synthetic import Hand
from digitpad.draw import ink
from digitpad.draw.preprocess import preprocess
from digitpad.nn.training import TrainingConfig
from tests.digits import a_set


def mask(*rows: str) -> np.ndarray:
    return np.array([[[letter == "#" for letter in row] for row in rows]])


def test_thinning_leaves_a_line_and_keeps_a_ring_closed() -> None:
    import tracing

    bar = mask("............", "..########..", "..########..", "..########..", "............")
    line = tracing.thinned(bar)[0]
    assert line.any(axis=0).sum() >= 5
    assert line.sum(axis=0).max() == 1
    ring = np.zeros((1, 40, 40), dtype=bool)
    y, x = np.indices((40, 40)) - 20
    ring[0] = np.abs(np.hypot(x, y) - 12) < 4
    (path,) = tracing._paths(tracing.thinned(ring)[0])
    assert np.hypot(*(path[0] - path[-1])) < 1  # it comes back to where it began
    radii = np.hypot(*(path * 3 - 20).T)
    assert radii.min() > 10
    assert radii.max() < 14


def test_a_cross_has_four_arms() -> None:
    import tracing

    line = np.zeros((30, 30), dtype=bool)
    line[15, 3:27] = line[3:27, 15] = True
    paths = tracing._paths(line)
    assert len(paths) == 4
    assert all(np.abs(path * 3 - 15).max() >= 11 for path in paths)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return how much ink differs, as a share of the other's, where they lie best upon each other."""
    square, wanted = one.reshape(28, 28), other.reshape(28, 28)
    shifted = [np.roll(square, (dy, dx), (0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return min(float(np.abs(image - wanted).sum() / wanted.sum()) for image in shifted)


@pytest.mark.parametrize("label", range(10))
def test_a_traced_digit_is_drawn_as_it_was(label: int) -> None:
    import tracing

    generator = np.random.default_rng(label)
    image = preprocess(ink.render(synthetic.strokes(label, generator, Hand()))).image
    (paths,) = tracing.traced(np.round(255 * image).astype(np.uint8)[None])
    assert difference(preprocess(ink.render(paths)).image, image) < 0.6


def test_a_blank_image_has_no_paths() -> None:
    import tracing

    assert tracing.traced(np.zeros((2, 784), dtype=np.uint8)) == [[], []]


def test_every_kind_of_no_digit_leaves_ink_and_the_seed_decides() -> None:
    import material
    import nondigits

    images = material.no_digits(60, [1])
    assert images.shape == (60, 784)
    assert (images.max(axis=1) > 100).all()
    np.testing.assert_array_equal(images, material.no_digits(60, [1]))
    assert not set(nondigits._LETTERS.values()) & set(nondigits._OTHER_LETTERS.values())
    generator = np.random.default_rng(0)
    made = [nondigits.to_measure_on(number, generator) for number in range(20)]
    assert {kind for kind, *_ in made} == {
        "scrawls",
        "letters",
        "other letters",
        "dots",
        "lines",
        "two digits",
        "frames",
    }
    assert sum(not learned for _, learned, _ in made) == 10


def test_pens_are_read_from_the_file_as_the_uci_wrote_it(tmp_path: Path) -> None:
    import material

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
    import material

    blot = np.zeros((28, 28), dtype=np.uint8)
    blot[6:22, 6:22] = 255
    line = np.zeros((28, 28), dtype=np.uint8)
    line[4:24, 13:15] = 255
    from digitpad.data.dataset import Dataset

    both = Dataset(np.stack([blot, line]).reshape(2, 784), np.array([0, 1], dtype=np.uint8))
    kept = material.retraced(both, [1])
    assert kept.labels.tolist() == [1]


def test_an_interrupted_training_goes_on_to_the_same_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")  # the script sets it for itself: put back afterwards
    import train_default

    monkeypatch.setattr(train_default, "SIZES", (784, 12, 10))
    monkeypatch.setattr(train_default, "CONFIG", TrainingConfig(epochs=1, mini_batch_size=20, eta=0.1, momentum=0.5))
    monkeypatch.setattr(train_default, "CHECKPOINT", 1)
    monkeypatch.setattr(train_default, "LAST", 1)
    digits = a_set(100, 1)
    parts = [(a_set(40, seed).images, a_set(40, seed).targets) for seed in range(train_default.PARTS)]

    def arguments(work: str, rounds: int) -> argparse.Namespace:
        (tmp_path / work).mkdir(exist_ok=True)
        return argparse.Namespace(seed=1, rounds=rounds, held_out=False, work=tmp_path / work, pens=Path(__file__))

    whole = train_default.train(digits, parts, arguments("whole", 3))

    class Interruption(Exception):
        pass

    def stop_after_two(path: Path, **values: object) -> None:
        save(path, **values)
        if values["done"] == 2:
            raise Interruption

    save: Callable[..., None] = train_default.save
    with monkeypatch.context() as patch:
        patch.setattr(train_default, "save", stop_after_two)
        with pytest.raises(Interruption):
            train_default.train(digits, parts, arguments("broken", 3))
    went_on = train_default.train(digits, parts, arguments("broken", 3))
    assert "going on after round 2" in capsys.readouterr().out
    np.testing.assert_array_equal(went_on.parameters, whole.parameters)


def test_a_part_holds_every_kind_and_is_named_by_its_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    import material
    import train_default

    monkeypatch.setattr(train_default, "DRAWN", 20)
    monkeypatch.setattr(train_default, "NO_DIGITS", 15)
    file = tmp_path / "pens.csv"
    file.write_text("50,100,50,86,50,72,50,57,50,43,50,29,50,14,50,0,1\n")
    scanned = synthetic.dataset(10, np.random.default_rng(1))
    images, targets = train_default.draw_part(0, scanned, material.read_pens(file), 1)
    assert images.dtype == np.uint8
    assert len(images) == len(targets)
    assert 20 + 2 + 15 + 5 <= len(images) <= 20 + 2 + 15 + 10  # nearly all of those scanned can be traced
    assert (targets[-15:] == 0).all()
    assert (targets[:-15].sum(axis=1) == 1).all()
    np.testing.assert_array_equal(images, train_default.draw_part(0, scanned, material.read_pens(file), 1)[0])
    run = argparse.Namespace(seed=1, rounds=3, held_out=False, pens=file)
    name = train_default.name_of(run)
    assert name != train_default.name_of(argparse.Namespace(**{**vars(run), "rounds": 4}))
    monkeypatch.setattr(train_default, "DRAWN", 30)
    assert name != train_default.name_of(run)


@pytest.mark.parametrize("name", ["slanted", "thick", "thin", "tiny", "huge", "off centre", "shaky", "fast", "gappy"])
def test_badly_drawn_digits_are_still_digits(name: str) -> None:
    import bench_reading

    digit = bench_reading._square(synthetic.strokes(3, np.random.default_rng(1), Hand()))
    neat = bench_reading._drawn(digit).image
    _, strengths, way = bench_reading._WAYS[name]
    far = []
    for strength in strengths:
        image = way(digit, strength, np.random.default_rng(0)).image
        assert image.max() > 0.5
        far.append(difference(image, neat))
    if name in ("tiny", "huge", "off centre"):
        assert max(far) < 0.3  # place and size are taken out, but for the mouse's pixels
    else:
        assert far[0] < far[1] < far[2] < 1.3  # worse and worse, and something of the digit is left
