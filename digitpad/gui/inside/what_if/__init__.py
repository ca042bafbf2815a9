"""The digit changed as one likes, and what the network says to it."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
