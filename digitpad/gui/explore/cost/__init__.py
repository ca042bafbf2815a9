"""Page Cost: how far outputs are from their targets."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
