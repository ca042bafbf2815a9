"""Drawings as strokes in a text file."""

import contextlib
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digitpad.data import strokes
from digitpad.data.store import Drawn, Store, drawn_now
from digitpad.data.strokes import Strokes, read_strokes, sample_of, samples_of, write_strokes
from digitpad.draw.drawing import Points
from digitpad.draw.placing import placed
from digitpad.errors import DataError

IMAGE = np.zeros(784, dtype=np.uint8)
MADE = "2025-01-31T12:00:00+00:00"
GOOD = '{"label": 1, "strokes": [[[1, 2], [3, 4]]]}'
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def drawn(label: int, *strokes: list[tuple[float, float, float]]) -> Drawn:
    return Drawn(label, tuple(np.array(stroke) for stroke in strokes), IMAGE, None, MADE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "strokes.jsonl"


def test_strokes_with_and_without_pressure_are_read(file: Path) -> None:
    lines = [
        '{"label": 8, "writer": 6, "strokes": [[[273, 177], [272, 173.5]], [[1, -2]]], "pen": {"kind": null}}',
        "",
        '\t{"strokes": [[[0.5, 0.25, 1]]], "label": 0, "writer": "Ada"}',
        '{"label": 9, "writer": [1], "strokes": [[[1, 2]], [[3, 4, 0.5]]]}',
    ]
    file.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")  # as other systems write it
    eight, nought, nine = read_strokes(file)
    assert (eight.label, eight.writer, nought.label, nought.writer, nine.writer) == (8, "6", 0, "Ada", "unknown")
    assert [stroke.tolist() for stroke in eight.strokes] == [[[273, 177], [272, 173.5]], [[1, -2]]]
    assert nought.strokes[0].dtype == eight.strokes[0].dtype == np.float64
    assert [stroke.shape for stroke in (*nought.strokes, *nine.strokes)] == [(1, 3), (1, 2), (1, 3)]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("[1, 2", "cannot be read as JSON"),
        ("\0\0", "cannot be read as JSON"),
        (b'{"label": 1, "writer": "\xff\xff"}', "cannot be read as JSON"),
        ('{"label": ' + "1" * 5000 + "}", "cannot be read as JSON"),
        ("[" * 100_000 + "]" * 100_000, "is nested too deeply"),
        ('{"strokes": ' * 100_000, "is nested too deeply"),
        ("[1, 2]", "is not an object with a label and strokes"),
        ("null", "is not an object with a label and strokes"),
        ('{"strokes": [[[1, 2]]]}', "has no label from 0 to 9"),
        *(
            (f'{{"label": {label}, "strokes": [[[1, 2]]]}}', "has no label from 0 to 9")
            for label in ("10", "-1", "true", "1.0", '"1"', "NaN", "null", "1e400", "1" * 400)
        ),
        ('{"label": 1}', "has no strokes"),
        ('{"label": 1, "strokes": []}', "has no strokes"),
        ('{"label": 1, "strokes": {"0": [[1, 2]]}}', "has no strokes"),
        *(
            (f'{{"label": 1, "strokes": [[[1, 2]], {stroke}]}}', "has a stroke that is not a list of points")
            for stroke in (
                "[]", "5", "null", '"abc"', "{}", "[1, 2]", "[[]]", "[[1]]", "[[1, 2, 3, 4]]", "[[1, 2], [1, 2, 3]]",
                "[[1, 2], 3]", "[[1, null]]", '[["1", "2"]]', "[[true, 2]]", "[[1, [2]]]", '[{"x": 1, "y": 2}]',
            )
        ),
        *(
            (f'{{"label": 1, "strokes": [[[1, 2], [1, {number}]]]}}', "has a number that is not finite")
            for number in ("NaN", "Infinity", "-Infinity", "1e999", "1" * 400)
        ),
    ],
)  # fmt: skip
def test_what_is_not_a_digit_is_told_by_its_line(file: Path, line: str | bytes, complaint: str) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    file.write_bytes(f"{GOOD}\n\n".encode() + raw + f"\n{GOOD}\n".encode())
    with pytest.raises(DataError, match=f"line 3 {complaint}") as caught:
        list(read_strokes(file))
    assert str(caught.value).startswith(f"{file}: line 3 ")
    assert len(str(caught.value)) < len(str(file)) + 100


def test_more_points_or_strokes_than_a_digit_may_have_are_not_made_to_be_counted(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strokes, "parsed", None)
    for too_many in [[[1, 2]] * 120_000], [[[1, 2]]] * 60_000:
        file.write_text(json.dumps({"label": 1, "strokes": too_many}))
        with pytest.raises(DataError, match="line 1 has more than 100,000 points or 10,000 strokes"):
            list(read_strokes(file))


def test_what_is_too_much_is_told(file: Path) -> None:
    file.write_text(f"{GOOD}\n" + json.dumps({"label": 1, "strokes": [[[1, 2]] * 60_000, [[1, 2]] * 40_001]}))
    with pytest.raises(DataError, match="line 2 has more than 100,000 points"):
        list(read_strokes(file))
    file.write_text(f"{GOOD}\n{' ' * (4 << 20)}{GOOD}\n")
    with pytest.raises(DataError, match="line 2 is longer than 4 MiB"):
        list(read_strokes(file))
    with file.open("wb") as stream:
        stream.truncate((256 << 20) + 1)
    with pytest.raises(DataError, match=r"strokes\.jsonl: larger than 256 MiB"):
        list(read_strokes(file))


def test_a_file_that_cannot_be_read_or_holds_nothing_is_told(file: Path, tmp_path: Path) -> None:
    for path, complaint in ((file, "there is no such file"), (tmp_path, "it is not a file")):
        with pytest.raises(DataError, match=f"{path}: {complaint}"):
            list(read_strokes(path))
    for content in ("", "\n \n"):
        file.write_text(content)
        with pytest.raises(DataError, match=r"strokes\.jsonl: holds no digits"):
            list(read_strokes(file))


def test_what_is_written_can_be_read_again(file: Path) -> None:
    kept = [
        drawn(3, [(0.1, 0.2, 1.0), (0.3, 0.123456, 0.5)], [(1.0, 0.0, 0.25)]),
        drawn(4),  # came as a picture
        drawn(9, [(0.5, 0.5, 1.0)]),
    ]
    file.write_text("what was there before")
    with closing(Store()) as store:
        store.add_many(kept)
        assert write_strokes(file, store.each()) == 2
    first, second = file.read_text().splitlines()
    assert json.loads(first) == {"label": 3, "strokes": [[[0.1, 0.2, 1.0], [0.3, 0.12346, 0.5]], [[1.0, 0.0, 0.25]]]}
    assert json.loads(second)["label"] == 9
    three, nine = read_strokes(file)
    assert (three.label, nine.label) == (3, 9)
    for before, after in zip(kept[0].strokes, placed(three.strokes), strict=True):
        np.testing.assert_allclose(after, before, atol=5e-6)
    assert list(file.parent.iterdir()) == [file]


def test_what_cannot_be_written_leaves_what_was_there(file: Path, tmp_path: Path) -> None:
    file.write_text("before")
    (tmp_path / "folder").mkdir()

    def breaks_off() -> Iterator[Drawn]:
        yield drawn(1, [(0.5, 0.5, 1.0)])
        raise DataError("the drawings cannot be read.")

    with pytest.raises(DataError, match="the drawings cannot be read"):
        write_strokes(file, breaks_off())
    for path in (file / "strokes.jsonl", tmp_path / "none" / "strokes.jsonl", tmp_path / "folder"):
        with pytest.raises(DataError, match="cannot be written"):
            write_strokes(path, [drawn(1, [(0.5, 0.5, 1.0)])])
    assert file.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "strokes.jsonl"]


def test_a_digit_of_another_program_is_laid_in_the_middle() -> None:
    one, other = placed([np.array([[100.0, 50.0], [300.0, 50.0]]), np.array([[200.0, 150.0]])])
    np.testing.assert_allclose(one, [[0.15, 0.325, 1], [0.85, 0.325, 1]])
    np.testing.assert_allclose(other, [[0.5, 0.675, 1]])
    (dot,) = placed([np.array([[7.0, 9.0], [7.0, 9.0]])])
    np.testing.assert_array_equal(dot, [[0.5, 0.5, 1], [0.5, 0.5, 1]])
    (off_centre,) = placed([np.array([[100.0, 50.0], [300.0, 50.0]])], 0.4, (0.1, -0.2))
    np.testing.assert_allclose(off_centre, [[0.4, 0.3, 1], [0.8, 0.3, 1]])
    with_pressure, without = placed([np.array([[0.0, 0.0, 0.5], [10.0, 0.0, 700.0]]), np.array([[5.0, 0.0]])])
    assert with_pressure[:, 2].tolist() == [0.5, 1.0]
    assert without[:, 2].tolist() == [1.0]


def test_a_drawing_stays_as_it_is() -> None:
    strokes = (np.array([[0.1, 0.2, 1.0], [0.3, 0.4, 0.5]]), np.array([[0.0, 1.0, 1.0]]))
    assert all(before is after for before, after in zip(strokes, placed(strokes), strict=True))
    (within,) = placed([strokes[0][:, :2]])  # from 0 to 1, and no drawing of ours: there is no pressure
    assert np.ptp(within[:, :2], axis=0).max() == pytest.approx(0.7)
    assert placed([]) == ()


@settings(deadline=None)
@given(st.lists(st.integers(2, 3).flatmap(lambda k: arrays(np.float64, (2, k), elements=NUMBERS)), min_size=1))
def test_all_numbers_there_are_come_to_lie_on_the_canvas(strokes: list[Points]) -> None:
    points = np.concatenate(placed(strokes))
    assert points.shape[1] == 3
    assert points.min() >= 0
    assert points.max() <= 1


TIMES = [
    [[[10, 10, 0], [20, 30, 16], [30, 60, 33]]],
    [[[0.1, 0.1, 0.0], [0.2, 0.3, 0.5]], [[0.2, 0.3, 1.7]]],
    [[[i / 10, 0.5, i / 20] for i in range(10)]],
    [[[i / 10, 0.5, 1e9 + i] for i in range(3)]],
]
PRESSURES = [
    [[[0.1, 0.1, 0.2], [0.2, 0.3, 0.9], [0.3, 0.4, 0.5]]],
    [[[i / 10, 0.5, 1.0] for i in range(10)]],
    [[[i / 10, 0.5, min(i, 9 - i) / 9] for i in range(10)]],
    [[[1, 2, 0.5], [3, 4, 0.6]]],
]


@pytest.mark.parametrize("strokes", TIMES)
def test_times_are_not_taken_for_pressures(file: Path, strokes: list[list[list[float]]]) -> None:
    file.write_text(json.dumps({"label": 7, "strokes": strokes}))
    (digit,) = read_strokes(file)
    assert digit.timed
    assert [stroke.tolist() for stroke in digit.strokes] == [[point[:2] for point in stroke] for stroke in strokes]


@pytest.mark.parametrize("strokes", PRESSURES)
def test_pressures_are_not_taken_for_times(file: Path, strokes: list[list[list[float]]]) -> None:
    file.write_text(json.dumps({"label": 7, "strokes": strokes}))
    (digit,) = read_strokes(file)
    assert not digit.timed
    assert [stroke.tolist() for stroke in digit.strokes] == strokes


@pytest.mark.parametrize("word", ["seven", "Seven", "7"])
@pytest.mark.parametrize("times", [[], [[0, 16]]])
def test_the_lines_of_quick_draw_are_read(file: Path, word: str, times: list[list[int]]) -> None:
    line = {
        "word": word,
        "countrycode": "CH",
        "recognized": True,
        "drawing": [[[1, 3], [2, 4], *times], [[5, 6], [7, 8]]],
    }
    file.write_text(json.dumps(line))
    (digit,) = read_strokes(file)
    assert (digit.label, digit.writer) == (7, "CH")
    assert digit.timed == bool(times)
    assert [stroke.tolist() for stroke in digit.strokes] == [[[1, 2], [3, 4]], [[5, 7], [6, 8]]]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"word": "cat", "drawing": [[[1], [2]]]}', "has no label from 0 to 9"),
        ('{"drawing": [[[1], [2]]]}', "has no label from 0 to 9"),
        ('{"word": "two", "drawing": []}', "has no strokes"),
        ('{"word": "two", "drawing": [[[], []]]}', "has a stroke that is not a list of points"),
        ('{"word": "two", "drawing": 3}', "has a drawing that is not a list of strokes"),
        ('{"word": "two", "drawing": [[[1, 2]]]}', "has a drawing that is not a list of strokes"),
        ('{"word": "two", "drawing": [[[1, 2], [3]]]}', "has a stroke with not as many x as y"),
        ('{"word": "two", "drawing": [[1, 2]]}', "has a stroke with not as many x as y"),
        ('{"word": "two", "drawing": [[["a"], [2]]]}', "has a stroke that is not a list of points"),
    ],
)
def test_bad_lines_of_quick_draw_are_named(file: Path, line: str, complaint: str) -> None:
    file.write_text(line)
    with pytest.raises(DataError, match=f"line 1 {complaint}"):
        list(read_strokes(file))


def test_digits_come_one_by_one_and_can_be_left(file: Path) -> None:
    file.write_text(f"{GOOD}\n{GOOD}\nno digit\n")
    digits = read_strokes(file)
    assert (next(digits).label, next(digits).label) == (1, 1)
    with pytest.raises(DataError, match="line 3 cannot be read"):
        next(digits)


def test_empty_lines_without_end_and_strokes_beyond_number_are_told(file: Path) -> None:
    file.write_bytes(f"{GOOD}\n".encode() + b" \n" * 100_000 + GOOD.encode())
    assert len(list(read_strokes(file))) == 2
    file.write_bytes(f"{GOOD}\n".encode() + b"\n" * 100_001)
    with pytest.raises(DataError, match="more than 100,000 lines are empty"):
        list(read_strokes(file))
    file.write_text(json.dumps({"label": 1, "strokes": [[[1, 2]]] * 10_001}))
    with pytest.raises(DataError, match="line 1 has more than 10,000 strokes"):
        list(read_strokes(file))


NUMBER = st.floats() | st.integers() | st.sampled_from([10**400, 1e308, -1e308, 5e-324])
STROKE = st.lists(st.lists(NUMBER, min_size=1, max_size=4), max_size=4)
VALUE: st.SearchStrategy[Any] = st.none() | st.text(max_size=9) | NUMBER | STROKE | st.lists(STROKE, max_size=3)
LINE = st.fixed_dictionaries(
    {},
    optional={"label": st.integers(-1, 10) | VALUE, "strokes": st.lists(STROKE, max_size=3) | VALUE, "writer": VALUE,
              "word": st.sampled_from(["seven", "7", "\ud800"]) | VALUE, "drawing": VALUE},
)  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None, derandomize=True
)
@given(st.lists(LINE.map(lambda line: json.dumps(line).encode()) | st.binary(max_size=30), max_size=3))
def test_any_file_gives_drawings_or_a_sentence(file: Path, lines: list[bytes]) -> None:
    file.write_bytes(b"\n".join(lines))
    with contextlib.suppress(DataError):
        for digit in read_strokes(file):
            image = sample_of(digit).image
            assert image.shape == (784,)
            assert image.any()


def test_digits_made_into_drawings_many_at_once_are_those_made_one_by_one(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    shapes = [generator.integers(1, 9, generator.integers(1, 4)) for _ in range(250)]
    digits = [Strokes(i % 10, "", tuple(generator.random((n, 2)) for n in shape)) for i, shape in enumerate(shapes)]

    def broken() -> Iterator[Strokes]:
        yield from digits
        raise DataError("line 251 is no digit.")

    samples = samples_of(broken())
    made = [next(samples) for _ in digits]
    with pytest.raises(DataError, match="line 251"):
        next(samples)
    assert [sample.label for sample in made] == [digit.label for digit in digits]
    for sample, digit in zip(made, digits, strict=True):
        alone = sample_of(digit)
        np.testing.assert_array_equal(sample.image, alone.image)
        for one, other in zip(sample.strokes, alone.strokes, strict=True):
            np.testing.assert_array_equal(one, other)


def test_whose_a_drawing_is_comes_back_with_it_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "drawings.jsonl"
    line = np.array([[0.3, 0.3, 1.0], [0.5, 0.8, 1.0]])
    write_strokes(file, [drawn_now(3, [line], np.zeros(784, np.float32), writer=writer) for writer in ("", "Ann")])
    assert [drawing.writer for drawing in samples_of(read_strokes(file))] == ["", "Ann"]
