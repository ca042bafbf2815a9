"""``digitpad predict``: pictures and files of strokes, read in the terminal."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from digitpad import cli, paths
from digitpad.data import synthetic
from digitpad.data.strokes import drawing_of, placed, read_drawings
from digitpad.data.synthetic import Hand
from digitpad.draw.reading import read
from digitpad.train import model_file


@pytest.fixture
def strokes(tmp_path: Path) -> Path:
    """A 3, a 7, and a letter, with labels of any kind and with none."""
    generator = np.random.default_rng(1)
    path = tmp_path / "drawings.jsonl"
    digits = [[stroke.tolist() for stroke in synthetic.strokes(digit, generator, Hand())] for digit in (3, 7)]
    letter = [[[0, 0], [30, 50], [60, 100]], [[60, 0], [30, 50], [0, 100]], [[0, 50], [60, 50]]]
    rows = [{"label": "three", "strokes": digits[0]}, {"strokes": digits[1]}, {"label": "*", "strokes": letter}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A one on white paper."""
    image = QImage(100, 100, QImage.Format.Format_Grayscale8)
    image.fill(255)
    for y in range(20, 80):
        for x in range(48, 54):
            image.setPixel(x, y, 0)
    image.save(str(tmp_path / "one.png"))
    return tmp_path / "one.png"


def test_each_drawing_is_one_json_object(strokes: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["predict", "--json", str(strokes), str(picture)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["file"], row["index"]) for row in found] == [
        (str(strokes), 0), (str(strokes), 1), (str(strokes), 2), (str(picture), 0),
    ]  # fmt: skip
    assert [row["digit"] for row in (found[0], found[1], found[3])] == [3, 7, 1]
    assert [row["verdict"] for row in found] == ["sure", "sure", "no digit", "sure"]
    for row in found:
        assert len(row["outputs"]) == 10
        assert int(np.argmax(row["outputs"])) == row["digit"]


def test_people_get_a_line_each(strokes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["predict", str(strokes)]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{strokes}: 3, sure, output ")
    assert second.startswith(f"{strokes}, 2: 7, sure, output ")
    assert third == f"{strokes}, 3: no digit"


def test_it_goes_on_after_what_cannot_be_read(
    tmp_path: Path, strokes: Path, picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"strokes": [[[0, 0], [1, 1]]]}\n{"strokes": 5}\n')
    text = tmp_path / "text.png"
    text.write_text("no picture")
    assert cli.main(["predict", str(broken), str(text), str(tmp_path / "nothing.png"), str(picture)]) == 2
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2  # the first line of the broken file, and the picture
    errors = told.err.splitlines()
    assert len(errors) == 3
    assert errors[0] == f"digitpad: {broken}: line 2 has no strokes."
    assert all(line.startswith("digitpad: ") for line in errors)


def test_a_blank_picture_has_no_digit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = QImage(50, 50, QImage.Format.Format_Grayscale8)
    image.fill(255)
    image.save(str(tmp_path / "blank.png"))
    assert cli.main(["predict", "--json", str(tmp_path / "blank.png")]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["verdict"], row["digit"], len(row["outputs"])) == ("blank", None, 10)


def test_strokes_are_known_by_what_is_in_the_file(
    tmp_path: Path, strokes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = strokes.rename(tmp_path / "drawings.txt")
    assert cli.main(["predict", str(renamed)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_each_is_read_nine_times_or_once(strokes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for options in ([], ["--once"]):
        assert cli.main(["predict", "--json", *options, str(strokes)]) == 0
        found.append([json.loads(line) for line in capsys.readouterr().out.splitlines()])
    model = model_file.load(paths.DEFAULT_NETWORK)
    for nine, once, (_, drawn) in zip(*found, read_drawings(strokes), strict=True):
        stages = drawing_of(placed(drawn)).stages()
        for row, times in ((nine, True), (once, False)):
            np.testing.assert_allclose(row["outputs"], read(model.network, stages, nine=times).outputs, atol=1e-4)
        assert nine["outputs"] != once["outputs"]
