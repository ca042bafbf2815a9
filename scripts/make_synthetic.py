"""Draw the digits that come with the program and write them to resources/digits/, as MNIST is written.

    python3 scripts/make_synthetic.py [--training N] [--test N] [--seed S] [--output FOLDER] [--sheet FILE.png]

The same seed gives the same files. --sheet also paints some of each digit as a picture, to look at.
"""

import environment

environment.enter()

import argparse
from pathlib import Path

import numpy as np

from digitpad import paths
from digitpad.data import mnist, synthetic
from digitpad.data.dataset import Dataset
from digitpad.draw.preprocess import SIDE

_ACROSS, _DOWN = 28, 3  # digits on the sheet: in a row, and rows of each


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(description="Draw the digits that come with the program.")
    parser.add_argument("--training", type=int, default=10_000, metavar="N", help="images to learn from")
    parser.add_argument("--test", type=int, default=2_000, metavar="N", help="images for a test")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--output", type=Path, default=paths.DIGITS, metavar="FOLDER")
    parser.add_argument("--sheet", type=Path, metavar="FILE.png")
    arguments = parser.parse_args()
    digits = synthetic.digits(arguments.training, arguments.test, arguments.seed)
    mnist.save(arguments.output, digits)
    size = sum(file.stat().st_size for file in arguments.output.iterdir())
    print(f"{arguments.output}: {arguments.training:,} + {arguments.test:,} digits, {size / 1e6:.2f} MB")
    if arguments.sheet:
        paint(digits.training, arguments.sheet)


def paint(digits: Dataset, path: Path) -> None:
    """Write a picture of some of each digit."""
    from PySide6.QtGui import QImage

    rows = []
    for label in range(10):
        images = np.zeros((_DOWN * _ACROSS, SIDE, SIDE), dtype=np.uint8)
        found = digits.images[digits.labels == label][: len(images)]
        images[: len(found)] = found.reshape(-1, SIDE, SIDE)
        grid = images.reshape(_DOWN, _ACROSS, SIDE, SIDE)
        rows.append(grid.transpose(0, 2, 1, 3).reshape(_DOWN * SIDE, _ACROSS * SIDE))
    sheet = np.ascontiguousarray(255 - np.concatenate(rows))
    height, width = sheet.shape
    if not QImage(sheet.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).save(str(path)):
        raise SystemExit(f"{path}: cannot be written.")


if __name__ == "__main__":
    main()
