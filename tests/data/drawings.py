"""Drawings to keep, each told from others by its image, and another window that keeps some."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from digitpad.data.store import Drawn, Store

MADE = "2025-01-31T12:00:00+00:00"
STROKES = (np.array([[0.1, 0.2, 1.0], [0.3, 0.4, 0.5]]), np.array([[0.123456, 1.0, 0.25]]))
SECOND_WINDOW = """
import sys
from pathlib import Path
from tests.data.drawings import drawing
from digitpad.data.store import Store
samples = Store(Path(sys.argv[1]))
number = samples.add(drawing({label}))
for _ in range({times}):
    samples.add(drawing({label}))
print(number, flush=True)
sys.stdin.read()
samples.close()
"""
ROOT = Path(__file__).parents[2]


def drawing(label: int, shade: int = 0, prediction: int | None = 1) -> Drawn:
    """A drawing whose image tells it from others."""
    image = np.arange(784).astype(np.uint8)
    image[:4] = np.frombuffer(shade.to_bytes(4, "big"), dtype=np.uint8)
    return Drawn(label, STROKES, image, prediction, MADE)


def shade(sample: Drawn) -> int:
    return int.from_bytes(sample.image[:4].tobytes(), "big")


def shades(samples: Store) -> list[int]:
    return [shade(sample) for sample in samples.each()]


def second_window(file: Path, label: int = 2, times: int = 0) -> subprocess.Popen[str]:
    """Another process that keeps drawings, says the number of the first, and ends with its input."""
    code = SECOND_WINDOW.format(label=label, times=times)
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code, str(file)], stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
