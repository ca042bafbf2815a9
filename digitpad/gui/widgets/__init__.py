"""What several tabs show alike: the theme, images, galleries, notices."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
