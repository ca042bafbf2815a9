"""Page Simulating perceptrons: sigmoid neurons with ever larger weights."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
