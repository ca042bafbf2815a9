"""Digits in boxes and on ruled paper: forms, Sudokus, squares and lines."""

from functools import partial

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPen, QPolygonF

from benchmarks.scenes import canvas
from benchmarks.scenes.canvas import Scene
from benchmarks.scenes.digits import Digit
from benchmarks.scenes.photography import photograph, surface

Generator = np.random.Generator


def in_box(digit: Digit, generator: Generator, *, touching: bool = False) -> Scene:
    """Return a digit in a drawn square; ``touching``, it just reaches into one of its sides."""
    side = int(generator.integers(250, 800))
    image = canvas.page(side, side, "#ffffff")
    inset, width = generator.uniform(0.03, 0.12) * side, side * generator.uniform(0.004, 0.025)
    box = QRectF(inset, inset, side - 2 * inset, side - 2 * inset)
    size = generator.uniform(0.5, 0.75) * box.width()
    x, y = side / 2 + generator.uniform(-0.3, 0.3, 2) * (box.width() - size)
    if touching:
        y = box.top() + size / 2 - width if generator.random() < 0.5 else box.bottom() - size / 2 + width
    with canvas.painting(image) as painter:
        wobble = generator.choice([0, 0.02]) * side  # of a box drawn by hand
        corners = np.array([[box.left(), box.top()], [box.right(), box.top()], [box.right(), box.bottom()],
                            [box.left(), box.bottom()]]) + generator.uniform(-wobble, wobble, (4, 2))  # fmt: skip
        painter.setPen(_pen(canvas.pen(generator), width))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners.tolist()]))
        digit.paint(painter, x, y, size, size * generator.uniform(0.06, 0.13), canvas.pen(generator))
    return canvas.png(image)


def in_form(digit: Digit, generator: Generator) -> Scene:
    """Return one filled cell of a form's row, with the edges of the cells beside it."""
    cell, cells = int(generator.integers(80, 220)), int(generator.integers(2, 6))
    image = canvas.page(int(cell * (cells + 0.6)), int(cell * 1.6), "#ffffff")
    line, filled = generator.uniform(0.012, 0.04) * cell, int(generator.integers(cells))
    colour = canvas.near(str(generator.choice(["#000000", "#606060", "#c03030", "#3050a0"])), generator)
    with canvas.painting(image) as painter:
        for i in range(cells):
            painter.setPen(_pen(colour, line))
            painter.drawRect(QRectF((0.3 + i) * cell, 0.3 * cell, cell, cell))
        size = generator.uniform(0.55, 0.75) * cell
        x, y = generator.uniform(-0.25, 0.25, 2) * (cell - size)
        middle = (0.8 + filled) * cell + x, 0.8 * cell + y
        digit.paint(painter, *middle, size, size * generator.uniform(0.07, 0.14), canvas.pen(generator))
    return canvas.png(image)


def in_sudoku(digit: Digit, generator: Generator) -> Scene:
    """Return one filled cell cut out of a Sudoku, with parts of the empty ones around and one thick line."""
    cell = int(generator.integers(90, 260))
    image = canvas.page(2 * cell, 2 * cell, "#ffffff")
    left, top = (generator.uniform(0.25, 0.75) * cell for _ in range(2))
    thick, thicker = int(generator.integers(2)), int(generator.integers(2))
    width = generator.uniform(0.012, 0.03) * cell
    with canvas.painting(image) as painter:
        for i in (0, 1):
            painter.setPen(QPen(QColor("#202020"), width * (2.5 if thick == i else 1)))
            painter.drawLine(QLineF(left + i * cell, 0, left + i * cell, 2 * cell))
            painter.setPen(QPen(QColor("#202020"), width * (2.5 if thicker == i else 1)))
            painter.drawLine(QLineF(0, top + i * cell, 2 * cell, top + i * cell))
        size = generator.uniform(0.55, 0.75) * cell
        x, y = generator.uniform(-0.25, 0.25, 2) * (cell - size)
        middle = left + cell / 2 + x, top + cell / 2 + y
        digit.paint(painter, *middle, size, size * generator.uniform(0.07, 0.13), canvas.pen(generator))
    return canvas.png(image)


def in_sudoku_block(digit: Digit, generator: Generator) -> Scene:
    """Return a block of a Sudoku, three by three cells in a thick frame, with one of them filled."""
    cell, margin = int(generator.integers(60, 160)), int(generator.integers(6, 30))
    image = canvas.page(3 * cell + 2 * margin, 3 * cell + 2 * margin, "#ffffff")
    width = generator.uniform(0.012, 0.03) * cell
    with canvas.painting(image) as painter:
        painter.translate(margin, margin)
        painter.setPen(_pen(QColor("#202020"), width))
        for i in (1, 2):
            painter.drawLine(QLineF(i * cell, 0, i * cell, 3 * cell))
            painter.drawLine(QLineF(0, i * cell, 3 * cell, i * cell))
        painter.setPen(_pen(QColor("#202020"), 2.5 * width))
        painter.drawRect(QRectF(0, 0, 3 * cell, 3 * cell))
        size = generator.uniform(0.55, 0.75) * cell
        x, y = cell * (generator.integers(3, size=2) + 0.5) + generator.uniform(-0.25, 0.25, 2) * (cell - size)
        digit.paint(painter, x, y, size, size * generator.uniform(0.07, 0.13), canvas.pen(generator))
    return canvas.png(image)


def on_squares(digit: Digit | None, generator: Generator, *, photographed: bool) -> Scene:
    """Return a digit, one to four squares high, on squared paper with strong lines."""
    image, unit = _ruled(generator, photographed=photographed, upright=True)
    return _written(image, digit, unit * generator.uniform(1.2, 4), generator, photographed=photographed)


def on_lines(digit: Digit | None, generator: Generator, *, photographed: bool) -> Scene:
    """Return a digit, one to three lines high, on lined paper, perhaps with its red margin."""
    image, unit = _ruled(generator, photographed=photographed, upright=False)
    if generator.random() < 0.5:
        with canvas.painting(image) as painter:
            x = generator.uniform(0.06, 0.12) * image.width()
            painter.setPen(QPen(canvas.near("#c86060", generator), max(unit / 25, 1)))
            painter.drawLine(QLineF(x, 0, x, image.height()))
    return _written(image, digit, unit * generator.uniform(1, 3), generator, photographed=photographed)


def in_dark_mode(digit: Digit, generator: Generator) -> Scene:
    """Return a screenshot of light ink on a dark page with grey squares."""
    width, height = ((800, 600), (640, 640), (1280, 800))[generator.integers(3)]
    image = canvas.page(width, height, canvas.near("#1a1b1f", generator, 10))
    pitch, light = generator.uniform(16, 80), generator.uniform(0.28, 0.55)
    _grid(image, pitch, QPen(canvas.grey(light), generator.choice([1, 1, 2])), generator)
    size = generator.uniform(0.2, 0.75) * height
    x, y = np.array([width, height]) / 2 + generator.uniform(-0.35, 0.35, 2) * (np.array([width, height]) - size)
    ink = canvas.near(str(generator.choice(["#ffffff", "#f0f0e0", "#ffe070", "#80d8ff"])), generator, 10)
    with canvas.painting(image) as painter:
        digit.paint(painter, x, y, size, size * generator.uniform(0.04, 0.1), ink)
    return canvas.png(image)


def _ruled(generator: Generator, *, photographed: bool, upright: bool) -> tuple[QImage, float]:
    """Return a ruled sheet and how far its lines are apart; ``upright``, they run both ways."""
    width, height = ((1200, 900), (1600, 1200), (900, 1200), (1000, 1000))[generator.integers(4)]
    image = canvas.page(width, height, "#ffffff")
    if photographed:
        image = surface(height, width, (0.86, 0.86, 0.84), generator)
    unit = height / generator.uniform(7, 18)
    ruling = str(generator.choice(["#7f93b8", "#8a8a8a", "#6fa3b8", "#9a86a8", "#6e6e6e"]))
    pen = QPen(canvas.near(ruling, generator), unit * generator.uniform(0.03, 0.07))
    turn = generator.uniform(-4, 4) if photographed else 0.0
    _grid(image, unit, pen, generator, upright=upright, turn=turn)
    return image, unit


def _written(
    image: QImage, digit: Digit | None, size: float, generator: Generator, *, photographed: bool
) -> Scene:  # fmt: skip
    size = min(size, 0.7 * min(image.width(), image.height()))
    room = np.array([image.width(), image.height()]) - 1.2 * size
    x, y = np.array([image.width(), image.height()]) / 2 + generator.uniform(-0.35, 0.35, 2) * room
    if digit:
        with canvas.painting(image) as painter:
            digit.paint(painter, x, y, size, size * generator.uniform(0.07, 0.13), canvas.pen(generator))
    if not photographed:
        return canvas.png(image)
    blur, noise = generator.uniform(0.6, 1.6), generator.uniform(0.004, 0.02)
    return canvas.jpeg(photograph(image, generator, blur=blur, noise=noise), int(generator.integers(70, 96)))


def _grid(
    image: QImage, pitch: float, pen: QPen, generator: Generator, *, upright: bool = True, turn: float = 0.0
) -> None:  # fmt: skip
    far = 2 * max(image.width(), image.height())
    first = generator.uniform(0, pitch, 2) - pitch * (far // pitch)
    with canvas.painting(image) as painter:
        painter.setPen(pen)
        painter.rotate(turn)
        for start in np.arange(first[0], far, pitch):
            painter.drawLine(QLineF(-far, start, far, start))
        for start in np.arange(first[1], far, pitch) if upright else ():
            painter.drawLine(QLineF(start, -far, start, far))


def _pen(colour: QColor, width: float) -> QPen:
    """Return a pen for boxes, with square corners."""
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def blank_squares(_digit: Digit, generator: Generator) -> Scene:
    """Return squared paper with nothing on it, photographed or not."""
    return on_squares(None, generator, photographed=bool(generator.integers(2)))


KINDS = {
    "in a drawn box": in_box,
    "touching its drawn box": partial(in_box, touching=True),
    "in a form's cell": in_form,
    "in a Sudoku's cell": in_sudoku,
    "in a Sudoku's block": in_sudoku_block,
    "squared paper": partial(on_squares, photographed=False),
    "squared paper, photographed": partial(on_squares, photographed=True),
    "lined paper": partial(on_lines, photographed=False),
    "lined paper, photographed": partial(on_lines, photographed=True),
    "dark-mode squares": in_dark_mode,
}
