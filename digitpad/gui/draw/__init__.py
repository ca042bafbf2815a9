"""The Draw tab: the canvas, the answer, and what the network sees."""
