"""The digits that are put into scenes: drawn ones, which any pen can draw at any size, and scanned ones."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from benchmarks.robustness import squared
from benchmarks.scenes.photography import blurred
from digitpad.data import synthetic
from digitpad.data.dataset import Dataset
from digitpad.data.synthetic import Hand
from digitpad.draw.ink import Path
from digitpad.draw.preprocess import SIDE, Greys
from digitpad.gui.draw import brushwork

Generator = np.random.Generator

# A hand that writes legibly: what is measured is how pictures are read, not how hands are.
_HAND = Hand(
    lean=0.06, slant=0.08, turn=0.04, stretch=0.08, proportions=0.05, aim=1.2, bend=1, tremble=0.2, reach=1.5, hook=0,
    gap=0, speed=5,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Digit:
    """A digit: ``paths`` of a pen, the longer side 1 about (0, 0), or a ``scan``, greys (h, w) in [0, 1], 1 = ink."""

    label: int
    paths: tuple[Path, ...] = ()
    scan: Greys | None = None

    def paint(self, painter: QPainter, x: float, y: float, size: float, line: float, colour: QColor) -> None:
        """Paint the digit about (x, y), its longer side ``size``, both in the painter's unit.

        ``line`` is the width of the pen; a scan has its own.
        """
        painter.save()
        painter.translate(x, y)
        if self.scan is None:
            painter.fillPath(self._outline(size, line), colour)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            mask = _tinted(_enlarged(self.scan, size), colour)
            painter.drawImage(round(-mask.width() / 2), round(-mask.height() / 2), mask)
        painter.restore()

    def _outline(self, size: float, line: float) -> QPainterPath:
        outline = QPainterPath()
        for path in self.paths:
            outline.addPath(brushwork.outline(np.column_stack([path * (size - line), np.ones(len(path))]), line))
        outline.setFillRule(Qt.FillRule.WindingFill)
        return outline


def drawn(label: int, generator: Generator) -> Digit:
    """Return a digit drawn by a legible hand."""
    return Digit(label, tuple(squared(synthetic.strokes(label, generator, _HAND))))


def scanned(digits: Dataset, label: int, generator: Generator) -> Digit:
    """Return one of the ``digits`` with that label, without the paper around it."""
    greys = digits.images[generator.choice(np.flatnonzero(digits.labels == label))].reshape(SIDE, SIDE) / 255
    rows, columns = np.flatnonzero(greys.any(axis=1)), np.flatnonzero(greys.any(axis=0))
    cut = greys[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Digit(label, scan=cut.astype(np.float32))


def _enlarged(scan: Greys, size: float) -> Greys:
    """Return the scan with that longer side, and edges as sharp as a pen's where that is larger than it was."""
    factor = size / max(scan.shape)
    small = QImage((scan * 255).round().astype(np.uint8).tobytes(), scan.shape[1], scan.shape[0], scan.shape[1],
                   QImage.Format.Format_Grayscale8)  # fmt: skip
    height, width = (max(round(side * factor), 1) for side in scan.shape)
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    large = small.scaled(width, height, ignore, smooth)
    greys = np.frombuffer(large.constBits(), np.uint8).reshape(height, large.bytesPerLine())[:, :width]
    result: Greys = (greys / 255).astype(np.float32)
    if factor < 2:
        return result
    padded: Greys = np.pad(result, round(factor))
    return np.asarray(np.clip((blurred(padded, 0.5 * factor) - 0.5) * min(factor, 6) + 0.5, 0, 1))


def _tinted(mask: Greys, colour: QColor) -> QImage:
    """Return ``colour`` where the mask (h, w) is 1, nothing where it is 0."""
    height, width = mask.shape
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[...] = [colour.blue(), colour.green(), colour.red(), 0]
    pixels[..., 3] = np.round(mask * colour.alpha())
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
