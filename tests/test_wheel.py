"""The wheel: built as it is published, installed, and started away from the sources."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from digitpad import __version__
from digitpad.draw.example import THREE
from tests.gui import person

ROOT = Path(__file__).parents[1]


def call(*command: str | Path, where: Path) -> str:
    """Run a command and return what it printed."""
    names = ("PYTHONPATH", "DIGITPAD_MNIST")
    variables = {name: value for name, value in os.environ.items() if name not in names}
    variables |= {"DIGITPAD_HOME": str(where / "home"), "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(command, cwd=where, env=variables, capture_output=True, text=True, timeout=200)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def install(folder: Path) -> Path:
    """Build the wheel, and install it in an environment that has the libraries of this one; return its programs."""
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, where=ROOT)
    (wheel,) = folder.glob("*.whl")
    call(sys.executable, "-m", "venv", "--without-pip", folder / "venv", where=folder)
    quiet = ("--no-compile", "--disable-pip-version-check")
    pip = (sys.executable, "-m", "pip", "--python", folder / "venv")
    call(*pip, "install", "--no-index", "--no-deps", *quiet, wheel, where=folder)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    # Behind its own packages; a .pth file that lies there, as the one that leads to the sources, is not read.
    own = call(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", where=folder)
    Path(own.strip(), "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return programs


def test_the_wheel_has_all_that_the_program_needs(tmp_path: Path) -> None:
    programs = install(tmp_path)
    assert call(programs / "digitpad", "--version", where=tmp_path) == f"digitpad {__version__}\n"
    assert "Built-in digits: 10,000" in call(programs / "digitpad", "data", where=tmp_path)
    seen = json.loads(call(programs / "python", person.__file__, where=tmp_path))
    assert Path(seen["package"]).is_relative_to(tmp_path)
    assert seen["answer"] == "3"
    sizes = "[print(one.model.network.sizes) for one in ChapterNetwork]"
    chapter = f"from digitpad.explore.chapter_networks import ChapterNetwork; {sizes}"
    assert call(programs / "python", "-c", chapter, where=tmp_path) == "(784, 30, 10)\n" * 3
    call(programs / "digitpad", "train", "net.safetensors", "--epochs", "1", "--hidden", "16", where=tmp_path)
    (tmp_path / "three.jsonl").write_text(json.dumps({"strokes": [THREE.tolist()]}))
    told = [
        json.loads(call(programs / "digitpad", "predict", "--json", "three.jsonl", *model, where=tmp_path))
        for model in ((), ("--model", "net.safetensors"))
    ]
    assert told[0]["digit"] == 3
    assert told[0]["outputs"] != told[1]["outputs"]
    for form, output in (("web", "page.html"), ("onnx", "net.onnx"), ("notebook", "chapter1.ipynb")):
        call(programs / "digitpad", "export", form, output, "--model", "net.safetensors", where=tmp_path)
        assert (tmp_path / output).stat().st_size > 9_000
    assert "digitpad-window" in [file.stem for file in programs.iterdir()]
