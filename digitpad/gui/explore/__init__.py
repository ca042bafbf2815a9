"""The Explore tab: a page for each idea of the book's chapter 1."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
