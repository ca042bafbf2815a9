"""Page Mini-batches: the gradient from some images at a time."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
