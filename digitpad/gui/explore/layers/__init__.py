"""Page Layers: from the inputs to the outputs, and loops."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
