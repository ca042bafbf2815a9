"""What is inside the network while it reads the drawing: a page for each way to look."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
