"""Page Summary: the chapter, and what came of it here."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
