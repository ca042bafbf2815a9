"""A frame around a picture is what NumPy's own function puts there."""

import numpy as np
import pytest

from digitpad.draw.framing import framed


@pytest.mark.parametrize("shape", [(3, 4), (1, 1), (0, 5), (2, 3, 4)], ids=str)
@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (0, 2), ((2, 0), (0, 3)), (0, 0)])
@pytest.mark.parametrize(("kind", "outside"), [("bool", True), ("uint8", 0), ("float32", -np.inf)])
def test_it_is_the_same(
    shape: tuple[int, ...], rows: int | tuple[int, int], columns: int | tuple[int, int], kind: str, outside: float
) -> None:
    values = np.random.default_rng(1).integers(0, 2, shape).astype(kind)
    pairs = [(0, 0)] * (len(shape) - 2) + [(by, by) if isinstance(by, int) else by for by in (rows, columns)]
    result = framed(values, rows, columns, outside)
    assert result.dtype == values.dtype
    assert np.array_equal(result, np.pad(values, pairs, constant_values=outside))
    result[:] = 0
    assert values.any() == np.random.default_rng(1).integers(0, 2, shape).any()  # it is a picture of its own
