"""Page Perceptron: neurons that answer 0 or 1."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
