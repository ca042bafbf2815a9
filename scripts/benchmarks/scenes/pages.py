"""Pages without a camera: pads and cards, inks of every colour, thin pens, digits on pages far larger than they."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from benchmarks.scenes import canvas
from benchmarks.scenes.canvas import Scene
from benchmarks.scenes.digits import Digit
from benchmarks.scenes.photography import photograph

Generator = np.random.Generator

_INKS = {
    "yellow": "#ffe600", "gold": "#ffc400", "pale green": "#a8f0a0", "pink": "#ffb0c8", "light blue": "#a8d8ff",
    "orange": "#ffa040",
}  # fmt: skip


def clean(digit: Digit, generator: Generator) -> Scene:
    """Return a black or dark blue digit in the middle of a white page, as a painting program writes it."""
    side = int(generator.integers(120, 900))
    return _page_with(digit, side, side, "#ffffff", canvas.pen(generator), generator)


def rewritten(digit: Digit, generator: Generator, *, write: Callable[[QImage], Scene]) -> Scene:
    """Return such a page in another format."""
    return write(QImage.fromData(clean(digit, generator).content))


def inverted(digit: Digit, generator: Generator) -> Scene:
    """Return white on black: a blackboard, or a digit as MNIST has it."""
    side = int(generator.integers(120, 900))
    return _page_with(digit, side, side, "#000000", canvas.near("#f4f4f4", generator, 10), generator)


def coloured(digit: Digit, generator: Generator, ink: str) -> Scene:
    """Return ink hardly darker than the white it is on, and plain to see by its colour."""
    side, pale = int(generator.integers(200, 900)), generator.uniform(0, 0.4)
    base = QColor(ink)
    red, green, blue = (round(part + pale * (255 - part)) for part in (base.red(), base.green(), base.blue()))
    return _page_with(digit, side, side, "#ffffff", QColor(red, green, blue), generator)


def of_same_luminance(digit: Digit, generator: Generator) -> Scene:
    """Return ink on coloured paper of the same grey, told from it by hue alone."""
    luminance, hue = generator.uniform(0.45, 0.7), generator.random()
    paper = canvas.hue_of_luminance(hue, luminance, 0.35)
    ink = canvas.hue_of_luminance((hue + generator.uniform(0.38, 0.62)) % 1, luminance + generator.uniform(-0.03, 0.03))
    side = int(generator.integers(200, 900))
    return _page_with(digit, side, side, paper, ink, generator)


def light_on_coloured(digit: Digit, generator: Generator) -> Scene:
    """Return white or pale ink on coloured card."""
    paper = QColor.fromHsvF(generator.random(), generator.uniform(0.5, 0.9), generator.uniform(0.45, 0.8))
    side = int(generator.integers(200, 900))
    return _page_with(digit, side, side, paper, canvas.near("#fffbe8", generator, 10), generator)


def faint(digit: Digit, generator: Generator) -> Scene:
    """Return a pencil's line that differs from the paper by 3 to 8 % of the range, on paper that is all but even."""
    side, paper = int(generator.integers(300, 900)), generator.uniform(0.86, 0.98)
    image = canvas.page(side, side, canvas.grey(paper))
    area, size = QRectF(0, 0, side, side), generator.uniform(0.4, 0.8) * side
    with canvas.painting(image) as painter:
        _placed(painter, digit, area, size, canvas.grey(paper - generator.uniform(0.03, 0.08)), generator)
    grain = generator.choice([0, 0.003, 0.006])
    return canvas.png(photograph(image, generator, uneven=0, blur=0.7, noise=grain) if grain else image)


def small_on_large(digit: Digit, generator: Generator) -> Scene:
    """Return one digit, 60 to 130 pixels, anywhere on a page of 1200 or more."""
    width, height = ((1200, 1200), (1600, 1200), (1240, 1754), (1200, 900))[generator.integers(4)]
    image = canvas.page(width, height, "#ffffff")
    size = generator.uniform(60, 130)
    x, y = (generator.uniform(0.04 * side + size, 0.96 * side - size) for side in (width, height))
    with canvas.painting(image) as painter:
        digit.paint(painter, x, y, size, size * generator.uniform(0.07, 0.14), canvas.pen(generator))
    return canvas.png(image)


def thin(digit: Digit, generator: Generator) -> Scene:
    """Return a digit drawn with a pen of 1 to 4 pixels on a page of 1500."""
    image = canvas.page(1500, 1500, "#ffffff")
    size = generator.uniform(0.35, 0.85) * 1500
    x, y = 750 + generator.uniform(-0.4, 0.4, 2) * (1500 - size) * 0.8
    with canvas.painting(image) as painter:
        digit.paint(painter, x, y, size, generator.uniform(1, 4), canvas.pen(generator))
    return canvas.png(image)


def pad_in_page(digit: Digit, generator: Generator, *, dark: bool) -> Scene:
    """Return a screenshot of a dark pad in a white page, or of a light card in a dark one, 30 to 75 % of its width."""
    width, height = ((640, 640), (800, 600), (1280, 800), (700, 900))[generator.integers(4)]
    outer, inner = ("#ffffff", "#000000") if dark else ("#101114", "#ffffff")
    if generator.random() < 0.5:
        outer, inner = ("#f1f3f4", "#1e1e1e") if dark else ("#22252b", "#f3f1ea")
    ink = canvas.near("#f4f4f4", generator, 10) if dark else canvas.pen(generator)
    image = canvas.page(width, height, outer)
    across = generator.uniform(0.3, 0.75) * min(width, height)
    down = min(across * generator.uniform(0.85, 1.2), 0.9 * height)
    x, y = (generator.uniform(0.04 * side, 0.96 * side - own) for side, own in ((width, across), (height, down)))
    with canvas.painting(image) as painter:
        painter.setBrush(QColor(inner))
        painter.setPen(QPen(QColor("#808080"), 1) if generator.random() < 0.3 else QColor(0, 0, 0, 0))
        corner = generator.choice([0, 0, 12])
        painter.drawRoundedRect(QRectF(x, y, across, down), corner, corner)
        size = generator.uniform(0.45, 0.75) * min(across, down)
        left, top = generator.uniform(-0.3, 0.3, 2) * (min(across, down) - size)
        line = size * generator.uniform(0.06, 0.13)
        digit.paint(painter, x + across / 2 + left, y + down / 2 + top, size, line, ink)
    return canvas.png(image)


def paint_window(digit: Digit, generator: Generator) -> Scene:
    """Return a screenshot of a painting program: a white canvas in a grey window below its tools."""
    width, height = ((1024, 768), (1280, 800), (800, 600))[generator.integers(3)]
    image = canvas.page(width, height, canvas.near("#cfd6df", generator, 10))
    tools = int(generator.uniform(0.1, 0.17) * height)
    with canvas.painting(image) as painter:
        painter.fillRect(0, 0, width, tools, QColor("#f3f4f6"))
        painter.fillRect(0, 0, width, 26, QColor("#ffffff"))
        for i in range(int(generator.integers(8, 18))):
            hue = QColor.fromHsvF(generator.random(), 0.7, 0.75) if i % 2 else QColor("#5a5f66")
            painter.fillRect(20 + i * 38, 26 + (tools - 26) // 2 - 9, 20, 18, hue)
        painter.fillRect(0, height - 24, width, 24, QColor("#f3f4f6"))
        across, down = generator.uniform(0.55, 0.9) * width, generator.uniform(0.75, 0.96) * (height - tools - 40)
        painter.fillRect(QRectF(6, tools + 6, across, down), QColor("#ffffff"))
        size = generator.uniform(0.45, 0.8) * down
        _placed(painter, digit, QRectF(6, tools + 6, across, down), size, QColor("#000000"), generator)
    return canvas.png(image)


def transparent(digit: Digit, generator: Generator, *, ink: str) -> Scene:
    """Return ink on nothing, as a picture for a web page has it."""
    side = int(generator.integers(100, 700))
    return _page_with(digit, side, side, QColor(0, 0, 0, 0), QColor(ink), generator)


def several(digit: Digit, generator: Generator, others: list[Digit]) -> Scene:
    """Return two to four digits beside each other, or two above each other, on white or on black."""
    above = generator.random() < 0.2
    row = [digit, *others[: 1 if above else generator.integers(1, 4)]]
    unit, apart = generator.uniform(120, 300), generator.uniform(0.75, 1.3) if not above else 1.2
    along, across = int(unit * (apart * len(row) + 0.5)), int(1.6 * unit)
    dark = generator.random() < 0.25
    image = canvas.page(across if above else along, along if above else across, "#000000" if dark else "#ffffff")
    ink, line = QColor("#ffffff") if dark else canvas.pen(generator), generator.uniform(0.07, 0.12) * unit
    with canvas.painting(image) as painter:
        for i, one in enumerate(row):
            place = (i + 0.5) * apart * unit + 0.25 * unit, across / 2 + generator.uniform(-0.1, 0.1) * unit
            x, y = place[::-1] if above else place
            one.paint(painter, x, y, unit * generator.uniform(0.85, 1), line, ink)
    return canvas.png(image)


def blank(_digit: Digit, generator: Generator) -> Scene:
    """Return a page all of one colour."""
    width, height = generator.integers(300, 1000, 2).tolist()
    return canvas.png(canvas.page(width, height, canvas.near("#f0f0f0", generator, 15)))


def _page_with(
    digit: Digit, width: int, height: int, paper: QColor | str, ink: QColor, generator: Generator
) -> Scene:  # fmt: skip
    image = canvas.page(width, height, paper)
    size = generator.uniform(0.4, 0.8) * min(width, height)
    with canvas.painting(image) as painter:
        _placed(painter, digit, QRectF(0, 0, width, height), size, ink, generator)
    if image.hasAlphaChannel() or generator.random() < 0.7:
        return canvas.png(image)
    return canvas.bmp(image) if generator.random() < 0.3 else canvas.jpeg(image, int(generator.integers(60, 96)))


def _placed(
    painter: QPainter, digit: Digit, area: QRectF, size: float, ink: QColor, generator: Generator
) -> None:  # fmt: skip
    """Paint the digit somewhere in the area, a margin from its edges."""
    x, y = (generator.uniform(-0.42, 0.42) * (side - size) for side in (area.width(), area.height()))
    middle = area.center()
    digit.paint(painter, middle.x() + x, middle.y() + y, size, size * generator.uniform(0.06, 0.14), ink)


KINDS = {
    "black on white": clean,
    "black on white, TIFF": partial(rewritten, write=canvas.tiff),
    "black on white, WebP": partial(rewritten, write=canvas.webp),
    "white on black": inverted,
    "dark pad in a white page": partial(pad_in_page, dark=True),
    "light card in a dark page": partial(pad_in_page, dark=False),
    "window of a painting program": paint_window,
    **{f"{name} ink on white": partial(coloured, ink=ink) for name, ink in _INKS.items()},
    "ink of the paper's grey, another hue": of_same_luminance,
    "light ink on coloured card": light_on_coloured,
    "faint pencil, 3 to 8 %": faint,
    "small digit on a large page": small_on_large,
    "black on transparent": partial(transparent, ink="#000000"),
    "white on transparent": partial(transparent, ink="#ffffff"),
}
