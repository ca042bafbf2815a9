"""Which pixels and which neurons speak for one digit and against another."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
