"""What a hand does in the program's window, and how long it waits: for measuring and for pictures."""

from digitpad.gui.replay import Painted, draw, mouse_places, send, timed_move, wait_until

__all__ = ["Painted", "draw", "mouse_places", "send", "timed_move", "wait_until"]
