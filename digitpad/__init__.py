"""digitpad: draw a digit and watch a neural network read it, live."""

__version__ = "0.1.0"
