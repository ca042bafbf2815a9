"""The person's own drawings, kept."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from digitpad.data.samples import Samples
from digitpad.errors import DataError

STROKES = [np.array([[0.1, 0.2, 1.0], [0.3, 0.4, 0.5]])]
IMAGE = np.linspace(0, 1, 784)


@pytest.fixture(params=["file", "memory"])
def samples(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Samples]:
    samples = Samples(tmp_path / "new" / "drawings.sqlite" if request.param == "file" else None)
    yield samples
    samples.close()


def test_drawings_are_kept_and_forgotten(samples: Samples) -> None:
    assert len(samples) == 0
    first, second = samples.add(7, STROKES, IMAGE, 1), samples.add(0, STROKES, 1 - IMAGE, 0)
    assert len(samples) == 2
    kept = samples.dataset()
    np.testing.assert_array_equal(kept.labels, [7, 0])
    np.testing.assert_array_equal(kept.images[0], np.round(255 * IMAGE))
    samples.remove(first)
    np.testing.assert_array_equal(samples.dataset().labels, [0])
    samples.remove(second)
    assert len(samples.dataset()) == 0


def test_they_are_there_again_and_in_another_thread(tmp_path: Path) -> None:
    Samples(tmp_path / "d.sqlite").add(3, STROKES, IMAGE, 3)
    again, seen = Samples(tmp_path / "d.sqlite"), []
    again.add(4, STROKES, IMAGE, 4)
    thread = threading.Thread(target=lambda: seen.append(again.dataset().labels.tolist()))
    thread.start()
    thread.join()
    assert seen == [[3, 4]]
    with sqlite3.connect(tmp_path / "d.sqlite") as database:
        (strokes, answer), *_ = database.execute("select strokes, answer from samples").fetchall()
    database.close()
    assert strokes == "[[[0.1, 0.2, 1.0], [0.3, 0.4, 0.5]]]"
    assert answer == 3


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert len(Samples(tmp_path / "d.sqlite")) == 0
    assert not list(tmp_path.iterdir())


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "d.sqlite") as database:
        database.execute("pragma user_version = 2")
    database.close()
    with pytest.raises(DataError, match="written by a newer version of digitpad"):
        Samples(tmp_path / "d.sqlite").add(1, STROKES, IMAGE, 1)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "d.sqlite"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"d\.sqlite: the database of your drawings cannot be used"):
        Samples(file).add(1, STROKES, IMAGE, 1)
    assert file.read_bytes() == content


def test_a_place_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="your drawings cannot be kept there"):
        Samples(tmp_path / "file" / "d.sqlite").add(1, STROKES, IMAGE, 1)


def test_a_label_is_a_digit(samples: Samples) -> None:
    with pytest.raises(DataError, match="cannot be used"):
        samples.add(10, STROKES, IMAGE, 1)
