"""What is left of the network when much of it is cut."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
