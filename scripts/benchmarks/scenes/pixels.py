"""Pictures that are out of the ordinary as files: tiny, huge, 28 x 28, of 16 bits, turned, cut off; and displays."""

from functools import partial

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QPolygonF, QTransform

from benchmarks.scenes import canvas, notes, pages
from benchmarks.scenes.canvas import Scene
from benchmarks.scenes.digits import Digit
from benchmarks.scenes.photography import clouds, image_of

Generator = np.random.Generator

# The segments from the top clockwise, then the middle one; and which of them each digit lights.
_SEGMENTS = ((0, 0, 1, 0), (1, 0, 1, 1), (1, 1, 1, 2), (0, 2, 1, 2), (0, 1, 0, 2), (0, 0, 0, 1), (0, 1, 1, 1))
_LIT = ("012345", "12", "01346", "01236", "1256", "02356", "023456", "012", "0123456", "012356")
_OTHERWISE = {6: "23456", 7: "0125", 9: "01256"}  # as some displays show them
_ROTATIONS = {
    QImageIOHandler.Transformation.TransformationRotate90: -90,
    QImageIOHandler.Transformation.TransformationRotate180: 180,
    QImageIOHandler.Transformation.TransformationRotate270: 90,
}


def tiny(digit: Digit, generator: Generator, *, side: int, inverted: bool) -> Scene:
    """Return a digit that fills a picture of a few pixels; the smallest have 17 greys, as the UCI's 8 x 8 digits."""
    image = _averaged(digit, side, generator.uniform(0.8, 1), generator.uniform(0.1, 0.16))
    levels = 16 if side == 8 else 255
    greys = np.round(image * levels) / levels
    return canvas.png(_grey8(greys if inverted else 1 - greys))


def as_mnist(digit: Digit, generator: Generator, *, inverted: bool, off: int = 0) -> Scene:
    """Return 28 x 28 pixels with the digit 20 high, up to ``off`` pixels off the middle but all in the picture."""
    greys = _averaged(digit, 28, 20 / 28, 0.12)
    while off:
        down, right = generator.integers(-off, off + 1, 2).tolist()
        edge = np.roll(np.pad(greys, off), (down, right), (0, 1))
        cut = edge[off:-off, off:-off]
        if (down or right) and cut.sum() == greys.sum():
            greys, off = cut, 0
    return canvas.png(_grey8(greys if inverted else 1 - greys))


def of_12_bits(digit: Digit, generator: Generator) -> Scene:
    """Return greys of 16 bits of which only 12 are used, as scanners and microscopes write them: nearly black."""
    side = int(generator.integers(100, 600))
    greys = 1 - _averaged(digit, side, generator.uniform(0.45, 0.75), generator.uniform(0.07, 0.13))
    values = np.round(generator.uniform(200, 500) + greys * generator.uniform(2500, 3500)).astype(np.uint16)
    return canvas.png(QImage(values.tobytes(), side, side, 2 * side, QImage.Format.Format_Grayscale16).copy())


def huge(digit: Digit, generator: Generator) -> Scene:
    """Return a page of 8300 x 8300 pixels."""
    side = 8300
    image = QImage(side, side, QImage.Format.Format_Grayscale8)
    image.fill(255)
    size = generator.uniform(0.4, 0.8) * side
    with canvas.painting(image) as painter:
        digit.paint(painter, side / 2, side / 2, size, size * generator.uniform(0.06, 0.13), QColor("#000000"))
    return canvas.png(image)


def turned(digit: Digit, generator: Generator) -> Scene:
    """Return a photograph that lies on its side or its head, and says so in its EXIF."""
    upright = QImage.fromData(notes.sheet(digit, generator).content)
    how = list(_ROTATIONS)[generator.integers(len(_ROTATIONS))]
    return canvas.jpeg(upright.transformed(QTransform().rotate(_ROTATIONS[how])), 88, how)


def cut_off(digit: Digit, generator: Generator, *, photographed: bool) -> Scene:
    """Return a file of which the last part is missing, as after a broken download."""
    whole = notes.sheet(digit, generator) if photographed else pages.small_on_large(digit, generator)
    share = generator.uniform(0.3, 0.97)
    return Scene(whole.content[: int(share * len(whole.content))], whole.suffix)


def display(digit: Digit, generator: Generator, *, colours: tuple[tuple[str, str], ...]) -> Scene:
    """Return seven segments, some of them lit, upright or slanted, with the unlit ones hardly to be seen."""
    ink, paper = colours[generator.integers(len(colours))]
    height = generator.uniform(150, 500)
    width, thick = generator.uniform(0.45, 0.6) * height, generator.uniform(0.08, 0.15) * height
    slant, gap = generator.choice([0.0, 0.0, 0.1, 0.17]), generator.uniform(0.0, 0.2) * thick
    margin = generator.uniform(0.3, 0.6) * height
    image = canvas.page(int(width + 2 * margin + slant * height), int(height + 2 * margin), paper)
    lit = _OTHERWISE.get(digit.label, "") if generator.random() < 0.2 else ""
    lit = lit or _LIT[digit.label]
    unlit = QColor(ink)
    unlit.setAlphaF(generator.choice([0.0, 0.05, 0.1]))
    with canvas.painting(image) as painter:
        painter.translate(margin + slant * height, margin)
        painter.shear(-slant, 0)
        painter.setPen(QColor(0, 0, 0, 0))
        for i, ends in enumerate(_SEGMENTS):
            painter.setBrush(QColor(ink) if str(i) in lit else unlit)
            painter.drawPolygon(_segment(np.array(ends) * [width, height / 2, width, height / 2], thick, gap))
    return canvas.png(image)


def texture(_digit: Digit, generator: Generator) -> Scene:
    """Return noise of any grain, grey or coloured."""
    side = int(generator.integers(100, 700))
    cells = int(generator.integers(6, side // 2))
    layers = [clouds(side, side, (cells, cells), generator) for _ in range(3 if generator.random() < 0.5 else 1)]
    return canvas.png(image_of(np.stack(layers * (3 // len(layers)), axis=-1)))


def _segment(ends: np.ndarray, thick: float, gap: float) -> QPolygonF:
    start, end = ends[:2].astype(float), ends[2:].astype(float)
    along = (end - start) / np.hypot(*(end - start))
    across = np.array([-along[1], along[0]]) * thick / 2
    start, end = start + gap * along, end - gap * along
    in_, out = start + along * thick / 2, end - along * thick / 2
    corners = (start, in_ + across, out + across, end, out - across, in_ - across)
    return QPolygonF([QPointF(float(x), float(y)) for x, y in corners])


def _averaged(digit: Digit, side: int, fill: float, line: float) -> np.ndarray:
    """Return the greys (side, side), 1 = ink, of a digit that takes the share ``fill`` of the picture."""
    fine = max(1, 320 // side)
    image = QImage(side * fine, side * fine, QImage.Format.Format_Grayscale8)
    image.fill(0)
    size = fill * side * fine
    with canvas.painting(image) as painter:
        digit.paint(painter, side * fine / 2, side * fine / 2, size, line * size, QColor("#ffffff"))
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(side * fine, image.bytesPerLine())[:, : side * fine]
    return np.asarray(rows.reshape(side, fine, side, fine).mean(axis=(1, 3)) / 255)


def _grey8(greys: np.ndarray) -> QImage:
    height, width = greys.shape
    content = np.round(greys * 255).astype(np.uint8).tobytes()
    return QImage(content, width, height, width, QImage.Format.Format_Grayscale8).copy()


_LED = (("#ff2a1a", "#120404"), ("#30ff50", "#041006"), ("#ffb020", "#0c0803"), ("#40a0ff", "#03060c"))
_LCD = (("#20261e", "#9fae92"), ("#1b2230", "#a9b8b0"), ("#30342c", "#b8c0a4"))

KINDS = {
    **{
        f"{side}x{side}, {'white on black' if inverted else 'black on white'}": partial(
            tiny, side=side, inverted=inverted
        )
        for side in (8, 10, 12, 16)
        for inverted in (True, False)
    },
    "28x28, white on black": partial(as_mnist, inverted=True),
    "28x28, white on black, 1 to 5 off the middle": partial(as_mnist, inverted=True, off=5),
    "28x28, black on white": partial(as_mnist, inverted=False),
    "12 bits in 16": of_12_bits,
    "EXIF-turned photograph": turned,
    "seven segments, LED": partial(display, colours=_LED),
    "seven segments, LCD": partial(display, colours=_LCD),
    "seven segments, printed": partial(display, colours=(("#000000", "#ffffff"),)),
}
