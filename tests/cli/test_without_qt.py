"""Every command but the window's works where there is no PySide6 at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from tests import digits

ROOT = Path(__file__).parents[2]
RUN = """
import json, sys
for name in ("PySide6", "shiboken6", "pyqtgraph"):
    sys.modules[name] = None
from digitpad.cli import main
codes = [main(command) for command in json.loads(sys.argv[1])]
loaded = [name for name in sys.modules if name.startswith("digitpad.gui.") and name not in json.loads(sys.argv[2])]
print(json.dumps([codes, loaded]))
"""
ALLOWED = ["digitpad.gui.words", "digitpad.gui.libraries"]  # which are about words, and about Qt's absence


def without_qt(tmp_path: Path, *commands: list[str]) -> tuple[list[int], list[str], list[str]]:
    """Run the commands where nothing of Qt can be imported; return exit codes, what was printed, and errors."""
    home = {"DIGITPAD_HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "share")}
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "DIGITPAD_MNIST")}
    command = [sys.executable, "-c", RUN, json.dumps(commands), json.dumps(ALLOWED)]
    run = subprocess.run(
        command, cwd=ROOT, env=environment | home, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL
    )
    assert run.returncode == 0, run.stderr
    *printed, last = run.stdout.splitlines()
    codes, loaded = json.loads(last)
    assert loaded == []
    return codes, printed, run.stderr.splitlines()


def test_all_but_the_window_works(tmp_path: Path) -> None:
    folder, net = str(digits.folder(tmp_path / "digits")), str(tmp_path / "net.safetensors")
    one = np.full((100, 100), 255, np.uint8)
    one[20:80, 48:54] = 0
    Image.fromarray(one).save(tmp_path / "one.jpg")
    (tmp_path / "one.jsonl").write_text('{"strokes": [[[5, 0], [5, 20]]]}\n')
    learn = ["--data", folder, "--epochs", "1", "--train-on", "600"]
    codes, printed, errors = without_qt(
        tmp_path,
        ["train", net, *learn], ["train", net, "--from", net, "--data", folder, "--epochs", "1", "--checkpoint"],
        ["evaluate", "--model", net, "--data", folder], ["evaluate", "--json", "--data", folder],
        ["predict", str(tmp_path / "one.jpg"), str(tmp_path / "one.jsonl")],
        ["info", net], ["info", "--json"], ["data"], ["data", "info", folder], ["data", "import", folder],
        ["export", "web", str(tmp_path / "page.html"), "--model", net], ["--version"],
    )  # fmt: skip
    assert codes == [0] * 12
    assert errors == []
    assert [line.split(":")[1].split(",")[0] for line in printed if "one.j" in line] == [" 1", " 1"]
    assert (tmp_path / "page.html").stat().st_size > 10_000


def test_it_comes_into_the_menus(tmp_path: Path) -> None:
    code = 2 if sys.platform in ("win32", "darwin") else 0  # it is for those of Linux desktops
    assert without_qt(tmp_path, ["install-desktop"], ["install-desktop", "--remove"])[0] == [code, code]


def test_the_window_says_what_lacks(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"strokes": [[[5, 0], [5, 20]]]}\n')
    codes, printed, errors = without_qt(tmp_path, [], [str(tmp_path / "one.jsonl")])
    assert (codes, printed) == ([1, 1], [])
    assert errors
    assert not any("Traceback" in line for line in errors)
