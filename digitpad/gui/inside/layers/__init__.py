"""Every layer of the network at work, and what a neuron is made of."""

from digitpad.gui.guard import guard_overrides

guard_overrides()
