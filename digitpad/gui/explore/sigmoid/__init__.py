"""Page Sigmoid neuron: small changes make small changes."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
