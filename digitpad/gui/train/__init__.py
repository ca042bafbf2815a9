"""The Train tab."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
