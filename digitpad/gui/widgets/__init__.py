"""What several tabs show alike: the theme, images, galleries, what is said over the page."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
