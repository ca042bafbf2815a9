"""Functions that write matrices, and sums in columns, as rich text for a formula."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitpad.gui.widgets.formula import FORMULA, number
from digitpad.gui.widgets.theme import NORMAL, SMALL, grown, points


def columns(rows: Sequence[Sequence[str | float]], widths: Sequence[int]) -> str:
    """Return ``rows`` as a table of columns ``widths`` wide, each column of it one cell: see ``bracketed``."""
    cells = ""
    for width, column in zip(widths, zip(*rows, strict=True), strict=True):
        texts = (number(value) if isinstance(value, float) else value or "&nbsp;" for value in column)
        cells += f'<td align="right" width="{grown(width)}">{"<br>".join(texts)}</td>'
    return (
        f'<table style="font-size: {points(NORMAL):.2f}pt; margin-bottom: 6px" cellspacing="0"><tr>{cells}</tr></table>'
    )


def bracketed(values: NDArray[np.floating], digits: int, colour: str, bold: int | None = None) -> str:
    """Return the cells of a matrix in square brackets of a ``colour``, one row of it bold.

    A column is one cell: a cell for each number would be laid out several times as long, at each step of a slider.
    """
    left, right = (
        f'<td style="font-size: 8px{"".join(f"; border-{at}: 1px solid {colour}" for at in (side, "top", "bottom"))}">'
        "&nbsp;</td>"
        for side in ("left", "right")
    )
    cells = ""
    for i, column in enumerate(values.T.tolist()):
        shown = [number(value, digits) for value in column]
        texts = (f"<b>{one}</b>" if row == bold else one for row, one in enumerate(shown))
        style = f"vertical-align: middle; padding-left: {5 if i else 0}px"
        cells += f'<td align="right" style="{style}">{"<br>".join(texts)}</td>'
    return f"{left}{cells}{right}"


def beside(*parts: str) -> str:
    """Return ``bracketed`` matrices, which are cells, and what stands between them in one row."""
    cells = "".join(
        part
        if part.startswith("<td")
        else f'<td style="vertical-align: middle; font-size: {points(FORMULA):.2f}pt; padding: 0 1px">{part}</td>'
        for part in parts
    )
    style = f"font-size: {points(SMALL):.2f}pt; margin-bottom: 6px"
    return f'<table cellspacing="0" style="{style}"><tr>{cells}</tr></table>'
