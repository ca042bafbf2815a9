"""Where labels are written on a map of digits."""

import numpy as np
import pytest

from digitpad.inside.names import Name, Places, names_on


def a_map(*islands: tuple[int, tuple[float, float], int, float], seed: int = 1) -> list[tuple[Name, Places]]:
    """Return the names on a map of islands, each a label, its middle, how many digits it has and their spread."""
    generator = np.random.default_rng(seed)
    places = np.concatenate([middle + spread * generator.standard_normal((n, 2)) for _, middle, n, spread in islands])
    labels = np.repeat([label for label, *_ in islands], [n for _, _, n, _ in islands]).astype(np.uint8)
    order = generator.permutation(len(labels))
    places, labels = places[order], labels[order]
    names = names_on(places, labels)
    assert names is not None
    assert all(labels[index] == label for label, index in names)
    return [(name, places[name[1]]) for name in names]


@pytest.mark.parametrize("seed", range(5))
def test_a_label_is_written_on_its_two_large_islands_and_not_on_a_crumb_between(seed: int) -> None:
    named = a_map(
        (7, (0, 0), 500, 1), (7, (20, 0), 300, 1), (7, (10, 0), 30, 0.1), (3, (10, 8), 600, 1), seed=seed
    )  # fmt: skip
    assert [label for (label, _), _ in named] == [3, 7, 7]
    for (_, place), middle in zip(named, ((10, 8), (0, 0), (20, 0)), strict=True):
        assert np.linalg.norm(place - middle) < 1


def test_an_island_of_few_has_no_name_of_its_own() -> None:
    named = a_map((7, (0, 0), 900, 1), (7, (20, 0), 100, 1))
    assert [label for (label, _), _ in named] == [7]
    assert np.linalg.norm(named[0][1]) < 1


def test_a_name_is_where_digits_of_its_label_are_among_themselves() -> None:
    named = a_map((4, (0, 0), 600, 1), (9, (1.5, 0), 600, 1))
    assert [label for (label, _), _ in named] == [4, 9]
    assert named[0][1][0] < 0.2
    assert named[1][1][0] > 1.3


@pytest.mark.parametrize("n", [0, 1, 2, 40])
def test_few_digits_and_those_upon_each_other_have_names(n: int) -> None:
    names = names_on(np.zeros((n, 2)), np.full(n, 4, np.uint8))
    assert names is not None
    assert [label for label, _ in names] == [4] * bool(n)


def test_it_stops_when_told() -> None:
    assert names_on(np.zeros((3, 2)), np.arange(3, dtype=np.uint8), lambda: True) is None
