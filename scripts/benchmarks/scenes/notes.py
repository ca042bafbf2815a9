"""Photographs of a note on a desk, and of a sheet that fills the picture."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from benchmarks.scenes import canvas
from benchmarks.scenes.canvas import Scene
from benchmarks.scenes.digits import Digit
from benchmarks.scenes.photography import photograph, surface, wood

Generator = np.random.Generator
Colour = tuple[float, float, float]

_SIZES = ((1200, 900), (1000, 750), (750, 1000), (960, 960), (800, 600), (1600, 1200))
_DARK: tuple[Colour, ...] = ((0.2, 0.2, 0.21), (0.12, 0.12, 0.13), (0.25, 0.18, 0.13), (0.14, 0.18, 0.24))
_DARK_WOOD: tuple[Colour, ...] = ((0.28, 0.17, 0.1), (0.22, 0.14, 0.1), (0.33, 0.22, 0.14))
_MIDDLE: tuple[Colour, ...] = ((0.5, 0.5, 0.5), (0.58, 0.45, 0.33), (0.55, 0.52, 0.47), (0.42, 0.42, 0.4))
_COLOURED: tuple[Colour, ...] = ((0.6, 0.2, 0.18), (0.18, 0.42, 0.3), (0.2, 0.34, 0.62), (0.62, 0.42, 0.16))
_PAPER = ("#ffffff", "#f6f3ea", "#f4f6f8", "#fdf6c9", "#fff28a")


def on_dark_desk(digit: Digit, generator: Generator) -> Scene:
    """Return a note on a plain dark desk."""
    return _taken(_note_on(_plain(_DARK, generator), digit, generator), generator)


def on_dark_wood(digit: Digit, generator: Generator) -> Scene:
    """Return a note on a dark wooden table."""
    width, height = _size(generator)
    return _taken(_note_on(wood(height, width, _one(_DARK_WOOD, generator), generator), digit, generator), generator)


def among_things(digit: Digit, generator: Generator) -> Scene:
    """Return a note on a dark desk beside a pen, a cup or a telephone, which the picture's edge may cut."""
    desk = _plain(_DARK, generator)
    side = int(generator.integers(2))  # the things lie left of the note, or right
    with canvas.painting(desk) as painter:
        for thing in generator.permutation(3)[: generator.integers(1, 3)]:
            _THINGS[thing](painter, desk, (0.1, 0.9)[side] + generator.uniform(-0.06, 0.06), generator)
    return _taken(_note_on(desk, digit, generator, ((0.62, 0.38)[side], 0.5), widest=0.42), generator)


def on_middle_desk(digit: Digit, generator: Generator) -> Scene:
    """Return a note on a desk neither dark nor bright."""
    return _taken(_note_on(_plain(_MIDDLE, generator), digit, generator), generator)


def on_coloured_desk(digit: Digit, generator: Generator) -> Scene:
    """Return a note on a red, green, blue or ochre table."""
    return _taken(_note_on(_plain(_COLOURED, generator), digit, generator), generator)


def sheet(digit: Digit, generator: Generator, *, shadow: float = 0.0) -> Scene:
    """Return a photograph of a sheet that fills the picture, under light from one side."""
    width, height = _size(generator)
    image = surface(height, width, (0.82, 0.81, 0.78), generator)
    size = generator.uniform(0.3, 0.65) * min(width, height)
    with canvas.painting(image) as painter:
        painter.translate(width / 2, height / 2)
        painter.rotate(generator.uniform(-6, 6))
        x, y = generator.uniform(-0.5, 0.5, 2) * (width - 1.3 * size, height - 1.3 * size)
        digit.paint(painter, x, y, size, size * generator.uniform(0.04, 0.11), canvas.pen(generator))
    return _taken(image, generator, shadow=shadow, uneven=generator.uniform(0.2, 0.5))


def in_shadow(digit: Digit, generator: Generator) -> Scene:
    """Return a photograph of a sheet with a shadow's edge across it."""
    return sheet(digit, generator, shadow=generator.uniform(0.25, 0.5))


def several(digit: Digit, other: Digit, generator: Generator) -> Scene:
    """Return a photograph of a sheet with two digits beside each other."""
    width, height = _size(generator)
    image = surface(height, width, (0.82, 0.81, 0.78), generator)
    size = generator.uniform(0.25, 0.4) * min(width, height)
    line, ink = size * generator.uniform(0.06, 0.11), canvas.pen(generator)
    with canvas.painting(image) as painter:
        painter.translate(width / 2, height / 2 + generator.uniform(-0.15, 0.15) * height)
        painter.rotate(generator.uniform(-6, 6))
        apart = size * generator.uniform(0.4, 0.6)
        digit.paint(painter, -apart, 0, size, line, ink)
        other.paint(painter, apart, 0, size, line, ink)
    return _taken(image, generator)


def desk_alone(_digit: Digit, generator: Generator) -> Scene:
    """Return a photograph of a desk with nothing on it."""
    if generator.random() < 0.5:
        return _taken(_plain((*_DARK, *_MIDDLE), generator), generator)
    width, height = _size(generator)
    return _taken(wood(height, width, _one(_DARK_WOOD, generator), generator), generator)


def blank_note(_digit: Digit, generator: Generator) -> Scene:
    """Return a note on a dark desk with nothing written on it."""
    return _taken(_note_on(_plain(_DARK, generator), None, generator), generator)


def blank_sheet(_digit: Digit, generator: Generator) -> Scene:
    """Return a photograph of a white sheet with a shadow across it, and nothing on it."""
    width, height = _size(generator)
    return _taken(surface(height, width, (0.85, 0.84, 0.82), generator), generator, shadow=generator.uniform(0.15, 0.5))


def _taken(image: QImage, generator: Generator, *, shadow: float = 0.0, uneven: float = 0.3) -> Scene:
    blur, noise = generator.uniform(0.6, 1.8), generator.uniform(0.004, 0.02)
    taken = photograph(image, generator, uneven=uneven, shadow=shadow, blur=blur, noise=noise)
    return canvas.jpeg(taken, int(generator.integers(70, 96)))


def _size(generator: Generator) -> tuple[int, int]:
    return _SIZES[generator.integers(len(_SIZES))]


def _one(colours: tuple[Colour, ...], generator: Generator) -> Colour:
    red, green, blue = np.array(colours[generator.integers(len(colours))]) * generator.uniform(0.85, 1.15)
    return float(red), float(green), float(blue)


def _plain(colours: tuple[Colour, ...], generator: Generator) -> QImage:
    width, height = _size(generator)
    return surface(height, width, _one(colours, generator), generator)


def _note_on(
    desk: QImage, digit: Digit | None, generator: Generator, middle: tuple[float, float] | None = None,
    widest: float = 0.55,
) -> QImage:  # fmt: skip
    """Return the desk with a note on it, 25 to 55 % as wide, a little turned and seen a little from one side."""
    side = generator.uniform(0.25, widest) * desk.width()
    height = min(side * generator.uniform(0.75, 1.25), 0.7 * desk.height())
    corners = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]) * (side, height)
    seen = corners * (1 + generator.uniform(-0.05, 0.05, (4, 1)))
    turn = np.radians(generator.uniform(-14, 14))
    seen = seen @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    room = np.array([desk.width(), desk.height()]) - 2 * np.abs(seen).max(axis=0) - 16
    place = np.array(middle) - 0.5 if middle else generator.uniform(-0.5, 0.5, 2)
    seen += np.array([desk.width(), desk.height()]) / 2 + np.clip(place * room, -0.5 * room, 0.5 * room)
    image = QImage(desk)
    with canvas.painting(image) as painter:
        painter.setPen(QColor(0, 0, 0, 0))
        for far in (7, 5, 3):  # the note's own soft shadow
            painter.setBrush(QColor(0, 0, 0, 30))
            painter.drawPolygon(_polygon(seen + far))
        flat = QTransform()
        assert QTransform.quadToQuad(_polygon(corners), _polygon(seen), flat)
        painter.setTransform(flat)
        paper = canvas.near(str(generator.choice(_PAPER)), generator, 8).darker(int(generator.uniform(102, 125)))
        painter.fillRect(QRectF(-side / 2, -height / 2, side, height), paper)
        if digit:
            size = generator.uniform(0.42, 0.72) * min(side, height)
            x, y = generator.uniform(-0.35, 0.35, 2) * (np.array([side, height]) - size) * 0.7
            digit.paint(painter, x, y, size, size * generator.uniform(0.05, 0.12), canvas.pen(generator))
    return image


def _polygon(corners: np.ndarray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners.tolist()])


def _pen_beside(painter: QPainter, desk: QImage, at: float, generator: Generator) -> None:
    x, y = at * desk.width(), generator.uniform(0.1, 0.5) * desk.height()
    long = 0.4 * desk.height()
    colour = canvas.near(str(generator.choice(["#d8d8d8", "#c03028", "#2850b0", "#e0b020"])), generator)
    painter.setPen(QPen(colour, generator.uniform(9, 16)))
    painter.drawLine(QPointF(x, y), QPointF(x + generator.uniform(-0.1, 0.1) * long, y + long))


def _cup(painter: QPainter, desk: QImage, at: float, generator: Generator) -> None:
    radius = generator.uniform(0.06, 0.1) * desk.width()
    middle = QPointF(at * desk.width(), generator.choice([0.12, 0.88]) * desk.height())
    painter.setPen(QPen(QColor("#e8e4dc"), 0.16 * radius))
    painter.setBrush(QColor("#3a2214"))
    painter.drawEllipse(middle, radius, radius)


def _telephone(painter: QPainter, desk: QImage, at: float, generator: Generator) -> None:
    width = generator.uniform(0.1, 0.14) * desk.width()
    place = QRectF(at * desk.width() - width / 2, generator.uniform(0.15, 0.5) * desk.height(), width, 1.9 * width)
    painter.setPen(QPen(QColor("#707478"), 3))
    painter.setBrush(QColor("#08090a"))
    painter.drawRoundedRect(place, 14, 14)


_THINGS = (_pen_beside, _cup, _telephone)
KINDS = {
    "note on a plain dark desk": on_dark_desk,
    "note on dark wood": on_dark_wood,
    "note on a dark desk among other things": among_things,
    "note on a desk of middle grey": on_middle_desk,
    "note on a coloured desk": on_coloured_desk,
    "sheet under uneven light": sheet,
    "sheet with a shadow across": in_shadow,
}
