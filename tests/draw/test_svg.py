"""The SVG file of a drawing, read with a reader of XML."""

import re
from base64 import b64decode
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from digitpad.draw.drawing import Drawing, Picture, Stroke
from digitpad.draw.svg import SIDE, svg_of

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def stroke(points: list[tuple[float, float]], pressures: np.ndarray | float = 1.0, brush: float = 0.05) -> Stroke:
    return Stroke(np.column_stack([points, np.broadcast_to(pressures, len(points))]), brush)


def parsed(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(svg_of(drawing))


def places(path: ElementTree.Element) -> np.ndarray:
    """Return the places (n, 2) of a line, in canvas sides."""
    numbers = re.findall(r"[\d.]+ [\d.]+", path.attrib["d"])
    return np.array([one.split() for one in numbers], dtype=float) / SIDE


def test_a_stroke_is_a_line_with_round_ends_as_wide_as_its_brush() -> None:
    root = parsed(Drawing((stroke([(0.2, 0.3), (0.5, 0.3), (0.8, 0.3)]), stroke([(0.1, 0.9), (0.1, 0.95)], brush=0.1))))
    assert root.tag == f"{SVG}svg"
    assert root.attrib["viewBox"] == f"0 0 {SIDE} {SIDE}"
    paper, lines = root
    assert (paper.tag, paper.attrib) == (f"{SVG}rect", {"width": "1024", "height": "1024", "fill": "#fff"})
    assert lines.attrib == {
        "fill": "none", "stroke": "#000", "stroke-linecap": "round", "stroke-linejoin": "round",
    }  # fmt: skip
    first, second = lines
    assert [float(line.attrib["stroke-width"]) for line in lines] == [51.2, 102.4]
    np.testing.assert_allclose(places(first)[[0, -1]], [(0.2, 0.3), (0.8, 0.3)], atol=1e-4)
    np.testing.assert_allclose(places(first)[:, 1], 0.3, atol=1e-4)
    np.testing.assert_allclose(places(second), [(0.1, 0.9), (0.1, 0.95)], atol=1e-4)


def test_a_line_that_is_pressed_more_and_more_becomes_wider_without_gaps() -> None:
    along = np.linspace(0.1, 0.9, 40)
    root = parsed(Drawing((stroke([(x, 0.5) for x in along], np.linspace(0.2, 1, 40)),)))
    lines = list(root[1])
    widths = np.array([float(line.attrib["stroke-width"]) for line in lines])
    assert (np.diff(widths) > 0).all()
    assert widths[0] < 0.25 * 51.2
    assert widths[-1] > 0.95 * 51.2
    ends = [places(line)[[0, -1]] for line in lines]
    for before, after in pairwise(ends):
        np.testing.assert_array_equal(before[1], after[0])
    for line, width in zip(lines, widths, strict=True):
        pressure = np.interp(places(line)[:, 0].mean(), along, np.linspace(0.2, 1, 40))
        assert abs(width - 51.2 * pressure) <= 1


def test_a_dot_can_be_seen() -> None:
    (dot,) = parsed(Drawing((stroke([(0.25, 0.75)], 0.5, 0.1),)))[1]
    assert dot.attrib == {"stroke-width": "51.20", "d": "M256.0 768.0h.01"}


def test_a_picture_lies_under_the_strokes_at_its_place() -> None:
    ink = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    root = parsed(Drawing((stroke([(0.5, 0.5)]),), Picture(ink, (-0.25, 0.125, 0.5, 0.375))))
    image = root[1]
    assert image.tag == f"{SVG}image"
    assert [float(image.attrib[name]) for name in ("x", "y", "width", "height")] == [-256, 128, 512, 384]
    kind, content = image.attrib[HREF].split(",")
    assert kind == "data:image/png;base64"
    with Image.open(BytesIO(b64decode(content))) as held:
        np.testing.assert_array_equal(np.asarray(held), 255 - np.round(255 * ink))
    assert root[2].tag == f"{SVG}g"


def test_a_blank_drawing_is_blank_paper() -> None:
    assert [len(part) for part in parsed(Drawing())] == [0, 0]
