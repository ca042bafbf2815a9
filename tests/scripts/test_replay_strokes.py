"""Recorded pens, replayed in the window."""

import json
import sys
from pathlib import Path

import pytest

from digitpad.gui.demo import THREE
from tests.scripts.running import script


def write_strokes(file: Path) -> Path:
    three = (500 * THREE).round().tolist()
    one = [[250, y] for y in range(100, 400, 10)]
    digits = [
        {"label": 3, "writer": 1, "strokes": [three]},
        {"label": 1, "writer": 2, "strokes": [one]},
        {"label": 8, "writer": 2, "strokes": [one]},
    ]
    file.write_text("\n".join(json.dumps(digit) for digit in digits))
    return file


def test_strokes_are_replayed_and_counted(tmp_path: Path) -> None:
    file = write_strokes(tmp_path / "strokes.jsonl")
    result = script("replay_strokes.py", file, "--fill", 0.4, "--offset", 0.1, -0.2, "--brush", 9, "--json")
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["n"] == 3
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["by_digit"] == {"1": 1.0, "3": 1.0, "8": 0.0}
    assert found["by_writer"] == {"1": 1.0, "2": 0.5}
    assert 0 < found["latency_ms"]["p50"] <= found["latency_ms"]["p99"]


@pytest.mark.parametrize(
    "content",
    ["", "[1, 2]", '{"label": 3}', '{"label": 12, "strokes": [[[1, 2]]]}', '{"label": 1, "strokes": [[[1]]]}'],
)
def test_a_file_that_is_not_strokes_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    import replay_strokes

    file = tmp_path / "strokes.jsonl"
    file.write_text(content)
    monkeypatch.setattr(sys, "argv", ["replay_strokes.py", str(file)])
    assert replay_strokes.main() == 2
    assert str(file) in capsys.readouterr().err


def test_what_is_explained_is_all_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "strokes.jsonl"
    file.write_text("[1, 2]")
    result = script("replay_strokes.py", file)
    assert result.returncode == 2
    assert str(file) in result.stderr
    assert "Traceback" not in result.stderr
