"""Page Toward deep learning: one question cut into smaller ones."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
