"""The order in which digits are asked for."""

import itertools

import pytest

from digitpad.gui.draw.collection import Collection


def drawn(collection: Collection) -> list[int]:
    """Return the digits that are asked for when each is kept."""
    asked = []
    while not collection.complete:
        asked.append(collection.asked)
        collection.keep(100 + len(asked))
    return asked


@pytest.mark.parametrize(
    ("counts", "missing"),
    [([0] * 10, [10] * 10), ([10] * 9 + [8], [0] * 9 + [2]), ([12] * 10, [10] * 10), ([9] + [10] * 9, [1] + [0] * 9)],
)
def test_what_is_missing_to_ten_of_each_is_asked_for(counts: list[int], missing: list[int]) -> None:
    collection = Collection(counts)
    assert collection.total == sum(missing)
    asked = drawn(collection)
    assert [asked.count(digit) for digit in range(10)] == missing


def test_no_two_alike_follow_each_other() -> None:
    assert all(one != other for one, other in itertools.pairwise(drawn(Collection([0] * 10))))


def test_the_last_one_can_be_asked_for_again() -> None:
    collection = Collection([0] * 10)
    first = collection.asked
    assert collection.of_this_digit == (1, 10)
    collection.keep(7)
    assert collection.drawn == 1
    assert collection.last == 7
    collection.take_back()
    assert (collection.asked, collection.drawn) == (first, 0)
