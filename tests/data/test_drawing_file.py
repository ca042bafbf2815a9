"""A drawing on the disk: the same to the bit, and damage is told."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load as arrays_in
from safetensors.numpy import save as to_bytes

from digitpad.data import drawing_file
from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.errors import DataError


def drawing(*lengths: int, picture: bool = False) -> Drawing:
    generator = np.random.default_rng(1)
    strokes = tuple(Stroke(generator.uniform(0.01, 1, (n, 3)), 0.02 + n / 1000) for n in lengths)
    ink, *otherwise = (generator.random(shape, np.float32) for shape in ((30, 20), 784, 784))
    return Drawing(strokes, Picture.fitted(ink, tuple(otherwise[: len(lengths) + 1])) if picture else None)


@pytest.mark.parametrize("kept", [Drawing(), drawing(1), drawing(7, 1, 30), drawing(picture=True),
                                  drawing(5, picture=True)])  # fmt: skip
def test_a_drawing_comes_back_to_the_bit(kept: Drawing, tmp_path: Path) -> None:
    file = tmp_path / "drawing"
    drawing_file.save(file, kept)
    read = drawing_file.load(file)
    assert [stroke.brush for stroke in read.strokes] == [stroke.brush for stroke in kept.strokes]
    for one, other in zip(read.strokes, kept.strokes, strict=True):
        np.testing.assert_array_equal(one.points, other.points)
    assert (read.picture is None) == (kept.picture is None)
    if read.picture and kept.picture:
        assert read.picture.box == kept.picture.box
        np.testing.assert_array_equal(read.picture.ink, kept.picture.ink)
        np.testing.assert_array_equal(read.picture.otherwise, kept.picture.otherwise)


def test_a_picture_of_before_there_were_other_ways_to_read_it_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "drawing"
    drawing_file.save(file, Drawing(picture=Picture.fitted(np.ones((3, 3), np.float32))))
    read = drawing_file.load(file).picture
    assert "otherwise" not in arrays_in(file.read_bytes())
    assert read
    assert read.otherwise == ()


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_cut_off_is_told(tmp_path_factory: pytest.TempPathFactory, end: int) -> None:
    file = tmp_path_factory.mktemp("cut") / "drawing"
    drawing_file.save(file, drawing(4, 4))
    content = file.read_bytes()
    file.write_bytes(content[: end % len(content)])
    with pytest.raises(DataError, match=r"drawing: holds no drawing, or a damaged one\."):
        drawing_file.load(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("points", np.full((8, 3), np.nan)),
        ("points", np.full((8, 3), 1.5)),
        ("points", np.full((7, 3), 0.5)),
        ("points", np.full((8, 3), 0.5, np.float32)),
        ("lengths", np.array([9, -1])),
        ("lengths", np.array([8, 0])),
        ("brushes", np.array([0.1])),
        ("box", np.full(4, np.inf)),
        ("box", np.array([0.2, 0.2, 0.0, 0.0])),
        ("box", np.array([0.2, 0.2, 0.3, 1e-300])),
        ("ink", np.zeros((0, 3), np.float32)),
        ("otherwise", np.zeros((1, 783), np.float32)),
        ("otherwise", np.full((1, 784), np.nan, np.float32)),
    ],
)
def test_what_is_no_drawing_is_told(tmp_path: Path, name: str, value: np.ndarray) -> None:
    file = tmp_path / "drawing"
    drawing_file.save(file, drawing(4, 4, picture=True))
    file.write_bytes(to_bytes(arrays_in(file.read_bytes()) | {name: value}))
    with pytest.raises(DataError, match="holds no drawing"):
        drawing_file.load(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there is no such file"):
        drawing_file.load(tmp_path / "drawing")
