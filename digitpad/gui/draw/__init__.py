"""The Draw tab: the canvas, the answer, and what the network sees."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
