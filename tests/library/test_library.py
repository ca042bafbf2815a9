"""``import digitpad`` as others use it: what is there, the examples, the page, and the types a stranger sees."""

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import digitpad
from digitpad.draw.example import THREE
from digitpad.draw.reading import read as read_stages
from digitpad.errors import DigitpadError
from tests.test_architecture import MODULES, OUTSIDE_GUI

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
EXAMPLES = [name for name in OUTSIDE_GUI if ">>> " in MODULES[name].read_text(encoding="utf-8")]
BLOCKS = re.findall(r"```python\n(.*?)```(?:\n\n```\n(.*?)```)?", PAGE, flags=re.DOTALL)


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A picture of a three, in dark ink on paper."""
    ink = digitpad.drawing_of([np.asarray(THREE)[:, :2].tolist()]).stages().ink
    paper = np.full((300, 300), 255, np.uint8)
    height, width = ink.shape
    paper[50 : 50 + height, 50 : 50 + width] = 255 - 255 * ink
    Image.fromarray(paper).save(tmp_path / "three.png")
    return tmp_path / "three.png"


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_in_docstrings_say_what_comes_out(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(("code", "output"), BLOCKS)
def test_what_the_page_shows_works(code: str, output: str, three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(three.parent)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "library.md", "exec"), {"__name__": "__main__"})
    assert printed.getvalue() == output or not output  # where it is not told, it is another on each processor


def test_all_that_is_named_is_there_and_told_of() -> None:
    assert set(digitpad.__all__) <= set(dir(digitpad))
    for name in digitpad.__all__:
        found = getattr(digitpad, name)
        assert name == "__version__" or found.__doc__
        assert name == "__version__" or f"`{name}`" in PAGE
    with pytest.raises(AttributeError, match="no_such_thing"):
        digitpad.no_such_thing  # type: ignore[attr-defined] # noqa: B018


def test_nothing_heavy_is_loaded_before_it_is_wanted_and_qt_never() -> None:
    code = (
        "import sys, digitpad\n"
        "assert not {'numpy', 'PIL', 'safetensors'} & set(sys.modules)\n"
        "for name in digitpad.__all__: getattr(digitpad, name)\n"
        "digitpad.read(digitpad.load_model(), digitpad.drawing_of([[[0, 0], [0, 1]]]))\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'digitpad.gui', 'PIL'))]"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_drawing_may_come_in_every_form(three: Path) -> None:
    model = digitpad.load_model()
    picture = digitpad.load_picture(three)
    for drawn in (three, str(three), picture, picture.stages()):
        reading = digitpad.read(model, drawn)
        assert reading.digit == 3
        np.testing.assert_array_equal(reading.outputs, read_stages(model.network, picture.stages(), nine=True).outputs)
    assert reading.nine is not None
    for once in (digitpad.read(model, three, nine=False), digitpad.read(digitpad.load_network(), three)):
        assert once.nine is None
    file = three.with_name("drawings.jsonl")
    file.write_text('{"strokes": [[[5, 0], [5, 20]]]}\n{"strokes": [[[5, 0], [5, 30]]]}\n')
    assert [digitpad.read(model, drawing).digit for drawing in digitpad.load_drawings(str(file))] == [1, 1]


def test_of_a_blank_picture_nothing_is_read(tmp_path: Path) -> None:
    Image.new("L", (50, 50), 255).save(tmp_path / "blank.png")
    assert digitpad.load_picture(tmp_path / "blank.png").empty
    assert digitpad.read(digitpad.load_network(), tmp_path / "blank.png").verdict is digitpad.Verdict.BLANK


@pytest.mark.parametrize(
    "strokes", [[], [[]], [[[1]]], [[1, 2]], [[[1, 2], [3]]], [[["a", "b"]]], [[[1, float("nan")]]], [[[1, 2, 3, 4]]]]
)
def test_what_are_no_strokes_is_one_sentence(strokes: list[list[list[float]]]) -> None:
    with pytest.raises(DigitpadError, match=r"^(Strokes are|The points of strokes are) .*\.$"):
        digitpad.drawing_of(strokes)


@pytest.mark.parametrize(
    "greys", [np.eye(28) * 255, -np.eye(28), np.full((28, 28), np.nan), np.full((9, 9), 255, np.uint8)]
)
def test_what_are_no_greys_is_not_read(greys: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"greys from .*: they are from 0, paper, to 1, ink"):
        digitpad.read(digitpad.load_network(), greys)


@pytest.mark.parametrize("sizes", [[784, 3], [4, 10]])
def test_a_network_that_no_file_can_hold_is_not_written(sizes: list[int], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"a network of {sizes[0]} inputs and {sizes[1]} outputs"):
        digitpad.save_network(tmp_path / "net.safetensors", digitpad.Network(sizes))
    assert not list(tmp_path.iterdir())


STRANGER = """
from os import PathLike
from pathlib import Path

import digitpad
import numpy as np
from numpy.typing import NDArray


def best(path: str | PathLike[str]) -> int:
    model: digitpad.Model = digitpad.load_model(path)
    reading: digitpad.Reading = digitpad.read(model, Path("three.png"))
    outputs: NDArray[np.floating] = reading.outputs
    assert outputs.shape == (10,) and reading.verdict is digitpad.Verdict.SURE
    return reading.digit


def train(digits: digitpad.Digits) -> digitpad.Network:
    network = digitpad.Network([784, 30, 10], seed=1)
    for progress in digitpad.sgd(
        network, digits.training.images, digits.training.targets, digitpad.TrainingConfig(eta=3.0)
    ):
        seen: float = progress.epochs
    right: int = digitpad.evaluate(network, digits.test.images, digits.test.labels).correct
    digitpad.save_network("net.safetensors", network)
    return network


train(digitpad.load_digits())
best("net.safetensors")
"""


def test_a_stranger_s_script_is_checked_by_its_types(tmp_path: Path) -> None:
    script, wrong = tmp_path / "script.py", tmp_path / "wrong.py"
    script.write_text(STRANGER)
    wrong.write_text(
        "import digitpad\nx: str = digitpad.read(digitpad.load_network(), 'a.png').digit\ndigitpad.lod()\n"
    )
    (tmp_path / "mypy.ini").write_text("[mypy]\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache" / "strangers")]
    environment = {name: value for name, value in os.environ.items() if name != "MYPYPATH"}
    run = subprocess.run(
        [*command, *map(str, (script, wrong))], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert run.stdout.count("error:") == 2, run.stdout + run.stderr
    assert "wrong.py:2: error: Incompatible types" in run.stdout
    assert 'wrong.py:3: error: Module has no attribute "lod"' in run.stdout
