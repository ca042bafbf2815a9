"""Other networks, or epochs of one, read the same drawing."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
