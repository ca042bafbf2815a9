"""Drawings of very many strokes, and which of these are looked at."""

from collections.abc import Sequence

import numpy as np
import pytest

from digitpad.draw import erasing, extents
from digitpad.draw.drawing import Drawing, Points, Stroke
from digitpad.draw.extents import Indices, together


def crowd(many: int) -> Drawing:
    """Return a drawing of so many short strokes, all over the canvas."""
    generator = np.random.default_rng(0)
    walks = np.cumsum(generator.normal(0, 0.005, (many, 9, 2)), axis=1) + generator.uniform(0.1, 0.9, (many, 1, 2))
    return Drawing(tuple(Stroke(np.column_stack([walk, np.ones(9)]), 0.02) for walk in walks))


def looked_at_from_now_on(monkeypatch: pytest.MonkeyPatch) -> list[Stroke]:
    """Return a list that gets each stroke whose points an eraser, or who asks how far strokes reach, goes through."""
    looked_at: list[Stroke] = []

    def noted(strokes: Sequence[Stroke]) -> tuple[Points, Indices]:
        looked_at.extend(strokes)
        return together(strokes)

    for module in (erasing, extents):
        monkeypatch.setattr(module, "together", noted)
    return looked_at
