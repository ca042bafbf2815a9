"""Pictures with a frame around them: NumPy's ``pad`` takes longer than the rest of what is done to a small one."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=np.generic)


def framed(
    values: NDArray[Value], rows: int | tuple[int, int] = 1, columns: int | tuple[int, int] = 1, outside: float = 0
) -> NDArray[Value]:
    """Return ``values`` (..., h, w), one picture or several, with more of ``outside`` at their edges.

    ``rows`` are added above and below, ``columns`` at the left and at the right: as many each, or a pair.

    >>> framed(np.ones((1, 2), dtype=int), columns=(0, 1)).tolist()
    [[0, 0, 0], [1, 1, 0], [0, 0, 0]]
    """
    *several, height, width = values.shape
    above, below = (rows, rows) if isinstance(rows, int) else rows
    left, right = (columns, columns) if isinstance(columns, int) else columns
    result = np.full((*several, above + height + below, left + width + right), outside, dtype=values.dtype)
    result[..., above : above + height, left : left + width] = values
    return result
