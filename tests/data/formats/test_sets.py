"""What belongs together among very many arrays."""

from time import process_time

import numpy as np

from digitpad.data.formats.arrays import Array
from digitpad.data.formats.names import Name
from digitpad.data.formats.sets import Found
from digitpad.errors import DataError


def unread(_: int) -> np.ndarray:
    raise DataError("It was read.")


def test_what_belongs_to_none_of_very_many_is_soon_told() -> None:
    n = 5_000
    shapes = [(1, 28, 28)] * n + [(2,)] * n
    found = Found("many", [Array(str(i), Name(str(i), None, None), shape, unread) for i, shape in enumerate(shapes)])
    began = process_time()
    assert not found.is_usable
    missing = found.explained()
    assert process_time() - began < 1  # second; with each compared with each it would be ten
    assert missing == [f"{i}: the labels that belong to it are missing." for i in range(n)]
