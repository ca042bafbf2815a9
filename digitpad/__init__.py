"""digitpad: draw a digit and watch a network of sigmoid neurons read it, live."""

__version__ = "0.1.0"
