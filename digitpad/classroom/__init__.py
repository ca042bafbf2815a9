"""Digits collected from a class: pads in its browsers send strokes to a small server on the local network."""
