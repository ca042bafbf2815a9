"""The main window: menus, tabs, status line, opening and saving."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
