"""Collecting digits from a class: the room's window, and how its drawings come to the person's own."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
