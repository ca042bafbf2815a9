"""Pictures as people bring them, and how the Draw tab reads them."""

import re

import numpy as np
import pytest
from benchmarks import pictures
from benchmarks.pictures import judged
from benchmarks.scenes import kinds, pages
from benchmarks.scenes.canvas import Scene
from benchmarks.scenes.digits import Digit
from benchmarks.scenes.kinds import KINDS, Kind, scenes
from PySide6.QtGui import QImage

from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.draw.reading import Reading, Verdict


@pytest.fixture(scope="module")
def scans() -> Dataset:
    return synthetic.dataset(20, np.random.default_rng(5))


def test_every_kind_makes_pictures_with_something_in_them(scans: Dataset, qapp: object) -> None:
    for name in KINDS:
        if name == "8300x8300" or "cut off" in name:
            continue
        scene, label = next(scenes(name, 1, scans))
        assert label == (None if name.startswith("no digit") else 0), name
        image = QImage.fromData(scene.content)
        pixels = image.convertToFormat(QImage.Format.Format_ARGB32)
        colours = np.frombuffer(pixels.constBits(), np.uint32)  # as wide as they are, rows have no padding
        assert (colours == colours[0]).all() == (name == "no digit: blank page"), name
        if tiny := re.match(r"(\d+)x", name):
            assert image.width() == image.height() == int(tiny[1])


@pytest.mark.parametrize(
    "name", ["note on dark wood", "squared paper, photographed", "in a drawn box", "12 bits in 16"]
)
def test_the_name_and_the_number_decide_what_is_made(name: str, scans: Dataset, qapp: object) -> None:
    (first, _), (second, _) = scenes(name, 2, scans)
    assert first.content != second.content
    assert [scene for scene, _ in scenes(name, 2, scans)] == [first, second]
    assert first not in [scene for scene, _ in scenes(name, 2, scans, seed=1)]


def test_the_ten_digits_take_turns_drawn_and_scanned(
    scans: Dataset, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    held: list[bool] = []

    def make(digit: Digit, generator: np.random.Generator) -> Scene:
        held.append(digit.scan is None)
        return pages.clean(digit, generator)

    monkeypatch.setitem(kinds.KINDS, "kept", Kind(make))
    labels = [label for _, label in scenes("kept", 20, scans)]
    assert labels == [*range(10), *range(10)]
    assert held == [True] * 10 + [False] * 10


def test_pictures_are_read_as_the_window_reads_them(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.delenv("DIGITPAD_MNIST", raising=False)
    for name in [name for name in KINDS if name not in ("black on white", "no digit: blank page")]:
        monkeypatch.delitem(kinds.KINDS, name)
    clean, blank = pictures.measure(each=10)  # every digit once
    assert clean.what == "black on white, %"
    assert clean.numbers["n"] == 10
    assert clean.numbers["right"] >= 90
    assert blank.numbers == {"right": 100, "sure and wrong": 0, "not sure": 0, "refused": 100, "n": 10}


@pytest.mark.parametrize(
    ("verdict", "answer", "digit", "counts"),
    [
        (Verdict.SURE, 3, 3, {"right"}),
        (Verdict.UNSURE, 3, 3, {"right", "not sure"}),
        (Verdict.UNSURE, 5, 3, {"not sure"}),
        (Verdict.SURE, 5, 3, {"sure and wrong"}),
        (Verdict.NO_DIGIT, 3, 3, {"refused"}),
        (Verdict.SURE, 3, None, {"sure and wrong"}),
        (Verdict.UNSURE, 3, None, {"not sure"}),
        (Verdict.NO_DIGIT, 3, None, {"right", "refused"}),
        (Verdict.BLANK, 3, None, {"right", "refused"}),
    ],
)
def test_what_a_reading_counts_as(verdict: Verdict, answer: int, digit: int | None, counts: set[str]) -> None:
    reading = Reading(verdict, np.zeros(10, np.float32), np.zeros(4, np.float32), answer, 0, 0.0)
    assert judged(reading, digit) == counts | {"n"}


def test_what_cannot_be_opened_is_right_only_where_there_is_no_digit() -> None:
    assert judged(None, 3) == {"n", "refused"}
    assert judged(None, None) == {"n", "refused", "right"}
