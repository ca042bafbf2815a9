"""``digitpad predict``: pictures and files of strokes, read in the terminal."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digitpad import cli, paths
from digitpad.data import synthetic
from digitpad.data.strokes import drawing_of, read_drawings
from digitpad.data.synthetic import Hand
from digitpad.draw.placing import placed
from digitpad.draw.reading import read
from digitpad.train import model_file

ROOT = Path(__file__).parents[2]
ENDLESS = b"\xff\xd8\xff"  # the head of a picture that goes on: it is made long where it is needed


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
    image = Image.new("L", (100, 100), 255)
    ImageDraw.Draw(image).rectangle((48, 20, 53, 79), 0)
    image.save(tmp_path / "one.png")
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


def test_several_digits_are_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = [[5, 0], [5, 20]]
    seven = [[15, 0], [27, 0], [19, 20]]
    path = tmp_path / "numbers.jsonl"
    path.write_text("".join(json.dumps({"strokes": strokes}) + "\n" for strokes in ([one, seven], [seven])))
    assert cli.main(["predict", "--json", str(path)]) == 0
    assert [json.loads(line)["number"] for line in capsys.readouterr().out.splitlines()] == ["17", None]
    assert cli.main(["predict", str(path)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{path}: the number 17, sure"
    assert ": 7, sure" in second


def test_a_picture_of_several_digits_is_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image = Image.new("L", (220, 100), 255)
    for left in (40, 100, 160):
        ImageDraw.Draw(image).rectangle((left, 20, left + 7, 79), 0)
    image.save(tmp_path / "111.png")
    assert cli.main(["predict", "--json", str(tmp_path / "111.png")]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == "111"


def test_people_get_a_line_each(strokes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["predict", str(strokes)]) == 0
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{strokes}: 3, sure, output ")
    assert second.startswith(f"{strokes}, 2: 7, sure, output ")
    assert third.startswith(f"{strokes}, 3: no digit; outputs ")
    for line, digit in ((first, 3), (second, 7)):
        outputs = [float(output) for output in line.partition("; outputs ")[2].split()]
        assert len(outputs) == 10
        assert int(np.argmax(outputs)) == digit


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
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    assert cli.main(["predict", str(tmp_path / "blank.png")]) == 1
    assert capsys.readouterr().out == f"{tmp_path / 'blank.png'}: blank\n"
    assert cli.main(["predict", "--json", str(tmp_path / "blank.png")]) == 1
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


def test_what_is_no_digit_is_the_answer_no(tmp_path: Path, strokes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "letter.jsonl"
    letter.write_text(strokes.read_text().splitlines()[2])
    assert cli.main(["predict", str(letter)]) == 1
    assert cli.main(["predict", str(letter), str(strokes)]) == 0
    assert cli.main(["predict", str(letter), str(tmp_path / "nothing")]) == 2


class Given(io.TextIOWrapper):
    """A standard input that brings ``content``."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))


def test_standard_input_is_a_picture_or_strokes(
    strokes: Path, picture: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for content, digits in (
        (picture.read_bytes(), [1]),
        (strokes.read_bytes(), [3, 7]),
        (b"\n \n" + strokes.read_bytes(), [3, 7]),
        (b"\xef\xbb\xbf" + strokes.read_bytes(), [3, 7]),  # as PowerShell marks its text
    ):
        monkeypatch.setattr(sys, "stdin", Given(content))
        assert cli.main(["predict", "-", "--json"]) == 0
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [row["digit"] for row in rows][: len(digits)] == digits
        assert {row["file"] for row in rows} == {"-"}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "holds no digits"), (b"text", "this is not a PNG"), (b"\x89PNG\r\n\x1a\n", "the picture is cut off"),
     (b'{"strokes": 5}', "line 1 has no strokes"), (ENDLESS, "larger than 64 MiB"), (None, "it is closed")],
)  # fmt: skip
def test_what_standard_input_cannot_bring_is_one_sentence(
    content: bytes | None, said: str, picture: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    content = content.ljust(65 << 20, b"x") if content is ENDLESS else content
    monkeypatch.setattr(sys, "stdin", None if content is None else Given(content))
    assert cli.main(["predict", "-", str(picture)]) == 2
    out, error = capsys.readouterr()
    assert error.startswith("digitpad: standard input: ")
    assert said in error
    assert error.count("\n") == 1
    assert out.startswith(f"{picture}: 1, ")


def test_strokes_are_read_as_they_come(strokes: Path) -> None:
    """Whoever draws in another program need not end it for an answer."""
    command = [sys.executable, "-m", "digitpad", "predict", "-"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line, digit in zip(strokes.read_text().splitlines(), "37", strict=False):
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            assert f": {digit}, sure, " in process.stdout.readline()
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_of_a_damaged_picture_nothing_is_said_but_the_sentence(tmp_path: Path) -> None:
    Image.new("L", (200, 200), 9).save(tmp_path / "damaged.tif", compression="tiff_adobe_deflate")
    content = bytearray((tmp_path / "damaged.tif").read_bytes())
    content[8:60] = b"\xff" * 52  # where the pixels begin
    (tmp_path / "damaged.tif").write_bytes(content)
    command = [sys.executable, "-m", "digitpad", "predict", str(tmp_path / "damaged.tif")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"digitpad: {tmp_path / 'damaged.tif'}: the picture is damaged or cut off (")
    assert run.stderr.count("\n") == 1
