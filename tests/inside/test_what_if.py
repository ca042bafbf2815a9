"""A digit that is moved, turned, slanted, larger, thicker or blurred, against pictures changed by hand."""

from dataclasses import replace

import numpy as np
import pytest

from digitpad.draw.drawing import BRUSH, Drawing, Picture, Stroke
from digitpad.draw.preprocess import CENTRE, SIDE, Greys
from digitpad.inside.what_if import KNOBS, Change, Knob, Subject, changed, sweep
from digitpad.nn.network import Network

SEVEN = Drawing((Stroke(np.array([[0.3, 0.2, 1.0], [0.7, 0.25, 1.0], [0.45, 0.8, 1.0]]), BRUSH),))
FIELDS = [knob.field for knob in KNOBS]


def subject(drawing: Drawing = SEVEN) -> Subject:
    return Subject(drawing, drawing.stages())


def as_picture(image: Greys) -> Subject:
    """Return a digit without strokes whose picture is ``image`` (28, 28) to the pixel."""
    drawing = Drawing(picture=Picture.fitted(image))
    stages = drawing.stages()
    return Subject(drawing, replace(stages, centred=image.astype(np.float32)))


def spots(*places: tuple[int, int]) -> Greys:
    image = np.zeros((SIDE, SIDE), dtype=np.float32)
    for row, column in places:
        image[row, column] = 1
    return image


def one(what: Subject, change: Change) -> Greys:
    return np.asarray(changed(what, [change])[0].reshape(SIDE, SIDE))


def test_no_change_leaves_the_picture() -> None:
    for what in (subject(), subject(Drawing(picture=Picture.fitted(np.eye(20, dtype=np.float32))))):
        np.testing.assert_allclose(changed(what, [Change()])[0], what.image, atol=1e-6)


@pytest.mark.parametrize("knob", KNOBS, ids=FIELDS)
def test_at_its_default_each_way_leaves_the_picture_within_a_sweep(knob: Knob) -> None:
    what, values = subject(), knob.values
    here = np.flatnonzero(np.isclose(values, knob.value(Change())))
    assert len(here) == 1
    images = changed(what, [knob.set(Change(), value) for value in values.tolist()])
    np.testing.assert_allclose(images[here[0]], what.image, atol=1e-6)
    assert images.min() >= 0
    assert images.max() <= 1 + 1e-6
    assert len(np.unique(images.round(4), axis=0)) > len(values) // 2  # and elsewhere it does not


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (Change(right=3), (10, 17)),
        (Change(down=-2), (8, 14)),
        (Change(rotate=90), (14, 18)),  # what was above the middle is at its right
        (Change(rotate=-90), (14, 10)),
        (Change(rotate=180), (18, 14)),
        (Change(rotate=90, down=2), (16, 18)),  # turned first, and then moved
        (Change(size=150), (8, 14)),
        (Change(size=50), (12, 14)),
        (Change(slant=45), (10, 18)),
        (Change(slant=45, rotate=90), (18, 18)),  # slanted first, and then turned
        (Change(size=150, right=3, down=2), (10, 17)),
    ],
    ids=str,
)
def test_a_spot_goes_where_it_should(change: Change, place: tuple[int, int]) -> None:
    image = one(as_picture(spots((CENTRE - 4, CENTRE))), change)
    assert divmod(int(image.argmax()), SIDE) == place
    assert image[place] > 0.9


def test_what_leaves_the_picture_is_gone() -> None:
    assert not one(as_picture(spots((2, 14))), Change(down=-10)).any()
    assert one(as_picture(spots((2, 14))), Change(down=-2))[0, 14] == pytest.approx(1)


def test_half_a_pixel_is_shared() -> None:
    image = one(as_picture(spots((10, 10))), Change(right=0.5))
    assert image[10, 10] == pytest.approx(0.5)
    assert image[10, 11] == pytest.approx(0.5)


@pytest.mark.parametrize("wider", [-1.4, -0.7, 1.0, 2.5])
def test_strokes_are_drawn_with_another_line(wider: float) -> None:
    bar = Drawing((Stroke(np.array([[0.5, 0.1, 1.0], [0.5, 0.9, 1.0]]), BRUSH),))
    image = one(subject(bar), Change(thicken=wider))
    np.testing.assert_allclose(image.sum(axis=1)[8:20], 2.4 + wider, atol=0.1)
    assert np.flatnonzero(image.any(axis=1)).size == 20  # as large as it was


@pytest.mark.parametrize(("wider", "wide"), [(-1.0, 2.0), (1.0, 4.0), (2.0, 5.0), (2.5, 5.5), (0.5, 3.5)])
def test_ink_without_strokes_spreads_from_its_edges(wider: float, wide: float) -> None:
    image = spots(*((row, column) for row in range(4, 24) for column in (13, 14, 15)))
    changed_image = one(as_picture(image), Change(thicken=wider))
    np.testing.assert_allclose(changed_image.sum(axis=1)[8:20], wide, atol=1e-5)


def test_a_scribble_of_very_many_points_spreads_from_its_edges_too() -> None:
    generator = np.random.default_rng(1)
    points = np.column_stack([generator.random((5000, 2)), np.ones(5000)])
    what = subject(Drawing((Stroke(points, BRUSH),)))
    assert one(what, Change(thicken=1)).sum() >= one(what, Change()).sum()


def test_a_blurred_spot_is_a_bell() -> None:
    image = one(as_picture(spots((14, 14))), Change(blur=2))
    assert image.sum() == pytest.approx(1, abs=1e-3)
    rows = np.arange(SIDE) - 14
    assert (image.sum(axis=1) * rows**2).sum() == pytest.approx(4, rel=0.02)  # its variance
    np.testing.assert_allclose(image, image.T, atol=1e-6)


def test_painted_pixels_keep_their_grey() -> None:
    painted = np.full(SIDE * SIDE, np.nan, dtype=np.float32)
    painted[5], painted[SIDE * 14 + 14] = 1, 0
    changes, others = [Change(rotate=30), Change(right=5)], np.flatnonzero(np.isnan(painted))
    images = changed(subject(), changes, painted)
    assert (images[:, 5] == 1).all()
    assert (images[:, SIDE * 14 + 14] == 0).all()
    np.testing.assert_array_equal(images[:, others], changed(subject(), changes)[:, others])


@pytest.mark.parametrize("sizes", [[784, 10], [784, 12, 10], [784, 9, 8, 7, 10]], ids=str)
def test_a_sweep_is_what_the_network_says_to_each(sizes: list[int]) -> None:
    network, what = Network(sizes, seed=3, dtype=np.float64), subject()
    change, knob = Change(slant=10, blur=0.5), KNOBS[FIELDS.index("rotate")]
    swept = sweep(network, what, change, knob)
    assert swept.outputs.shape == (len(knob.values), 10)
    for i in (0, 20, 50):
        alone = changed(what, [replace(change, rotate=float(swept.values[i]))])
        np.testing.assert_allclose(swept.outputs[i], network.feedforward(alone)[0], atol=1e-6)


def test_weights_that_are_no_numbers_say_nothing() -> None:
    network = Network([784, 10], seed=3)
    network.parameters[:] = np.nan
    assert (sweep(network, subject(), Change(), KNOBS[0]).outputs == 0).all()
