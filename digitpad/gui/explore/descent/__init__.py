"""Page Descent: gradient descent in one variable."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
