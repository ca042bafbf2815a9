"""Several digits are read as a number, and one digit is one, however many strokes it has."""

from collections import Counter
from collections.abc import Sequence
from weakref import WeakSet

import numpy as np
import pytest

from digitpad import paths
from digitpad.data import synthetic
from digitpad.draw import numbers, pieces
from digitpad.draw.drawing import BRUSH, Drawing, Points, Stroke
from digitpad.draw.drawing import stages_of as drawing_stages
from digitpad.draw.numbers import Number, NumberReader, Part
from digitpad.draw.pieces import Boundary, Piece
from digitpad.draw.placing import placed
from digitpad.draw.preprocess import Stages
from digitpad.draw.reading import read, reading_of
from digitpad.nn.network import Network
from digitpad.nn.neurons import Floats
from digitpad.train import model_file


@pytest.fixture(scope="module")
def network() -> Network:
    """The default network."""
    return model_file.load(paths.DEFAULT_NETWORK).network


def drawing_of(strokes: Sequence[Points]) -> Drawing:
    return Drawing(tuple(Stroke(points, BRUSH) for points in placed([np.asarray(one, float) for one in strokes], 0.9)))


def number(network: Network, drawing: Drawing, chosen: dict[Boundary, bool] | None = None) -> Number | None:
    return NumberReader().read(network, drawing, read(network, drawing.stages()), chosen=chosen)


def text(network: Network, strokes: Sequence[Points]) -> str:
    """The number that is read, "" where there is none."""
    found = number(network, drawing_of(strokes))
    return found.text if found else ""


def beside(*digits: Sequence[Points], gap: float) -> list[Points]:
    """Return the strokes of all, made as high as each other, each so far from the one before, in heights."""
    strokes: list[Points] = []
    right = 0.0
    for digit in digits:
        points = np.concatenate(digit)
        low, height = points.min(axis=0), float(np.ptp(points[:, 1]))
        sized = [(stroke - low) / height + (right, 0) for stroke in digit]
        strokes += sized
        right = max(stroke[:, 0].max() for stroke in sized) + gap
    return strokes


def drawn(label: int, seed: int) -> list[Points]:
    return synthetic.strokes(label, np.random.default_rng(seed), synthetic.Hand())


def test_digits_side_by_side_are_a_number(network: Network) -> None:
    wanted = [f"{one}{other}" for one in range(10) for other in range(10)]
    found = [text(network, beside(drawn(a, a), drawn(b, 10 + b), gap=0.25)) for a in range(10) for b in range(10)]
    assert sum(one == other for one, other in zip(found, wanted, strict=True)) >= 95
    year = [drawn(int(sign), seed) for seed, sign in enumerate("2026")]
    assert text(network, beside(*year, gap=0.3)) == "2026"
    assert text(network, beside(*year, gap=0.0)) == "2026"  # each touches the next


def test_one_digit_is_one(network: Network) -> None:
    assert [text(network, drawn(seed % 10, seed)) for seed in range(300)].count("") == 300


def test_twelve_digits_are_a_number_and_more_are_not(network: Network) -> None:
    digits = [drawn(3, seed) for seed in range(13)]
    assert text(network, beside(*digits[:12], gap=0.2)) == 12 * "3"
    assert text(network, beside(*digits, gap=0.2)) == ""


def without_lifting(one: int, other: int, seed: int, gap: float) -> Points:
    """Return two digits drawn on one after the other, the pen down on the way."""
    sizes = [
        (stroke - stroke.min(axis=0)) / np.ptp(stroke[:, 1])
        for (stroke,) in (drawn(one, seed), drawn(other, seed + 50))
    ]
    return np.concatenate([sizes[0], sizes[1] + (sizes[0][:, 0].max() + gap, 0)])


def test_two_digits_of_one_stroke_are_cut(network: Network) -> None:
    found, wanted = [], []
    for seed in range(20):
        for one, other in ((2, 0), (2, 8), (6, 8)):
            try:
                pen = without_lifting(one, other, seed, 0.2)
            except ValueError:
                continue  # a shape with a lift of its own
            wanted.append(f"5{one}{other}")
            found.append(text(network, beside(drawn(5, 5), [pen], gap=0.3)))
    right = [one == other for one, other in zip(found, wanted, strict=True)]
    assert np.mean(right) >= 0.75


LINE = np.linspace(0, 1, 9)[:, None]
DOWN = np.hstack([np.zeros((9, 1)), LINE * 100])
FIVE = np.concatenate([np.hstack([0 * LINE, 40 * LINE]), drawn(3, 3)[0] * 0.6 + (0, 40)])
RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("what", "strokes"),
    [
        ("a 5 whose bar is far away", [FIVE, np.hstack([60 + 40 * LINE, 0 * LINE])]),
        ("a 1 with a dot beside it", [DOWN, np.array([[60.0, 90.0], [62.0, 92.0]])]),
        ("an i", [DOWN * (1, 0.6) + (0, 40), np.array([[0.0, 0.0], [1.0, 1.0]])]),
        ("two lines above each other", [DOWN, DOWN + (10, 140)]),
        ("one line broken in two", [DOWN * (1, 0.4), DOWN * (1, 0.4) + (0, 60)]),
        ("an H", [DOWN, DOWN + (70, 0), np.hstack([70 * LINE, 50 + 0 * LINE])]),
        ("a V", [np.concatenate([np.hstack([40 * LINE, 100 * LINE]), np.hstack([40 + 40 * LINE, 100 - 100 * LINE])])]),
        ("a W", [np.array([[0, 0], [30, 100], [60, 20], [90, 100], [120, 0]])]),
        ("a scribble", [RNG.random((300, 2)) * (200, 100)]),
        ("many scribbles", [RNG.random((40, 2)) * (300, 100) for _ in range(30)]),
        ("two level lines", [np.hstack([31 * LINE, 20 + 0 * LINE]), np.hstack([12 + 6 * LINE, 0 * LINE])]),
        ("dots", [RNG.random((1, 2)) * (300, 300) for _ in range(9)]),
    ],
)
def test_what_is_no_number_is_none(network: Network, what: str, strokes: list[Points]) -> None:
    assert text(network, strokes) == ""


def test_no_drawing_is_no_number(network: Network) -> None:
    assert number(network, Drawing()) is None


def test_a_person_joins_and_parts(network: Network) -> None:
    drawing = drawing_of(beside(drawn(1, 1), drawn(0, 2), drawn(7, 3), gap=0.3))
    found = number(network, drawing)
    assert found is not None
    assert found.text == "107"
    assert [part.before is None for part in found.parts] == [True, False, False]
    where = found.parts[1].before
    assert where is not None
    joined = number(network, drawing, {where: False})
    assert joined is not None
    assert len(joined.parts) == 2
    assert where in joined.parts[0].piece.boundaries
    parted = number(network, drawing, {where: True})
    assert parted is not None
    assert parted.text == "107"
    alone = number(network, drawing, {part.before: False for part in found.parts if part.before})
    assert alone is not None
    assert len(alone.parts) == 1  # it is told, so that it can be parted again


def test_what_was_chosen_holds_while_the_drawing_grows_elsewhere(network: Network) -> None:
    drawing = drawing_of(beside(drawn(1, 1), drawn(0, 2), drawn(7, 3), gap=0.3))
    found = number(network, Drawing(drawing.strokes[:-1]))
    assert found is not None
    where = found.parts[1].before
    assert where is not None
    grown = number(network, drawing, {where: False})
    assert grown is not None
    assert len(grown.parts) == 2
    other = drawing_of(beside(drawn(1, 1), drawn(0, 2), drawn(7, 3), gap=0.3))
    fresh = number(network, other, {where: False})  # other strokes, though they look the same
    assert fresh is not None
    assert len(fresh.parts) == 3


def test_any_part_that_is_wide_can_be_parted(network: Network) -> None:
    reader = NumberReader()
    drawing = drawing_of(beside(drawn(4, 1), drawn(0, 2), gap=0.3))
    whole = read(network, drawing.stages())
    found = reader.read(network, drawing, whole)
    assert found is not None
    zero: Part = found.parts[-1]
    where = reader.where_to_part(network, zero.piece, zero.piece.height)
    assert where is not None
    parted = reader.read(network, drawing, whole, chosen={where: True})
    assert parted is not None
    assert len(parted.parts) == 3
    assert parted.text[0] == "4"
    back = reader.read(network, drawing, whole, chosen={where: False})
    assert back is not None
    assert back.text == "40"


def test_a_reader_reads_what_is_new_as_one_that_has_seen_nothing(network: Network) -> None:
    reader = NumberReader()
    drawing = drawing_of(beside(*(drawn(int(sign), seed) for seed, sign in enumerate("9204")), gap=0.2))
    for n in range(1, len(drawing.strokes) + 1):
        part = Drawing(drawing.strokes[:n])
        whole = read(network, part.stages())
        known, new = reader.read(network, part, whole), number(network, part)
        assert (known and known.text) == (new and new.text)
    assert new is not None
    assert new.text == "9204"


def test_a_network_that_says_nothing_finds_no_number() -> None:
    broken = Network.of([np.full((10, 784), np.nan)], [np.zeros(10)], activation="sigmoid", cost="quadratic")
    assert text(broken, beside(drawn(1, 1), drawn(2, 2), gap=0.3)) == ""


def test_while_a_stroke_grows_nothing_is_cut_that_was_not_before(network: Network) -> None:
    reader = NumberReader()
    pen = without_lifting(2, 8, 0, 0.2)
    two = drawing_of(beside(drawn(5, 5), [pen], drawn(1, 1), gap=0.3))

    def said(drawing: Drawing, *, growing: bool) -> str:
        found = reader.read(network, drawing, read(network, drawing.stages()), growing=growing)
        return found.text if found else ""

    first = Drawing(two.strokes[:-1])
    assert said(first, growing=True) != "528"
    assert said(first, growing=False) == "528"
    assert said(two, growing=True) == "5281"
    assert said(two, growing=False) == "5281"


def test_who_has_little_patience_reads_the_same_a_little_at_a_time(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_apart: list[Drawing] = []

    def pieces_of(drawing: Drawing) -> list[Piece]:
        taken_apart.append(drawing)
        return pieces.pieces_of(drawing)

    monkeypatch.setattr(numbers, "pieces_of", pieces_of)
    drawing = drawing_of(beside(*(drawn(int(sign), seed) for seed, sign in enumerate("920417205316")), gap=0.1))
    whole = read(network, drawing.stages())
    reader, times = NumberReader(), 1
    while not (found := reader.read(network, drawing, whole, patience_s=0)) and reader.unfinished:
        times += 1
    assert times > 1
    assert found is not None
    assert not reader.unfinished
    assert len(taken_apart) == 1  # it goes on where it was left
    at_once = number(network, drawing)
    assert at_once is not None
    assert found.text == at_once.text
    margins = [[part.reading.margin for part in each.parts] for each in (found, at_once)]
    assert margins[0] == pytest.approx(margins[1], abs=1e-5)


def scribbles(n: int, points: int = 1200) -> list[Points]:
    """Return lines to and fro beside each other, each as dense as a pen of some seconds leaves them."""
    t = np.linspace(0, 200, 1200)[:points]
    return [np.stack([x + 0.4 * np.sin(1.3 * t), np.sin(0.97 * t)], axis=1) for x in range(n)]


def test_dense_lines_are_drawn_one_at_a_time_and_read_together(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_together, fed = list[int](), list[int]()
    feedforward = Network.feedforward

    def stages_of(drawings: Sequence[Drawing]) -> list[Stages]:
        drawn_together.append(len(drawings))
        return drawing_stages(drawings)

    def feed(one: Network, images: Floats) -> Floats:
        fed.append(len(images))
        return feedforward(one, images)

    monkeypatch.setattr(numbers, "stages_of", stages_of)
    monkeypatch.setattr(Network, "feedforward", feed)
    no_digit = reading_of(np.full(10, 0.3))
    most = []
    for points in (1200, 20):
        drawn_together.clear()
        fed.clear()
        NumberReader().read(network, drawing_of(scribbles(8, points)), no_digit)
        most.append((max(drawn_together), max(fed)))
    assert most == [(1, 8), (8, 8)]


def test_what_was_drawn_for_a_drawing_that_has_grown_since_is_not_drawn_again(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: Counter[tuple[Stroke, ...]] = Counter()

    def stages_of(drawings: Sequence[Drawing]) -> list[Stages]:
        times.update(drawing.strokes for drawing in drawings)
        return drawing_stages(drawings)

    monkeypatch.setattr(numbers, "stages_of", stages_of)
    pen = np.column_stack([np.full(20, 5.0), np.linspace(-1, 1, 20)])
    *before, last = drawing_of([*scribbles(4), pen]).strokes
    reader, no_digit = NumberReader(), reading_of(np.full(10, 0.3))
    for n in range(1, 20):  # so that the work on each is left, some of it done
        drawing = Drawing((*before, Stroke(last.points[:n], BRUSH)))
        reader.read(network, drawing, no_digit, growing=True, patience_s=-1)
        assert reader.unfinished
    assert max(times[(stroke,)] for stroke in before) == 1


@pytest.mark.parametrize("turns", [3, 9])  # after which some is drawn, and some of that read
def test_nothing_is_remembered_of_drawings_that_were_left_half_read(
    network: Network, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    remembered = WeakSet[Stages]()

    def stages_of(drawings: Sequence[Drawing]) -> list[Stages]:
        made = drawing_stages(drawings)
        remembered.update(made)
        return made

    monkeypatch.setattr(numbers, "stages_of", stages_of)
    reader, no_digit = NumberReader(), reading_of(np.full(10, 0.3))
    for _ in range(5):
        drawing = drawing_of(scribbles(6))
        for _ in range(turns):
            reader.read(network, drawing, no_digit, patience_s=-1)
        assert reader.unfinished
        assert len(remembered) <= turns


def test_what_is_drawn_is_read_by_another_network_a_little_at_a_time(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedforward, fed, drawn_again = Network.feedforward, list[int](), list[int]()

    def feed(one: Network, images: Floats) -> Floats:
        fed.append(len(images))
        return feedforward(one, images)

    reader, drawing, no_digit = NumberReader(), drawing_of(scribbles(8)), reading_of(np.full(10, 0.3))
    monkeypatch.setattr(Network, "feedforward", feed)
    for _ in range(20):
        reader.read(network, drawing, no_digit, patience_s=-1)
    assert reader.unfinished
    before = len(fed)
    assert before > 1

    def stages_of(drawings: Sequence[Drawing]) -> list[Stages]:
        drawn_again.append(len(drawings))
        return drawing_stages(drawings)

    other = network.copy()
    monkeypatch.setattr(numbers, "stages_of", stages_of)
    for turn in range(1, before + 1):
        reader.read(other, drawing, no_digit, patience_s=-1)
        assert len(fed) == before + turn
    assert not drawn_again


def test_where_to_part_is_said_by_the_network_in_use(network: Network) -> None:
    reader = NumberReader()
    drawing = drawing_of([np.hstack([x + lean * LINE, LINE]) for x, lean in ((0, 0.1), (0.25, -0.1), (0.8, 0))])
    silent = Network.of([np.zeros((10, 784))], [np.full(10, -9.0)], activation="sigmoid", cost="quadratic")
    assert reader.read(silent, drawing, read(silent, drawing.stages())) is None
    whole = pieces.joined(pieces.pieces_of(drawing))
    where = NumberReader().where_to_part(network, whole, whole.height)
    assert where is not None
    assert reader.where_to_part(network, whole, whole.height) == where
