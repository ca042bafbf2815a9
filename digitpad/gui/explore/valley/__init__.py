"""Page Valley: gradient descent in two variables."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
