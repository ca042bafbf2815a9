"""Page Binary output: a layer that turns ten outputs into bits."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
