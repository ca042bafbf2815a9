"""What the tabs share: the session, its networks, runs, drawings and data sets, and work away from the window."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
