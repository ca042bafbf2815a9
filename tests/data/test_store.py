"""The person's own drawings, kept, looked for and changed."""

import itertools
import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.data import database
from digitpad.data.store import Drawn, Sample, Store
from digitpad.draw.drawing import Points
from digitpad.errors import Cancelled, DataError, StoreError
from digitpad.files.reading import left_unless
from tests.data.drawings import MADE, drawing, shade, shades

# Keeping and forgetting


def test_a_drawing_comes_back_as_it_was_kept(samples: Store) -> None:
    drawn = drawing(7, 5, prediction=3)
    number = samples.add(drawn)
    imported = samples.add(Drawn(0, (), drawn.image, None, MADE))
    picture, back = samples.page(None, 0, 10)
    assert (back.label, back.prediction, back.created_at, back.id) == (7, 3, MADE, number)
    np.testing.assert_array_equal(back.image, drawn.image)
    for stroke, kept in zip(drawn.strokes, back.strokes, strict=True):
        assert kept.dtype == np.float64
        np.testing.assert_allclose(kept, stroke, atol=5e-6)
    assert (picture.label, picture.strokes, picture.prediction, picture.id) == (0, (), None, imported)


def test_a_label_is_given_anew(samples: Store) -> None:
    numbers = [samples.add(drawing(1, i)) for i in range(4)]
    assert samples.relabel([*numbers[:2], 99], 8) == {numbers[0]: 1, numbers[1]: 1}
    assert [sample.label for sample in samples.each()] == [8, 8, 1, 1]
    samples.relabel([], 5)
    assert samples.counts() == [0, 2, 0, 0, 0, 0, 0, 0, 2, 0]


def test_what_was_removed_is_restored_in_its_place(samples: Store) -> None:
    numbers = [samples.add(drawing(i, i)) for i in range(5)]
    removed = samples.remove([numbers[1], 99, numbers[4]])
    assert [(sample.id, shade(sample)) for sample in removed] == [(numbers[1], 1), (numbers[4], 4)]
    later = samples.add(drawing(9, 9))  # does not take the number of the newest, which may come back
    samples.restore(removed)
    samples.restore(removed)
    assert shades(samples) == [0, 1, 2, 3, 4, 9]
    assert [sample.id for sample in samples.each()] == [*numbers, later]
    assert samples.counts() == [1, 1, 1, 1, 1, 0, 0, 0, 0, 1]
    assert samples.remove([]) == []


def test_who_drew_what_comes_back_with_it_also_after_it_was_removed(samples: Store) -> None:
    mine = samples.add(drawing(1, 1))
    assert samples.page(None, 0, 1)[0].writer == ""
    assert samples.count_of_others() == 0
    theirs = samples.add(replace(drawing(2, 2), writer="seat 7"))
    later = samples.add(drawing(3, 3))
    assert [(one.id, one.writer) for one in samples.page(None, 0, 9)] == [(later, ""), (theirs, "seat 7"), (mine, "")]
    assert samples.count_of_others() == 1
    removed = samples.remove([theirs, mine])
    assert [one.writer for one in removed] == ["", "seat 7"]
    assert samples.count_of_others() == 0
    samples.restore(removed)
    assert samples.count_of_others() == 1
    assert [one.writer for one in samples.each()] == ["", "seat 7", ""]


def test_the_newest_of_some_writers_are_found_behind_any_number_of_others(samples: Store) -> None:
    mine = [samples.add(drawing(1, i)) for i in range(3)]
    samples.add_many(replace(drawing(2, 2), writer="seat 7") for _ in range(450))
    assert [one.id for one in samples.newest(2, lambda writer: not writer)] == mine[:0:-1]
    assert len(samples.newest(1000, lambda writer: writer == "seat 7")) == 450
    assert samples.newest(5, lambda writer: writer == "seat 8") == []


def test_among_others_the_newest_are_found_without_reading_what_those_drew(samples: Store) -> None:
    mine = samples.add(drawing(1, 1))
    samples.add_many(replace(drawing(2, 2), writer=f"seat {i % 30}") for i in range(2000))
    asked: list[str] = []
    database = samples._database._connected()
    database.set_trace_callback(asked.append)
    assert [one.id for one in samples.newest(1000, lambda writer: not writer)] == [mine]
    database.set_trace_callback(None)
    queries = [query for query in asked if query.startswith("select") and "sqlite_master" not in query]
    assert len(queries) == 4  # who draws, which drawings, what they are, and whose
    steps = [step[3] for step in database.execute(f"explain query plan {queries[1]}")]
    assert "SCAN samples USING COVERING INDEX samples_by_number" in steps  # rows of a few bytes
    assert "SEARCH writers USING INTEGER PRIMARY KEY (rowid=?)" in "\n".join(steps)
    assert not any("TEMP B-TREE" in step for step in steps)
    asked_for = [query for query in queries if "image" in query]
    assert [len(database.execute(query).fetchall()) for query in asked_for] == [1]


def test_copies_are_known_by_their_images_or_strokes_however_many_are_between(samples: Store) -> None:
    first = replace(drawing(1, 0), strokes=(np.array([[0.2, 0.3, 1.0], [0.4, 0.123456, 0.5]]),))
    one = samples.add(first)
    samples.add_many(replace(drawing(2, i), strokes=()) for i in range(1, 251))
    by_strokes = samples.add(replace(first, label=4, image=first.image ^ np.uint8(1), strokes=rounded(first)))
    by_image = samples.add(replace(first, strokes=()))
    by_image_of_a_copy = samples.add(replace(first, image=first.image ^ np.uint8(1), strokes=()))
    assert samples.firsts() == dict.fromkeys((by_strokes, by_image, by_image_of_a_copy), one)
    samples.remove([one])
    assert samples.firsts() == {by_image_of_a_copy: by_strokes}


def rounded(drawn: Drawn) -> tuple[Points, ...]:
    """Return its strokes as files have them."""
    return tuple(stroke.round(5) for stroke in drawn.strokes)


@pytest.mark.parametrize("look", [Store.firsts, lambda store: store.newest(1000, lambda _: True)])
def test_what_is_looked_for_among_all_is_left_when_nobody_waits_for_it(
    samples: Store, look: Callable[[Store], object]
) -> None:
    samples.add_many(drawing(1, i) for i in range(1000))
    asked = itertools.count(1)
    with left_unless(lambda: next(asked) < 3), pytest.raises(Cancelled):
        look(samples)
    assert next(asked) == 4


def test_more_at_once_than_a_query_has_places(samples: Store) -> None:
    assert samples.add_many(drawing(1, i) for i in range(1050)) == list(range(1, 1051))
    numbers = [sample.id for sample in samples.each()]
    far = [*range(10**6, 10**6 + 300_000), *numbers]
    samples.relabel(far, 2)
    removed = samples.remove(far)
    assert [shade(sample) for sample in removed] == list(range(1050))
    assert {sample.label for sample in removed} == {2}
    samples.restore(removed)
    assert shades(samples) == list(range(1050))


def test_what_is_removed_for_good_is_not_read_first(samples: Store) -> None:
    asked: list[str] = []
    numbers = samples.add_many(replace(drawing(1, i), writer="seat 7" if i % 2 else "") for i in range(850))
    samples._database._connected().set_trace_callback(asked.append)
    samples.remove(numbers[:400])
    assert any("image" in query for query in asked)
    asked.clear()
    samples.remove_for_good([*numbers[400:800], 10**6])
    assert asked
    assert not any("image" in query for query in asked)
    assert [sample.id for sample in samples.each()] == numbers[800:]
    assert (len(samples), samples.count_of_others()) == (50, 25)


def test_an_error_while_many_are_added_leaves_the_finished_transactions(samples: Store) -> None:
    def some() -> Iterator[Drawn]:
        yield from (drawing(1, i) for i in range(450))
        raise DataError("line 451 is no digit.")

    with pytest.raises(DataError, match="line 451"):
        samples.add_many(some())
    assert len(samples) == 400


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 32))
def test_any_sequence_of_changes_leaves_what_a_list_would_hold(seed: int) -> None:
    chance, expected, removed = random.Random(seed), dict[int, Drawn](), list[Sample]()
    with closing(Store()) as samples:
        for step in range(chance.randrange(25)):
            some = chance.sample([*expected, 10**6], chance.randint(1, min(3, len(expected) + 1)))
            label = chance.randrange(10)
            match chance.choice(["add", "add", "many", "relabel", "remove", "for good", "restore"]):
                case "add":
                    number = samples.add(drawing(label, step))
                    assert number not in expected
                    expected[number] = drawing(label, step)
                case "many":
                    added = [drawing(label, 1000 + i) for i in range(chance.randrange(4))]
                    last = max([*expected, *(sample.id for sample in removed), 0])
                    assert len(samples.add_many(added)) == len(added)
                    newest = [sample.id for sample in samples.page(None, 0, len(added))][::-1]
                    assert all(number > last for number in newest)
                    expected.update(zip(newest, added, strict=True))
                case "relabel":
                    samples.relabel(some, label)
                    expected.update({i: drawing(label, shade(expected[i])) for i in some if i in expected})
                case "remove":
                    gone = samples.remove(some)
                    assert [sample.id for sample in gone] == sorted(set(some) & set(expected))
                    for sample in gone:
                        del expected[sample.id]
                    removed += gone
                case "for good":
                    samples.remove_for_good(some)
                    expected = {number: drawn for number, drawn in expected.items() if number not in some}
                case "restore":
                    samples.restore(removed)
                    expected.update({sample.id: sample for sample in removed})
                    removed = []
            everything = [(number, expected[number]) for number in sorted(expected)]
            labels = [sample.label for _, sample in everything]
            assert samples.counts() == [labels.count(digit) for digit in range(10)]
            assert len(samples) == len(expected)
            found = [(sample.id, sample.label, shade(sample)) for sample in samples.each()]
            assert found == [(number, sample.label, shade(sample)) for number, sample in everything]
            assert [sample.id for sample in samples.page(label, 1, 2)] == [
                number for number, sample in everything[::-1] if sample.label == label
            ][1:3]
            assert samples.dataset().labels.tolist() == labels


# Looking


def test_pages_are_of_one_label_or_of_all_newest_first(samples: Store) -> None:
    for i in range(7):
        samples.add(drawing(i % 2, i))
    assert [shade(sample) for sample in samples.page(None, 0, 3)] == [6, 5, 4]
    assert [shade(sample) for sample in samples.page(None, 5, 3)] == [1, 0]
    assert [shade(sample) for sample in samples.page(0, 1, 2)] == [4, 2]
    assert [shade(sample) for sample in samples.page(1, 2, 100)] == [1]
    assert samples.page(9, 0, 3) == samples.page(None, 7, 3) == samples.page(None, 0, 0) == []


def test_each_goes_through_all_in_small_pieces_while_they_change(
    connections: list[sqlite3.Connection], samples: Store
) -> None:
    samples.add_many(drawing(i % 10, i) for i in range(1000))
    looks = 0

    def counted(text: str) -> None:
        nonlocal looks
        looks += text.startswith("select")

    connections[-1].set_trace_callback(counted)
    seen = []
    for sample in samples.each():
        if shade(sample) == 500:
            samples.remove(list(range(1, 200)))  # what lies behind moves nothing that lies ahead
        seen.append(shade(sample))
    assert seen == list(range(1000))
    assert looks >= 1000 / database.BATCH
    assert len(samples) == 801


def test_the_newest_are_learned_from_oldest_first(samples: Store) -> None:
    for i in range(10):
        samples.add(drawing(i, i))
    learned = samples.dataset(at_most=4)
    assert learned.labels.tolist() == [6, 7, 8, 9]
    assert learned.images.shape == (4, 784)
    assert learned.images.dtype == learned.labels.dtype == np.uint8
    np.testing.assert_array_equal(learned.images[3], drawing(9, 9).image)
    assert len(samples.dataset()) == 10
    assert samples.dataset(0).images.shape == (0, 784)


def test_looking_makes_no_file(file: Path) -> None:
    with closing(Store(file)) as samples:
        assert len(samples) == 0
        assert samples.counts() == [0] * 10
        assert samples.page(None, 0, 10) == samples.page(3, 0, 10) == list(samples.each()) == []
        assert samples.dataset().images.shape == (0, 784)
    assert not list(file.parent.iterdir())


def test_counts_and_pages_do_not_go_through_the_drawings(connections: list[sqlite3.Connection], kept: Store) -> None:
    asked: list[str] = []
    connections[-1].set_trace_callback(asked.append)
    len(kept)
    kept.page(3, 7, 2)
    kept.page(None, 7, 2)
    next(kept.each())
    kept.dataset()
    connections[-1].set_trace_callback(None)
    asked = [query for query in asked if query.startswith("select") and "sqlite_master" not in query]
    assert len(asked) == 7
    plans = [[step[3] for step in connections[-1].execute(f"explain query plan {query}")] for query in asked]
    for steps in plans:
        assert not any("TEMP B-TREE" in step for step in steps)
    assert plans[0] == ["SCAN counts"]
    assert "SEARCH samples USING COVERING INDEX samples_by_label (label=?)" in plans[1]
    assert "SCAN samples USING COVERING INDEX samples_by_number" in plans[2]  # rows of a few bytes
    for steps in plans[1:]:
        assert steps[0].startswith("SEARCH samples USING INTEGER PRIMARY KEY") or steps == plans[2][-1:]


def test_twenty_thousand_are_as_quick_as_ten(file: Path) -> None:
    with closing(Store(file)) as samples:
        samples.add_many(drawing(i % 10, i) for i in range(20_000))

        def took(work: Callable[[], object]) -> float:
            started = time.perf_counter()
            work()
            return time.perf_counter() - started

        assert min(took(lambda: samples.add(drawing(3))) for _ in range(5)) < 0.05
        assert min(took(samples.counts) for _ in range(5)) < 0.05
        assert min(took(lambda: samples.page(3, 1900, 60)) for _ in range(5)) < 0.1
        assert min(took(lambda: samples.page(None, 19_900, 60)) for _ in range(5)) < 0.1


# What cannot be read back


def test_a_label_is_a_digit(samples: Store) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        samples.add(drawing(10))
    number = samples.add(drawing(9))
    with pytest.raises(StoreError, match="cannot be used"):
        samples.relabel([number], -1)
    assert samples.counts() == [0] * 9 + [1]


@pytest.mark.parametrize(
    "strokes",
    ["", "[[[0.1, 0.2", "7", "null", '[["a"]]', "[[[0.1, 0.2]]]", "[[[0.1, 0.2, NaN]]]", "[[]]",
     "[[[1, 2, 3], [4, 5]]]", "[" * 100_000, f"[[[{10**400}, 1, 1]]]", b"[[[0.1, 0.2, \xff]]]",
     "[[[-1.7e308, 0.2, 1], [1.7e308, 0.2, 1]]]"],
)  # fmt: skip
def test_of_strokes_that_cannot_be_read_back_the_image_is_left(
    connections: list[sqlite3.Connection], kept: Store, strokes: str | bytes
) -> None:
    connections[-1].execute("update samples set strokes = cast(? as text) where id = 4", (strokes,))
    assert [sample.id for sample in kept.each()] == list(range(1, 11))
    (drawing,) = kept.remove([4])
    assert (drawing.strokes, drawing.label) == ((), 3)
    kept.restore([drawing])
    assert shade(kept.page(3, 0, 1)[0]) == shade(drawing)


@pytest.mark.parametrize("change", ["image = zeroblob(5)", "image = 'no picture'", "label = 12"])
def test_an_image_that_cannot_be_read_back_is_told(
    connections: list[sqlite3.Connection], kept: Store, change: str
) -> None:
    connections[-1].execute("pragma ignore_check_constraints = on")
    connections[-1].execute(f"update samples set {change} where id = 4")
    for work in (lambda: kept.page(None, 0, 10), lambda: list(kept.each()), kept.dataset):
        with pytest.raises(StoreError, match=r"drawings\.sqlite: the image of drawing 4 cannot be read back"):
            work()


def test_the_strokes_are_json_for_anybody_to_read(kept: Store, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        (strokes,) = database.execute("select strokes from samples where id = 1").fetchone()
    assert json.loads(strokes) == [[[0.1, 0.2, 1.0], [0.3, 0.4, 0.5]], [[0.12346, 1.0, 0.25]]]
