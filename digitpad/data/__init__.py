"""Data sets of handwritten digits, and the files they come in."""
