"""The Data tab: a look at every digit there is to learn from, and the person's own."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
